"""Naming authors in the editor: colleagues by account, others by name."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Draft, Initiative, State
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative, typed

pytestmark = pytest.mark.usefixtures("app")
Open = Callable[[User], FlaskClient]
FRAGMENT = {"HX-Request": "true"}
NO_ACCOUNT = "Có tác giả không còn tài khoản"


@pytest.fixture
def draft() -> Initiative:
    return make_initiative(state=State.DRAFT)


@pytest.fixture
def colleague() -> User:
    return make_user(full_name="Trần Thị Bưởi", unit=make_unit(name="Văn hóa – Xã hội"), username="buoi")


@pytest.fixture
def save(draft: Initiative, client_of: Open) -> Callable[..., TestResponse]:
    """Post the editor as its browser does, with a second row of authors."""
    browser = client_of(draft.created_by)

    def post(act: str = "draft", headers: object = None, **fields: object) -> TestResponse:
        content = {name: value for name, value in typed(draft, draft.created_by).items() if name != "authors"}
        first = {"authors-0-user_id": str(draft.created_by_id), "authors-0-name": draft.created_by.full_name}
        rows = {name.replace("__", "-"): value for name, value in fields.items()}
        return browser.post(
            f"/initiatives/{draft.id}/{act}",
            data={"revision": "1", **content, **first, "authors-0-share": "60", **rows},
            headers=headers,
        )

    return post


def authors_of(initiative: Initiative) -> list[dict[str, str]]:
    db.session.expire_all()
    return db.session.get_one(Draft, initiative.id).content["authors"]


def second(initiative: Initiative) -> dict[str, str]:
    return authors_of(initiative)[1]


def test_colleague_is_kept_by_account_and_shown_by_name(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse], client_of: Open
) -> None:
    save(authors__1__user_id=colleague.id, authors__1__name="Trần Thị Bưởi", authors__1__share="40")

    assert second(draft) == {
        "user_id": str(colleague.id),
        "name": "",
        "workplace": "",
        "share": "40",
    }
    page = unescape(client_of(draft.created_by).get(f"/initiatives/{draft.id}/draft").text)
    assert re.search(r'name="authors-1-name"[^>]*value="Trần Thị Bưởi"', page)
    assert "Có tài khoản @buoi" in page


def test_own_row_shows_ones_own_name_and_account(draft: Initiative, client_of: Open) -> None:
    page = unescape(client_of(draft.created_by).get(f"/initiatives/{draft.id}/draft").text)

    assert re.search(rf'name="authors-0-user_id"[^>]*value="{draft.created_by_id}"', page)
    assert re.search(rf'name="authors-0-name"[^>]*value="{draft.created_by.full_name}"', page)
    assert "người ngoài" not in page.partition('name="authors-0-name"')[2].partition("</div>")[0]


def test_editor_lists_nobody_who_was_not_looked_for(
    draft: Initiative, colleague: User, client_of: Open
) -> None:
    page = unescape(client_of(draft.created_by).get(f"/initiatives/{draft.id}/draft").text)

    assert "Trần Thị Bưởi" not in page


@pytest.mark.parametrize("name", ["tran thi buoi", "TRẦN THỊ BƯỞI", " Trần  Thị Bưởi "])
def test_name_of_the_account_in_other_writing_stays_the_colleague(
    name: str, draft: Initiative, colleague: User, save: Callable[..., TestResponse]
) -> None:
    save(authors__1__user_id=colleague.id, authors__1__name=name)

    assert (second(draft)["user_id"], second(draft)["name"]) == (str(colleague.id), "")


def test_other_name_typed_over_a_colleague_is_another_person(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse]
) -> None:
    save(authors__1__user_id=colleague.id, authors__1__name="Nguyễn Văn Khách")

    assert (second(draft)["user_id"], second(draft)["name"]) == ("", "Nguyễn Văn Khách")


def test_person_from_outside_needs_no_account(draft: Initiative, save: Callable[..., TestResponse]) -> None:
    answer = save(
        authors__1__name="Nguyễn Văn Khách", authors__1__workplace="UBND quận", authors__1__share="40"
    )

    assert answer.status_code == 303
    assert second(draft) == {
        "user_id": "",
        "name": "Nguyễn Văn Khách",
        "workplace": "UBND quận",
        "share": "40",
    }


# Without JavaScript


def test_button_looks_for_the_typed_name_and_saves_nothing(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse]
) -> None:
    answer = save(find_author="1", authors__1__name="buoi", title="Tên chưa lưu")

    page = unescape(answer.text)
    assert answer.status_code == 200
    assert re.search(rf'name="authors-1-found"[^>]*value="{colleague.id}"', page)
    assert "Trần Thị Bưởi · Văn hóa – Xã hội · @buoi" in page
    assert 'value="Tên chưa lưu"' in page
    assert len(authors_of(draft)) == 1


def test_button_says_when_nobody_has_that_name(save: Callable[..., TestResponse]) -> None:
    page = unescape(save(find_author="1", authors__1__name="Không Có Ai").text)

    assert "Không có đồng nghiệp nào tên như vậy" in page
    assert re.search(r'name="authors-1-name"[^>]*value="Không Có Ai"', page)


def test_picked_colleague_counts_more_than_what_was_typed(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse]
) -> None:
    save(authors__1__name="buoi", authors__1__found=colleague.id, authors__1__share="40")

    assert (second(draft)["user_id"], second(draft)["name"]) == (str(colleague.id), "")


def test_nobody_picked_keeps_the_typed_name(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse]
) -> None:
    save(authors__1__name="Nguyễn Văn Khách", authors__1__found="")

    assert (second(draft)["user_id"], second(draft)["name"]) == ("", "Nguyễn Văn Khách")


@pytest.mark.parametrize("row", ["99", "-1", "²", "x", "9" * 40])
def test_looking_in_a_row_that_is_not_there_writes_over_nothing(
    row: str, draft: Initiative, save: Callable[..., TestResponse]
) -> None:
    assert save(find_author=row).status_code in {200, 303}
    assert len(authors_of(draft)) == 1


# Accounts that may not be named


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
@pytest.mark.parametrize("act", ["draft", "submission"])
def test_unknown_account_is_refused_with_a_word(
    act: str, headers: dict[str, str], draft: Initiative, save: Callable[..., TestResponse]
) -> None:
    answer = save(act, headers=headers, authors__1__user_id="99999999", authors__1__share="40")

    assert answer.status_code == 422
    assert NO_ACCOUNT in unescape(answer.text)
    assert len(authors_of(draft)) == 1


@pytest.mark.parametrize("field", ["user_id", "found"])
@pytest.mark.parametrize("act", ["draft", "submission"])
def test_closed_account_is_refused_with_a_word(
    act: str, field: str, draft: Initiative, save: Callable[..., TestResponse]
) -> None:
    gone = make_user(full_name="Người đã nghỉ", disabled_at=now())

    answer = save(act, **{f"authors__1__{field}": gone.id, "authors__1__share": "40"})

    assert answer.status_code == 422
    assert NO_ACCOUNT in unescape(answer.text)
    assert len(authors_of(draft)) == 1
    assert [author.user_id for author in draft.authors] == [draft.created_by_id]


def test_account_closed_later_does_not_stop_the_writing_but_the_submission(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse], client_of: Open
) -> None:
    row = {"authors__1__user_id": colleague.id, "authors__1__share": "40"}
    save(**row)
    colleague.disabled_at = now()

    saved = save(**row, revision="2", problem="Viết tiếp.")
    submitted = save("submission", **row, revision="3")

    assert (saved.status_code, submitted.status_code) == (303, 422)
    assert NO_ACCOUNT in unescape(submitted.text)
    assert draft.state is State.DRAFT
    page = client_of(draft.created_by).get(f"/initiatives/{draft.id}/draft").text
    assert "Tài khoản đã khóa" in unescape(page)


@pytest.mark.parametrize("number", ["²", "-1", "1e5", "9" * 40, "\0", "' OR 1=1 --"])
def test_number_that_is_none_names_nobody(
    number: str, draft: Initiative, save: Callable[..., TestResponse]
) -> None:
    answer = save(authors__1__user_id=number, authors__1__name="Nguyễn Văn Khách")

    assert answer.status_code == 303
    assert (second(draft)["user_id"], second(draft)["name"]) == ("", "Nguyễn Văn Khách")


def test_named_colleague_reads_the_draft_and_others_do_not(
    draft: Initiative, colleague: User, save: Callable[..., TestResponse], client_of: Open
) -> None:
    save(authors__1__user_id=colleague.id, authors__1__name=colleague.full_name)

    path = f"/initiatives/{draft.id}/draft"
    assert [client_of(user).get(path).status_code for user in (colleague, make_user())] == [200, 404]


# Where it comes from


def test_source_belongs_to_what_is_introduced(save: Callable[..., TestResponse], draft: Initiative) -> None:
    source = {"source_name": "Phường bên", "source_link": "https://example.vn", "fields": ["2"]}
    full = {"problem": "Chờ lâu.", "solution": "Đặt lịch hẹn.", "result": "Giảm chờ."}

    answer = save("submission", **source, **full, entry_mode="propose", authors__0__share="100")

    assert answer.status_code == 303
    assert (draft.source_name, draft.source_link) == ("", "")


def test_source_of_an_introduction_is_asked_for_and_kept(
    save: Callable[..., TestResponse], draft: Initiative
) -> None:
    full = {
        "problem": "Chờ lâu.",
        "solution": "Đặt lịch hẹn.",
        "result": "Giảm chờ.",
        "entry_mode": "introduce",
    }

    without = save("submission", **full, authors__0__share="100")
    given = save("submission", **full, authors__0__share="100", source_name="Phường bên", revision="2")

    assert (without.status_code, given.status_code) == (422, 303)
    assert draft.source_name == "Phường bên"

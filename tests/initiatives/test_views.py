"""The pages of initiatives: what people send, also what nobody should, and what they get back."""

import re
import unicodedata
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.initiatives import operations, queries
from cchc_portal.initiatives.models import Answer, CodeCounter, Draft, Initiative, Kind, State, Version
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_attachment, make_initiative, make_nomination, typed

pytestmark = pytest.mark.usefixtures("app")
Open = Callable[[User], FlaskClient]
FRAGMENT = {"HX-Request": "true"}
LONG_TITLE = "Trả kết quả thủ tục hành chính tại nhà cho người cao tuổi " * 3 + "ở tổ dân phố số 12 và"


def sent(initiative: Initiative, **changes: object) -> dict[str, object]:
    """Give what the browser posts for the draft of a factory, but for the changes."""
    author = initiative.created_by
    content = typed(initiative, author)
    rows = content.pop("authors")
    flat = {
        f"authors-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()
    }
    return {"revision": "1", **content, **flat, **changes}


def content_of(initiative: Initiative) -> dict[str, object]:
    db.session.expire_all()
    return db.session.get_one(Draft, initiative.id).content


@pytest.fixture
def draft() -> Initiative:
    return make_initiative(state=State.DRAFT)


@pytest.fixture
def browser(draft: Initiative, client_of: Open) -> FlaskClient:
    return client_of(draft.created_by)


@pytest.fixture
def path(draft: Initiative) -> str:
    return f"/initiatives/{draft.id}"


# Beginning


def test_first_step_begins_a_draft_and_opens_the_editor(client_of: Open) -> None:
    browser = client_of(make_user())

    answer = browser.post(
        "/initiatives", data={"title": "Trả kết quả tại nhà", "kind": "model", "entry_mode": "introduce"}
    )

    draft = db.session.query(Initiative).one()
    assert (answer.status_code, answer.location) == (303, f"/initiatives/{draft.id}/draft")
    assert (draft.kind, draft.title, draft.state) == (Kind.MODEL, "Trả kết quả tại nhà", State.DRAFT)
    assert "Trả kết quả tại nhà" in browser.get(answer.location).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": " "},
        {"title": "x", "kind": "%"},
        {"title": "x", "entry_mode": "''"},
        {"title": "x" * 301},
    ],
)
def test_first_step_keeps_what_was_typed_when_it_is_refused(data: dict[str, str], client_of: Open) -> None:
    answer = client_of(make_user()).post("/initiatives", data=data)

    assert answer.status_code == 422
    assert data.get("title", "").strip() in answer.text
    assert db.session.query(Initiative).count() == 0


def test_first_step_takes_a_title_from_the_address_as_text(client_of: Open) -> None:
    page = client_of(make_user()).get('/initiatives/new?title="><script>alert(1)</script>').text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


# Saving


def test_autosave_says_the_time_and_counts_on(draft: Initiative, browser: FlaskClient, path: str) -> None:
    answer = browser.post(path + "/draft", data=sent(draft, title="Một tên khác hẳn"), headers=FRAGMENT)

    assert answer.status_code == 200
    assert re.search(r"Đã lưu \d\d:\d\d", answer.text)
    assert 'name="revision"' in answer.text
    assert 'value="2"' in answer.text
    assert answer.text.count('hx-swap-oob="true"') == 2
    assert content_of(draft)["title"] == "Một tên khác hẳn"


def test_saving_by_the_button_comes_back_to_the_editor(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    answer = browser.post(path + "/draft", data=sent(draft, title="Một tên khác hẳn"))

    assert (answer.status_code, answer.location) == (303, path + "/draft")
    assert "Đã lưu bản nháp." in browser.get(answer.location).text


def test_editor_shows_everything_that_was_typed(draft: Initiative, browser: FlaskClient, path: str) -> None:
    nonsense = {
        "first_applied_on": "hôm nọ",
        "figures-0-before": "khoảng năm",
        "figures-1-name": "Dòng hai",
        "authors-1-share": "một nửa",
        "tags": ", ,một cửa",
        "is_trial": "y",
        "is_breakthrough": "y",
    }

    browser.post(path + "/draft", data=sent(draft, **nonsense))
    page = browser.get(path + "/draft").text

    for value in ("hôm nọ", "khoảng năm", "Dòng hai", "một nửa", ", ,một cửa"):
        assert f'value="{value}"' in page
    assert len(re.findall(r'<input[^>]*checked[^>]*id="is_(?:trial|breakthrough)"', page)) == 2


def test_boxes_that_are_cleared_are_cleared(draft: Initiative, browser: FlaskClient, path: str) -> None:
    browser.post(path + "/draft", data=sent(draft, is_trial="y", is_breakthrough="y", fields=["2", "6"]))

    without = {name: value for name, value in sent(draft, revision="2").items() if name != "fields"}
    browser.post(path + "/draft", data=without)

    content = content_of(draft)
    assert (content["is_trial"], content["is_breakthrough"], content["fields"]) == (False, False, [])


def test_text_is_kept_composed_in_rows_too(draft: Initiative, browser: FlaskClient, path: str) -> None:
    words = {
        "title": "Giảm thủ tục\u200b",
        "authors-1-name": "Nguyễn Thị Hường",
        "figures-0-name": "Số lượt\x00",
    }
    decomposed = {name: unicodedata.normalize("NFD", value) for name, value in words.items()}

    browser.post(path + "/draft", data=sent(draft, **decomposed))

    content = content_of(draft)
    assert content["title"] == "Giảm thủ tục"
    assert content["authors"][1]["name"] == "Nguyễn Thị Hường"
    assert content["figures"][0]["name"] == "Số lượt"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"revision": "²"},
        {"revision": "-1", "kind": "x", "entry_mode": "x", "unit_id": "x", "fields": "x"},
        {"revision": "9" * 40, "authors-0-user_id": "9" * 40, "answers-0-item_id": "1e5"},
        {"authors-99999-name": "x", "figures-x-name": "x", "answers--1-sentence": "x"},
        {"title": "%s %(n)s {{ 7*7 }} ${x} \\", "problem": "' OR 1=1 --"},
        {"add_row": "csrf_token"},
        {"add_row": "__class__"},
        {"remove_row": "authors"},
        {"remove_row": "authors-²"},
        {"remove_row": "title-0"},
        {"remove_row": "authors-999999999999"},
        {"replaces": "x"},
    ],
)
@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
@pytest.mark.parametrize("act", ["draft", "submission"])
def test_nonsense_is_answered_and_writes_over_nothing(
    act: str,
    headers: dict[str, str],
    data: dict[str, str],
    draft: Initiative,
    browser: FlaskClient,
    path: str,
) -> None:
    before = content_of(draft)

    answer = browser.post(f"{path}/{act}", data=data, headers=headers)

    assert answer.status_code in {200, 409, 422}
    assert content_of(draft) == before


def test_json_is_no_form(draft: Initiative, browser: FlaskClient, path: str) -> None:
    before = content_of(draft)

    answers = [
        browser.post(f"{path}/{act}", json={"title": {"a": [1]}})
        for act in ("draft", "submission", "withdrawal")
    ]

    assert max(answer.status_code for answer in answers) < 500
    assert content_of(draft) == before


@pytest.mark.parametrize("act", ["draft", "submission"])
def test_ten_megabytes_are_refused_with_a_word_and_nothing_is_lost(
    act: str, draft: Initiative, browser: FlaskClient, path: str
) -> None:
    before = content_of(draft)

    answer = browser.post(f"{path}/{act}", data=sent(draft, problem="ấ" * 3_500_000))

    assert answer.status_code == 413
    assert "quá lớn nên chưa được lưu" in answer.text
    assert content_of(draft) == before


def test_text_longer_than_may_be_submitted_is_kept(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    long = "Rất dài. " * 5_000

    answer = browser.post(path + "/submission", data=sent(draft, problem=long))

    assert answer.status_code == 422
    assert "Phần này dài quá giới hạn" in answer.text
    assert content_of(draft)["problem"] == long.strip()


def test_rows_are_added_and_taken_out_without_javascript(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    rows = {"figures-0-name": "Một", "figures-1-name": "Hai", "figures-2-name": "Ba", "title": "Tên chưa lưu"}

    more = browser.post(path + "/draft", data=sent(draft, **rows, add_row="figures"))
    less = browser.post(path + "/draft", data=sent(draft, **rows, remove_row="figures-1"))

    assert (more.status_code, less.status_code) == (200, 200)
    assert re.findall(r'name="figures-(\d)-name"[^>]*value="(\w*)"', more.text) == [
        ("0", "Một"),
        ("1", "Hai"),
        ("2", "Ba"),
        ("3", ""),
    ]
    assert re.findall(r'name="figures-(\d)-name"[^>]*value="(\w*)"', less.text) == [("0", "Một"), ("1", "Ba")]
    assert 'value="Tên chưa lưu"' in less.text


def test_last_row_taken_out_leaves_one_to_write_in(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    page = browser.post(path + "/draft", data=sent(draft, remove_row="authors-0")).text

    assert re.findall(r'name="authors-(\d)-name"[^>]*value="(\w*)"', page) == [("0", "")]


def test_enter_in_a_line_saves_and_takes_no_row_out(browser: FlaskClient, path: str) -> None:
    form = browser.get(path + "/draft").text.partition('id="draft"')[2]

    first = re.search(r"<button[^>]*>", form)

    assert first is not None
    assert "remove_row" not in first[0]
    assert 'type="submit"' in first[0]


# Two people


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_conflict_shows_both_texts_and_keeps_the_saved_one(
    headers: dict[str, str], draft: Initiative, browser: FlaskClient, path: str
) -> None:
    browser.post(path + "/draft", data=sent(draft, problem="Bản của người thứ nhất."))

    answer = browser.post(
        path + "/draft", data=sent(draft, problem="Bản của người thứ hai."), headers=headers
    )

    assert answer.status_code == 409
    assert "Bản của người thứ nhất." in answer.text
    assert "Bản của người thứ hai." in answer.text
    assert draft.created_by.full_name in answer.text
    assert content_of(draft)["problem"] == "Bản của người thứ nhất."


def test_conflict_of_rows_is_shown_in_names(draft: Initiative, browser: FlaskClient, path: str) -> None:
    colleague = make_user(full_name="Trần Thị Bưởi")
    browser.post(path + "/draft", data=sent(draft, kind="model", problem="Khác."))

    late = {
        "kind": "experience",
        "authors-1-user_id": str(colleague.id),
        "authors-1-share": "40",
        "fields": ["6"],
    }
    page = unescape(browser.post(path + "/draft", data=sent(draft, **late)).text)

    assert "Trần Thị Bưởi · 40" in page
    assert "Xây dựng và phát triển Chính phủ điện tử" in page
    assert "Kinh nghiệm</td>" in page
    assert "Mô hình</td>" in page


def test_conflict_met_by_an_autosave_lets_one_go_on_typing(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    browser.post(path + "/draft", data=sent(draft, problem="Của người khác."))

    fragment = browser.post(path + "/draft", data=sent(draft, problem="Của tôi."), headers=FRAGMENT).text

    assert "<form" not in fragment
    assert re.search(r'id="conflict"[^>]*hx-swap-oob="true"', fragment)
    assert f'name="replaces" value="2" formaction="{path}/draft"' in fragment
    assert 'id="conflict"' in browser.get(path + "/draft").text


def test_conflict_is_settled_by_keeping_ones_own(draft: Initiative, browser: FlaskClient, path: str) -> None:
    browser.post(path + "/draft", data=sent(draft, problem="Của người khác."))
    page = browser.post(path + "/draft", data=sent(draft, problem="Của tôi.")).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

    answer = browser.post(path + "/draft", data={**hidden, "replaces": "2"})

    assert answer.status_code == 303
    assert content_of(draft)["problem"] == "Của tôi."
    assert content_of(draft)["authors"] == typed(draft, draft.created_by)["authors"]


def test_conflict_again_if_a_third_text_came_in_between(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    browser.post(path + "/draft", data=sent(draft, problem="Một."))
    browser.post(path + "/draft", data=sent(draft, problem="Hai.", revision="2"))

    answer = browser.post(path + "/draft", data=sent(draft, problem="Ba.", replaces="2"))

    assert answer.status_code == 409
    assert content_of(draft)["problem"] == "Hai."


def test_conflict_at_submission_submits_nothing(draft: Initiative, browser: FlaskClient, path: str) -> None:
    browser.post(path + "/draft", data=sent(draft, problem="Của người khác."))

    answer = browser.post(path + "/submission", data=sent(draft, problem="Của tôi."))

    db.session.expire_all()
    assert (answer.status_code, draft.state) == (409, State.DRAFT)


# Submitting


def test_submission_saves_what_is_on_the_page_and_says_the_code(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    answer = browser.post(path + "/submission", data=sent(draft, result="Giảm 60 lượt đi lại."))

    db.session.expire_all()
    page = browser.get(answer.location).text
    assert (answer.status_code, answer.location, draft.state) == (303, path, State.SUBMITTED)
    assert draft.code in page
    assert "Giảm 60 lượt đi lại." in page


def test_refused_submission_keeps_the_text_and_leads_to_what_is_missing(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    answer = browser.post(path + "/submission", data=sent(draft, problem="", result="Vừa gõ thêm."))

    db.session.expire_all()
    assert (answer.status_code, draft.state) == (422, State.DRAFT)
    assert 'href="#problem"' in answer.text
    assert "Vừa gõ thêm." in answer.text
    assert content_of(draft)["result"] == "Vừa gõ thêm."
    assert 'name="revision"' in answer.text
    again = browser.post(path + "/submission", data=sent(draft, revision="2"))
    assert again.status_code == 303


def test_personal_data_needs_a_second_look(draft: Initiative, browser: FlaskClient, path: str) -> None:
    risky = "Bà có số định danh 042199001234."

    refused = browser.post(path + "/submission", data=sent(draft, problem=risky))
    accepted = browser.post(
        path + "/submission", data=sent(draft, problem=risky, revision="2", warnings_read="y")
    )

    assert refused.status_code == 422
    assert "giống số định danh cá nhân" in refused.text
    assert 'name="warnings_read"' in refused.text
    assert accepted.status_code == 303


def test_title_of_two_hundred_letters_goes_all_the_way(
    draft: Initiative, browser: FlaskClient, path: str
) -> None:
    title = LONG_TITLE[:200].strip()

    browser.post(path + "/submission", data=sent(draft, title=title))

    for page in (path, "/initiatives", path + "/versions"):
        assert browser.get(page).status_code == 200
    assert title in unescape(browser.get(path).text)
    assert title in unescape(browser.get("/initiatives").text)


def test_percent_signs_go_all_the_way(draft: Initiative, browser: FlaskClient, path: str) -> None:
    browser.post(path + "/submission", data=sent(draft, title="Giảm 50% thời gian, 100%% số lượt %s"))

    for page in (path, "/initiatives", path + "/versions"):
        assert browser.get(page).status_code == 200
    assert "Giảm 50% thời gian, 100%% số lượt %s" in browser.get(path).text


# The bin


def test_bin_and_back(browser: FlaskClient, path: str) -> None:
    binned = browser.post(path + "/deletion", data={"_method": "PUT"})
    gone = browser.get(path + "/draft").status_code
    page = browser.get(binned.location).text
    back = browser.post(path + "/deletion", data={"_method": "DELETE"})

    assert (binned.status_code, gone, back.status_code) == (303, 404, 303)
    assert "Khôi phục" in page
    assert browser.get(back.location).status_code == 200


# Deciding


@pytest.mark.parametrize("act", ["return", "withdrawal"])
@pytest.mark.parametrize("reason", [None, "", "  ", "x" * 2001])
def test_reasons_are_asked_for(act: str, reason: str | None, client_of: Open) -> None:
    initiative = make_initiative()
    person = initiative.created_by if act == "withdrawal" else make_user(Role.OFFICE)
    data = {} if reason is None else {"reason": reason}

    answer = client_of(person).post(f"/initiatives/{initiative.id}/{act}", data=data)

    db.session.expire_all()
    assert (answer.status_code, initiative.state) == (422, State.SUBMITTED)
    assert (reason or "").strip() in answer.text


def test_returned_text_shows_its_reason_to_the_author(client_of: Open) -> None:
    initiative = make_initiative()
    office, author = client_of(make_user(Role.OFFICE)), client_of(initiative.created_by)

    office.post(f"/initiatives/{initiative.id}/return", data={"reason": "Bổ sung số liệu năm 2022"})

    assert "Bổ sung số liệu năm 2022" in author.get(f"/initiatives/{initiative.id}").text
    assert "Bổ sung số liệu năm 2022" in author.get(f"/initiatives/{initiative.id}/draft").text


def test_nominated_author_agrees_or_declines_in_the_browser(client_of: Open) -> None:
    author = make_user()
    first, second = make_nomination(of=author), make_nomination(of=author)
    browser = client_of(author)

    browser.post(f"/initiatives/{first.id}/confirmation", data={"_method": "PUT"})
    silent = browser.post(f"/initiatives/{second.id}/confirmation", data={"_method": "DELETE"})
    browser.post(
        f"/initiatives/{second.id}/confirmation", data={"_method": "DELETE", "reason": "Chưa làm xong"}
    )

    db.session.expire_all()
    assert first.is_open
    assert silent.status_code == 422
    assert (second.state, second.state_reason) == (State.WITHDRAWN, "Chưa làm xong")


def test_second_click_on_an_act_says_so_and_changes_nothing(client_of: Open) -> None:
    initiative, office = make_initiative(), client_of(make_user(Role.OFFICE))

    answers = [office.post(f"/initiatives/{initiative.id}/publication").status_code for _click in range(2)]

    db.session.expire_all()
    assert answers == [303, 403]
    assert initiative.state is State.PUBLISHED


# Reading


def test_list_of_nothing_says_what_to_do_next(client_of: Open) -> None:
    page = client_of(make_user()).get("/initiatives").text

    assert "Chưa có mục nào ở đây" in page


@pytest.mark.parametrize(
    "query",
    [
        "kind=%25&status=x&field=x&unit=-1&year=abcd&item=²&tag=%25&sort=%27",
        "kind=model&kind=model&kind=",
        "unit=99999999999999999999",
        "&".join(f"tag={number}" for number in range(60)),
        "_scheme=ftp&endpoint=x&_external=1&_anchor=x&page=",
        "tag=" + "x" * 5_000,
    ],
)
@pytest.mark.parametrize("page", ["/initiatives", "/initiatives/facets"])
def test_odd_addresses_are_answered(page: str, query: str, client_of: Open) -> None:
    make_initiative()

    assert client_of(make_user()).get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("mark", ["x", "%25", "WzFd", "WzFlOTksMV0", "WzkyMjMzNzIwMzY4NTQ3NzU4MDcsMV0"])
@pytest.mark.parametrize("sort", ["newest", "votes"])
def test_marks_made_up_are_not_found(sort: str, mark: str, client_of: Open) -> None:
    answer = client_of(make_user()).get(f"/initiatives?sort={sort}&page={mark}")

    assert answer.status_code == 404


def test_pages_follow_each_other_with_filters(client_of: Open) -> None:
    for _number in range(21):
        make_initiative(kind=Kind.MODEL)
    make_initiative()
    browser = client_of(make_user())

    first = browser.get("/initiatives?kind=model").text
    following = re.search(r'href="(/initiatives\?[^"]*page=[^"]*)"', first)

    assert following is not None
    second = browser.get(unescape(following[1])).text
    assert (first.count("SK-2023-"), second.count("SK-2023-")) == (20, 1)


def test_counts_beside_the_filters_lead_to_filtered_lists(client_of: Open) -> None:
    unit = make_unit(name="Tư pháp - Hộ tịch", valid_to=now().date())
    make_initiative(kind=Kind.MODEL, unit=unit)
    make_initiative()
    browser = client_of(make_user())

    page = unescape(browser.get("/initiatives/facets?kind=model").text)

    assert "Tư pháp - Hộ tịch" in page
    assert f"unit={unit.id}" in page


def test_page_shows_everything_of_an_initiative(client_of: Open) -> None:
    letter = make_directive(symbol="UBND-VP", number="124")
    initiative = make_initiative(state=State.RETURNED, is_breakthrough=True)
    initiative.answers = [Answer(item=letter.items[0], sentence="Giảm một lượt đi lại.")]
    file = make_attachment(initiative)
    draft = db.session.get_one(Draft, initiative.id)
    draft.content = typed(initiative, initiative.created_by) | {
        "is_breakthrough": True,
        "tags": "một cửa",
        "figures": [{"name": "Thời gian chờ", "measure": "phút", "before": "1.230,5", "after": "12"}],
        "answers": [{"item_id": str(letter.items[0].id), "sentence": "Giảm một lượt đi lại."}],
    }
    operations.submit(initiative, by=initiative.created_by)
    db.session.commit()

    page = unescape(client_of(make_user()).get(f"/initiatives/{initiative.id}").text)

    for words in (
        "Giải pháp đột phá",
        "một cửa",
        "1.230,5",
        "Giảm một lượt đi lại.",
        "Mục 1, công văn 124/UBND-VP",
    ):
        assert words in page
    assert f"/initiatives/{initiative.id}/attachments/{file.id}" in page
    assert f"/directives/{letter.id}/items/1" in page
    assert "data-print" in page


def test_link_of_a_source_opens_only_web_addresses(client_of: Open) -> None:
    initiative = make_initiative(source_name="Phường Nam Hồng", source_link="javascript:alert(1)")
    db.session.query(Version).one().content = queries.snapshot(initiative)
    db.session.commit()

    page = client_of(make_user()).get(f"/initiatives/{initiative.id}").text

    assert 'href="javascript:' not in page


@pytest.mark.parametrize(
    "page", ["", "/draft", "/versions", "/attachments", "/submission", "/vote", "/comments"]
)
def test_foreign_draft_is_nowhere(page: str, draft: Initiative, client_of: Open) -> None:
    for role in Role:
        answer = client_of(make_user(role, unit=draft.unit)).get(f"/initiatives/{draft.id}{page}")
        assert answer.status_code in {404, 405}


def test_foreign_draft_is_in_no_list(client_of: Open) -> None:
    draft = make_initiative(state=State.DRAFT, title="Bản nháp không ai thấy")
    letter = make_directive()
    draft.answers = [Answer(item=letter.items[0], sentence="x")]
    db.session.commit()
    browser = client_of(make_user(Role.OFFICE))

    pages = (
        "/",
        "/initiatives",
        "/initiatives/facets",
        "/search?q=ban+nhap+khong+ai+thay",
        f"/directives/{letter.id}/items/1/initiatives",
    )

    assert [page for page in pages if draft.title in browser.get(page).text] == []


def test_signed_out_reader_comes_back_to_the_page(client: FlaskClient) -> None:
    initiative = make_initiative()

    answer = client.get(f"/initiatives/{initiative.id}?newer=2")

    assert answer.location == f"/sign-in?next=/initiatives/{initiative.id}?newer%3D2"


@pytest.mark.parametrize("act", ["draft", "submission"])
def test_text_sent_after_the_session_ended_waits_on_a_page(
    act: str, draft: Initiative, client: FlaskClient, path: str
) -> None:
    answer = client.post(f"{path}/{act}", data=sent(draft, problem='Gõ "rất lâu" & <kỹ>.'))

    page = answer.text
    assert answer.status_code == 401
    assert f'action="{path}/{act}"' in page
    assert 'href="/sign-in?next=/"' in page
    assert ("problem", 'Gõ "rất lâu" & <kỹ>.') in [
        (name, unescape(value)) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page)
    ]


def test_autosave_after_the_session_ended_does_not_send_the_page_away(
    draft: Initiative, client: FlaskClient, path: str
) -> None:
    before = content_of(draft)

    answer = client.post(path + "/draft", data=sent(draft, problem="Mới."), headers=FRAGMENT)

    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    assert "toast" in answer.headers["HX-Trigger"]
    assert content_of(draft) == before


def test_text_sent_with_the_token_of_an_older_session_waits_on_a_page(
    app: Flask, draft: Initiative, browser: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)  # noqa: FBT003  a setting
    data = sent(draft, problem="Gõ rất lâu.", csrf_token="cu")

    own = browser.post(path + "/draft", data=data, headers={"Origin": "http://localhost"})
    foreign = browser.post(path + "/draft", data=data, headers={"Origin": "https://noi-khac.example"})
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', own.text))
    again = browser.post(path + "/draft", data=fields, headers={"Origin": "http://localhost"})

    assert (own.status_code, foreign.status_code, again.status_code) == (400, 400, 303)
    assert "Gõ rất lâu." in own.text
    assert "Gõ rất lâu." not in foreign.text
    assert content_of(draft)["problem"] == "Gõ rất lâu."


def test_passwords_wait_on_no_page(client: FlaskClient) -> None:
    answer = client.post("/me/password", data={"current": "mat khau cu", "new": "mat khau moi"})

    assert answer.status_code == 303
    assert "mat khau" not in answer.text


def test_pages_ask_the_database_as_often_for_three_as_for_one(
    client_of: Open, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    browser = client_of(make_user())
    shown = make_initiative()
    pages = {
        "/initiatives": 4,
        f"/initiatives/{shown.id}": 6,
        "/initiatives?sort=votes&kind=good_practice": 4,
    }

    def counts() -> dict[str, int]:
        return {page: count_queries(lambda page=page: browser.get(page)) for page in pages}

    with_one = counts()
    for _number in range(2):
        make_initiative(unit=make_unit())

    assert with_one == counts()
    assert {page: count for page, count in with_one.items() if count > pages[page]} == {}


def test_editor_asks_the_database_as_often_for_many_rows(
    draft: Initiative, browser: FlaskClient, path: str, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    with_one = count_queries(lambda: browser.get(path + "/draft"))
    letter = make_directive(items=5)
    db.session.get_one(Draft, draft.id).content |= {
        "answers": [{"item_id": str(item.id), "sentence": "x"} for item in letter.items],
        "authors": [{"user_id": str(make_user().id), "name": "", "workplace": "", "share": "10"}] * 5,
    }
    db.session.commit()

    # more than with one: the letter's head, the colleagues named beside the writer
    assert count_queries(lambda: browser.get(path + "/draft")) <= with_one + 2


@pytest.mark.parametrize("number", [1, 3])
def test_submission_asks_as_often_for_three_rows_as_for_one(
    number: int,
    draft: Initiative,
    browser: FlaskClient,
    path: str,
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    letter = make_directive(items=3)
    db.session.add(CodeCounter(year=today().year, last=7))
    db.session.commit()
    rows: dict[str, object] = {}
    for index, item in enumerate(letter.items[:number]):
        rows |= {f"answers-{index}-item_id": str(item.id), f"answers-{index}-sentence": "Nhanh hơn."}
        rows |= {f"figures-{index}-name": "Ngày", f"figures-{index}-before": "5"}

    asked = count_queries(lambda: browser.post(path + "/submission", data=sent(draft, **rows)))

    assert (draft.state, draft.code) == (State.SUBMITTED, f"SK-{today().year}-008")
    assert (
        asked <= 20 + number
    )  # PostgreSQL takes locks, SQLite writes one row a statement; nothing is asked per row


def test_page_brings_vote_following_and_decision_and_fetches_what_is_close_and_the_comments(
    client_of: Open,
) -> None:
    initiative = make_initiative(state=State.PUBLISHED)

    page = client_of(make_user()).get(f"/initiatives/{initiative.id}").text

    assert [page.count(f'id="{name}"') for name in ("vote", "following", "of-initiative")] == [1, 1, 1]
    fetched = re.findall(r'hx-get="([^"]+)"[^>]*hx-trigger="load', page)
    assert fetched == [f"/initiatives/{initiative.id}/{section}" for section in ("similar", "comments")]


def test_page_of_what_is_not_open_has_no_vote(client_of: Open) -> None:
    initiative = make_initiative(state=State.WITHDRAWN)

    page = client_of(initiative.created_by).get(f"/initiatives/{initiative.id}").text

    assert [page.count(f'id="{name}"') for name in ("vote", "following", "of-initiative")] == [0, 0, 1]


# Without JavaScript


def test_section_that_comes_later_says_what_waits_behind_its_link(client_of: Open) -> None:
    initiative = make_initiative(state=State.PUBLISHED, comment_count=1_200)

    page = client_of(make_user()).get(f"/initiatives/{initiative.id}").text

    assert "<h2>Bình luận (1.200)</h2>" in page
    assert re.search(rf'<a href="/initiatives/{initiative.id}/comments">Đọc và viết bình luận</a>', page)

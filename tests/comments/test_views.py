import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.comments.models import Comment
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment, make_report
from tests.factories.initiatives import make_initiative

ClientOf = Callable[[User], FlaskClient]
CountQueries = Callable[[Callable[[], object]], int]
HTMX = {"HX-Request": "true"}


def bodies() -> list[str]:
    return [one.body for one in db.session.query(Comment).order_by(Comment.id)]


def count_in(html: str) -> int:
    return int(re.search(r'id="comment-count"[^>]*>\((\d+)\)', html)[1])


def test_index_is_a_page_and_a_fragment(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment(body="Nên *thử* ngay")
    browser, path = client_of(make_user()), f"/initiatives/{comment.initiative_id}/comments"

    page, fragment = browser.get(path), browser.get(path, headers=HTMX)

    assert "<html" in page.text
    assert fragment.text.lstrip().startswith('<section id="comments"')
    for answer in (page, fragment):
        assert answer.text.count("<p>Nên <em>thử</em> ngay</p>") == 1


def test_index_goes_on_after_fifteen_comments(app: Flask, client_of: ClientOf) -> None:
    initiative, writer = make_initiative(), make_user()
    for number in range(16):
        make_comment(initiative, by=writer, body=f"Ý kiến số {number}.")
    browser = client_of(make_user())

    first = browser.get(f"/initiatives/{initiative.id}/comments", headers=HTMX).text
    more = first.split('hx-get="/initiatives/')[-1].split('"')[0].replace("&amp;", "&")
    second = browser.get(f"/initiatives/{more}", headers=HTMX).text

    assert (first.count('class="comment"'), "Ý kiến số 0." in first) == (15, False)
    assert (second.count('class="comment"'), "Ý kiến số 0." in second) == (1, True)
    assert "<form" not in second


def test_index_refuses_a_made_up_mark(app: Flask, client_of: ClientOf) -> None:
    path = f"/initiatives/{make_initiative().id}/comments?after=abc"

    assert client_of(make_user()).get(path).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_index_needs_the_same_few_queries_for_many_comments(
    app: Flask, client_of: ClientOf, count_queries: CountQueries, number: int
) -> None:
    initiative = make_initiative()
    for _ in range(number):
        make_comment(answer_to=make_comment(initiative))
    browser, path = client_of(make_user()), f"/initiatives/{initiative.id}/comments"

    assert count_queries(lambda: browser.get(path, headers=HTMX)) == 3


def test_write_with_htmx_answers_with_the_comment_and_a_fresh_form(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()
    make_comment(initiative, body="Cũ hơn")

    answer = client_of(make_user()).post(
        f"/initiatives/{initiative.id}/comments", data={"body": "Rất hay."}, headers=HTMX
    )

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<form id="comment-form"')
    assert answer.text.count("<p>Rất hay.</p>") == 1
    assert (count_in(answer.text), "Cũ hơn" in answer.text) == (2, False)
    assert "Rất hay.</textarea>" not in answer.text


def test_write_without_script_goes_to_the_comment(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()

    answer = client_of(make_user()).post(f"/initiatives/{initiative.id}/comments", data={"body": "Rất hay."})

    comment = db.session.query(Comment).one()
    assert (answer.status_code, answer.location) == (303, f"/comments/{comment.id}#comment-{comment.id}")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_write_keeps_what_was_typed_when_it_is_refused(
    app: Flask, client_of: ClientOf, headers: dict[str, str]
) -> None:
    long, path = "dài " * 1300 + "hết", f"/initiatives/{make_initiative().id}/comments"

    answer = client_of(make_user()).post(path, data={"body": long}, headers=headers)

    assert answer.status_code == 422
    assert "hết</textarea>" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert bodies() == []


def test_write_on_a_withdrawn_initiative_is_a_conflict(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative(state=State.WITHDRAWN)

    answer = client_of(initiative.created_by).post(
        f"/initiatives/{initiative.id}/comments", data={"body": "Hay."}
    )

    assert answer.status_code == 409


def test_answer_is_put_into_its_thread(app: Flask, client_of: ClientOf) -> None:
    root = make_comment()
    browser, path = client_of(make_user()), f"/comments/{root.id}/answers"

    form = browser.get(path, headers=HTMX)
    answer = browser.post(path, data={"body": "Đồng ý."}, headers=HTMX)

    assert f'hx-target="#answer-form-{root.id}"' in form.text
    assert f'hx-swap-oob="beforeend:#answers-{root.id}"' in answer.text
    assert count_in(answer.text) == 2
    assert db.session.query(Comment).filter_by(parent_id=root.id).one().body == "Đồng ý."


def test_answer_without_script_is_a_page_with_the_thread(app: Flask, client_of: ClientOf) -> None:
    root = make_comment()
    browser, path = client_of(make_user()), f"/comments/{root.id}/answers"

    page = browser.get(path)
    refused = browser.post(path, data={"body": " "})
    done = browser.post(path, data={"body": "Đồng ý."})

    assert (page.status_code, refused.status_code, done.status_code) == (200, 422, 303)
    assert page.text.count("Nên thử ở cả ba tổ dân phố.") == 1
    assert done.location.startswith(f"/comments/{root.id}#comment-")


def test_edit_form_holds_the_text_and_saves_it(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment(body="Cũ")
    browser = client_of(comment.author)

    form = browser.get(f"/comments/{comment.id}/edit", headers=HTMX)
    refused = browser.post(f"/comments/{comment.id}", data={"_method": "PATCH", "body": ""}, headers=HTMX)
    saved = browser.post(f"/comments/{comment.id}", data={"_method": "PATCH", "body": "Mới"}, headers=HTMX)

    assert "Cũ</textarea>" in form.text
    assert refused.status_code == 422
    assert (saved.status_code, "<p>Mới</p>" in saved.text, "đã sửa" in saved.text) == (200, True, True)


def test_edit_after_the_set_minutes_is_refused(
    app: Flask, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CCHC_COMMENT_EDIT_MINUTES", 5)
    comment = make_comment(body="Cũ", created_at=now() - timedelta(minutes=6))
    browser = client_of(comment.author)

    assert browser.patch(f"/comments/{comment.id}", data={"body": "Mới"}).status_code == 403
    assert "/edit" not in browser.get(f"/comments/{comment.id}", headers=HTMX).text
    assert bodies() == ["Cũ"]


def test_delete_leaves_the_trace_in_the_page(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment(body="Nóng vội")

    answer = client_of(comment.author).post(
        f"/comments/{comment.id}", data={"_method": "DELETE"}, headers=HTMX
    )

    assert "Bình luận đã được xóa." in answer.text
    assert "Nóng vội" not in answer.text
    assert count_in(answer.text) == 0


def test_others_may_neither_edit_nor_delete(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment()

    for role in Role:
        browser = client_of(make_user(role))
        answers = (
            browser.patch(f"/comments/{comment.id}", data={"body": "Khác"}),
            browser.delete(f"/comments/{comment.id}"),
        )
        assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("path", ["", "/answers", "/edit", "/reports"])
def test_comments_on_what_one_may_not_see_are_not_found(app: Flask, client_of: ClientOf, path: str) -> None:
    comment = make_comment(make_initiative(state=State.WITHDRAWN))

    assert client_of(make_user()).get(f"/comments/{comment.id}{path}").status_code == 404


def test_report_goes_to_the_office_which_hides(app: Flask, client_of: ClientOf) -> None:
    comment, reporter, office = make_comment(body="Nặng lời"), make_user(), make_user(Role.OFFICE)
    path = f"/comments/{comment.id}"

    form = client_of(reporter).get(f"{path}/reports", headers=HTMX)
    said = client_of(reporter).post(f"{path}/reports", data={"reason": "Xúc phạm"}, headers=HTMX)
    listed = client_of(office).get("/comments/reports")
    settled = client_of(office).post(f"{path}/settlement", data={"outcome": "hide"})

    assert (form.status_code, "Đã báo cho Văn phòng" in said.text) == (200, True)
    assert ("Nặng lời" in listed.text, "Xúc phạm" in listed.text) == (True, True)
    assert (settled.status_code, settled.location) == (303, "/comments/reports")
    assert "đã ẩn bình luận này" in client_of(reporter).get(path, headers=HTMX).text
    assert "Không có bình luận nào được báo" in client_of(office).get("/comments/reports").text


def test_the_office_keeps_a_comment(app: Flask, client_of: ClientOf) -> None:
    report = make_report(make_comment(body="Thẳng thắn"))
    path = f"/comments/{report.comment_id}"

    client_of(make_user(Role.OFFICE)).post(f"{path}/settlement", data={"outcome": "keep"})

    assert "Thẳng thắn" in client_of(make_user()).get(path, headers=HTMX).text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_reports_are_closed_to_others(app: Flask, client_of: ClientOf, role: Role) -> None:
    comment_id = make_report(make_comment()).comment_id
    browser = client_of(make_user(role))

    assert browser.get("/comments/reports").status_code == 404
    assert browser.post(f"/comments/{comment_id}/settlement", data={"outcome": "hide"}).status_code == 403


def test_a_report_that_is_too_long_keeps_its_text(app: Flask, client_of: ClientOf) -> None:
    path = f"/comments/{make_comment().id}/reports"

    answer = client_of(make_user()).post(path, data={"reason": "x" * 501}, headers=HTMX)

    assert answer.status_code == 422
    assert "x" * 501 + "</textarea>" in answer.text


def test_deletion_asks_once_more_on_a_page_without_javascript(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment(body="Ý kiến *viết* nhầm.")
    browser = client_of(comment.author)

    listed = browser.get(f"/initiatives/{comment.initiative_id}/comments").text
    page = browser.get(f"/comments/{comment.id}/deletion").text
    answer = browser.post(f"/comments/{comment.id}", data={"_method": "DELETE"}, follow_redirects=True)

    assert f'href="/comments/{comment.id}/deletion"' in listed
    assert "<p>Ý kiến <em>viết</em> nhầm.</p>" in page
    assert f'action="/comments/{comment.id}"' in page
    assert "Đã xóa bình luận." in answer.text
    assert db.session.get_one(Comment, comment.id).is_deleted


def test_deletion_page_deletes_nothing(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment()

    client_of(comment.author).get(f"/comments/{comment.id}/deletion")

    assert not db.session.get_one(Comment, comment.id).is_deleted


def test_deletion_of_what_is_gone_is_refused(app: Flask, client_of: ClientOf) -> None:
    comment = make_comment(deleted_at=now())
    browser = client_of(comment.author)

    answers = [
        browser.get(f"/comments/{comment.id}/deletion"),
        browser.post(f"/comments/{comment.id}", data={"_method": "DELETE"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("place", ["new", "answer", "edit"])
def test_at_sign_suggests_colleagues_wherever_one_writes(place: str, app: Flask, client_of: ClientOf) -> None:
    comment = make_comment()
    path = {
        "new": f"/initiatives/{comment.initiative_id}/comments",
        "answer": f"/comments/{comment.id}/answers",
        "edit": f"/comments/{comment.id}/edit",
    }[place]

    form = client_of(comment.author).get(path, headers=HTMX).text

    field = re.search(r"<textarea[^>]*>", form)[0]
    shown_in = re.search(r'aria-controls="([^"]+)"', field)[1]
    assert 'data-suggest="mention"' in field
    assert 'hx-get="/colleagues"' in field
    assert f'id="{shown_in}"' in form

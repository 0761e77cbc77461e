"""Addresses of replication."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative, State
from cchc_portal.replication import operations
from cchc_portal.replication.models import Selection
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative
from tests.factories.replication import in_days, make_candidate, make_leader, make_selection

Browser = Callable[[User], FlaskClient]
FRAGMENT = {"HX-Request": "true"}


def _page(client: FlaskClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.text


def test_index_shows_a_leader_candidates_with_what_counts(app: Flask, client_of: Browser) -> None:
    initiative = make_candidate(title="Ngày thứ Sáu không hẹn", vote_count=7, comment_count=3)

    page = _page(client_of(make_leader()), "/replication")

    assert "Ngày thứ Sáu không hẹn" in page
    assert "7 bình chọn" in page
    assert "3 bình luận" in page
    assert ">30,5<" in page
    assert ">12<" in page
    assert f"/initiatives/{initiative.id}/selection" in page


def test_index_gives_a_leader_no_buttons_for_an_own_candidate(app: Flask, client_of: Browser) -> None:
    leader = make_leader()
    initiative = make_candidate(by=leader)

    page = _page(client_of(leader), "/replication")

    assert initiative.title in page
    assert f"/initiatives/{initiative.id}/selection" not in page


def test_index_shows_declined_candidates_with_the_reason(app: Flask, client_of: Browser) -> None:
    leader = make_leader()
    operations.decline(make_candidate(), by=leader, reason="Chưa đủ số liệu.")
    db.session.commit()

    assert "Chưa đủ số liệu." in _page(client_of(leader), "/replication?show=declined")


def test_index_shows_others_selected_models_only(app: Flask, client_of: Browser) -> None:
    candidate, selection = make_candidate(title="Chưa ai chọn"), make_selection()

    page = _page(client_of(make_user(Role.OFFICE)), "/replication?show=waiting")

    assert candidate.title not in page
    assert selection.initiative.title in page
    assert selection.targets[0].unit.name in page
    assert "còn 10 ngày" in page
    assert "Chủ tịch UBND phường" in page


def test_index_marks_what_the_persons_unit_is_to_do(app: Flask, client_of: Browser) -> None:
    unit = make_unit()
    make_selection(targets=(unit,))

    assert "Có bộ phận của bạn" in _page(client_of(make_user(unit=unit)), "/replication")
    assert "Có bộ phận của bạn" not in _page(client_of(make_user()), "/replication")


@pytest.mark.parametrize("show", ["waiting", "declined", "selected"])
def test_index_without_rows_says_what_comes(app: Flask, client_of: Browser, show: str) -> None:
    assert 'class="empty"' in _page(client_of(make_leader()), f"/replication?show={show}")


def test_index_goes_on_on_the_next_page(app: Flask, client_of: Browser) -> None:
    browser = client_of(make_leader())
    made = [make_candidate(title=f"Mô hình số {no:02}", vote_count=no) for no in range(11)]

    first = _page(browser, "/replication")
    mark = first.split("page=")[1].split('"')[0]
    second = _page(browser, f"/replication?show=waiting&page={mark}")

    assert [one.title in first for one in made] == [False] + [True] * 10
    assert [one.title in second for one in made] == [True] + [False] * 10


def test_index_refuses_a_made_up_mark(app: Flask, client_of: Browser) -> None:
    assert client_of(make_leader()).get("/replication?page=abc").status_code == 404


@pytest.mark.parametrize("path", ["/replication", "/replication?show=selected"])
def test_index_takes_as_many_statements_for_three_as_for_one(
    app: Flask, client_of: Browser, count_queries: Callable[[Callable[[], object]], int], path: str
) -> None:
    browser = client_of(make_leader())
    make_candidate()
    make_selection()
    one = count_queries(lambda: browser.get(path))
    for _ in range(2):
        make_candidate()
        make_selection()

    assert count_queries(lambda: browser.get(path)) == one


def test_decision_of_an_undecided_initiative_is_an_empty_section(app: Flask, client_of: Browser) -> None:
    initiative = make_candidate()

    piece = _page(client_of(make_user()), f"/initiatives/{initiative.id}/decision", **FRAGMENT)

    assert " ".join(piece.split()) == '<div id="of-initiative" class="stack" hidden> </div>'


def test_decision_offers_a_leader_both_ways(app: Flask, client_of: Browser) -> None:
    initiative = make_candidate()

    piece = _page(client_of(make_leader()), f"/initiatives/{initiative.id}/decision", **FRAGMENT)

    assert f'href="/initiatives/{initiative.id}/selection"' in piece
    assert f'href="/initiatives/{initiative.id}/non-selection"' in piece


def test_decision_is_shown_to_everybody(app: Flask, client_of: Browser) -> None:
    selection = make_selection()

    page = _page(client_of(make_user()), f"/initiatives/{selection.initiative_id}/decision")

    assert "Chủ tịch UBND phường" in page
    assert selection.targets[0].unit.name in page
    assert "Bắt đầu từ bộ phận một cửa." in page
    assert "<h1>" in page


def test_decision_of_somebodys_draft_is_not_found(app: Flask, client_of: Browser) -> None:
    draft = make_initiative(state=State.DRAFT)

    assert client_of(make_leader()).get(f"/initiatives/{draft.id}/decision").status_code == 404


def test_selection_says_what_will_happen(app: Flask, client_of: Browser) -> None:
    initiative, unit = make_candidate(), make_unit(name="Địa chính - Xây dựng")

    page = _page(client_of(make_leader()), f"/initiatives/{initiative.id}/selection")

    assert "Đây là quyết định chính thức" in page
    assert unit.name in page


def test_select_decides_and_returns_to_the_initiative(app: Flask, client_of: Browser) -> None:
    initiative, unit = make_candidate(), make_unit()

    answer = client_of(make_leader()).post(f"/initiatives/{initiative.id}/selection", data=_terms(unit.id))

    assert answer.status_code == 303
    assert answer.location == f"/initiatives/{initiative.id}"
    assert db.session.query(Selection).one().targets[0].unit_id == unit.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": []}, "targets-error"),
        ({"targets": ["999999"]}, "targets-error"),
        ({"deadline": ""}, "deadline-error"),
        ({"deadline": in_days(-1).isoformat()}, operations.PAST),
        ({"deadline": "31/02/2023"}, "deadline-error"),
        ({"note": "x" * 2001}, "note-error"),
    ],
)
def test_select_with_bad_terms_keeps_the_form(
    app: Flask, client_of: Browser, change: dict[str, object], words: str
) -> None:
    initiative, unit = make_candidate(), make_unit()
    terms = {**_terms(unit.id), "note": "Giữ lại ghi chú này.", **change}

    answer = client_of(make_leader()).post(f"/initiatives/{initiative.id}/selection", data=terms)

    assert answer.status_code == 422
    assert words in answer.text
    assert str(terms["note"]) in answer.text
    assert db.session.query(Selection).count() == 0


def test_select_in_the_name_of_another_office_is_not_possible(app: Flask, client_of: Browser) -> None:
    initiative, unit = make_candidate(), make_unit()
    forged = {**_terms(unit.id), "decided_as": "Bí thư", "decided_on": "2020-01-01", "outcome": "declined"}

    client_of(make_leader()).post(f"/initiatives/{initiative.id}/selection", data=forged)

    assert db.session.query(Selection).one().decided_as == "Chủ tịch UBND phường"
    assert db.session.get_one(Initiative, initiative.id).state is State.SELECTED


@pytest.mark.parametrize("path", ["selection", "non-selection"])
@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICE, Role.ADMIN])
def test_others_can_neither_see_nor_send_the_forms(
    app: Flask, client_of: Browser, role: Role, path: str
) -> None:
    initiative, unit = make_candidate(), make_unit()
    browser = client_of(make_user(role))
    address = f"/initiatives/{initiative.id}/{path}"

    assert browser.get(address).status_code == 403
    assert browser.post(address, data={**_terms(unit.id), "reason": "Chưa."}).status_code == 403
    assert db.session.query(Selection).count() == 0


@pytest.mark.parametrize("path", ["selection", "non-selection"])
def test_deciding_again_is_a_conflict(app: Flask, client_of: Browser, path: str) -> None:
    selection, unit = make_selection(), make_unit()
    browser = client_of(make_leader())
    address = f"/initiatives/{selection.initiative_id}/{path}"

    assert browser.get(address).status_code == 409
    assert browser.post(address, data={**_terms(unit.id), "reason": "Chưa."}).status_code == 409


def test_decline_records_the_reason(app: Flask, client_of: Browser) -> None:
    initiative = make_candidate()

    answer = client_of(make_leader()).post(
        f"/initiatives/{initiative.id}/non-selection", data={"reason": "Chưa đủ số liệu."}
    )

    assert answer.status_code == 303
    assert db.session.query(Selection).one().note == "Chưa đủ số liệu."


def test_decline_without_a_reason_asks_again(app: Flask, client_of: Browser) -> None:
    initiative = make_candidate()

    answer = client_of(make_leader()).post(
        f"/initiatives/{initiative.id}/non-selection", data={"reason": " "}
    )

    assert answer.status_code == 422
    assert "reason-error" in answer.text


def _terms(unit_id: int) -> dict[str, object]:
    return {"targets": [str(unit_id)], "deadline": in_days(20).isoformat(), "note": "Làm điểm trước."}

"""The first page, by role."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import Author, State
from cchc_portal.tasks.models import State as TaskState
from tests.factories.accounts import make_unit, make_user
from tests.factories.comments import make_comment, make_report
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative
from tests.factories.replication import make_candidate, make_leader, make_selection
from tests.factories.tasks import make_task

Browser = Callable[[User], FlaskClient]
Count = Callable[[Callable[[], object]], int]
SECTIONS = {
    Role.STAFF: {"writing", "submitted", "unanswered-by-unit", "to-adopt", "near"},
    Role.DEPT_HEAD: {"writing", "submitted", "unanswered-by-unit", "to-adopt", "near"},
    Role.REVIEWER: {"writing", "submitted", "unanswered-by-unit", "to-adopt", "near"},
    Role.OFFICE: {"to-extend", "to-verify", "to-check", "letters", "due", "unanswered", "reported"},
    Role.LEADER: {"to-extend", "due", "not-taken", "waiting", "strongest", "selected", "coverage"},
    Role.ADMIN: {"accounts"},
}
ALL = set().union(*SECTIONS.values())


def _home(client: FlaskClient) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.text


def _sections(page: str) -> set[str]:
    return {name for name in ALL if f'id="{name}"' in page}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_finds_its_sections(app: Flask, client_of: Browser, role: Role) -> None:
    assert _sections(_home(client_of(make_user(role)))) == SECTIONS[role]


def test_several_roles_find_the_sections_of_all(app: Flask, client_of: Browser) -> None:
    assert _sections(_home(client_of(make_user(*Role)))) == ALL


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_one_primary_action(app: Flask, client_of: Browser, role: Role) -> None:
    assert _home(client_of(make_user(role))).count("button--primary") == 1


@pytest.mark.parametrize("role", list(Role))
def test_each_role_takes_thirteen_statements_at_most(
    app: Flask, client_of: Browser, count_queries: Count, role: Role
) -> None:
    person = make_user(role)
    browser = client_of(person)
    _fill(person)
    one = count_queries(lambda: _home(browser))
    for _ in range(2):
        _fill(person)

    assert one <= 13
    assert count_queries(lambda: _home(browser)) == one


def test_staff_read_what_a_draft_lacks(app: Flask, client_of: Browser) -> None:
    user = make_user()
    draft = make_initiative(by=user, state=State.DRAFT, problem="")

    page = _home(client_of(user))

    assert f"/initiatives/{draft.id}/draft" in page
    assert "Còn thiếu: Nêu thực trạng, vấn đề" in page


def test_drafts_are_nobody_elses(app: Flask, client_of: Browser) -> None:
    draft = make_initiative(state=State.DRAFT, title="Bản nháp riêng của tôi")

    for role in Role:
        assert draft.title not in _home(client_of(make_user(role, unit=draft.unit)))


def test_leaders_find_their_own_drafts(app: Flask, client_of: Browser) -> None:
    leader = make_leader()
    draft = make_initiative(by=leader, state=State.DRAFT)

    assert f"/initiatives/{draft.id}/draft" in _home(client_of(leader))


def test_staff_read_why_something_was_returned(app: Flask, client_of: Browser) -> None:
    user = make_user()
    make_initiative(by=user, state=State.RETURNED, state_reason="Bổ sung số liệu tháng 2.")

    assert "Bổ sung số liệu tháng 2." in _home(client_of(user))


def test_staff_read_where_their_proposals_stand(app: Flask, client_of: Browser) -> None:
    user = make_user()
    make_initiative(by=user, state=State.PUBLISHED, title="Trả kết quả tại nhà")

    page = _home(client_of(user))

    assert "Trả kết quả tại nhà" in page
    assert "Đã công bố" in page


def test_nominated_authors_are_asked(app: Flask, client_of: Browser) -> None:
    user, initiative = make_user(), make_initiative(awaits_confirmation=True)
    initiative.authors[0].share = 50
    initiative.authors.append(Author(position=2, user=user, name=user.full_name, share=50))
    db.session.commit()

    page = _home(client_of(user))

    assert "Bạn có đồng ý công bố không?" in page
    assert initiative.title in page


def test_staff_read_what_their_unit_is_to_adopt(app: Flask, client_of: Browser) -> None:
    user = make_user()
    selection = make_selection(targets=(user.unit,), days=4)

    page = _home(client_of(user))

    assert selection.initiative.title in page
    assert "còn 4 ngày" in page


def test_staff_without_a_unit_find_the_page(app: Flask, client_of: Browser) -> None:
    user = make_user()
    user.unit = None
    db.session.commit()

    assert _sections(_home(client_of(user))) == SECTIONS[Role.STAFF]


def test_office_reads_what_waits(app: Flask, client_of: Browser) -> None:
    submitted = make_initiative(title="Mục vừa gửi")
    letter = make_directive(state=LetterState.DRAFT, subject="chấn chỉnh kỷ luật")
    make_report(make_comment(make_initiative(title="Mục có bình luận bị báo", state=State.PUBLISHED)))

    page = _home(client_of(make_user(Role.OFFICE)))

    assert submitted.title in page
    assert letter.subject in page
    assert "Mục có bình luận bị báo" in page


def test_leader_reads_what_waits_for_a_decision(app: Flask, client_of: Browser) -> None:
    candidate, selection = make_candidate(title="Hẹn giờ làm thủ tục"), make_selection()

    page = _home(client_of(make_leader()))

    assert candidate.title in page
    assert selection.targets[0].unit.name in page
    assert 'href="/replication"' in page


def test_administrator_reads_the_number_of_accounts_to_look_at(app: Flask, client_of: Browser) -> None:
    newcomer = make_user()
    newcomer.must_change_password = True
    db.session.commit()

    page = " ".join(_home(client_of(make_user(Role.ADMIN))).split())

    assert 'Chưa đổi mật khẩu lần đầu</span><b class="num">1</b>' in page


def test_long_titles_of_many_drafts_stay_within_the_budget(app: Flask, client_of: Browser) -> None:
    user = make_user(Role.STAFF)
    for _ in range(25):
        make_initiative(by=user, state=State.DRAFT, title="Nâng cao chất lượng giải quyết thủ tục " * 5)

    assert len(_home(client_of(user)).encode()) < 24 * 1024


def _fill(person: User) -> None:
    """Put a row into every section."""
    letter = make_directive(items=1)
    make_directive(state=LetterState.DRAFT)
    letter.items[0].deadline_on = letter.issued_at.date()
    letter.items[0].deadline_source = "letter"
    make_initiative(by=person, state=State.DRAFT)
    make_initiative(by=person, state=State.PUBLISHED)
    make_initiative(by=make_user(unit=person.unit), vote_count=2)
    make_candidate()
    make_selection(targets=(person.unit,))
    make_report(make_comment())


def _primary(page: str) -> str:
    found = re.search(r'<a href="([^"]*)"\s+class="button button--primary"', page)
    assert found is not None
    return found[1]


def test_clerk_is_led_back_to_what_is_being_written(app: Flask, client_of: Browser) -> None:
    draft = make_initiative(state=State.DRAFT)

    page = _home(client_of(draft.created_by))

    assert _primary(page) == f"/initiatives/{draft.id}/draft"
    assert page.count("Gửi sáng kiến<") == 1  # in the bar alone


def test_clerk_without_drafts_is_led_to_an_item_the_unit_has_not_answered(
    app: Flask, client_of: Browser
) -> None:
    person = make_user()
    task = make_task(unit=person.unit)

    assert _primary(_home(client_of(person))) == f"/directives/{task.item.directive_id}/items/1"


def test_clerk_with_nothing_to_do_is_led_to_the_store(app: Flask, client_of: Browser) -> None:
    assert _primary(_home(client_of(make_user()))) == "/initiatives"


def test_coverage_says_what_the_heads_stand_for(app: Flask, client_of: Browser) -> None:
    make_task(unit=make_unit("VP-TK", name="Văn phòng – Thống kê"))

    page = unescape(_home(client_of(make_leader())))

    assert re.search(r"<dt>VP-TK</dt>\s*<dd>\s*Văn phòng – Thống kê\s*</dd>", page)


def test_office_reads_the_numbers_of_the_board(app: Flask, client_of: Browser) -> None:
    unit = make_unit(name="Tư pháp - Hộ tịch")
    for days in (-2, -1, 1, 5, 30):
        make_task(unit=unit, days=days)
    make_task(unit=unit, days=-1, state=TaskState.REPORTED)
    browser = client_of(make_user(Role.OFFICE))

    page = " ".join(_home(browser).split())

    for due, label, number in (
        ("overdue", "Quá hạn", 2),
        ("3", "Còn không quá 3 ngày", 1),
        ("7", "Còn 4 đến 7 ngày", 1),
    ):
        assert f'href="/follow-up?due={due}">{label} <b class="num">{number}</b>' in page
        assert f"<strong>{number} nhiệm vụ</strong>" in browser.get(f"/follow-up?due={due}").text
    assert f'<a href="/follow-up?unit={unit.id}&amp;state=open">Tư pháp - Hộ tịch</a>' in page
    assert "5 nhiệm vụ" in page


def test_staff_read_what_their_unit_has_not_reported(app: Flask, client_of: Browser) -> None:
    user = make_user()
    mine, other = make_task(unit=user.unit, days=-1), make_task(days=-1)

    page = _home(client_of(user))

    assert f'href="/tasks/{mine.id}"' in page
    assert f'href="/tasks/{other.id}"' not in page
    assert f'href="/follow-up?due=overdue&amp;unit={user.unit_id}"' in page


def test_leader_reads_which_units_have_not_begun(app: Flask, client_of: Browser) -> None:
    idle, busy = make_task(), make_task(state=TaskState.IN_PROGRESS)

    page = _home(client_of(make_leader()))

    assert f'id="cell-{idle.item_id}-{idle.unit_id}"' in page
    assert f'id="cell-{busy.item_id}-{busy.unit_id}"' not in page
    assert "Còn 1 chỗ" in page

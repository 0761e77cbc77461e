from collections.abc import Callable

import pytest

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import queries
from cchc_portal.directives.models import Directive, State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER])
def test_office_and_leaders_see_drafts(draft: Directive, role: Role) -> None:
    assert queries.get(draft.id, to=make_user(role)) == draft


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_others_do_not_know_of_drafts(draft: Directive, role: Role) -> None:
    somebody = make_user(role)

    with pytest.raises(NotFound):
        queries.get(draft.id, to=somebody)
    with pytest.raises(NotFound):
        queries.get_item(draft.id, "1", to=somebody)
    assert page(to=somebody) == []
    assert list(queries.drafts(to=somebody)) == []


def test_everybody_sees_issued_letters(issued: Directive, staff: User) -> None:
    assert page(to=staff) == [issued]
    assert queries.get_item(issued.id, "2.a", to=staff).code == "2.a"


def test_unknown_item_is_not_found(issued: Directive, staff: User) -> None:
    with pytest.raises(NotFound):
        queries.get_item(issued.id, "9", to=staff)


def test_lists_ask_the_same_number_of_questions_for_one_and_three_letters(
    office: User, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def read() -> list[int]:
        return [len(one.items) for one in page(to=office)]

    def count() -> int:
        assert office.has_role(Role.OFFICE)  # loads the person, who is loaded once for each request
        return count_queries(read)

    make_directive(state=State.ISSUED, items=2)
    with_one = count()
    for _number in range(2):
        make_directive(state=State.ISSUED, items=3)

    assert count() == with_one == 2


def page(to: User, *, size: int = 20, **filters: object) -> list[Directive]:
    """Return the first page of the register."""
    return list(queries.page_of(queries.Filters(**filters), to=to, after=None, size=size))

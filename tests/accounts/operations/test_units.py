"""Units and their lines of work."""

from datetime import date, timedelta

import pytest

from cchc_portal import audit
from cchc_portal.accounts import operations, queries
from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, InvalidState, NotAllowed
from tests.factories.accounts import LONG_AGO, make_unit, make_user

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def admin(app: object) -> User:
    return make_user(Role.ADMIN)


def correct(unit: Unit, *, by: User, **columns: object) -> Unit:
    given = {
        "name": unit.name,
        "short_name": unit.short_name,
        "aliases": unit.aliases,
        "parent": unit.parent,
        "takes_part": unit.takes_part,
    }
    return operations.correct_unit(unit, by=by, **given | columns)


def test_founded_unit_has_functions_from_its_first_day(admin: User) -> None:
    unit = operations.found_unit(
        "vhxh", by=admin, name="Văn hóa - Xã hội", functions=["Văn hóa thông tin"], valid_from=LONG_AGO
    )

    assert unit.code == "VHXH"
    assert [(function.name, function.valid_from) for function in unit.functions] == [
        ("Văn hóa thông tin", LONG_AGO),
    ]
    assert [event.name for event in audit.of(unit)] == ["unit.founded"]


def test_code_is_unique_for_all_times_whatever_its_case(admin: User) -> None:
    make_unit("VHXH", valid_to=date(2021, 1, 1))

    with pytest.raises(Invalid) as refused:
        operations.found_unit("vhxh", by=admin, name="Văn hóa")

    assert list(refused.value.errors) == ["code"]


@pytest.mark.parametrize("name", ["Văn phòng – Thống kê", "VAN PHONG THONG KE", "VP-TK", "văn phòng"])
def test_two_units_of_the_same_days_share_no_name(admin: User, name: str) -> None:
    make_unit("VPTK", name="Văn phòng - Thống kê", short_name="VP TK", aliases=["Văn phòng"])

    with pytest.raises(Invalid) as refused:
        operations.found_unit("MOI", by=admin, name=name)

    assert list(refused.value.errors) == ["name"]


def test_name_of_a_closed_unit_is_free_again(admin: User) -> None:
    make_unit("VP1", name="Văn phòng", valid_to=today() - timedelta(days=1))

    unit = operations.found_unit("VP2", by=admin, name="Văn phòng")

    assert queries.unit_by_code("VP2") is unit


def test_correct_unit_writes_its_names_anew(admin: User) -> None:
    unit, parent = make_unit("VP"), make_unit()

    correct(unit, by=admin, name="Văn phòng - Thống kê", aliases=["VP"], parent=parent, takes_part=False)

    assert (unit.name, unit.aliases, unit.parent, unit.takes_part) == (
        "Văn phòng - Thống kê",
        ["VP"],
        parent,
        False,
    )


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_unit_never_stands_below_itself(admin: User, depth: int) -> None:
    chain = [make_unit()]
    for _ in range(2):
        chain.append(make_unit(parent=chain[-1]))

    with pytest.raises(Invalid) as refused:
        correct(chain[0], by=admin, parent=chain[depth])

    assert list(refused.value.errors) == ["parent"]


def test_closed_unit_holds_to_its_last_day_and_names_its_successor(admin: User) -> None:
    unit, successor = make_unit(functions=("Văn hóa",)), make_unit()

    operations.close_unit(unit, by=admin, on=today(), successor=successor)
    db.session.commit()

    tomorrow = today() + timedelta(days=1)
    assert [unit in queries.units(on=day) for day in (today(), tomorrow)] == [True, False]
    assert unit.successor == successor
    assert unit.functions_on(tomorrow) == []
    assert [(event.name, event.data) for event in audit.of(unit)] == [
        ("unit.closed", {"successor_id": successor.id}),
    ]


def test_unit_is_closed_once(admin: User) -> None:
    unit = make_unit(valid_to=today())

    with pytest.raises(InvalidState):
        operations.close_unit(unit, by=admin, on=today())


def test_unit_is_not_closed_before_it_began(admin: User) -> None:
    unit = make_unit(valid_from=today())

    with pytest.raises(Invalid) as refused:
        operations.close_unit(unit, by=admin, on=today() - timedelta(days=1))

    assert list(refused.value.errors) == ["on"]


def test_successor_must_outlive_the_unit(admin: User) -> None:
    unit, closing = make_unit(), make_unit(valid_to=today())

    for successor in (unit, closing):
        with pytest.raises(Invalid) as refused:
            operations.close_unit(unit, by=admin, on=today(), successor=successor)
        assert list(refused.value.errors) == ["successor"]


def test_people_of_a_closed_unit_move_to_the_successor(admin: User) -> None:
    successor = make_unit()
    unit = make_unit(valid_to=today(), successor=successor)
    head, locked = (
        make_user(Role.STAFF, Role.DEPT_HEAD, unit=unit),
        make_user(unit=unit, disabled_at=admin.created_at),
    )

    moved = operations.move_members(unit, by=admin)

    assert moved == [head]
    assert (head.unit, locked.unit) == (successor, unit)
    assert head.roles == {Role.STAFF}


def test_people_do_not_move_without_a_successor(admin: User) -> None:
    with pytest.raises(Conflict):
        operations.move_members(make_unit(), by=admin)


def test_function_has_one_name_within_its_unit(admin: User) -> None:
    unit = make_unit(functions=("Văn hóa thông tin",))

    with pytest.raises(Invalid):
        operations.add_function(unit, by=admin, name="VĂN HOÁ THÔNG TIN")
    added = operations.add_function(unit, by=admin, name="Lao động", aliases=["Thương binh"])
    operations.correct_function(added, by=admin, name="Lao động - Xã hội", aliases=[])

    assert [function.name for function in unit.functions] == ["Văn hóa thông tin", "Lao động - Xã hội"]


def test_ended_function_stays_for_old_letters(admin: User) -> None:
    unit = make_unit(functions=("Văn hóa thông tin",))
    function = unit.functions[0]

    operations.end_function(function, by=admin, on=date(2022, 12, 31))

    assert [unit.functions_on(day) for day in (date(2022, 12, 31), date(2023, 1, 1))] == [[function], []]
    with pytest.raises(InvalidState):
        operations.end_function(function, by=admin, on=today())


def test_name_of_an_ended_function_is_free_again(admin: User) -> None:
    unit = make_unit(functions=("Văn hóa",))
    operations.end_function(unit.functions[0], by=admin, on=date(2022, 12, 31))

    operations.add_function(unit, by=admin, name="Văn hóa", since=date(2023, 1, 1))

    assert len(unit.functions) == 2


def test_closed_unit_gets_no_functions(admin: User) -> None:
    with pytest.raises(InvalidState):
        operations.add_function(make_unit(valid_to=today()), by=admin, name="Văn hóa")


def test_only_administrators_keep_units() -> None:
    by, unit = (
        make_user(*(role for role in Role if role is not Role.ADMIN)),
        make_unit(functions=("Văn hóa",)),
    )

    for act in (
        lambda: operations.found_unit("MOI", by=by, name="Mới"),
        lambda: correct(unit, by=by),
        lambda: operations.close_unit(unit, by=by, on=today()),
        lambda: operations.move_members(unit, by=by),
        lambda: operations.add_function(unit, by=by, name="Lao động"),
        lambda: operations.correct_function(unit.functions[0], by=by, name="Lao động", aliases=[]),
        lambda: operations.end_function(unit.functions[0], by=by, on=today()),
    ):
        with pytest.raises(NotAllowed):
            act()

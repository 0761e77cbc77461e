"""What each role finds on the first page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.queries.overview import Overview
from cchc_portal.comments import queries as comments
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive
from cchc_portal.follow_up import queries as follow_up
from cchc_portal.follow_up.queries import TURN, Board, Due, Filters, Group
from cchc_portal.home import queries
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.content import Check, completeness, read
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.rules import can_start
from cchc_portal.replication import queries as replication
from cchc_portal.replication.models import Selection
from cchc_portal.tasks.models import Extension, Task

SHOWN = 5
ITEMS_COVERED = 8
IN_HAND = 20
STAFF = (Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER)


@dataclass(frozen=True)
class Writing:
    """A draft or returned initiative with what it still lacks."""

    initiative: Initiative
    checks: Sequence[Check]

    @property
    def met(self) -> int:
        """How many lines of the meter are done."""
        return sum(check.is_met for check in self.checks)

    @property
    def lacking(self) -> list[str]:
        """What submission waits for, in Vietnamese."""
        return [check.words for check in self.checks if check.is_required and not check.is_met]


@dataclass(frozen=True)
class Own:
    """What a person writes or has to agree to."""

    writing: Sequence[Writing]
    to_confirm: Sequence[Initiative]


@dataclass(frozen=True)
class Work:
    """What letters ask of somebody: numbers by deadline, and the most urgent tasks.

    Args:
        filters: those of the board that shows all of it.
        numbers: how many tasks by deadline, those that are reported apart.
        tasks: the most urgent of those that are not.
    """

    filters: Filters
    numbers: Mapping[Due, int]
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Staff:
    """What happened to one's proposals, what one's unit has to do, what is new near."""

    submitted: Sequence[Initiative]
    work: Work | None
    to_adopt: Sequence[Selection]
    near: Sequence[Initiative]


@dataclass(frozen=True)
class Office:
    """What waits for the Office."""

    to_verify: Sequence[Task]
    to_extend: Sequence[Extension]
    to_check: Sequence[Initiative]
    letters: Sequence[Directive]
    work: Work
    unanswered: Sequence[Group]
    reported: Sequence[comments.Reported]


@dataclass(frozen=True)
class Leader:
    """What waits for a decision, what is late, what colleagues back, what is being taken over."""

    to_extend: Sequence[Extension]
    work: Work
    not_taken: Sequence[tuple[Directive, letters.Taken]]
    waiting: Sequence[Initiative]
    strongest: Sequence[Initiative]
    coverage: Board
    selected: Sequence[Selection]


@dataclass(frozen=True)
class Home:
    """The first page of a person; None where the person does not hold the role."""

    own: Own | None
    staff: Staff | None
    office: Office | None
    leader: Leader | None
    admin: Overview | None
    to_acknowledge: Sequence[Directive]


def home_of(user: User) -> Home:
    """Return the first page of a person: the sections of all roles the person holds today."""
    return Home(
        own=_own(user) if can_start(user) else None,
        staff=_staff(user) if user.has_role(*STAFF) else None,
        office=_office(user) if user.has_role(Role.OFFICE) else None,
        leader=_leader(user) if user.has_role(Role.LEADER) else None,
        admin=accounts.overview(to=user) if user.has_role(Role.ADMIN) else None,
        to_acknowledge=() if user.has_role(Role.LEADER) else letters.to_acknowledge(to=user, limit=SHOWN),
    )


def _own(user: User) -> Own:
    found = initiatives.in_hand(user, limit=IN_HAND)
    return Own(
        writing=[_writing(one) for one in found if not one.to_confirm],
        to_confirm=[one.initiative for one in found if one.to_confirm],
    )


def _writing(one: initiatives.InHand) -> Writing:
    content = read(one.draft.content)
    return Writing(one.initiative, completeness(content, has_items=one.has_items, has_files=one.has_files))


def _staff(user: User) -> Staff:
    unit = user.unit
    return Staff(
        submitted=initiatives.submitted_by(user, limit=SHOWN),
        work=_work(Filters(unit=unit.id), user) if unit else None,
        to_adopt=replication.naming(unit, to=user, limit=SHOWN) if unit else (),
        near=queries.near(user, limit=SHOWN),
    )


def _office(user: User) -> Office:
    by_unit = follow_up.numbers_by_unit(Filters(), to=user)
    return Office(
        to_verify=queries.to_verify(to=user, limit=SHOWN),
        to_extend=queries.asking_for_time(to=user, limit=SHOWN),
        to_check=initiatives.to_check(user, limit=SHOWN),
        letters=queries.in_correction(to=user, limit=SHOWN),
        work=_work(Filters(), user, numbers=follow_up.together(by_unit.values())),
        unanswered=_to_answer(by_unit),
        reported=comments.reported(to=user)[:SHOWN],
    )


def _leader(user: User) -> Leader:
    return Leader(
        to_extend=queries.asking_for_time(to=user, limit=SHOWN),
        work=_work(Filters(), user),
        not_taken=letters.not_taken(to=user, limit=SHOWN),
        waiting=replication.waiting(to=user, limit=SHOWN),
        strongest=queries.strongest(user, limit=SHOWN),
        coverage=follow_up.board(to=user, show=follow_up.Show.GAPS, size=ITEMS_COVERED - 1),
        selected=replication.by_deadline(to=user, limit=SHOWN),
    )


def _work(filters: Filters, user: User, *, numbers: Mapping[Due, int] | None = None) -> Work:
    urgent = follow_up.lines(replace(filters, state=TURN), to=user, size=SHOWN - 1)
    return Work(filters, numbers or follow_up.numbers(filters, to=user), urgent)


def _to_answer(by_unit: Mapping[tuple[int, str], Mapping[Due, int]]) -> list[Group]:
    """Return the units that have not reported something yet, those with the most overdue tasks first."""
    found = [
        Group(key, name, sum(open_.values()), open_.get(Due.OVERDUE, 0), Filters(state=TURN, unit=key))
        for (key, name), numbers in by_unit.items()
        if (open_ := {due: number for due, number in numbers.items() if due is not Due.ANSWERED})
    ]
    return sorted(found, key=lambda group: (-group.overdue, -group.number))[:SHOWN]

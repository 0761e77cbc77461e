"""What each role finds on the first page."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.queries.overview import Overview
from cchc_portal.comments import queries as comments
from cchc_portal.directives.models import Directive, Item
from cchc_portal.home import queries
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.content import Check, completeness, read
from cchc_portal.initiatives.models import Initiative
from cchc_portal.initiatives.rules import can_start
from cchc_portal.replication import queries as replication
from cchc_portal.replication.models import Selection

SHOWN = 5
DUE_WITHIN = 7  # days
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
class Staff:
    """What happened to one's proposals, what one's unit has to do, what is new near."""

    submitted: Sequence[Initiative]
    unanswered: Sequence[Item]
    to_adopt: Sequence[Selection]
    near: Sequence[Initiative]


@dataclass(frozen=True)
class Office:
    """What waits for the Office."""

    to_check: Sequence[Initiative]
    letters: Sequence[Directive]
    unanswered: Sequence[Item]
    due: Sequence[Item]
    reported: Sequence[comments.Reported]


@dataclass(frozen=True)
class Leader:
    """What waits for a decision, what colleagues back, what is not answered, what is being taken over."""

    waiting: Sequence[Initiative]
    strongest: Sequence[Initiative]
    coverage: queries.Coverage
    selected: Sequence[Selection]


@dataclass(frozen=True)
class Home:
    """The first page of a person; None where the person does not hold the role."""

    own: Own | None
    staff: Staff | None
    office: Office | None
    leader: Leader | None
    admin: Overview | None


def home_of(user: User) -> Home:
    """Return the first page of a person: the sections of all roles the person holds today."""
    return Home(
        own=_own(user) if can_start(user) else None,
        staff=_staff(user) if user.has_role(*STAFF) else None,
        office=_office(user) if user.has_role(Role.OFFICE) else None,
        leader=_leader(user) if user.has_role(Role.LEADER) else None,
        admin=accounts.overview(to=user) if user.has_role(Role.ADMIN) else None,
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
        unanswered=queries.unanswered_by(unit, to=user, limit=SHOWN) if unit else (),
        to_adopt=replication.naming(unit, to=user, limit=SHOWN) if unit else (),
        near=queries.near(user, limit=SHOWN),
    )


def _office(user: User) -> Office:
    return Office(
        to_check=initiatives.to_check(user, limit=SHOWN),
        letters=queries.in_correction(to=user, limit=SHOWN),
        unanswered=queries.unanswered(to=user, limit=SHOWN),
        due=queries.due(to=user, within=DUE_WITHIN, limit=SHOWN),
        reported=comments.reported(to=user)[:SHOWN],
    )


def _leader(user: User) -> Leader:
    return Leader(
        waiting=replication.waiting(to=user, limit=SHOWN),
        strongest=queries.strongest(user, limit=SHOWN),
        coverage=queries.coverage(to=user, limit=ITEMS_COVERED),
        selected=replication.by_deadline(to=user, limit=SHOWN),
    )

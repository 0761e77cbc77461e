"""Giving and taking roles; whoever loses one is signed out and never the last administrator."""

from datetime import date, timedelta

from cchc_portal import audit
from cchc_portal.accounts import queries
from cchc_portal.accounts.models import UNIT_ROLES, Role, RoleGrant, Unit, User
from cchc_portal.accounts.operations.sign_ins import end_sign_ins
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.clock import today
from cchc_portal.core.errors import Conflict, Invalid, require
from cchc_portal.core.i18n import N_

LAST_ADMINISTRATOR = N_(
    "Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị không thời hạn cho một người khác trước.",
)


def grant_role(
    user: User,
    role: Role,
    *,
    by: User | None,
    unit: Unit | None = None,
    since: date | None = None,
    until: date | None = None,
) -> RoleGrant:
    """Give a person a role for a period; ends the sign-ins.

    Args:
        user: who gets it.
        role: staff and heads hold theirs in a unit, the others in the whole office.
        by: the administrator; None for commands on the server.
        unit: the unit of staff and heads; their own if none is given.
        since: first day; today if none is given.
        until: last day; None for no end.

    Raises:
        Invalid: the period ends before it begins, or there is no unit.
        Conflict: the person holds it already on one of these days.
    """
    require(by is None or can_administer(by))
    grant = RoleGrant(
        role=role, unit=unit_of(role, unit or user.unit), valid_from=since or today(), valid_to=until
    )
    _check_period(user, grant)
    user.grants.append(grant)
    end_sign_ins(user)
    unit_id = grant.unit.id if grant.unit else None
    audit.record("account.role_granted", on=user, by=by, role=role.value, unit_id=unit_id)
    return grant


def revoke_role(grant: RoleGrant, *, by: User) -> RoleGrant:
    """End a role yesterday, so that it no longer holds today; ends the sign-ins.

    Raises:
        Conflict: it is the administration, and nobody else holds it for good.
    """
    require(can_administer(by))
    if grant.role is Role.ADMIN:
        require_another_administrator(grant.user)
    user, role = grant.user, grant.role
    _end(grant)
    end_sign_ins(user)
    audit.record("account.role_revoked", on=user, by=by, role=role.value)
    return grant


def move(user: User, to: Unit | None, *, by: User | None) -> User:
    """Let a person work in another unit: rights in the old one end, staff is staff in the new one.

    Raises:
        Conflict: the unit is closed.
    """
    require(by is None or can_administer(by))
    if to is not None and not to.is_valid(today()):
        raise Conflict(N_("Bộ phận này không hoạt động vào hôm nay."))
    was_staff = user.has_role(Role.STAFF)
    for grant in [
        grant for grant in user.grants if grant.role in UNIT_ROLES and grant.unit_id == user.unit_id
    ]:
        _end(grant)
    audit.record("account.moved", on=user, by=by, unit_id=to.id if to else None, old_unit_id=user.unit_id)
    user.unit = to
    if was_staff and to is not None:
        user.grants.append(RoleGrant(role=Role.STAFF, unit=to))
    end_sign_ins(user)
    return user


def require_another_administrator(than: User) -> None:
    """Make sure that somebody else administers for good; locks them until the commit.

    Raises:
        Conflict: nobody does.
    """
    others = [admin for admin in queries.lock_administrators() if admin.id != than.id]
    if not others and than.has_role(Role.ADMIN):
        raise Conflict(LAST_ADMINISTRATOR)


def unit_of(role: Role, unit: Unit | None) -> Unit | None:
    """Return the unit in which a role is held: none for roles in the whole office.

    Raises:
        Invalid: the role needs a unit and there is none.
    """
    if role not in UNIT_ROLES:
        return None
    if unit is None:
        raise Invalid({"unit": N_("Vai trò này cần một bộ phận.")})
    return unit


def _check_period(user: User, wanted: RoleGrant) -> None:
    if wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        raise Invalid({"until": N_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    for grant in user.grants:
        same = grant.role is wanted.role and grant.unit == wanted.unit
        if same and _last(grant) >= wanted.valid_from and grant.valid_from <= _last(wanted):
            raise Conflict(N_("Người này đã có vai trò đó trong thời gian này."))


def _last(grant: RoleGrant) -> date:
    return grant.valid_to or date.max


def _end(grant: RoleGrant) -> None:
    yesterday = today() - timedelta(days=1)
    if grant.valid_from > yesterday:  # began today or later: it never held
        grant.user.grants.remove(grant)
    elif grant.is_valid(today()):
        grant.valid_to = yesterday

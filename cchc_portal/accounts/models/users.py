"""Tables of people and the roles they hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from cchc_portal.accounts.models.periods import Lasting, period_check
from cchc_portal.accounts.models.units import Unit
from cchc_portal.core.clock import today
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.mixins import Timestamped
from cchc_portal.core.text import fold_name, name_sort_text


class Role(Labelled):
    """What a person may do in the office."""

    STAFF = "staff", N_("Cán bộ, công chức, người lao động")
    DEPT_HEAD = "dept_head", N_("Trưởng bộ phận")
    OFFICE = "office", N_("Văn phòng - Thống kê")
    REVIEWER = "reviewer", N_("Thành viên Hội đồng sáng kiến")
    LEADER = "leader", N_("Lãnh đạo UBND")
    ADMIN = "admin", N_("Quản trị hệ thống")


UNIT_ROLES = frozenset({Role.STAFF, Role.DEPT_HEAD})  # held in a unit; the others in the whole office


def _name_folded(context: Any) -> str:
    return fold_name(context.get_current_parameters()["full_name"])


def _name_order(context: Any) -> str:
    return name_sort_text(context.get_current_parameters()["full_name"])


class User(Timestamped, Model):
    """A person with an account."""

    __tablename__ = "user"
    __table_args__ = (Index(None, "name_order", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    # Kept beside the name by `_keep_name_keys`; the defaults serve insertions of many rows at once.
    name_folded: Mapped[str] = mapped_column(String(240), default=_name_folded)
    name_order: Mapped[str] = mapped_column(String(400), default=_name_order)
    job_title: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    must_change_password: Mapped[bool] = mapped_column(default=True)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    unread_count: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user",
        cascade="all, delete-orphan",
        order_by="RoleGrant.id",
    )

    # Flask-Login asks these four; `session_token` is set by whoever loads or signs in the person.
    is_authenticated = True
    is_anonymous = False
    session_token = ""

    @property
    def is_active(self) -> bool:
        """True unless the account was disabled."""
        return self.disabled_at is None

    def get_id(self) -> str:
        """Return the token of this sign-in; it ends with the sign-in, not with the person."""
        return self.session_token

    def has_role(self, *roles: Role) -> bool:
        """Say whether the person holds one of the roles today."""
        return any(grant.role in roles and grant.is_valid(today()) for grant in self.grants)

    def heads(self, unit_id: int | None) -> bool:
        """Say whether the person is head of a unit today."""
        return any(
            grant.role is Role.DEPT_HEAD and grant.unit_id == unit_id and grant.is_valid(today())
            for grant in self.grants
        )

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the person holds today."""
        return frozenset(grant.role for grant in self.grants if grant.is_valid(today()))

    @validates("full_name")
    def _keep_name_keys(self, _key: str, full_name: str) -> str:
        self.name_folded = fold_name(full_name)
        self.name_order = name_sort_text(full_name)
        return full_name


class RoleGrant(Lasting, Model):
    """A role a person holds in a unit (None: in the whole office) for a period."""

    __tablename__ = "role_grant"
    __table_args__ = (period_check(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(enum_type(Role, name="role"))

    user: Mapped[User] = relationship(back_populates="grants")
    unit: Mapped[Unit | None] = relationship()

"""Tables: units with their functions, users, role grants, sign-ins and tries to sign in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.core.clock import now, today
from cchc_portal.core.db import Model, UtcDateTime, enum_type
from cchc_portal.core.i18n import N_
from cchc_portal.core.mixins import Timestamped
from cchc_portal.core.text import fold_name


class Role(StrEnum):
    """What a person may do in the office."""

    STAFF = "staff"
    DEPT_HEAD = "dept_head"
    OFFICE = "office"
    REVIEWER = "reviewer"
    LEADER = "leader"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """Its Vietnamese name."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.STAFF: N_("Cán bộ, công chức, người lao động"),
    Role.DEPT_HEAD: N_("Trưởng bộ phận"),
    Role.OFFICE: N_("Văn phòng - Thống kê"),
    Role.REVIEWER: N_("Thành viên Hội đồng sáng kiến"),
    Role.LEADER: N_("Lãnh đạo UBND"),
    Role.ADMIN: N_("Quản trị hệ thống"),
}


class Unit(Timestamped, Model):
    """A part of the organisation as it was between two dates; old documents keep old names."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    takes_part: Mapped[bool] = mapped_column(default=True)  # answers letters and adopts models
    valid_from: Mapped[date] = mapped_column(default=today)
    valid_to: Mapped[date | None]

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])
    functions: Mapped[list["UnitFunction"]] = relationship(
        back_populates="unit",
        cascade="all, delete-orphan",
        order_by="UnitFunction.id",
    )

    def is_valid(self, on: date) -> bool:
        """Say whether the unit exists on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def names(self) -> frozenset[str]:
        """Everything the unit is called, folded for comparison."""
        return frozenset(
            fold_name(name) for name in (self.name, self.short_name, self.code, *self.aliases) if name
        )


class UnitFunction(Model):
    """A line of work inside a unit that letters address on its own."""

    __tablename__ = "unit_function"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)

    unit: Mapped[Unit] = relationship(back_populates="functions")


class User(Timestamped, Model):
    """A person with an account."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
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


class RoleGrant(Model):
    """A role a person holds in a unit (None: in the whole office) for a period."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(enum_type(Role, name="role"))
    valid_from: Mapped[date] = mapped_column(default=today)
    valid_to: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="grants")
    unit: Mapped[Unit | None] = relationship()

    def is_valid(self, on: date) -> bool:
        """Say whether the grant holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class SignIn(Model):
    """A browser that is signed in; deleting the row signs it out."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    browser: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship()


class SignInTry(Model):
    """A failed try to sign in, kept to slow guessing down."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    username: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))

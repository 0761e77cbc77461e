"""Accounts: list, open, correct, lock, hand out passwords."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from cchc_portal import audit
from cchc_portal.accounts import operations, passwords, queries
from cchc_portal.accounts.models import Role, User
from cchc_portal.accounts.session import person
from cchc_portal.admin.forms import AccountForm, FilterForm, GrantForm, PersonForm
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.admin.views.events import lines_of
from cchc_portal.core.clock import today
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, show
from cchc_portal.web.pagination import PAGE_SIZE, cut, unmark


@blueprint.get("/accounts")
def accounts() -> Response:
    """Show the accounts, narrowed down by the address."""
    filters, mark = FilterForm(), request.args.get("page", "")
    after = unmark(mark, kinds=(str, int)) if mark else None
    rows = queries.accounts(to=person(), after=after, limit=PAGE_SIZE + 1, **filters.chosen())
    page = cut(rows, key=lambda user: [user.name_order, user.id], size=PAGE_SIZE, is_first=not mark)
    return show("admin/accounts.html", "admin/_accounts.html", page=page, filters=filters)


@blueprint.get("/accounts/new")
def new_account() -> Response:
    """Show the form for an account."""
    return show("admin/new_account.html", form=AccountForm(roles=[Role.STAFF.value]))


@blueprint.post("/accounts/new")
def open_account() -> Response:
    """Open an account and show its first password, once."""
    form, password = AccountForm(), passwords.generated()
    user = form.perform(
        lambda: operations.open_account(
            form.username.data,
            by=person(),
            password=password,
            roles=[Role(role) for role in form.roles.data],
            **form.values(),
        ),
    )
    if user is None:
        return show("admin/new_account.html", form=form, status=422)
    return _show_password(user, password)


@blueprint.get("/accounts/<int:user_id>")
def account(user_id: int) -> Response:
    """Show one account."""
    user = queries.get_account(user_id, to=person())
    return show_account(user, PersonForm(user=user), GrantForm())


@blueprint.post("/accounts/<int:user_id>")
def correct_account(user_id: int) -> Response:
    """Write a person's data anew."""
    user = queries.get_account(user_id, to=person())
    form = PersonForm(user=user)
    if form.perform(lambda: operations.correct_account(user, by=person(), **form.values())) is None:
        return show_account(user, form, GrantForm(formdata=None), status=422)
    return done(_("Đã lưu thông tin tài khoản."), to=url_for("admin.account", user_id=user.id))


@blueprint.post("/accounts/<int:user_id>/password")
def reset_password(user_id: int) -> Response:
    """Hand out another password and show it, once."""
    user, password = queries.get_account(user_id, to=person()), passwords.generated()
    return _show_password(operations.reset_password(user, by=person(), new=password), password)


@blueprint.route("/accounts/<int:user_id>/lock", methods=["PUT", "DELETE", "POST"])
def lock(user_id: int) -> Response:
    """Close an account, or open a closed one again."""
    user = queries.get_account(user_id, to=person())
    if intended_method() == "DELETE":
        operations.enable(user, by=person())
        message = _("Đã mở lại tài khoản.")
    else:
        operations.disable(user, by=person())
        message = _("Đã khóa tài khoản.")
    return done(message, to=url_for("admin.account", user_id=user.id))


def show_account(user: User, form: PersonForm, grant_form: GrantForm, *, status: int = 200) -> Response:
    """Show one account with its forms."""
    return show(
        "admin/account.html",
        user=user,
        form=form,
        grant_form=grant_form,
        lines=lines_of(audit.of(user)[-10:][::-1]),
        today=today(),
        status=status,
    )


def _show_password(user: User, password: str) -> Response:
    return show("admin/password.html", user=user, password=password)

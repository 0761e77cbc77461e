"""Signing in and out; one's own page."""

from flask import Blueprint, Response, current_app, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.urls import iri_to_uri

from cchc_portal.accounts import demo, operations, queries
from cchc_portal.accounts.browsers import described
from cchc_portal.accounts.forms import LanguageForm, PasswordForm, SignInForm
from cchc_portal.accounts.models import User
from cchc_portal.accounts.session import person
from cchc_portal.core.text import clean_line
from cchc_portal.web.htmx import done, go, htmx, show
from cchc_portal.web.i18n import keep_language
from cchc_portal.web.security import ask_to_sign_in, login_manager, own_path, public

blueprint = Blueprint("accounts", __name__)

SUGGESTED, LISTED = 8, 50  # colleagues below a field, on a page
OPEN_BEFORE_CHANGE = frozenset(
    {
        "accounts.password",
        "accounts.change_password",
        "accounts.choose_language",
        "accounts.sign_out",
        "assets.file",
        "static",
    }
)


@blueprint.get("/sign-in")
@public
def sign_in_page() -> Response:
    """Show the sign-in form."""
    target = own_path(request.args.get("next"))
    if current_user.is_authenticated:
        return go(target)
    return _show_sign_in(SignInForm(), target)


@blueprint.post("/sign-in")
@public
def sign_in() -> Response:
    """Sign the person in and go where they wanted to go."""
    form = SignInForm()
    target = own_path(request.form.get("next"))
    user = form.perform(_enter, form)
    if user is None:
        return _show_sign_in(form, target, status=422)
    _begin_session(user)
    return go(target)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End this sign-in."""
    operations.sign_out(person(), by=person())
    logout_user()
    session.clear()
    return go(url_for("accounts.sign_in_page"))


@blueprint.post("/language")
@public
def choose_language() -> Response:
    """Keep the chosen language: in the browser, and with the person who is signed in."""
    form = LanguageForm()
    answer = go(own_path(request.form.get("next")))
    if form.validate():
        keep_language(answer, form.locale.data)
        if current_user.is_authenticated:
            operations.choose_language(person(), by=person(), locale=form.locale.data)
    return answer


@blueprint.get("/colleagues")
def colleagues() -> Response:
    """Show colleagues by what was typed of their name: as suggestions, or as a page to look a name up."""
    q = clean_line(request.args.get("q", ""))
    found = queries.colleagues(q, limit=SUGGESTED if htmx.wants_fragment else LISTED)
    return show("accounts/colleagues.html", "accounts/_colleagues.html", q=q, people=found)


@blueprint.get("/me")
def me() -> Response:
    """Show one's account."""
    return show(
        "accounts/me.html",
        form=LanguageForm(obj=current_user),
        sign_ins=queries.sign_ins(person()),
        own_hash=queries.token_hash(person().session_token),
        described=described,
    )


@blueprint.delete("/me/sign-ins/<int:sign_in_id>")
@blueprint.post("/me/sign-ins/<int:sign_in_id>")
def sign_out_browser(sign_in_id: int) -> Response:
    """End the sign-in of another browser."""
    operations.sign_out_browser(queries.get_sign_in(sign_in_id, to=person()), by=person())
    return done(_("Đã đăng xuất trình duyệt đó."), to=url_for("accounts.me"))


@blueprint.delete("/me/sign-ins")
@blueprint.post("/me/sign-ins")
def sign_out_everywhere() -> Response:
    """End every sign-in of the person."""
    operations.sign_out_everywhere(person(), by=person())
    session.clear()
    return go(url_for("accounts.sign_in_page"))


@blueprint.get("/me/password")
def password() -> Response:
    """Show the form for another password."""
    return show("accounts/password.html", form=PasswordForm())


@blueprint.post("/me/password")
def change_password() -> Response:
    """Change the password; other browsers are signed out."""
    form = PasswordForm()
    user = form.perform(
        lambda: operations.change_password(
            person(),
            by=person(),
            current=form.current.data,
            new=form.new.data,
            address=request.remote_addr or "",
            browser=request.user_agent.string,
        ),
    )
    if user is None:
        return show("accounts/password.html", form=form, status=422)
    _begin_session(user)
    return done(_("Đã đổi mật khẩu."), to=url_for("home.index"))


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> User | None:
    return queries.signed_in(token)


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def _unauthorized() -> Response:
    # Paths arrive decoded: blanks and letters beyond ASCII are written again as an address has them.
    target = iri_to_uri(request.full_path.rstrip("?")) if request.method == "GET" else "/"
    return ask_to_sign_in(url_for("accounts.sign_in_page", next=own_path(target)))


@blueprint.before_app_request
def _require_own_password() -> Response | None:
    if (
        request.endpoint in OPEN_BEFORE_CHANGE
    ):  # asked first: files and machines then cost no look at the person
        return None
    if not current_user.is_authenticated or not current_user.must_change_password:
        return None
    return go(url_for("accounts.password"))


def _show_sign_in(form: SignInForm, target: str, *, status: int = 200) -> Response:
    """Answer with the form; where everybody may try the portal, with the accounts to try it with."""
    known = queries.by_usernames(demo.USERNAMES) if current_app.config["CCHC_DEMO"] else {}
    return show(
        "accounts/sign_in.html",
        form=form,
        next=target,
        people=[known[username] for username in demo.USERNAMES if username in known],
        password=demo.PASSWORD,
        status=status,
    )


def _enter(form: SignInForm) -> User:
    return operations.sign_in(
        form.username.data,
        form.password.data,
        address=request.remote_addr or "",
        browser=request.user_agent.string,
        instead_of=session.get("_user_id", ""),
        is_demonstration=current_app.config["CCHC_DEMO"],
    )


def _begin_session(user: User) -> None:
    session.clear()  # a session begun before signing in is worth nothing afterwards
    login_user(user)

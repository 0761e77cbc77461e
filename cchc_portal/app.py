"""The composition root: the only file that knows everyone."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from cchc_portal import cli, config, jobs, wiring
from cchc_portal.accounts import rules
from cchc_portal.accounts import views as accounts
from cchc_portal.accounts.operations import forget_what_expired
from cchc_portal.admin import views as admin
from cchc_portal.comments import views as comments
from cchc_portal.core import clock
from cchc_portal.core.db import db
from cchc_portal.directives import views as directives
from cchc_portal.directives.contributions import contribute
from cchc_portal.follow_up import views as follow_up
from cchc_portal.follow_up.rules import can_follow_up
from cchc_portal.following import views as following
from cchc_portal.holidays import views as holidays
from cchc_portal.home import views as home
from cchc_portal.imports import views as imports
from cchc_portal.initiatives import views as initiatives
from cchc_portal.initiatives.rules import can_start
from cchc_portal.initiatives.views import sections
from cchc_portal.notifications import views as notifications
from cchc_portal.reminders import rules as reminder_rules
from cchc_portal.reminders import views as reminders
from cchc_portal.reminders.sending import remind_people
from cchc_portal.replication import views as replication
from cchc_portal.reports import views as reports
from cchc_portal.reports.rules import can_keep_templates
from cchc_portal.search import index as search_index
from cchc_portal.search import views as search
from cchc_portal.search.statistics import counting
from cchc_portal.search.statistics import views as search_statistics
from cchc_portal.search.synonyms import views as synonyms
from cchc_portal.searches import views as searches
from cchc_portal.searches.watching import watch_searches
from cchc_portal.storage import backends
from cchc_portal.storage.sweeping import sweep_files
from cchc_portal.tasks import views as tasks
from cchc_portal.tasks.consumers import open_recurring_tasks
from cchc_portal.tasks.views.letters import beside_letters
from cchc_portal.votes import views as votes
from cchc_portal.web import assets, converters, errors, frame, health, htmx, i18n, menu, security
from cchc_portal.web.logs import set_up_logs
from cchc_portal.web.transaction import Portal

BLUEPRINTS = (
    home.blueprint,
    follow_up.blueprint,
    search.blueprint,
    synonyms.blueprint,
    search_statistics.blueprint,
    searches.blueprint,
    accounts.blueprint,
    initiatives.blueprint,
    imports.blueprint,
    directives.blueprint,
    tasks.blueprint,
    votes.blueprint,
    comments.blueprint,
    following.blueprint,
    replication.blueprint,
    reports.blueprint,
    notifications.blueprint,
    holidays.blueprint,
    reminders.blueprint,
    admin.blueprint,
    health.blueprint,
)
MENU = (
    menu.Entry(_("Trang chủ"), "home.index", "house"),
    menu.Entry(_("Kho sáng kiến"), "initiatives.index", "lightbulb"),
    menu.Entry(
        _("Công văn và nhiệm vụ"), "directives.index", "file-earmark-text", covers=("follow_up", "tasks")
    ),
    menu.Entry(_("Nhân rộng"), "replication.index", "diagram-2"),
    menu.Entry(_("Nhắc việc"), "reminders.index", "bell", reminder_rules.can_oversee),
    menu.Entry(_("Mẫu văn bản"), "reports.templates", "files", can_keep_templates),
    menu.Entry(_("Quản trị"), "admin.index", "sliders", rules.can_administer),
)
BAR_BUTTONS = (menu.Entry(_("Gửi sáng kiến"), "initiatives.new", "plus-lg", can_start),)
WORK_TABS = (
    menu.Entry(_("Công văn"), "directives.index", "file-earmark-text"),
    menu.Entry(_("Bảng phủ"), "follow_up.coverage", "diagram-2", can_follow_up),
    menu.Entry(_("Theo dõi, đôn đốc"), "follow_up.index", "list", can_follow_up),
    menu.Entry(_("Lịch"), "follow_up.calendar", "calendar-event", can_follow_up),
    menu.Entry(_("Nhiệm vụ của tôi"), "tasks.index", "check-circle", can_follow_up),
)
# What other features show on the page of an initiative, under the names its templates use.
SECTIONS = {"votes": votes.section, "following": following.section, "decision": replication.section}

migrate = Migrate(render_as_batch=True, directory=str(config.ROOT / "cchc_portal" / "migrations"))
compress = Compress()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application: settings, extensions, blueprints, wiring, commands.

    Args:
        overrides: Flask configuration keys that win over the environment.

    Raises:
        BadSetting: a setting with which the portal must not start.
    """
    app = Portal(
        __name__,
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
    )
    app.config |= config.read(overrides=overrides)
    clock.use_zone(app.config["BABEL_DEFAULT_TIMEZONE"])
    app.url_map.converters["int"] = converters.KeyConverter
    set_up_logs(app)
    _add_extensions(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    menu.init_app(app, MENU, BAR_BUTTONS, WORK_TABS)
    sections.init_app(app, SECTIONS)
    contribute("tasks", beside_letters)
    wiring.init_app(app)
    jobs.schedule(app, remind_people.__name__)
    jobs.schedule(app, watch_searches.__name__, minute="*/5")
    jobs.schedule(app, open_recurring_tasks.__name__, minute="5")
    jobs.schedule(app, counting.forget_searches.__name__, hour="19", minute="35")
    jobs.schedule(app, forget_what_expired.__name__, minute="25")
    jobs.schedule(app, jobs.job(sweep_files).__name__, hour="19", minute="40")  # at night in the office
    cli.init_app(app)
    return app


def _add_extensions(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    migrate.init_app(app, db)
    htmx.extension.init_app(app)
    i18n.init_app(app)
    security.init_app(app)
    assets.init_app(app)
    frame.init_app(app)
    errors.init_app(app)
    jobs.init_app(app)
    backends.init_app(app)
    search_index.init_app(app)
    counting.init_app(app)
    compress.init_app(app)
    _stand_behind_proxies(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        max_age=60 * 60,
        allow_all_origins=False,
    )


def _stand_behind_proxies(app: Flask) -> None:
    if count := app.config["CCHC_PROXY_COUNT"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

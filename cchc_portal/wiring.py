"""What follows from what: the table "event name → consumers", on one page."""

import structlog
from flask import Flask

from cchc_portal import audit
from cchc_portal.audit.consumers import Handle, follow, follow_outside, retry
from cchc_portal.core.db import db
from cchc_portal.following.consumers import follow_along
from cchc_portal.imports.consumers import CONTINUE, go_on
from cchc_portal.jobs import WAKE, job, schedule, wake_for
from cchc_portal.notifications.consumers import tell
from cchc_portal.reminders.consumers import close_calendars
from cchc_portal.search import indexer
from cchc_portal.search.index import HEAL
from cchc_portal.tasks.consumers import open_tasks
from cchc_portal.votes.consumers import drop_own_votes

log = structlog.get_logger()

# Consumers inside the database get each event exactly once; those outside at least once.
INSIDE: dict[str, Handle] = {
    "imports": go_on,
    "tasks": open_tasks,
    "followers": follow_along,
    "votes": drop_own_votes,
    "notifications": tell,
    "calendars": close_calendars,
}
OUTSIDE: dict[str, Handle] = {"search": indexer.follow}

WIRING: dict[str, tuple[str, ...]] = {
    "account.corrected": ("search",),
    "account.disabled": (),
    "account.enabled": (),
    "account.language_chosen": (),
    "account.moved": (),
    "account.opened": (),
    "account.password_changed": ("calendars",),
    "account.password_reset": ("calendars",),
    "account.role_granted": (),
    "account.role_revoked": (),
    "account.sheet_imported": (),
    "account.sheet_kept": (),
    "account.sign_in_refused": (),
    "account.signed_in": (),
    "account.signed_out": (),
    "account.signed_out_everywhere": (),
    "comment.deleted": ("search",),
    "comment.edited": ("notifications", "search"),
    "comment.hidden": ("notifications", "search"),
    "comment.kept": (),
    "comment.reported": ("notifications",),
    "comment.written": ("followers", "notifications", "search"),
    "directive.acknowledged": (),
    "directive.amended": ("tasks", "search"),
    "directive.closed": ("search",),
    "directive.corrected": ("search",),
    "directive.discarded": ("search",),
    "directive.entered": ("search",),
    "directive.file_attached": ("search",),
    "directive.file_detached": ("search",),
    "directive.imported": ("search",),
    "directive.issued": ("tasks", "search"),
    "directive.numbered": ("search",),
    "directive.related": (),
    "directive.unrelated": (),
    "following.started": (),
    "following.stopped": (),
    "holiday.added": (),
    "holiday.corrected": (),
    "holiday.removed": (),
    "import.begun": ("imports",),
    "import.columns_chosen": (),
    "import.finished": (),
    "import.kept": (),
    "import.undone": ("imports",),
    "import.uploaded": ("imports",),
    "initiative.accepted": ("notifications", "search"),
    "initiative.confirmed": ("notifications", "search"),
    "initiative.declined": ("notifications", "search"),
    "initiative.deleted": ("search",),
    "initiative.file_attached": ("search",),
    "initiative.file_detached": ("search",),
    "initiative.import_undone": ("search",),
    "initiative.imported": ("search",),
    "initiative.published": ("notifications", "search"),
    "initiative.refused": ("notifications", "search"),
    "initiative.restored": ("search",),
    "initiative.returned": ("notifications", "search"),
    "initiative.selected": ("notifications", "search"),
    "initiative.started": (),
    "initiative.submitted": ("followers", "votes", "notifications", "search"),
    "initiative.withdrawn": ("notifications", "search"),
    "letterhead.changed": (),
    "notification.kinds_chosen": (),
    "reminder.answered": (),
    "reminder.calendar_closed": (),
    "reminder.calendar_opened": (),
    "reminder.digested": ("notifications",),
    "reminder.mail_chosen": (),
    "reminder.resent": (),
    "reminder.rule_added": (),
    "reminder.rule_ended": (),
    "saved_search.changed": (),
    "saved_search.kept": (),
    "saved_search.matched": ("notifications",),
    "saved_search.removed": (),
    "saved_search.unwatched": (),
    "saved_search.watched": (),
    "saved_view.changed": (),
    "saved_view.kept": (),
    "saved_view.removed": (),
    "synonym.added": ("search",),
    "synonym.corrected": ("search",),
    "synonym.removed": ("search",),
    "task.answered": (),
    "task.cancelled": ("notifications",),
    "task.completed": ("notifications",),
    "task.deadline_set": (),
    "task.extension_asked": ("notifications",),
    "task.extension_granted": ("notifications",),
    "task.extension_refused": ("notifications",),
    "task.marked": (),
    "task.named": ("notifications",),
    "task.opened": ("notifications",),
    "task.progressed": (),
    "task.remarked": (),
    "task.reported": ("notifications",),
    "task.returned": ("notifications",),
    "task.started": (),
    "task.urged": (),
    "task.verified": ("notifications",),
    "template.replaced": (),
    "template.restored": (),
    "unit.closed": (),
    "unit.corrected": ("search",),
    "unit.founded": (),
    "unit.function_added": (),
    "unit.function_corrected": (),
    "unit.function_ended": (),
    "unit.members_moved": (),
    "unit.urged": ("notifications",),
    "vote.cast": ("search",),
    "vote.taken_back": ("search",),
}


def init_app(app: Flask) -> None:
    """Wake consumers for what they want; let the clock come by every minute, for what a crash left undone."""
    wake_for(app, [name for name, consumers in WIRING.items() if consumers])
    schedule(app, WAKE)
    schedule(app, HEAL)
    schedule(app, CONTINUE)


def names_for(consumer: str) -> frozenset[str]:
    """Return the names of the events a consumer wants."""
    return frozenset(name for name, consumers in WIRING.items() if consumer in consumers)


@job
def deliver() -> None:
    """Hand every consumer the events it has not seen yet; one that fails does not hold up the others.

    Raises:
        ExceptionGroup: what failed; the queue tries again, and the failed consumer goes on where it was.
    """
    errors = [error for consumer in (*INSIDE, *OUTSIDE) if (error := _failure_of(consumer)) is not None]
    if errors:
        raise ExceptionGroup("consumers failed", errors)


def retry_set_aside() -> tuple[int, int]:
    """Hand the events that were set aside to their consumers again; return how many went through, how many not."""
    known = INSIDE | OUTSIDE
    outcomes = [retry(aside, known[aside.consumer]) for aside in audit.set_aside() if aside.consumer in known]
    return outcomes.count(True), outcomes.count(False)


def _failure_of(consumer: str) -> Exception | None:
    """Hand one consumer its events; return what it failed with."""
    try:
        if consumer in INSIDE:
            follow(consumer, INSIDE[consumer], names=names_for(consumer))
        else:
            follow_outside(consumer, OUTSIDE[consumer], names=names_for(consumer))
    except Exception as error:
        db.session.rollback()
        log.exception("consumer_failed", consumer=consumer)
        return error
    return None

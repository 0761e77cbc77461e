"""Correcting: drafts in place, issued letters by a new version that says who and why."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives import queries, rules
from cchc_portal.directives.content import Content
from cchc_portal.directives.entry import Entry
from cchc_portal.directives.models import Directive, DirectiveVersion
from cchc_portal.directives.operations.addressing import address
from cchc_portal.directives.operations.booking import enter
from cchc_portal.directives.operations.filling import check, check_used_items, fill
from cchc_portal.directives.operations.holding import hold
from cchc_portal.directives.operations.relating import find_waiting
from cchc_portal.directives.versions import snapshot

CHANGED = N_("Công văn vừa được người khác sửa. Hãy tải lại trang để thấy bản mới rồi sửa tiếp.")
NO_REASON = N_("Hãy ghi lý do đính chính: ai cũng thấy lý do này bên cạnh bản mới.")
NOTHING_NEW = N_("Chưa có gì thay đổi so với bản đang có.")
FIXED = N_("Công văn đã ban hành, không sửa được nữa.")


def correct(
    directive: Directive, *, by: User, content: Content, seen: int, entry: Entry | None = None
) -> Directive:
    """Replace what is kept of a draft by what the Office says; the text stays.

    Args:
        directive: a draft.
        by: the Office or a leader.
        content: the whole head, all citations and items.
        seen: `queries.revision` that the corrections were made on.
        entry: what the book of letters holds; None leaves it.

    Raises:
        Conflict: somebody else has changed the draft since.
        Invalid: an item without number or text, two with the same number, a day that does not exist,
            an arrival number that is taken.
    """
    require_open(hold(directive), permitted=rules.can_correct(by, directive))
    _replace(directive, content, seen, entry)
    audit.record("directive.corrected", on=directive, by=by, items=len(directive.items))
    return directive


def amend(
    directive: Directive,
    *,
    by: User,
    content: Content,
    seen: int,
    reason: str,
    entry: Entry | None = None,
) -> DirectiveVersion:
    """Correct an issued letter: the version before stays as it was, the new one says who and why.

    Items keep their rows, so that tasks and initiatives stay with them. Units that the letter is
    addressed to now are added; none is taken away.

    Args:
        directive: an issued letter.
        by: the Office or a leader.
        content: the whole head, all citations and items.
        seen: `queries.revision` that the corrections were made on.
        reason: why; everybody reads it.
        entry: what the book of letters holds; None leaves it.

    Raises:
        Conflict: somebody else has changed the letter since.
        InvalidState: it is a draft, or closed.
        Invalid: no reason, nothing changed, an item taken out that something hangs on, or as `correct`.
    """
    require(rules.can_amend(by, hold(directive)))
    if not reason.strip():
        raise Invalid({"reason": NO_REASON})
    check_used_items(directive, content)
    before = freeze_first(directive).content
    _replace(directive, content, seen, entry)
    if snapshot(directive) == before:
        raise Invalid({"": NOTHING_NEW})
    version = freeze(directive, by=by, reason=reason)
    address(directive)
    find_waiting(directive)
    audit.record("directive.amended", on=directive, by=by, version=version.number)
    return version


def require_open(directive: Directive, *, permitted: bool) -> None:
    """Go on with a draft if it is permitted.

    Raises:
        InvalidState: it is issued.
        NotAllowed: the person may not.
    """
    if not directive.is_open:
        raise InvalidState(FIXED)
    require(permitted)


def freeze(directive: Directive, *, by: User | None, reason: str = "") -> DirectiveVersion:
    """Keep a letter as it is now as its next version."""
    db.session.flush()
    newest = queries.newest_version(directive)
    version = DirectiveVersion(
        directive=directive,
        number=newest.number + 1 if newest else 1,
        content=snapshot(directive),
        reason=reason.strip()[:500],
        made_by=by,
        created_at=now(),
    )
    db.session.add(version)
    return version


def freeze_first(directive: Directive) -> DirectiveVersion:
    """Return the newest version; of a letter issued before versions were kept, make the first."""
    newest = queries.newest_version(directive)
    if newest is None:
        newest = freeze(directive, by=directive.issued_by)
        newest.created_at = directive.issued_at or now()
    return newest


def _replace(directive: Directive, content: Content, seen: int, entry: Entry | None) -> None:
    if queries.revision(directive) != seen:
        raise Conflict(CHANGED)
    check(content)
    fill(directive, content)
    if entry is not None:
        enter(directive, entry)

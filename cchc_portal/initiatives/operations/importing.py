"""Bringing in what exists already: past initiatives with their own code, state and date; and taking them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import require
from cchc_portal.initiatives import queries, rules
from cchc_portal.initiatives.content import read
from cchc_portal.initiatives.models import Attachment, Draft, Initiative, State, Version
from cchc_portal.initiatives.operations.coding import next_code
from cchc_portal.initiatives.operations.filling import fill, named_in
from cchc_portal.initiatives.operations.holding import hold
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import clean_name


@dataclass(frozen=True)
class Past:
    """An initiative that was handed in before the portal knew it.

    Args:
        code: its own code; "" gives it the next one of its year.
        state: where it stands; must fit its kind.
        submitted_at: when it was handed in.
        content: its text in the shape of `initiatives.content`.
        files: what lies with it, and under which name.
    """

    code: str
    state: State
    submitted_at: datetime
    content: Mapping[str, Any]
    files: Sequence[tuple[StoredFile, str]] = ()


def import_past(
    pasts: Sequence[Past], *, by: User | None, writer: User | None = None
) -> Sequence[Initiative]:
    """Add past initiatives as they stood, each with its text as version 1, in few statements.

    Args:
        pasts: what is known of each.
        by: the Office or a leader; None for commands on the server. Is not shown as author.
        writer: the account that counts as their writer, if there is one.
    """
    require(by is None or rules.can_import(by))
    with db.session.no_autoflush:  # what is read here does not depend on what was just set
        initiatives = [_as_it_stood(past, writer) for past in pasts]
    db.session.flush()
    texts = [queries.snapshot(initiative) for initiative in initiatives]  # needs the ids of files
    for past, initiative, text in zip(pasts, initiatives, texts, strict=True):
        db.session.add(Version(initiative=initiative, number=1, content=text, submitted_by=writer))
        if writer:
            db.session.add(Draft(initiative=initiative, content=dict(past.content), saved_by=writer))
    db.session.flush()
    audit.record_many("initiative.imported", on=initiatives, by=by or writer)
    return initiatives


def remove_past(initiative: Initiative, *, by: User | None) -> bool:
    """Remove for good what was imported, unless somebody has dealt with it since; say whether it is gone.

    Args:
        initiative: an imported one that nobody of the portal has written.
        by: the Office or a leader; None for commands on the server.
    """
    require(by is None or rules.can_import(by))
    if hold(initiative).created_by_id or _is_dealt_with(initiative):
        return False
    audit.record("initiative.import_undone", on=initiative, by=by)
    db.session.delete(initiative)
    return True


def _as_it_stood(past: Past, writer: User | None) -> Initiative:
    content = read(past.content)
    initiative = Initiative(
        code=past.code or next_code(past.submitted_at.year),
        kind=content.kind,
        state=past.state,
        created_by=writer,
        year=past.submitted_at.year,
        submitted_at=past.submitted_at,
        state_changed_at=past.submitted_at,
        published_at=past.submitted_at if past.state is State.PUBLISHED else None,
    )
    db.session.add(initiative)
    fill(initiative, content, named_in(content, by=writer))
    for author in initiative.authors:
        author.confirmed_at = past.submitted_at
    initiative.attachments = [
        Attachment(file=file, name=clean_name(name), is_submitted=True) for file, name in past.files
    ]
    return initiative


def _is_dealt_with(initiative: Initiative) -> bool:
    decided = initiative.state_changed_at != initiative.submitted_at
    return bool(initiative.vote_count or initiative.comment_count or decided)

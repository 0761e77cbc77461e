"""Bringing in what exists already: past initiatives with their own code, state and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import require
from cchc_portal.initiatives import queries, rules
from cchc_portal.initiatives.content import read
from cchc_portal.initiatives.models import Draft, Initiative, State, Version
from cchc_portal.initiatives.operations.filling import fill, named_in


@dataclass(frozen=True)
class Past:
    """An initiative that was handed in before the portal knew it.

    Args:
        code: its own code.
        state: where it stands; must fit its kind.
        submitted_at: when it was handed in.
        content: its text in the shape of `initiatives.content`.
    """

    code: str
    state: State
    submitted_at: datetime
    content: Mapping[str, Any]


def import_past(past: Past, *, by: User, on_server: bool = False) -> Initiative:
    """Add a past initiative as it stood, with its text as version 1.

    Args:
        past: what is known of it.
        by: whoever counts as its writer.
        on_server: True for commands on the server, which need no right.
    """
    require(on_server or rules.can_import(by))
    content = read(past.content)
    initiative = Initiative(
        code=past.code,
        kind=content.kind,
        state=past.state,
        created_by=by,
        year=past.submitted_at.year,
        submitted_at=past.submitted_at,
        state_changed_at=past.submitted_at,
        published_at=past.submitted_at if past.state is State.PUBLISHED else None,
    )
    db.session.add(initiative)
    with db.session.no_autoflush:  # what is read here does not depend on what was just set
        fill(initiative, content, named_in(content, by=by))
    for author in initiative.authors:
        author.confirmed_at = past.submitted_at
    db.session.flush()
    db.session.add(Draft(initiative=initiative, content=dict(past.content), saved_by=by))
    db.session.add(_version(initiative, by))
    audit.record("initiative.imported", on=initiative, by=by)
    return initiative


def _version(initiative: Initiative, by: User) -> Version:
    return Version(initiative=initiative, number=1, content=queries.snapshot(initiative), submitted_by=by)

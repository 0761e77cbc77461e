"""Bringing letters in, and entering those that go out."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.accounts.queries import units
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives import rules
from cchc_portal.directives.content import of_letter
from cchc_portal.directives.models import Citation, Direction, Directive, DirectiveFile, Relation, State
from cchc_portal.directives.models.keys import issuer_key
from cchc_portal.directives.naming import names_of
from cchc_portal.directives.operations.amending import freeze
from cchc_portal.directives.operations.filling import fill, storable
from cchc_portal.directives.operations.relating import find_waiting, resolve
from cchc_portal.directives.reading import Letter, marks_of, read_letter
from cchc_portal.storage import formats
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received, keep, lend, words_of

NEEDED = N_("Vui lòng điền hoặc chọn ở đây.")


def import_file(
    received: Received,
    *,
    name: str,
    by: User | None,
    words: str | None = None,
    letter: Letter | None = None,
    own_name: str = "",
) -> Directive:
    """Make a draft of a letter that came as a file; the original is kept.

    Args:
        received: bytes from `storage.operations.receive`.
        name: the name its owner gave the file.
        by: who brings it; None for commands on the server.
        words: what `storage.operations.words_of` returned, if it was asked before.
        letter: what was read in these words, if it was read before.
        own_name: what our office is called; its own letters go out.

    Raises:
        Invalid: no text document, no text in it, protected, or no letter.
    """
    require(by is None or rules.can_import(by))
    text = words_of(received, name=name) if words is None else words
    stored = keep(received)
    return import_letter(
        text, by=by, file=stored, file_name=clean_name(name), letter=letter, own_name=own_name
    )


def import_letter(
    text: str,
    *,
    by: User | None,
    file: StoredFile | None = None,
    file_name: str = "",
    letter: Letter | None = None,
    own_name: str = "",
) -> Directive:
    """Make a draft of a letter from its text, with everything that is recognised in it.

    The text is kept as it came. `by` is None for commands on the server; `letter` is what was read in
    the text before, which takes up to seconds and no database.

    Raises:
        Invalid: the text is empty or no letter.
    """
    require(by is None or rules.can_import(by))
    text = storable(text)
    letter = letter or read_letter(text, known_units=names_of(units()))
    directive = Directive(text=text, file=file, file_name=file_name, recognised=_recognised(letter))
    directive.imported_by = by
    db.session.add(directive)
    fill(directive, of_letter(letter))
    _file_in_book(directive, own_name)
    audit.record("directive.imported", on=directive, by=by, items=len(directive.items))
    return directive


def enter_outgoing(
    head: Mapping[str, Any],
    *,
    by: User,
    received: Received | None = None,
    name: str = "",
    words: str | None = None,
    answers: Directive | None = None,
) -> Directive:
    """Enter a signed letter that goes out of the office into the register; everybody sees it at once.

    Args:
        head: columns of the letter: number, symbol, issuer, kind, day, month, year, subject, addressees …
        by: the Office or a leader.
        received: its scan or file.
        name: the name of that file.
        words: what `storage.operations.words_of` returned, "" for none, if it was asked before.
        answers: the letter it answers.

    Raises:
        Invalid: without number, symbol, date or subject.
    """
    require(rules.can_import(by))
    if missing := [column for column in ("number", "symbol", "year", "subject") if not head.get(column)]:
        raise Invalid(dict.fromkeys(missing, NEEDED))
    directive = Directive(text="", direction=Direction.OUTGOING, imported_by=by, issued_by=by, **head)
    directive.state, directive.issued_at = State.ISSUED, now()
    db.session.add(directive)
    if received:
        file = keep(received)
        directive.text = storable(_text_of(file, name) if words is None else words)
        db.session.add(DirectiveFile(directive=directive, file=file, name=clean_name(name), added_by=by))
    if answers:
        directive.citations = [_answer(answers)]
    resolve(directive)
    freeze(directive, by=by)
    find_waiting(directive)
    audit.record("directive.entered", on=directive, by=by)
    return directive


def _file_in_book(directive: Directive, own_name: str) -> None:
    """Say which way a new letter goes; one that comes in has come today unless the Office says otherwise."""
    if own_name and issuer_key(directive.issuer) == issuer_key(own_name):
        directive.direction = Direction.OUTGOING
    else:
        directive.arrival_on = today()


def _recognised(letter: Letter) -> dict[str, Any]:
    return {"marks": [asdict(mark) for mark in marks_of(letter)]}


def _text_of(file: StoredFile, name: str) -> str:
    """Return the words of a file, so that the letter is found by them; none for scans and whatever has none."""
    try:
        with lend(file) as path:
            return formats.read_document(path, name)
    except Invalid:
        return ""


def _answer(answered: Directive) -> Citation:
    return Citation(
        position=0,
        kind=answered.kind,
        number=answered.code[:60],
        issued_on=answered.issued_on if answered.is_dated else None,
        issuer=answered.issuer,
        role=Relation.ANSWERS,
        cited=answered,
    )

"""Copying a draft's text onto the initiative."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.text import fold
from cchc_portal.directives.models import Item, ReformField
from cchc_portal.initiatives.content import Content
from cchc_portal.initiatives.content.reading import AuthorRow
from cchc_portal.initiatives.models import Answer, Author, Figure, InFieldOf, Initiative, Tag


@dataclass(frozen=True)
class Named:
    """What a content names by number, as far as it is there: number -> what is meant."""

    people: Mapping[int, User]
    fields: Mapping[int, ReformField]
    items: Mapping[int, Item]


def named_in(content: Content, *, by: User | None) -> Named:
    """Return what a content names, each kind in one statement.

    Args:
        content: the text as understood.
        by: whoever acts, if anybody; is known already and nearly always among the authors.
    """
    return Named(
        people=people_of([row.user_id for row in content.authors if row.user_id is not None], by=by),
        fields=_fields_of(content.field_codes),
        items=_items_of([answer.item_id for answer in content.answers]),
    )


def _fields_of(codes: Collection[int]) -> dict[int, ReformField]:
    query = select(ReformField).where(ReformField.code.in_(codes))
    return {field.code: field for field in db.session.scalars(query)} if codes else {}


def _items_of(ids: Collection[int]) -> dict[int, Item]:
    query = select(Item).where(Item.id.in_(ids)).options(joinedload(Item.directive))
    return {item.id: item for item in db.session.scalars(query)} if ids else {}


def people_of(ids: Collection[int], *, by: User | None) -> dict[int, User]:
    """Return the accounts of some numbers; one that is not there is left out."""
    known = [by] if by else []
    others = set(ids) - {user.id for user in known}
    found = db.session.scalars(select(User).where(User.id.in_(others))) if others else ()
    return {user.id: user for user in (*known, *found) if user.id in ids}


def fill(initiative: Initiative, content: Content, named: Named) -> Initiative:
    """Make the initiative say what the content says; what it names and is not there is left out."""
    initiative.kind, initiative.entry_mode = content.kind, content.entry_mode
    for name, text in content.texts.items():
        setattr(initiative, name, text)
    initiative.first_applied_on = content.first_applied_on
    initiative.is_trial, initiative.is_breakthrough = content.is_trial, content.is_breakthrough
    if initiative.code is None:
        _know_empty(initiative)
    _fill_unit(initiative, content)
    _fill_authors(initiative, content, named)
    _fill_fields(initiative, named)
    _fill_tags(initiative, content)
    _fill_figures(initiative, content)
    _fill_answers(initiative, content, named)
    return initiative


def _know_empty(initiative: Initiative) -> None:
    """Say what is true before the first submission, instead of asking the database four times."""
    for part in ("fields", "tags", "figures", "answers"):
        set_committed_value(initiative, part, [])


def _fill_unit(initiative: Initiative, content: Content) -> None:
    unit = db.session.get(Unit, content.unit_id) if content.unit_id else None
    initiative.unit = unit or (initiative.created_by.unit if initiative.created_by else None)


def _fill_authors(initiative: Initiative, content: Content, named: Named) -> None:
    present = {author.user_id: author for author in initiative.authors if author.user_id}
    initiative.authors = [
        _author(position, row, named.people.get(row.user_id or 0), present)
        for position, row in enumerate(content.authors, start=1)
    ]


def _author(position: int, row: AuthorRow, user: User | None, present: Mapping[int, Author]) -> Author:
    author = (present.get(user.id) if user else None) or Author(user=user, user_id=user.id if user else None)
    author.position, author.share = position, row.share
    author.name = user.full_name if user else row.name
    author.workplace = row.workplace or (user.unit.name if user and user.unit else "")
    return author


def _fill_fields(initiative: Initiative, named: Named) -> None:
    present = {row.field_code: row for row in initiative.fields}
    initiative.fields = [
        present.get(code) or InFieldOf(field_code=code, field=field)
        for code, field in sorted(named.fields.items())
    ]


def _fill_tags(initiative: Initiative, content: Content) -> None:
    present = {tag.folded: tag for tag in initiative.tags}
    initiative.tags = [present.get(fold(name)) or Tag(name=name, folded=fold(name)) for name in content.tags]


def _fill_figures(initiative: Initiative, content: Content) -> None:
    initiative.figures = [
        Figure(position=position, name=row.name, measure=row.measure, before=row.before, after=row.after)
        for position, row in enumerate(content.figures, start=1)
    ]


def _fill_answers(initiative: Initiative, content: Content, named: Named) -> None:
    present = {answer.item_id: answer for answer in initiative.answers}
    rows = [row for row in content.answers if row.item_id in named.items]
    initiative.answers = [
        present.get(row.item_id) or Answer(item_id=row.item_id, item=named.items[row.item_id]) for row in rows
    ]
    for answer, row in zip(initiative.answers, rows, strict=True):
        answer.sentence = row.sentence

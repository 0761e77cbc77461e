"""Copying a draft's text onto the initiative."""

from sqlalchemy import select

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.text import fold
from cchc_portal.directives.models import ReformField
from cchc_portal.initiatives.content import Content
from cchc_portal.initiatives.content.reading import AuthorRow
from cchc_portal.initiatives.models import Answer, Author, Figure, InFieldOf, Initiative, Tag


def fill(initiative: Initiative, content: Content) -> Initiative:
    """Make the initiative say what the content says; unknown fields and people are left out."""
    initiative.kind, initiative.entry_mode = content.kind, content.entry_mode
    for name, text in content.texts.items():
        setattr(initiative, name, text)
    initiative.first_applied_on = content.first_applied_on
    initiative.is_trial, initiative.is_breakthrough = content.is_trial, content.is_breakthrough
    with db.session.no_autoflush:  # what is read here does not depend on what was just set
        _fill_unit(initiative, content)
        _fill_authors(initiative, content)
        _fill_fields(initiative, content)
        _fill_tags(initiative, content)
        _fill_figures(initiative, content)
        _fill_answers(initiative, content)
    return initiative


def _fill_unit(initiative: Initiative, content: Content) -> None:
    unit = db.session.get(Unit, content.unit_id) if content.unit_id else None
    initiative.unit = unit or initiative.created_by.unit


def _fill_authors(initiative: Initiative, content: Content) -> None:
    ids = [row.user_id for row in content.authors if row.user_id is not None]
    people = {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(ids)))}
    agreed = {author.user_id: author.confirmed_at for author in initiative.authors if author.user_id}
    if initiative.authors:
        initiative.authors.clear()
        db.session.flush()  # before the same people are named again
    for position, row in enumerate(content.authors, start=1):
        author = _author(position, row, people)
        author.confirmed_at = agreed.get(author.user.id) if author.user else None
        initiative.authors.append(author)


def _author(position: int, row: AuthorRow, people: dict[int, User]) -> Author:
    user = people.get(row.user_id or 0)
    workplace = row.workplace or (user.unit.name if user and user.unit else "")
    name = user.full_name if user else row.name
    return Author(position=position, user=user, name=name, workplace=workplace, share=row.share)


def _fill_fields(initiative: Initiative, content: Content) -> None:
    known = set(db.session.scalars(select(ReformField.code).where(ReformField.code.in_(content.field_codes))))
    present = {row.field_code: row for row in initiative.fields}
    initiative.fields = [present.get(code) or InFieldOf(field_code=code) for code in sorted(known)]


def _fill_tags(initiative: Initiative, content: Content) -> None:
    present = {tag.folded: tag for tag in initiative.tags}
    initiative.tags = [present.get(fold(name)) or Tag(name=name, folded=fold(name)) for name in content.tags]


def _fill_figures(initiative: Initiative, content: Content) -> None:
    initiative.figures = [
        Figure(position=position, name=row.name, measure=row.measure, before=row.before, after=row.after)
        for position, row in enumerate(content.figures, start=1)
    ]


def _fill_answers(initiative: Initiative, content: Content) -> None:
    present = {answer.item_id: answer for answer in initiative.answers}
    initiative.answers = [present.get(row.item_id) or Answer(item_id=row.item_id) for row in content.answers]
    for answer, row in zip(initiative.answers, content.answers, strict=True):
        answer.sentence = row.sentence

"""The whole text of an initiative as plain values."""

from typing import Any

from cchc_portal.initiatives.content import TEXT_NAMES
from cchc_portal.initiatives.models import Answer, Attachment, Author, Figure, Initiative


def snapshot(initiative: Initiative) -> dict[str, Any]:
    """Return the whole text of an initiative as plain values, complete enough to be read alone."""
    return {
        "kind": initiative.kind.value,
        "entry_mode": initiative.entry_mode.value,
        **{name: getattr(initiative, name) for name in TEXT_NAMES},
        "first_applied_on": initiative.first_applied_on.isoformat() if initiative.first_applied_on else "",
        "is_trial": initiative.is_trial,
        "is_breakthrough": initiative.is_breakthrough,
        "unit": initiative.unit.name if initiative.unit else "",
        "fields": [{"code": row.field_code, "name": row.field.name} for row in initiative.fields],
        "tags": [tag.name for tag in initiative.tags],
        "authors": [_author(author) for author in initiative.authors],
        "figures": [_figure(figure) for figure in initiative.figures],
        "answers": [_answer(answer) for answer in initiative.answers],
        "attachments": [_file(file) for file in initiative.attachments if file.deleted_at is None],
    }


def _author(author: Author) -> dict[str, Any]:
    return {
        "user_id": author.user_id,
        "name": author.name,
        "workplace": author.workplace,
        "share": str(author.share) if author.share is not None else "",
    }


def _figure(figure: Figure) -> dict[str, Any]:
    before, after = (str(value) if value is not None else "" for value in (figure.before, figure.after))
    return {"name": figure.name, "measure": figure.measure, "before": before, "after": after}


def _answer(answer: Answer) -> dict[str, Any]:
    item = answer.item
    return {
        "item_id": item.id,
        "code": item.code,
        "item": item.title[:300],
        "directive_id": item.directive_id,
        "directive": item.directive.code,
        "sentence": answer.sentence,
    }


def _file(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": attachment.id,
        "name": attachment.name,
        "size": attachment.file.size,
        "kind": attachment.file.kind,
    }

"""A letter as plain data for `directive import --json`."""

from typing import Any

from cchc_portal.directives.reading.parts import Certainty, Citation, Deadline, Found, Item, Letter


def as_json(letter: Letter) -> dict[str, Any]:
    """Return document, citations and items as JSON data; what an item does not have is left out.

    "asked" names the assignees of whom the reader is not sure: whoever the letter addresses where an item
    names nobody, and names of no kind that it knows. A deadline without its year is "doubtful".
    """
    return {
        "document": _document(letter),
        "citations": [_citation(citation) for citation in letter.citations],
        "items": [_item(item) for item in letter.items],
    }


def _document(letter: Letter) -> dict[str, Any]:
    head, foot = letter.head, letter.foot
    written = head.date.value if head.date else None
    return {
        "type": head.type.value,
        "issuer": _value(head.issuer),
        "parent": _value(head.parent),
        "number": _value(head.number),
        "symbol": _value(head.symbol),
        "place": _value(head.place),
        "date": {"day": written.day, "month": written.month, "year": written.year} if written else None,
        "subject": _value(head.subject),
        "addressees": [addressee.value for addressee in head.addressees],
        "recipients": [recipient.value for recipient in foot.recipients],
        "filed_at": _value(foot.filed_at),
        "signer": {
            "capacity": _value(foot.capacity),
            "position": _value(foot.position),
            "name": _value(foot.signer),
        },
        "attachments": [attachment.value for attachment in letter.attachments],
        "status_hint": letter.status_hint,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    data = {
        "type": citation.type,
        "number": citation.number,
        "date": citation.date.isoformat() if citation.date else None,
        "issuer": citation.issuer,
    }
    if citation.number is None:
        data["subject"] = citation.subject
    if citation.role:
        data["role"] = citation.role
    return data


def _item(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {
        "no": int(item.no) if item.no.isdigit() else item.no,
        "assignees": [assignee.value for assignee in item.assignees],
    }
    # Where an item opens with who acts and names no lead, the question of a lead does not arise.
    if item.lead or not item.is_named:
        data["lead"] = item.lead
    data["deadline"] = _deadline(item.deadline) if item.deadline else None
    optional = {
        "asked": [one.value for one in item.assignees if one.certainty is Certainty.DOUBTFUL],
        "further_deadlines": [_deadline(one) for one in item.further],
        "verb": _value(item.verb),
        "report_to": _value(item.report_to),
        "source_typo": item.source_typo,
        "support": list(item.support),
        "deliverable": _value(item.deliverable),
        "children": [_item(child) for child in item.children],
    }
    return data | {key: value for key, value in optional.items() if value}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    data: dict[str, Any] = {
        "operator": deadline.operator,
        "date": deadline.on.isoformat() if deadline.on else None,
    }
    optional = {
        "recurrence": deadline.recurrence.value if deadline.recurrence else None,
        "recurrence_day": deadline.recurrence_day,
        "within_days": deadline.within_days,
        "within_working": deadline.within_working,
        "certainty": deadline.certainty.value
        if deadline.on and deadline.certainty is Certainty.DOUBTFUL
        else None,
    }
    return data | {key: value for key, value in optional.items() if value}


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None

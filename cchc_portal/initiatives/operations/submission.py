"""Handing in and taking back."""

from sqlalchemy import select, update

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives import queries, rules
from cchc_portal.initiatives.content import Content, gaps, read, warnings
from cchc_portal.initiatives.models import CodeCounter, Draft, EntryMode, Initiative, State, Version
from cchc_portal.initiatives.operations.filling import fill

UNCHECKED = N_("Hãy kiểm tra các cảnh báo rồi đánh dấu xác nhận trước khi gửi.")


def submit(initiative: Initiative, *, by: User, warnings_read: bool = False) -> Initiative:
    """Hand in a draft, or a returned one again.

    The draft's text is copied to the initiative and frozen as its next version; the first
    submission gives it its code. A nominated colleague must agree before others read it.

    Args:
        initiative: the draft or returned initiative.
        by: one of its authors.
        warnings_read: whether the person has looked at the warnings about personal data.

    Raises:
        NotAllowed: the person is no author, or the text is closed.
        Invalid: something is missing; part of the text -> message.
    """
    require(rules.can_submit(by, initiative))
    draft = db.session.get_one(Draft, initiative.id)
    content = read(draft.content)
    _refuse_incomplete(content, draft, by, warnings_read=warnings_read)
    fill(initiative, content)
    _give_code(initiative)
    initiative.move_to(State.SUBMITTED)
    initiative.state_reason = ""
    _ask_for_agreement(initiative, by)
    version = _freeze(initiative, by)
    audit.record("initiative.submitted", on=initiative, by=by, version=version.number)
    return initiative


def withdraw(initiative: Initiative, *, by: User, reason: str) -> Initiative:
    """Take an initiative back before it is decided.

    Raises:
        NotAllowed: the person is no author, or it is decided.
        Invalid: no reason is given.
    """
    require(rules.can_withdraw(by, initiative))
    if not reason.strip():
        raise Invalid({"reason": N_("Vui lòng ghi lý do rút.")})
    initiative.move_to(State.WITHDRAWN)
    initiative.state_reason = reason.strip()
    audit.record("initiative.withdrawn", on=initiative, by=by)
    return initiative


def _refuse_incomplete(content: Content, draft: Draft, by: User, *, warnings_read: bool) -> None:
    has_items = bool(queries.open_items())
    errors = gaps(content, has_items=has_items, author_error=_author_error(content, by))
    if bad := _unknown_items(content):
        errors["answers"] = bad
    if warnings(draft.content) and not warnings_read:
        errors["warnings_read"] = UNCHECKED
    if errors:
        raise Invalid(errors)


def _author_error(content: Content, by: User) -> str:
    named = [author.user_id for author in content.authors if author.user_id is not None]
    if len(named) != len(set(named)):
        return N_("Mỗi người chỉ ghi một lần trong danh sách tác giả.")
    if content.entry_mode is EntryMode.NOMINATE and (not named or by.id in named):
        return N_(
            "Khi phát hiện cách làm của đồng nghiệp, tác giả là đồng nghiệp có tài khoản, không phải bạn."
        )
    return ""


def _unknown_items(content: Content) -> str:
    wanted = {answer.item_id for answer in content.answers}
    known = select(Item.id).join(Directive).where(Item.id.in_(wanted), Directive.state == LetterState.ISSUED)
    if wanted - set(db.session.scalars(known)):
        return N_("Có nội dung công văn không còn hiệu lực; vui lòng chọn lại.")
    return ""


def _give_code(initiative: Initiative) -> None:
    if initiative.code is None:
        year = today().year
        number = _next_number(year)
        initiative.code, initiative.year, initiative.submitted_at = f"SK-{year}-{number:03}", year, now()


def _next_number(year: int) -> int:
    """Count up in one statement, so that two submissions at once get two numbers."""
    count_up = update(CodeCounter).where(CodeCounter.year == year).values(last=CodeCounter.last + 1)
    number: int | None = db.session.scalar(count_up.returning(CodeCounter.last))
    if number is None:
        db.session.add(CodeCounter(year=year, last=1))
        db.session.flush()
        return 1
    return number


def _ask_for_agreement(initiative: Initiative, by: User) -> None:
    is_nomination = initiative.entry_mode is EntryMode.NOMINATE
    for author in initiative.authors:
        if author.confirmed_at is None and (not is_nomination or author.user_id in (None, by.id)):
            author.confirmed_at = now()
    initiative.awaits_confirmation = any(author.confirmed_at is None for author in initiative.authors)


def _freeze(initiative: Initiative, by: User) -> Version:
    for file in initiative.attachments:
        file.is_submitted = True
    db.session.flush()
    newest = queries.newest_version(initiative)
    version = Version(
        initiative=initiative,
        number=newest.number + 1 if newest else 1,
        content=queries.snapshot(initiative),
        submitted_by=by,
    )
    db.session.add(version)
    return version

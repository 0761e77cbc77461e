"""Handing in and taking back."""

from sqlalchemy import func, select, update

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import Directive, Item
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives import queries, rules
from cchc_portal.initiatives.content import Content, gaps, read
from cchc_portal.initiatives.models import CodeCounter, Draft, EntryMode, Initiative, State, Version
from cchc_portal.initiatives.operations.filling import fill
from cchc_portal.initiatives.operations.holding import hold

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
    require(rules.can_submit(by, hold(initiative)))
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
    require(rules.can_withdraw(by, hold(initiative)))
    if not reason.strip():
        raise Invalid({"reason": N_("Vui lòng ghi lý do rút.")})
    initiative.move_to(State.WITHDRAWN)
    initiative.awaits_confirmation = False
    initiative.state_reason = reason.strip()
    audit.record("initiative.withdrawn", on=initiative, by=by)
    return initiative


def _refuse_incomplete(content: Content, draft: Draft, by: User, *, warnings_read: bool) -> None:
    has_items = queries.has_open_items()
    errors = gaps(content, has_items=has_items, author_error=_author_error(content, by))
    if bad := _unknown_items(content):
        errors["answers"] = bad
    if queries.warnings_about(draft.content) and not warnings_read:
        errors["warnings_read"] = UNCHECKED
    if errors:
        raise Invalid(errors)


def _author_error(content: Content, by: User) -> str:
    named = [author.user_id for author in content.authors if author.user_id is not None]
    known = db.session.scalar(select(func.count()).where(User.id.in_(named), User.disabled_at.is_(None)))
    if len(named) != len(set(named)):
        return N_("Mỗi người chỉ ghi một lần trong danh sách tác giả.")
    if known != len(named):
        return N_("Có tác giả không còn tài khoản; vui lòng chọn lại, hoặc ghi họ tên như người ngoài.")
    if content.entry_mode is EntryMode.NOMINATE and (not named or by.id in named):
        return N_(
            "Khi phát hiện cách làm của đồng nghiệp, tác giả là đồng nghiệp có tài khoản, không phải bạn."
        )
    if content.entry_mode is EntryMode.PROPOSE and by.id not in named:
        return N_(
            "Khi đề xuất, bạn phải là một trong các tác giả. Nếu đây là cách làm của đồng nghiệp, hãy chọn Phát hiện."
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
        initiative.code, initiative.year, initiative.submitted_at = _next_code(year), year, now()


def _next_code(year: int) -> str:
    """Count up in one statement, so that two submissions at once get two codes; pass over imported ones."""
    insert_once(CodeCounter, {"year": year, "last": 0})
    count_up = update(CodeCounter).where(CodeCounter.year == year).values(last=CodeCounter.last + 1)
    while True:
        number = db.session.scalar(count_up.returning(CodeCounter.last))
        code = f"SK-{year}-{number:03}"
        if db.session.scalar(select(Initiative.id).where(Initiative.code == code)) is None:
            return code


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

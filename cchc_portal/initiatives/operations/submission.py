"""Handing in and taking back."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives import queries, rules
from cchc_portal.initiatives.content import Content, gaps, read
from cchc_portal.initiatives.models import Draft, EntryMode, Initiative, State, Version
from cchc_portal.initiatives.operations.coding import next_code
from cchc_portal.initiatives.operations.drafting import NO_ACCOUNT
from cchc_portal.initiatives.operations.filling import Named, fill, named_in
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
    with (
        db.session.no_autoflush
    ):  # nothing that is asked here depends on what was just set: one flush at the end
        draft = db.session.get_one(Draft, initiative.id)
        content = read(draft.content)
        named = named_in(content, by=by)
        _refuse_incomplete(content, named, by, warnings_read=warnings_read)
        fill(initiative, content, named)
        version = _freeze(initiative, by)
        _give_code(initiative)
    initiative.move_to(State.SUBMITTED)
    initiative.state_reason = ""
    _ask_for_agreement(initiative, by)
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


def _refuse_incomplete(content: Content, named: Named, by: User, *, warnings_read: bool) -> None:
    has_items = bool(named.items) or queries.has_open_items()
    errors = gaps(content, has_items=has_items, author_error=_author_error(content, named, by))
    if bad := _unknown_items(content, named):
        errors["answers"] = bad
    if queries.warnings_about(content.raw) and not warnings_read:
        errors["warnings_read"] = UNCHECKED
    if errors:
        raise Invalid(errors)


def _author_error(content: Content, named: Named, by: User) -> str:
    ids = [author.user_id for author in content.authors if author.user_id is not None]
    if len(ids) != len(set(ids)):
        return N_("Mỗi người chỉ ghi một lần trong danh sách tác giả.")
    if sum(user.is_active for user in named.people.values()) != len(ids):
        return NO_ACCOUNT
    if content.entry_mode is EntryMode.NOMINATE and (not ids or by.id in ids):
        return N_(
            "Khi phát hiện cách làm của đồng nghiệp, tác giả là đồng nghiệp có tài khoản, không phải bạn."
        )
    if content.entry_mode is EntryMode.PROPOSE and by.id not in ids:
        return N_(
            "Khi đề xuất, bạn phải là một trong các tác giả. Nếu đây là cách làm của đồng nghiệp, hãy chọn Phát hiện."
        )
    return ""


def _unknown_items(content: Content, named: Named) -> str:
    issued = {key for key, item in named.items.items() if item.directive.state is LetterState.ISSUED}
    if {answer.item_id for answer in content.answers} - issued:
        return N_("Có nội dung công văn không còn hiệu lực; vui lòng chọn lại.")
    return ""


def _give_code(initiative: Initiative) -> None:
    if initiative.code is None:
        year = today().year
        initiative.code, initiative.year, initiative.submitted_at = next_code(year), year, now()


def _ask_for_agreement(initiative: Initiative, by: User) -> None:
    is_nomination = initiative.entry_mode is EntryMode.NOMINATE
    for author in initiative.authors:
        if author.confirmed_at is None and (not is_nomination or author.user_id in (None, by.id)):
            author.confirmed_at = now()
    initiative.awaits_confirmation = any(author.confirmed_at is None for author in initiative.authors)


def _freeze(initiative: Initiative, by: User) -> Version:
    for file in initiative.attachments:
        file.is_submitted = True
    newest = queries.newest_version(initiative) if initiative.code else None
    version = Version(
        initiative=initiative,
        number=newest.number + 1 if newest else 1,
        content=queries.snapshot(initiative),
        submitted_by=by,
    )
    db.session.add(version)
    return version

"""Writing: beginning a draft, saving it, putting it into the bin and back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives import rules
from cchc_portal.initiatives.content import Content, read
from cchc_portal.initiatives.content.checks import TOO_LONG
from cchc_portal.initiatives.content.words import LONGEST
from cchc_portal.initiatives.models import Author, Draft, EntryMode, Initiative, Kind, State
from cchc_portal.initiatives.operations.filling import people_of
from cchc_portal.initiatives.operations.holding import hold

MOST_ROWS = 30
NO_ACCOUNT = N_("Có tác giả không còn tài khoản; vui lòng chọn lại, hoặc ghi họ tên như người ngoài.")


class DraftConflict(Conflict):
    """Somebody else has saved the draft since this person opened it.

    Args:
        draft: the draft as it is saved now; the refused text is still in the form.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(N_("Bản nháp vừa được người khác lưu. Hãy xem cả hai bản và chọn bản cần giữ."))
        self.draft = draft


def start(
    *, by: User, kind: Kind, entry_mode: EntryMode, title: str, item_id: int | None = None
) -> Initiative:
    """Begin a draft; its writer is the first author, except of a colleague's practice.

    Args:
        by: the writer.
        kind: what it is.
        entry_mode: how it comes.
        title: as typed.
        item_id: the item of a letter it is to answer, if the writer came from there.

    Raises:
        NotAllowed: the account only administers.
        Invalid: the title is too long.
    """
    require(rules.can_start(by))
    if len(title) > LONGEST["title"]:
        raise Invalid({"title": TOO_LONG})
    raw = _first_content(by, kind, entry_mode, title)
    raw["answers"] = [{"item_id": str(item_id), "sentence": ""}] if item_id else []
    initiative = Initiative(kind=kind, entry_mode=entry_mode, title=title, unit_id=by.unit_id, created_by=by)
    db.session.add(initiative)
    db.session.flush()
    db.session.add(Draft(initiative=initiative, content=raw, saved_by=by))
    _name_authors(initiative, read(raw), by)
    audit.record("initiative.started", on=initiative, by=by)
    return initiative


def save(initiative: Initiative, *, by: User, content: Mapping[str, Any], revision: int) -> Draft:
    """Keep what was typed, complete or not.

    Args:
        initiative: the draft or returned initiative.
        by: one of its authors.
        content: as `initiatives.content` describes it.
        revision: the one the person began from.

    Raises:
        NotAllowed: the person is no author, or the text is closed.
        Invalid: a table has more rows than can be kept, or an author is named whose account does not work.
        DraftConflict: somebody else saved another text in the meantime.
    """
    require(rules.can_write(by, hold(initiative)))
    _refuse_unkeepable(content)
    draft = db.session.get_one(Draft, initiative.id, with_for_update=True, populate_existing=True)
    if draft.content == content:
        return draft
    if draft.revision != revision:
        raise DraftConflict(draft)
    _refuse_strangers(content, draft.content)
    draft.content, draft.revision = dict(content), draft.revision + 1
    draft.saved_at, draft.saved_by_id = now(), by.id
    if initiative.state is State.DRAFT:
        _show_in_lists(initiative, content, by)
    return draft


def delete(initiative: Initiative, *, by: User) -> Initiative:
    """Put a draft into the bin, from which `restore` brings it back."""
    require(rules.can_delete(by, hold(initiative)) and initiative.deleted_at is None)
    initiative.deleted_at = now()
    audit.record("initiative.deleted", on=initiative, by=by)
    return initiative


def restore(initiative: Initiative, *, by: User) -> Initiative:
    """Bring a draft back from the bin."""
    require(rules.can_delete(by, initiative))
    initiative.deleted_at = None
    audit.record("initiative.restored", on=initiative, by=by)
    return initiative


def _first_content(by: User, kind: Kind, entry_mode: EntryMode, title: str) -> dict[str, Any]:
    workplace = by.unit.name if by.unit else ""
    writer = {"user_id": str(by.id), "name": "", "workplace": workplace, "share": "100"}
    return {
        "kind": kind.value,
        "entry_mode": entry_mode.value,
        "title": title,
        "unit_id": str(by.unit_id or ""),
        "authors": [] if entry_mode is EntryMode.NOMINATE else [writer],
    }


def _refuse_unkeepable(raw: Mapping[str, Any]) -> None:
    if any(len(raw.get(name) or []) > MOST_ROWS for name in ("authors", "figures", "answers", "fields")):
        raise Invalid({"": N_("Mỗi bảng chỉ nhận tối đa 30 dòng.")})


def _refuse_strangers(raw: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Let nobody name an account that is unknown or locked; who was named while it worked may stay."""
    added = _account_ids(raw) - _account_ids(before)
    working = select(User.id).where(User.id.in_(added), User.disabled_at.is_(None))
    if added and added != set(db.session.scalars(working)):
        raise Invalid({"authors": NO_ACCOUNT})


def _account_ids(raw: Mapping[str, Any]) -> set[int]:
    return {row.user_id for row in read(raw).authors if row.user_id is not None}


def _show_in_lists(initiative: Initiative, raw: Mapping[str, Any], by: User) -> None:
    """Let the writer's own lists and the co-authors know the draft; submission fills in the rest."""
    content = read(raw)
    initiative.kind, initiative.entry_mode = content.kind, content.entry_mode
    initiative.title = content.texts["title"][: LONGEST["title"]]
    _name_authors(initiative, content, by)


def _name_authors(initiative: Initiative, content: Content, by: User) -> None:
    wanted = [row.user_id for row in content.authors if row.user_id is not None]
    with db.session.no_autoflush:  # who they are does not depend on what was just set
        known = people_of(wanted, by=by)
    present = {author.user_id: author for author in initiative.authors}
    for user_id, author in present.items():
        if user_id not in known:
            initiative.authors.remove(author)
    for user_id in known.keys() - present.keys():
        user = known[user_id]
        initiative.authors.append(
            Author(position=len(initiative.authors) + 1, user=user, name=user.full_name)
        )

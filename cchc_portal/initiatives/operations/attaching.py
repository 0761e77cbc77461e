"""Files of an initiative."""

from sqlalchemy import func, select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives import rules
from cchc_portal.initiatives.models import Attachment, Initiative
from cchc_portal.initiatives.operations.holding import hold
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.names import clean_name
from cchc_portal.storage.operations import Received, keep

LARGEST_SUM = 100 * 1024 * 1024
MOST_FILES = 20


def attach(initiative: Initiative, *, by: User, received: Received, name: str) -> Attachment:
    """Keep a received file with a draft; colleagues see it after the next submission.

    Args:
        initiative: the draft or returned initiative.
        by: one of its authors.
        received: the bytes, as `storage.operations.receive` returned them.
        name: the file's name, whatever its letters.

    Raises:
        NotAllowed: the person is no author, or the text is closed.
        Invalid: there would be too many files, or too large together.
    """
    require(rules.can_write(by, hold(initiative)))
    count, total = _kept(initiative)
    if count >= MOST_FILES:
        raise Invalid({"files": N_("Mỗi sáng kiến đính kèm tối đa 20 tệp.")})
    if total + received.size > LARGEST_SUM:
        raise Invalid(
            {"files": N_("Các tệp của một sáng kiến cộng lại không quá 100 MB. Hãy bỏ bớt tệp không cần.")}
        )
    attachment = Attachment(initiative=initiative, file=keep(received), name=clean_name(name), added_by=by)
    db.session.add(attachment)
    audit.record("initiative.file_attached", on=initiative, by=by, size=received.size)
    return attachment


def detach(attachment: Attachment, *, by: User) -> Attachment:
    """Take a file out of a draft."""
    require(rules.can_write(by, hold(attachment.initiative)))
    if attachment.deleted_at is not None:
        return attachment
    attachment.deleted_at = now()
    audit.record("initiative.file_detached", on=attachment.initiative, by=by)
    return attachment


def _kept(initiative: Initiative) -> tuple[int, int]:
    query = select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).join(Attachment.file)
    row = db.session.execute(
        query.where(Attachment.initiative_id == initiative.id, Attachment.deleted_at.is_(None)),
    ).one()
    return row[0], row[1]

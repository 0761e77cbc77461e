"""The form for a file of past initiatives."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from cchc_portal.web.forms import Form


class FileForm(Form):
    """Which file."""

    sheet = FileField(
        _("Danh sách sáng kiến cũ (XLSX, CSV hoặc JSONL)"), [FileRequired(_("Hãy chọn một tệp."))]
    )

"""Forms: a template as a file, the letterhead."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from cchc_portal.reports.operations import LETTERHEAD
from cchc_portal.web.forms import Form

_LINES = Length(max=600)


class TemplateForm(Form):
    """A template that was edited in Word."""

    file = FileField(_("Tệp mẫu đã sửa"))


class LetterheadForm(Form):
    """Who issues documents, who signs, who gets them."""

    issuer = TextAreaField(
        _("Tên cơ quan ban hành (mỗi dòng một dòng trên văn bản)"), [InputRequired(), _LINES]
    )
    superior = TextAreaField(_("Cơ quan cấp trên trực tiếp"), [_LINES])
    short_name = StringField(_("Tên gọi trong câu"), [InputRequired(), Length(max=200)])
    place = StringField(_("Địa danh"), [InputRequired(), Length(max=100)])
    symbol = StringField(_("Ký hiệu công văn"), [InputRequired(), Length(max=30)])
    signature = TextAreaField(_("Quyền hạn, chức vụ người ký (mỗi dòng một dòng)"), [InputRequired(), _LINES])
    signer_name = StringField(_("Họ tên người ký"), [Length(max=60)])
    recipients = TextAreaField(_("Nơi nhận (mỗi dòng một nơi)"), [_LINES])
    filed = StringField(_("Lưu"), [Length(max=60)])

    def values(self) -> dict[str, Any]:
        """Return what was typed."""
        return {name: self[name].data or "" for name in LETTERHEAD}

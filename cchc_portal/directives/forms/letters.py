"""Small forms of letters: bringing in, number, outgoing, closing, relations, files."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    IntegerField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from cchc_portal.core.numbers import whole
from cchc_portal.directives.forms.correction import lines_of
from cchc_portal.directives.models import Relation
from cchc_portal.web.forms import DayField, Form


class ImportForm(Form):
    """A letter as a file, or its text."""

    file = FileField(_("Tệp công văn"))
    text = TextAreaField(_("Hoặc dán toàn văn công văn"))


class NumberForm(Form):
    """Number and day that the registry has given."""

    number = StringField(_("Số"), [Length(max=11)])
    day = IntegerField(_("Ngày"), [Optional(), NumberRange(1, 31)])


class OutgoingForm(Form):
    """A signed letter that goes out."""

    number = StringField(_("Số"), [InputRequired(), Length(max=11)])
    symbol = StringField(_("Ký hiệu"), [InputRequired(), Length(max=30)])
    issued_on = DayField(_("Ngày ban hành"), [InputRequired()])
    kind = StringField(_("Loại văn bản"), [InputRequired(), Length(max=100)], default="Công văn")
    subject = TextAreaField(_("Trích yếu"), [InputRequired(), Length(max=500)])
    issuer = StringField(_("Cơ quan ban hành"), [InputRequired(), Length(max=200)])
    addressees = TextAreaField(_("Nơi nhận (mỗi dòng một nơi)"), [Length(max=1000)])
    signer_position = StringField(_("Chức vụ người ký"), [Length(max=100)])
    signer_name = StringField(_("Họ tên người ký"), [Length(max=50)])
    answers = StringField(_("Trả lời công văn đến số"), [Length(max=60)])
    answers_id = HiddenField()
    file = FileField(_("Bản đã ký (tệp hoặc bản quét)"))

    @property
    def columns(self) -> dict[str, Any]:
        """What was typed, as columns of the letter."""
        day: date | None = self.issued_on.data
        names = ("number", "symbol", "kind", "subject", "issuer", "signer_position", "signer_name")
        return {name: self[name].data or "" for name in names} | {
            "addressees": lines_of(self.addressees.data),
            "day": day.day if day else None,
            "month": day.month if day else None,
            "year": day.year if day else None,
        }

    @property
    def answered_id(self) -> int | None:
        """The letter from whose page the person came."""
        return whole(self.answers_id.data)


class ReasonForm(Form):
    """What came of a letter, on closing it."""

    reason = TextAreaField(_("Kết quả hoặc lý do kết thúc"), [InputRequired(), Length(max=500)])


class RelationForm(Form):
    """Another document beside a letter: of the register, or only named."""

    relation = SelectField(_("Công văn này"))
    number = StringField(_("Số, ký hiệu văn bản liên quan"), [InputRequired(), Length(max=60)])
    kind = StringField(_("Loại văn bản"), [Length(max=100)])
    issued_on = DayField(_("Ngày ban hành"), [Optional()])
    issuer = StringField(_("Cơ quan ban hành"), [Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the relations, in the person's language."""
        super().__init__(*args, **kwargs)
        self.relation.choices = [(one.value, _(one.label)) for one in Relation]


class LetterFilesForm(Form):
    """Scans and other files."""

    files = MultipleFileField(_("Chọn tệp"), id="chosen-files")

"""Forms of initiatives: they shape what was typed; what is missing, operations say."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from cchc_portal.accounts import queries as people
from cchc_portal.core.numbers import whole
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.content import LABELS, LONGEST
from cchc_portal.initiatives.models import EntryMode, Kind
from cchc_portal.web.forms import Form, Row, Rows


def _said(name: str) -> str:
    words = LABELS[name]
    return _(words)  # type: ignore[no-any-return]


MOST_ROWS = 60  # every row of authors offers every colleague
ROW_NAMES = ("authors", "figures", "answers")
KINDS_IN_ORDER = (Kind.GOOD_PRACTICE, Kind.MODEL, Kind.EXPERIENCE, Kind.INITIATIVE)


class ReasonForm(Form):
    """Why something is returned, withdrawn or declined."""

    reason = TextAreaField(_("Lý do"), [InputRequired(), Length(max=2000)])


class FilesForm(Form):
    """Files to attach."""

    files = MultipleFileField(_("Chọn tệp"), id="chosen-files")


class StartForm(Form):
    """The first step: kind, way in, title."""

    kind = RadioField(_("Loại"), default=Kind.GOOD_PRACTICE.value)
    entry_mode = RadioField(_("Hình thức gửi"), default=EntryMode.PROPOSE.value)
    title = StringField(_("Tên"), [DataRequired(), Length(max=LONGEST["title"])])
    item_id = HiddenField()  # the item of a letter from whose page the person came

    def __init__(self, **kwargs: Any) -> None:
        """Offer the kinds and ways in, in the person's language."""
        super().__init__(**kwargs)
        _offer_kinds(self)


class AuthorForm(Row):
    """One author: a colleague by account, or somebody else by name."""

    user_id = SelectField(_("Đồng nghiệp"), validate_choice=False)
    name = StringField(_("Hoặc họ tên người ngoài"))
    workplace = StringField(_("Nơi công tác"))
    share = StringField(_("Đóng góp (%)"))


class FigureForm(Row):
    """One figure before and after."""

    name = StringField(_("Số liệu"))
    measure = StringField(_("Đơn vị tính"))
    before = StringField(_("Trước"))
    after = StringField(_("Sau"))


class AnswerForm(Row):
    """One item of a letter and how it is answered."""

    item_id = SelectField(_("Nội dung công văn"), validate_choice=False)
    sentence = StringField(_("Trả lời như thế nào (một câu)"))


class DraftForm(Form):
    """The whole text; takes everything as typed."""

    revision = HiddenField()
    kind = RadioField(_said("kind"), validate_choice=False)
    entry_mode = RadioField(_said("entry_mode"), validate_choice=False)
    title = StringField(_said("title"))
    problem = TextAreaField(_said("problem"))
    solution = TextAreaField(_said("solution"))
    result = TextAreaField(_said("result"))
    novelty = TextAreaField(_said("novelty"))
    conditions = TextAreaField(_said("conditions"))
    first_applied_on = StringField(_said("first_applied_on"))
    is_trial = BooleanField(_("Mới áp dụng thử"))
    is_breakthrough = BooleanField(_("Đây là giải pháp đột phá (mục 3 của công văn)"))
    source_name = StringField(_said("source_name"))
    source_link = StringField(_said("source_link"))
    source_contact = StringField(_said("source_contact"))
    fields = SelectMultipleField(
        _said("fields"),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    tags = StringField(_("Từ khóa, cách nhau bằng dấu phẩy"))
    unit_id = SelectField(_("Bộ phận"), validate_choice=False)
    authors = Rows(FormField(AuthorForm), _("Tác giả"), most=MOST_ROWS)
    figures = Rows(FormField(FigureForm), _("Số liệu trước và sau"), most=MOST_ROWS)
    answers = Rows(FormField(AnswerForm), _("Nội dung công văn được trả lời"), most=MOST_ROWS)
    warnings_read = BooleanField(
        _("Tôi đã kiểm tra các cảnh báo, nội dung được phép công khai trong cơ quan")
    )

    def offer(self) -> None:
        """Fill the lists to choose from; only a form that is shown needs them."""
        _offer_kinds(self)
        self.fields.choices = [(str(field.code), field.name) for field in queries.reform_fields()]
        self.unit_id.choices = [(str(unit.id), unit.name) for unit in people.units()]
        self._offer_colleagues()
        self._offer_items()

    def content(self) -> dict[str, Any]:
        """Return what was typed, in the shape of `initiatives.content`; empty rows are left out."""
        data = {name: value for name, value in self.data.items() if name not in _NOT_CONTENT}
        for name in ROW_NAMES:
            data[name] = [row for row in data[name] if any(row.values())]
        return data

    def change_rows(self) -> bool:
        """Add or take out the row that a button asked for; say whether one did."""
        if (name := request.form.get("add_row")) in ROW_NAMES:
            self[name].add_row()
        elif removed := request.form.get("remove_row"):
            self._remove_row(removed)
        else:
            return False
        return True

    @property
    def known_revision(self) -> int:
        """The revision the person began from, or chose to replace; 0 if the page was tampered with."""
        return whole(request.form.get("replaces") or self.revision.data) or 0

    def _remove_row(self, button: str) -> None:
        name, _dash, index = button.partition("-")
        if name in ROW_NAMES:
            rows = [row for place, row in enumerate(self[name].data) if place != whole(index)]
            self[name].process(None, rows)  # numbers the rest anew and leaves a row to write in

    def _offer_colleagues(self) -> None:
        colleagues = [
            ("", _("— chọn đồng nghiệp —")),
            *((str(user_id), name) for user_id, name in people.names()),
        ]
        for row in self.authors:
            row.user_id.choices = colleagues

    def _offer_items(self) -> None:
        items = [
            ("", _("— chọn nội dung —")),
            *((str(item.id), item_words(item)) for item in queries.open_items()),
        ]
        for row in self.answers:
            row.item_id.choices = items


_NOT_CONTENT = frozenset({"csrf_token", "revision", "warnings_read"})


def _offer_kinds(form: Any) -> None:
    form.kind.choices = [(kind.value, _(kind.label)) for kind in KINDS_IN_ORDER]
    form.entry_mode.choices = [(mode.value, _(mode.label)) for mode in EntryMode]


def item_words(item: Any) -> str:
    """Return an item of a letter in one line: its number, the letter, how it begins."""
    words = item.summary or item.text
    short = words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"  # noqa: PLR2004
    return f"Mục {item.code} · {item.directive.code}: {short}"

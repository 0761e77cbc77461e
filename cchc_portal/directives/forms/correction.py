"""The form in which a letter is corrected: what was recognised, and its entry in the book."""

from collections.abc import Mapping
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import (
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from cchc_portal.core.i18n import N_
from cchc_portal.core.numbers import whole
from cchc_portal.directives import queries
from cchc_portal.directives.content import (
    HEAD,
    INTERNAL,
    LETTER,
    Assigned,
    CitationContent,
    Content,
    ItemContent,
    of_directive,
)
from cchc_portal.directives.entry import LANGUAGE, Entry, entry_of
from cchc_portal.directives.models import URGENCIES, Direction, Directive, Part
from cchc_portal.web.forms import DayField, Form, Row, Rows

OPERATORS = ("trước", "chậm nhất", "đến hết", "đến", "trong", "vào", "định kỳ")
# The first is taken for new rows: what the Office adds is never "theo công văn" by itself.
SOURCES = [SelectChoice(INTERNAL, _("Hạn nội bộ")), SelectChoice(LETTER, _("Theo công văn"))]
WRONG = N_("có ô chưa đúng")
MOST_ROWS = 400
ROW_NAMES = ("citations", "items")
_LINES = ("addressees", "recipients", "annexes")
_NUMBERS = ("day", "month", "year")
_YEARS = NumberRange(1945, 2100)


class CitationForm(Row):
    """One cited document."""

    kind = StringField(_("Loại văn bản"), [Length(max=100)])
    number = StringField(_("Số, ký hiệu"), [Length(max=60)])
    issued_on = DayField(_("Ngày ban hành"), [Optional()])
    issuer = StringField(_("Cơ quan ban hành"), [Length(max=200)])
    role = StringField(_("Vai trò"), [Length(max=40)])

    def content(self) -> CitationContent:
        """Return what was typed."""
        return CitationContent(
            kind=self.kind.data or "",
            number=self.number.data or "",
            issued_on=self.issued_on.data,
            issuer=self.issuer.data or "",
            role=self.role.data or "",
        )


class ItemForm(Row):
    """One item: number, words, who acts, until when."""

    code = StringField(_("Số mục"), [Length(max=20)])
    text = TextAreaField(_("Nội dung"))
    lead = TextAreaField(_("Giao cho, chủ trì (mỗi dòng một đơn vị)"))
    support = TextAreaField(_("Phối hợp (mỗi dòng một đơn vị)"))
    verb = StringField(_("Việc phải làm"), [Length(max=300)])
    report_to = StringField(_("Báo cáo cho"), [Length(max=200)])
    deliverable = StringField(_("Sản phẩm"), [Length(max=500)])
    deadline_words = StringField(_("Thời hạn, nguyên văn"), [Length(max=200)])
    deadline_operator = SelectField(
        _("Cách tính"), choices=[SelectChoice("", "—"), *map(SelectChoice, OPERATORS)]
    )
    deadline_on = DayField(_("Ngày"), [Optional()])
    deadline_source = SelectField(_("Nguồn của hạn"), choices=SOURCES, validate_choice=False)

    def content(self) -> ItemContent:
        """Return what was typed."""
        return ItemContent(
            code=self.code.data or "",
            text=self.text.data or "",
            assigned=self._assigned(),
            verb=self.verb.data or "",
            report_to=self.report_to.data or "",
            deadline_operator=self.deadline_operator.data or "",
            deadline_on=self.deadline_on.data,
            deadline_words=self.deadline_words.data or "",
            deadline_source=LETTER if self.deadline_source.data == LETTER else INTERNAL,
            deliverable=self.deliverable.data or "",
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells it from a row that nobody filled in."""
        return not (self.code.data or self.text.data)

    def _assigned(self) -> tuple[Assigned, ...]:
        parts = {Part.LEAD: self.lead, Part.SUPPORT: self.support}
        return tuple(
            Assigned(words[:300], part) for part, field in parts.items() for words in lines_of(field.data)
        )


class CorrectionForm(Form):
    """Everything that is kept of a draft."""

    touched = ""  # the rows in which a button added or took out one
    revision = HiddenField()
    kind = StringField(_("Loại văn bản"), [InputRequired(), Length(max=100)])
    issuer = StringField(_("Cơ quan ban hành"), [Length(max=200)])
    direction = SelectField(_("Vào sổ"))
    superior = StringField(_("Cơ quan chủ quản"), [Length(max=200)])
    number = StringField(_("Số"), [Length(max=11)])
    symbol = StringField(_("Ký hiệu"), [Length(max=30)])
    place = StringField(_("Địa danh"), [Length(max=100)])
    day = IntegerField(_("Ngày"), [Optional(), NumberRange(1, 31)])
    month = IntegerField(_("Tháng"), [Optional(), NumberRange(1, 12)])
    year = IntegerField(_("Năm"), [Optional(), _YEARS])
    subject = TextAreaField(_("Trích yếu"), [Length(max=500)])
    addressees = TextAreaField(_("Kính gửi (mỗi dòng một nơi)"))
    recipients = TextAreaField(_("Nơi nhận (mỗi dòng một nơi)"))
    filed_at = StringField(_("Lưu"), [Length(max=60)])
    signer_capacity = StringField(_("Thẩm quyền ký"), [Length(max=120)])
    signer_position = StringField(_("Chức vụ người ký"), [Length(max=100)])
    signer_name = StringField(_("Họ tên người ký"), [Length(max=50)])
    annexes = TextAreaField(_("Tài liệu kèm theo (mỗi dòng một tài liệu)"))
    arrival_number = IntegerField(_("Số đến"), [Optional(), NumberRange(1, 999_999_999)])
    arrival_on = DayField(_("Ngày đến"), [Optional()])
    to_places = TextAreaField(_("Đơn vị hoặc người nhận"), [Length(max=1000)])
    due_on = DayField(_("Thời hạn giải quyết"), [Optional()])
    priority = SelectField(_("Mức độ khẩn"), coerce=int)
    page_amount = IntegerField(_("Số trang"), [Optional(), NumberRange(1, 999)])
    issued_amount = IntegerField(_("Số bản phát hành"), [Optional(), NumberRange(1, 999)])
    file_notation = StringField(_("Số, ký hiệu hồ sơ"), [Length(max=20)])
    file_catalog = IntegerField(_("Năm của hồ sơ"), [Optional(), _YEARS])
    doc_ordinal = IntegerField(_("Thứ tự trong hồ sơ"), [Optional(), NumberRange(1, 999)])
    language = StringField(_("Ngôn ngữ"), [Length(max=30)])
    description = TextAreaField(_("Ghi chú"), [Length(max=500)])
    citations = Rows(FormField(CitationForm), _("Văn bản viện dẫn"), most=MOST_ROWS)
    items = Rows(FormField(ItemForm), _("Nội dung được giao"), most=MOST_ROWS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer both books and the urgencies, in the person's language."""
        super().__init__(*args, **kwargs)
        self.direction.choices = [(one.value, _(one.label)) for one in Direction]
        self.priority.choices = [(value, _(words)) for value, words in URGENCIES.items()]

    @classmethod
    def of(cls, directive: Directive) -> Self:
        """Return the form filled with what is kept."""
        content = of_directive(directive)
        head = {name: "\n".join(value) if name in _LINES else value for name, value in content.head.items()}
        return cls(
            data={
                **head,
                **vars(entry_of(directive)),
                "revision": queries.revision(directive),
                "citations": [vars(citation) for citation in content.citations],
                "items": [_row(item) for item in content.items],
            },
        )

    def content(self) -> Content:
        """Return what was typed; rows left empty are left out."""
        head = {name: self[name].data if name in _NUMBERS else self[name].data or "" for name in HEAD}
        head |= {name: lines_of(self[name].data) for name in _LINES}
        citations = (row.form.content() for row in self.citations)
        items = (row.form.content() for row in self.items)
        return Content(
            head=head,
            citations=tuple(one for one in citations if one.kind or one.number),
            items=tuple(one for one in items if one.code or one.text),
        )

    def entry(self) -> Entry:
        """Return what was typed for the book of letters."""
        typed = {name: self[name].data for name in Entry.__dataclass_fields__}
        texts = {name: typed[name] or "" for name in ("to_places", "file_notation", "description")}
        return Entry(
            **typed
            | texts
            | {"direction": Direction(typed["direction"]), "language": typed["language"] or LANGUAGE}
        )

    def change_rows(self) -> bool:
        """Add or take out the row that a button asked for; say whether one did."""
        if (name := request.form.get("add_row", "")) in ROW_NAMES:
            self[name].add_row()
            self.touched = name
            return True
        name, _dash, typed = request.form.get("remove_row", "").partition("-")
        index = whole(typed)
        if name not in ROW_NAMES or index is None or index >= len(self[name].entries):
            return False
        del self[name].entries[index]
        self.touched = name
        return True

    def reviews(self, doubts: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Return what to look at in rows of items, by the id of the field of their number.

        Args:
            doubts: the reader's questions by number of the item.
        """
        found = {
            row.form.code.id: [
                *doubts.get(row.form.code.data or "", ()),
                *([WRONG] if row.form.errors else ()),
            ]
            for row in self.items
        }
        return {field: asked for field, asked in found.items() if asked}

    @property
    def seen(self) -> int:
        """The revision the corrections were made on; 0 if the page was tampered with."""
        return whole(self.revision.data, digits=15) or 0


def lines_of(typed: str | None) -> list[str]:
    """Return what stands on the lines of a field, without blank ones."""
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]


def _row(item: ItemContent) -> dict[str, Any]:
    return vars(item) | {
        part.value: "\n".join(one.words for one in item.assigned if one.part is part) for part in Part
    }


class AmendmentForm(CorrectionForm):
    """Everything that is kept of an issued letter, and why it is corrected."""

    reason = TextAreaField(_("Lý do đính chính"), [Length(max=500)])

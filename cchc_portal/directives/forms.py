"""Forms of letters: bringing one in, correcting what was recognised, filling in the number."""

from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FileField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

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
from cchc_portal.directives.models import Directive, Part
from cchc_portal.web.forms import DayField, Form, Row, Rows

OPERATORS = ("trước", "chậm nhất", "đến hết", "đến", "trong", "vào", "định kỳ")
# The first is taken for new rows: what the Office adds is never "theo công văn" by itself.
SOURCES = [SelectChoice(INTERNAL, _("Hạn nội bộ")), SelectChoice(LETTER, _("Theo công văn"))]
MOST_ROWS = 400
ROW_NAMES = ("citations", "items")
_LINES = ("addressees", "recipients", "annexes")
_NUMBERS = ("day", "month", "year")
_YEARS = NumberRange(1945, 2100)


class ImportForm(Form):
    """A letter as a file, or its text."""

    file = FileField(_("Tệp công văn"))
    text = TextAreaField(_("Hoặc dán toàn văn công văn"))


class NumberForm(Form):
    """Number and day that the registry has given."""

    number = StringField(_("Số"), [Length(max=20)])
    day = IntegerField(_("Ngày"), [Optional(), NumberRange(1, 31)])


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
    assigned = TextAreaField(_("Giao cho (mỗi dòng một đơn vị)"))
    has_lead = BooleanField(_("Dòng đầu chủ trì, các dòng sau phối hợp"))
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

    def _assigned(self) -> tuple[Assigned, ...]:
        others = Part.SUPPORT if self.has_lead.data else Part.LEAD
        return tuple(
            Assigned(words[:300], Part.LEAD if place == 0 else others)
            for place, words in enumerate(lines_of(self.assigned.data))
        )


class CorrectionForm(Form):
    """Everything that is kept of a draft."""

    revision = HiddenField()
    kind = StringField(_("Loại văn bản"), [InputRequired(), Length(max=100)])
    issuer = StringField(_("Cơ quan ban hành"), [Length(max=200)])
    superior = StringField(_("Cơ quan chủ quản"), [Length(max=200)])
    number = StringField(_("Số"), [Length(max=20)])
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
    signer_position = StringField(_("Chức vụ người ký"), [Length(max=120)])
    signer_name = StringField(_("Họ tên người ký"), [Length(max=60)])
    annexes = TextAreaField(_("Tài liệu kèm theo (mỗi dòng một tài liệu)"))
    citations = Rows(FormField(CitationForm), _("Văn bản viện dẫn"), most=MOST_ROWS)
    items = Rows(FormField(ItemForm), _("Nội dung được giao"), most=MOST_ROWS)

    @classmethod
    def of(cls, directive: Directive) -> Self:
        """Return the form filled with what is kept."""
        content = of_directive(directive)
        head = {name: "\n".join(value) if name in _LINES else value for name, value in content.head.items()}
        return cls(
            data={
                **head,
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

    def change_rows(self) -> bool:
        """Add or take out the row that a button asked for; say whether one did."""
        if (name := request.form.get("add_row")) in ROW_NAMES:
            self[name].add_row()
            return True
        name, _dash, typed = request.form.get("remove_row", "").partition("-")
        index = whole(typed)
        if name not in ROW_NAMES or index is None or index >= len(self[name].entries):
            return False
        del self[name].entries[index]
        return True

    @property
    def seen(self) -> int:
        """The revision the corrections were made on; 0 if the page was tampered with."""
        return whole(self.revision.data, digits=15) or 0


def lines_of(typed: str | None) -> list[str]:
    """Return what stands on the lines of a field, without blank ones."""
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]


def _row(item: ItemContent) -> dict[str, Any]:
    return vars(item) | {
        "assigned": "\n".join(one.words for one in item.assigned),
        "has_lead": any(one.part is Part.SUPPORT for one in item.assigned),
    }

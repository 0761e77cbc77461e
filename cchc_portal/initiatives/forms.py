"""Forms of initiatives: they shape what was typed; what is missing, operations say."""

from collections.abc import Mapping, Sequence
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
from cchc_portal.accounts.models import User
from cchc_portal.accounts.session import person
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import fold_name
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.content import LABELS, LONGEST
from cchc_portal.initiatives.models import EntryMode, Kind
from cchc_portal.web.forms import Form, Row, Rows


def _said(name: str) -> str:
    words = LABELS[name]
    return _(words)  # type: ignore[no-any-return]


MOST_ROWS = 60
MOST_MATCHES = 10
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

    user_id = HiddenField()  # the account, if the person has one
    found = RadioField(
        _("Chọn người bạn muốn ghi, rồi lưu"), validate_choice=False
    )  # after looking for a name
    name = StringField(_("Họ tên"))
    workplace = StringField(_("Nơi công tác"))
    share = StringField(_("Đóng góp (%)"))
    account: User | None = None
    matches: Sequence[User] | None = None  # None: nobody was looked for

    def offer(self, found: Sequence[User]) -> None:
        """Offer the colleagues of the name that was typed, instead of whoever stood in the row."""
        self.matches, self.user_id.data, self.found.data = found, "", ""
        several = [(str(user.id), " · ".join(_words_for(user))) for user in found]
        self.found.choices = [*several, ("", _("Người khác, giữ tên đã gõ"))]


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
        self._name_accounts()
        self._offer_items()

    def content(self) -> dict[str, Any]:
        """Return what was typed, in the shape of `initiatives.content`; empty rows are left out."""
        data = {name: value for name, value in self.data.items() if name not in _NOT_CONTENT}
        known = self._accounts()
        data["authors"] = [_author(row, known) for row in data["authors"]]
        for name in ROW_NAMES:
            data[name] = [row for row in data[name] if any(row.values())]
        return data

    def change_rows(self) -> bool:
        """Add or take out a row, or look for a colleague, if a button asked for it; say whether one did."""
        if (name := request.form.get("add_row")) in ROW_NAMES:
            self[name].add_row()
        elif removed := request.form.get("remove_row"):
            self._remove_row(removed)
        elif (sought := whole(request.form.get("find_author"))) is not None:
            self._find_author(sought)
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

    def _find_author(self, index: int) -> None:
        """Look for the name typed in a row, for browsers without JavaScript."""
        for row in self.authors.entries[index : index + 1]:
            row.form.offer(people.colleagues(row.form.name.data or "", limit=MOST_MATCHES))

    def _accounts(self) -> dict[int, User]:
        chosen = (value for row in self.authors for value in (row.form.user_id.data, row.form.found.data))
        ids = {user_id for value in chosen if (user_id := whole(value)) is not None}
        return {person().id: person(), **people.by_ids(ids - {person().id})}  # most write alone

    def _name_accounts(self) -> None:
        known = self._accounts()
        for row in self.authors:
            author = _author(row.data, known)
            row.form.account = known.get(whole(author["user_id"]) or 0)
            row.form.user_id.data = author["user_id"]
            if row.form.account:
                row.form.name.data = row.form.account.full_name

    def _offer_items(self) -> None:
        items = [
            ("", _("— chọn nội dung —")),
            *((str(item.id), item_words(item)) for item in queries.open_items()),
        ]
        for row in self.answers:
            row.item_id.choices = items


_NOT_CONTENT = frozenset({"csrf_token", "revision", "warnings_read"})


def _author(row: Mapping[str, str | None], known: Mapping[int, User]) -> dict[str, str]:
    """Return a row of authors as it is kept: the account alone says the name of a colleague.

    Another name typed over a colleague's is another person; what was picked from a list counts first.
    """
    user_id, name = whole(row["found"]) or whole(row["user_id"]), row["name"] or ""
    user = known.get(user_id or 0)
    if user and not row["found"] and name and fold_name(name) != user.name_folded:
        user = user_id = None
    kept = {"user_id": str(user_id or ""), "name": "" if user else name}
    return kept | {part: row[part] or "" for part in ("workplace", "share")}


def _words_for(user: User) -> list[str]:
    return [user.full_name, *([user.unit.name] if user.unit else []), f"@{user.username}"]


def _offer_kinds(form: Any) -> None:
    form.kind.choices = [(kind.value, _(kind.label)) for kind in KINDS_IN_ORDER]
    form.entry_mode.choices = [(mode.value, _(mode.label)) for mode in EntryMode]


def item_words(item: Any) -> str:
    """Return an item of a letter in one line: its number, the letter, how it begins."""
    words = item.title
    short = words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"  # noqa: PLR2004
    return f"Mục {item.code} · {item.directive.code}: {short}"

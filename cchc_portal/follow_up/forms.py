"""Forms of the boards: filters, which are part of the address, and names of saved views."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from cchc_portal.core.clock import today
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean_line
from cchc_portal.follow_up.models import LONGEST_NAME, LONGEST_QUERY
from cchc_portal.follow_up.periods import month_of, span
from cchc_portal.follow_up.queries import ANY, TURN, Choices, Due, Filters, Grouping, Show
from cchc_portal.tasks.models import State
from cchc_portal.web.forms import Form

LONGEST_WORDS = 200
QUARTERS = ("I", "II", "III", "IV")


def filters_of(args: MultiDict[str, str]) -> Filters:
    """Return the filters of an address; what cannot be meant is passed over."""
    state, due = args.get("state", ""), args.get("due", "")
    return Filters(
        q=clean_line(args.get("q", ""))[:LONGEST_WORDS],
        unit=whole(args.get("unit")),
        state=state if state in {*State, ANY, TURN} else "",
        due=due if due in set(Due) else "",
        leader=whole(args.get("leader")),
        letter=whole(args.get("letter")),
        period=period if span(period := args.get("period", "")) else "",
        backlog=args.get("backlog") == "1",
        citizens=args.get("citizens") == "1",
    )


def grouping_of(args: MultiDict[str, str]) -> Grouping:
    """Return what an address groups by: the deadline unless it says otherwise."""
    word = args.get("by", "")
    return Grouping(word) if word in set(Grouping) else Grouping.DEADLINE


def show_of(args: MultiDict[str, str]) -> Show:
    """Return which items of the coverage board an address shows."""
    word = args.get("show", "")
    return Show(word) if word in set(Show) else Show.ALL


class OfAddress(Form):
    """A form that only reads the address, and so needs no token."""

    class Meta(Form.Meta):
        """Part of the address."""

        csrf = False


class FilterForm(OfAddress):
    """What narrows the follow-up board down."""

    q = StringField(_("Số, trích yếu, nội dung"), [Optional(), Length(max=LONGEST_WORDS)])
    unit = SelectField(_("Bộ phận"), validate_choice=False)
    state = SelectField(_("Tiến độ"), validate_choice=False)
    due = SelectField(_("Thời hạn"), validate_choice=False)
    period = SelectField(_("Đến hạn trong"), validate_choice=False)
    leader = SelectField(_("Người giao"), validate_choice=False)
    by = SelectField(_("Xếp nhóm theo"), validate_choice=False)
    backlog = BooleanField(_("Việc tồn đọng"))
    citizens = BooleanField(_("Phục vụ người dân, doanh nghiệp"))
    letter = HiddenField()

    def __init__(self, among: Choices, filters: Filters) -> None:
        """Read the address and offer what there is."""
        super().__init__(formdata=request.args)
        self.unit.choices = _offer(gettext("Mọi bộ phận"), among.units)
        self.leader.choices = _offer(gettext("Mọi người giao"), among.leaders)
        wider = {TURN: gettext("Chưa báo cáo"), ANY: gettext("Tất cả, kể cả đã xong")}
        self.state.choices = _offer(gettext("Đang theo dõi"), wider | _labels(State))
        self.due.choices = _offer(gettext("Mọi thời hạn"), _labels(Due))
        self.period.choices = _offer(gettext("Mọi thời gian"), dict(_periods(filters.period)))
        self.by.choices = [SelectChoice(key, name) for key, name in _labels(Grouping).items()]
        self.letter.data = filters.letter or ""


class ViewForm(Form):
    """The name of a saved view, and who sees it."""

    name = StringField(_("Tên bộ lọc"), [InputRequired(), Length(max=LONGEST_NAME)])
    is_shared = BooleanField(_("Chia sẻ cho cả cơ quan"))
    query = HiddenField(validators=[Length(max=4 * LONGEST_QUERY)])


def _offer(none: str, names: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice("", none), *(SelectChoice(key, name) for key, name in names.items())]


def _labels(kind: Any) -> dict[str, str]:
    return {member.value: gettext(member.label) for member in kind}


def _periods(chosen: str) -> Iterator[tuple[str, str]]:
    here = today()
    months = [date(here.year + n // 12, n % 12 + 1, 1) for n in range(here.month - 2, here.month + 3)]
    known = (
        [month_of(month) for month in months] + [f"{here.year}-Q{n}" for n in range(1, 5)] + [str(here.year)]
    )
    yield from ((period, period_words(period)) for period in dict.fromkeys([*known, *filter(None, [chosen])]))


def period_words(period: str) -> str:
    """Return a period as the office says it: "tháng 3/2023", "quý I/2023", "năm 2023", "15/03/2023"."""
    year, _dash, rest = period.partition("-")
    month, _dash, day = rest.partition("-")
    if day:
        return f"{day}/{month}/{year}"
    return f"{_span_words(rest)}{year}"


def _span_words(rest: str) -> str:
    if not rest:
        return f"{gettext('năm')} "
    if rest.startswith("Q"):
        return f"{gettext('quý')} {QUARTERS[int(rest[1]) - 1]}/"
    return f"{gettext('tháng')} {int(rest)}/"

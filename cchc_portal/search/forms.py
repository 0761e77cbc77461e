"""What the address of a search says; whatever it says wrongly is passed over."""

from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.text import clean_line, fold
from cchc_portal.search.engines import Mark, Sort
from cchc_portal.search.queries import FACETS, Criteria

MOST_VALUES = 20
LONGEST_VALUE = 60

SHOWN = ("sort", "view", "group", "exact")  # how results are shown, and whether words are taken as typed

Args = MultiDict[str, str]


class Look(Labelled):
    """How results are shown."""

    CARDS = "", N_("Dạng thẻ")
    TABLE = "table", N_("Dạng bảng")


class Grouping(Labelled):
    """What results are put together by: the name of a filter."""

    NONE = "", N_("Không xếp nhóm")
    UNIT = "unit", N_("Theo bộ phận")
    ITEM = "item", N_("Theo nội dung công văn")


SORTS = {
    Sort.RELEVANCE: N_("Phù hợp nhất"),
    Sort.NEWEST: N_("Mới nhất"),
    Sort.VOTES: N_("Nhiều bình chọn nhất"),
    Sort.ADOPTED: N_("Nhiều nơi áp dụng nhất"),
}


@dataclass(frozen=True)
class Wish:
    """A search as its address asks for it: what, and how it is to be shown."""

    criteria: Criteria
    look: Look
    grouping: Grouping


def wish_of(args: Args) -> Wish:
    """Return what an address asks for."""
    return Wish(
        criteria_of(args), Look(_known(Look, args, "view")), Grouping(_known(Grouping, args, "group"))
    )


def criteria_of(args: Args) -> Criteria:
    """Return what an address asks for, however it is to be shown."""
    filters = {name: values_of(args, name) for name in FACETS}
    return Criteria(
        q=args.get("q", ""),
        filters={name: frozenset(values) for name, values in filters.items() if values},
        sort=Sort(_known(Sort, args, "sort") or Sort.RELEVANCE),
        page=max(args.get("page", 1, type=int), 1),
        after=Mark.read(args.get("after", "")),
        is_literal=args.get("exact") == "1",
    )


def query_of(args: Args) -> str:
    """Return what an address asks for and how it is shown, without a place within the results; "" for nothing."""
    said = {"q": [clean_line(args.get("q", ""))], **{name: values_of(args, name) for name in FACETS}}
    asked = {name: values for name, values in said.items() if any(values)}
    shown = {name: args[name] for name in SHOWN if args.get(name)}
    return urlencode(asked | shown, doseq=True) if asked else ""


def values_of(args: Args, name: str) -> list[str]:
    """Return what an address says of a filter."""
    values = [value[:LONGEST_VALUE] for value in args.getlist(name)[:MOST_VALUES] if value]
    return [fold(value) if name == "tag" else value for value in values]


def _known(kind: type[Labelled] | type[Sort], args: Args, name: str) -> str:
    word = args.get(name, "")
    return word if word in {member.value for member in kind} else ""

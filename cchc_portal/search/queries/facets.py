"""What results can be filtered by, with counts and names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.core.numbers import whole as whole_number
from cchc_portal.core.text import sort_key
from cchc_portal.directives.models import Direction, Directive, Item, ReformField
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import Kind, State, Tag
from cchc_portal.search.documents import COMMENT, DECISION, INITIATIVE, ITEM, LETTER

# The names are those of the address, the order that of the page.
FACETS: dict[str, str] = {
    "type": N_("Tìm trong"),
    "status": N_("Trạng thái"),
    "kind": N_("Loại"),
    "field": N_("Lĩnh vực"),
    "unit": N_("Bộ phận"),
    "year": N_("Năm"),
    "item": N_("Nội dung công văn"),
    "tag": N_("Từ khóa"),
    "author": N_("Tác giả"),
    "adopted_by": N_("Nơi nhân rộng"),
}
MOST_OPTIONS = 5
MOST_OF_WHOLE = 300  # values of one filter; what is rarer still is typed: `tác-giả:…`
MOST_SINGLE_TAGS = 20

TYPES = {
    INITIATIVE: N_("Sáng kiến, cách làm"),
    LETTER: N_("Công văn"),
    ITEM: N_("Nội dung công văn"),
    COMMENT: N_("Bình luận"),
    DECISION: N_("Quyết định nhân rộng"),
}

Names = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Option:
    """A value to filter by; `is_chosen` if it is filtered by."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values.

    Args:
        name: its parameter in the address.
        options: the most frequent ones and those that are chosen, or all by name.
        hidden: how many further values there are.
    """

    name: str
    label: str
    options: Sequence[Option]
    hidden: int = 0


def facets(
    counts: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, frozenset[str]],
    *,
    total: int,
    whole: str = "",
) -> list[Facet]:
    """Return the filters that would change the result of `total` hits, each with its most frequent values.

    Args:
        counts: filter -> value -> how many there would be with that value instead of the chosen ones.
        chosen: filter -> values.
        total: how many there are.
        whole: name of the filter that is wanted with all its values.
    """
    shown = {
        name: _shown(counts.get(name, {}), chosen.get(name, frozenset()), whole=name == whole)
        for name in FACETS
    }
    names = _names({name: [value for value, _ in values] for name, values in shown.items()})
    # Kinds of things stand where people look for them, whatever their numbers.
    shown["type"].sort(key=lambda found: list(TYPES).index(found[0]) if found[0] in TYPES else len(TYPES))
    found = [
        _facet(name, values, counts.get(name, {}), names, chosen)
        for name, values in shown.items()
        if name in chosen or any(count != total for _, count in values)
    ]
    return [_by_name(facet) if facet.name == whole else facet for facet in found]


def _facet(
    name: str,
    shown: Sequence[tuple[str, int]],
    counts: Mapping[str, int],
    names: Names,
    chosen: Mapping[str, frozenset[str]],
) -> Facet:
    options = [_option(name, value, count, names, chosen) for value, count in shown]
    hidden = min(len(counts.keys() - {value for value, _ in shown}), MOST_OF_WHOLE)
    return Facet(name, FACETS[name], options, hidden)


def _by_name(facet: Facet) -> Facet:
    ordered = sorted(facet.options, key=lambda option: (not option.is_chosen, sort_key(option.label)))
    return replace(facet, options=ordered, hidden=0)


def _shown(counts: Mapping[str, int], chosen: frozenset[str], *, whole: bool) -> list[tuple[str, int]]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    most = MOST_OF_WHOLE if whole else MOST_OPTIONS
    kept = ranked[:most]
    kept += [(value, count) for value, count in ranked[most:] if value in chosen]
    return kept + [(value, 0) for value in sorted(chosen - counts.keys())]


def _option(name: str, value: str, count: int, names: Names, chosen: Mapping[str, frozenset[str]]) -> Option:
    return Option(value, names.get((name, value), value), count, value in chosen.get(name, ()))


def _names(values: Mapping[str, Sequence[str]]) -> Names:
    fixed = {
        "type": TYPES,
        "kind": {kind.value: kind.label for kind in (*Kind, *Direction)},
        "status": {state.value: state.label for state in (*State, *LetterState)},
    }
    named = {(name, value): label for name, labels in fixed.items() for value, label in labels.items()}
    return named | _kept_names(values)


def _kept_names(values: Mapping[str, Sequence[str]]) -> Names:
    """Return the names that the database knows, in one query."""
    asked: dict[str, object] = {
        name: [number for value in values[name] if (number := whole_number(value)) is not None]
        for name in ("unit", "adopted_by", "author", "field", "item")
    }
    tags = values["tag"]
    if not tags and not any(asked.values()):
        return {}
    if len(tags) > MOST_SINGLE_TAGS:
        return _kept_names(dict(values) | {"tag": []}) | _tag_names(tags)
    rows = db.session.execute(
        _kept_names_query(len(tags)), asked | {f"tag_{place}": value for place, value in enumerate(tags)}
    )
    return {(facet, value): name for facet, value, name in rows if name is not None}


@cache
def _kept_names_query(tags: int) -> CompoundSelect[str, str, str]:
    """Return the query for names, built once for each number of tags: that takes longer than to ask it."""
    return union_all(
        _named("unit", Unit.id, Unit.name).where(Unit.id.in_(_several("unit"))),
        _named("adopted_by", Unit.id, Unit.name).where(Unit.id.in_(_several("adopted_by"))),
        _named("author", User.id, User.full_name).where(User.id.in_(_several("author"))),
        _named("field", ReformField.code, ReformField.name).where(ReformField.code.in_(_several("field"))),
        # Addresses can be made up: nobody learns the number of a letter that is not issued yet.
        _named("item", Item.id, _item_name())
        .join(Directive)
        .where(Item.id.in_(_several("item")), Directive.state != LetterState.DRAFT),
        *(_named("tag", _text(f"tag_{place}"), _tag_name(_text(f"tag_{place}"))) for place in range(tags)),
    )


def _several(name: str) -> BindParameter[Sequence[int]]:
    return bindparam(name, expanding=True)


def _text(name: str) -> BindParameter[str]:
    return bindparam(name, type_=String())


def _named(facet: str, value: object, name: object) -> Select[str, str, str]:
    return select(literal(facet, String), cast(value, String), cast(name, String))


def _tag_name(folded: BindParameter[str]) -> object:
    """Return how somebody wrote a tag; looking at every use of a popular one would take long."""
    return select(Tag.name).where(Tag.folded == folded).limit(1).scalar_subquery()


def _tag_names(tags: Sequence[str]) -> Names:
    """Return how many tags are written, looking at every use."""
    query = select(Tag.folded, func.min(Tag.name)).where(Tag.folded.in_(tags)).group_by(Tag.folded)
    return {("tag", folded): name for folded, name in db.session.execute(query)}


def _item_name() -> ColumnElement[str]:
    """Return what `Item.code` and `Directive.code` say, "4 · …/UBND-VP", in SQL."""
    number = func.coalesce(func.nullif(Directive.number, ""), "…")
    return Item.code + literal(" · ") + number + literal("/") + Directive.symbol

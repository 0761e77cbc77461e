"""What operators of a query mean: `bộ-phận:"tư pháp"` as values of a filter."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, literal, select

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import fold, fold_name
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive, Item, ReformField
from cchc_portal.directives.models import State as LetterState
from cchc_portal.directives.models.keys import code_key
from cchc_portal.initiatives.models import Author, Kind, State
from cchc_portal.search.analysis import Operator, Terms, parse, tidied
from cchc_portal.search.queries.facets import TYPES

MOST_VALUES = 100  # that one word may stand for
MOST_TRIED = 5  # words behind an operator without quotes that may belong to its value
MOST_NAMES = 5_000  # of people from outside that are looked through
FIRST_YEAR, LAST_YEAR = 1900, 2200

Filters = Mapping[str, frozenset[str]]
Means = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Understood:
    """An operator and the values that are filtered by.

    Args:
        surface: as typed.
        facet: name of the filter.
        values: one of which a hit needs.
        is_barred: whether a hit may have none of them instead.
    """

    surface: str
    facet: str
    values: frozenset[str]
    is_barred: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query whose operators were looked up.

    Args:
        text: as it was typed, tidied; words of the terms stand at their places in it.
        terms: its words; operators that mean nothing are words as well.
        operators: those that mean something.
        unknown: the others, as typed.
    """

    text: str
    terms: Terms
    operators: tuple[Understood, ...] = ()
    unknown: tuple[str, ...] = ()

    def reworded(self, text: str) -> "Meaning":
        """Return the same with other words, of which none is being typed."""
        terms = parse(f"{text} ", literally=self.unknown)
        return replace(self, text=text, terms=replace(terms, excluded=self.terms.excluded))

    @property
    def filters(self) -> Filters:
        """Facet -> values of which a hit must have one."""
        return _merged(found for found in self.operators if not found.is_barred)

    @property
    def barred(self) -> Filters:
        """Facet -> values of which a hit may have none."""
        return _merged(found for found in self.operators if found.is_barred)


def meaning(typed: str, *, to: User | None) -> Meaning:
    """Return what a query means to a person; None stands for any member of staff."""
    terms = parse(typed)
    if not terms.operators:
        return Meaning(tidied(typed), terms)
    names = _Names(to)
    typed = _quoted(typed, terms.operators, names)
    found = {operator: names.values(operator) for operator in parse(typed).operators}
    unknown = tuple(operator.surface for operator, values in found.items() if not values)
    return Meaning(
        text=tidied(typed),
        terms=parse(typed, literally=unknown),
        operators=tuple(
            Understood(operator.surface, facet, frozenset(values), operator.is_barred)
            for operator, means in found.items()
            for facet, values in means.items()
        ),
        unknown=unknown,
    )


def _merged(operators: Iterable[Understood]) -> Filters:
    merged: dict[str, frozenset[str]] = {}
    for operator in operators:
        merged[operator.facet] = merged.get(operator.facet, frozenset()) | operator.values
    return merged


def _quoted(typed: str, operators: Sequence[Operator], names: "_Names") -> str:
    """Return a query in which values of several words are quoted: `trạng-thái:đã công bố`."""
    for operator in operators:
        before, _, behind = typed.partition(operator.surface)
        if behind and operator.name in _NAMED and not operator.surface.endswith('"'):
            for more in _openings(behind):
                value = f"{operator.values[-1]}{more}"
                if names.values(operator, value):
                    head = operator.surface[: operator.surface.index(":") + 1]
                    typed = f'{before}{head}"{value}"{behind[len(more) :]}'
                    break
    return typed


def _openings(behind: str) -> Iterator[str]:
    """Yield the first words behind an operator, the longest stretch of them first."""
    ends = [place for place, char in enumerate(f"{behind} ") if char == " " and place][:MOST_TRIED]
    yield from (more for end in reversed(ends) if '"' not in (more := behind[:end]))


class _Names:
    """The names of values, as far as a person may know them.

    Args:
        to: the person.
    """

    def __init__(self, to: User | None) -> None:
        self._to = to
        self._read: dict[tuple[str, str], Means] = {}

    def values(self, operator: Operator, value: str | None = None) -> Means:
        """Return what an operator stands for, facet -> values; nothing if a value is not understood."""
        means: Means = {}
        for typed in operator.values if value is None else (value,):
            found = self._of(operator.name, typed)
            if not found:
                return {}
            for facet, values in found.items():
                means.setdefault(facet, set()).update(values)
        return means

    def _of(self, name: str, typed: str) -> Means:
        if (name, typed) not in self._read:
            self._read[name, typed] = _READERS[name](typed, self._to)
        return self._read[name, typed]


def _status(typed: str, _to: User | None) -> Means:
    return _chosen("status", typed, {state.value: (state.label, state.value) for state in State})


def _kind(typed: str, _to: User | None) -> Means:
    """Return kinds of initiatives; or what else is found beside initiatives: letters, items."""
    types = {name: (label, name) for name, label in TYPES.items()}
    kinds = _chosen("kind", typed, {kind.value: (kind.label, kind.value) for kind in Kind})
    return kinds or _chosen("type", typed, types)


def _unit(typed: str, _to: User | None) -> Means:
    return _chosen("unit", typed, {str(unit.id): unit.names for unit in db.session.scalars(select(Unit))})


def _field(typed: str, _to: User | None) -> Means:
    fields = db.session.execute(select(ReformField.code, ReformField.name))
    return _chosen("field", typed, {str(code): (str(code), name) for code, name in fields})


def _year(typed: str, _to: User | None) -> Means:
    """Return a year, or those from one to another: 2021-2023."""
    first, _, last = typed.partition(" ")
    since, until = whole(first), whole(last or first)
    if since is None or until is None or not FIRST_YEAR <= since <= until <= LAST_YEAR:
        return {}
    return {"year": {str(year) for year in range(since, until + 1)[:MOST_VALUES]}}


def _item(typed: str, to: User | None) -> Means:
    """Return items by their number, their letter's number, or both: 4, 124/UBND-NV, 4/124/UBND-NV."""
    code, _, letter = fold_name(typed).partition(" ")
    asked = Item.code == code if not letter else Directive.code_key == code_key(typed)
    found = _items(to).where(asked).limit(MOST_VALUES)
    ids = db.session.scalars(found).all()
    if letter and not ids:
        both = (Item.code == code, Directive.code_key == code_key(letter))
        ids = db.session.scalars(_items(to).where(*both).limit(MOST_VALUES)).all()
    return {"item": {str(item_id) for item_id in ids}} if ids else {}


def _items(to: User | None) -> Select[int]:
    open_ones = select(Directive).where(Directive.deleted_at.is_(None), Directive.state != LetterState.DRAFT)
    visible = letters.visible_to(to) if to is not None else open_ones
    return (
        visible.join(Item, Item.directive_id == Directive.id)
        .with_only_columns(Item.id)
        .order_by(Item.id.desc())
    )


def _author(typed: str, _to: User | None) -> Means:
    """Return people by their names; those from outside have no account and are filed by name."""
    wanted = fold_name(typed)
    if not wanted:
        return {}
    named = (literal(" ") + User.name_folded + literal(" ")).contains(f" {wanted} ")
    people = select(User.id).where(named | (User.username == wanted)).order_by(User.id).limit(MOST_VALUES)
    outside = select(Author.name).where(Author.user_id.is_(None)).distinct().limit(MOST_NAMES)
    names = {name for name in db.session.scalars(outside) if f" {wanted} " in f" {fold_name(name)} "}
    return {"author": {*map(str, db.session.scalars(people)), *names}}


def _tag(typed: str, _to: User | None) -> Means:
    return {"tag": {fold(typed)}}


def _chosen(facet: str, typed: str, named: Mapping[str, Iterable[str]]) -> Means:
    """Return the values called what was typed; if there are none, those whose names hold it."""
    wanted = fold_name(typed)
    if not wanted:
        return {}
    folded = {value: [fold_name(name) for name in names] for value, names in named.items()}
    exact = {value for value, names in folded.items() if wanted in names}
    held = {value for value, names in folded.items() if any(f" {wanted} " in f" {name} " for name in names)}
    return {facet: exact or held} if exact or held else {}


_READERS: dict[str, Callable[[str, User | None], Means]] = {
    "status": _status,
    "unit": _unit,
    "year": _year,
    "item": _item,
    "author": _author,
    "kind": _kind,
    "field": _field,
    "tag": _tag,
}
_NAMED = {"status", "unit", "author", "kind", "field"}  # whose values are names of several words

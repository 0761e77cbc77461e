"""The addresses that change a search: another page, a filter more or less, everything dropped.

A page has some fifty of those; they are queries only, "?q=…", relative to the page they stand on.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask_babel import gettext as _

from cchc_portal.core.text import clean_line
from cchc_portal.search.analysis import Phrase
from cchc_portal.search.engines import Mark
from cchc_portal.search.forms import MOST_VALUES, SHOWN, Args, query_of
from cchc_portal.search.queries import FACETS, Facet, Option, Results

ALL = "all"  # names the filter that shows all its values
TRANSLATED = {"type", "kind", "status"}  # whose values the portal names

Known = dict[str, list[str]]


@dataclass(frozen=True)
class Addresses:
    """What a page of results leads to.

    Args:
        found: the results.
        args: of the running address.
    """

    found: Results
    args: Args

    @cached_property
    def known(self) -> Known:
        """What the address says and means: nothing unknown, no place within the results."""
        names = ("q", *SHOWN, ALL, *FACETS)
        said = {name: self.args.getlist(name)[:MOST_VALUES] for name in names if name in self.args}
        return {name: [value for value in values if value] for name, values in said.items()}

    def to(self, **changes: Sequence[str]) -> str:
        """Return the address with some parts changed, back on the first page."""
        return href(self.known | {name: list(values) for name, values in changes.items()})

    def after(self, mark: Mark) -> str:
        """Return the address of the page that follows a hit."""
        return self.to(after=[str(mark)])

    @property
    def words(self) -> str:
        """The words alone, as typed."""
        excluded = map(_pattern, self.found.meaning.terms.excluded)
        return without(self._q, (*self._surfaces(), *excluded))

    @property
    def query(self) -> str:
        """What is asked for as the query of an address, to be kept or handed on."""
        return query_of(self.args)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.chips)

    @cached_property
    def cleared(self) -> str:
        """The address with the words alone."""
        return self.to(**dict.fromkeys(FACETS, ()), q=[self.words])

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """The filters, every value with the address that adds or drops it."""
        return [
            {
                "label": _(facet.label),
                "options": self._options(facet),
                "hidden": facet.hidden,
                "whole": f"{self.to(**{ALL: [facet.name]})}#{facet.name}" if facet.hidden else "",
                "id": facet.name,
            }
            for facet in self.found.facets
            if facet.name != "type"
        ]

    @cached_property
    def types(self) -> list[tuple[str, str, bool, int | None]]:
        """The kinds of things as tabs: label, address, whether it is this one, how many."""
        facet = next((facet for facet in self.found.facets if facet.name == "type"), None)
        if facet is None:
            return []
        every = {"type": (), "q": [without(self._q, self._surfaces("type"))]}
        is_all = not any(option.is_chosen for option in facet.options)
        known = sum(option.count for option in facet.options)
        return [(_("Tất cả"), self.to(**every), is_all, known)] + [
            (_(option.label), self.to(**every | {"type": [option.value]}), option.is_chosen, option.count)
            for option in facet.options
        ]

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        """What is asked for beside words: its name, the address without it."""
        return [*self._chosen(), *self._typed(), *self._excluded()]

    def _chosen(self) -> Iterable[tuple[str, str]]:
        for name in FACETS:
            values = self.known.get(name, [])
            for value in values:
                kept = [other for other in values if other != value]
                yield self._name(name, value), self.to(**{name: kept})

    def _typed(self) -> Iterable[tuple[str, str]]:
        for surface in dict.fromkeys(operator.surface for operator in self.found.operators):
            means = [operator for operator in self.found.operators if operator.surface == surface]
            values = [(one.facet, value) for one in means for value in sorted(one.values)]
            plain = len(values) == 1 and not means[0].is_barred and values[0][0] in FACETS
            label = self._name(*values[0]) if plain else surface.replace('"', "")
            yield label, self.to(q=[without(self._q, [_literal(surface)])])

    def _excluded(self) -> Iterable[tuple[str, str]]:
        for phrase in self.found.meaning.terms.excluded:
            words = " ".join(word.surface for word in phrase)
            href = self.to(q=[without(self._q, [_pattern(phrase)])])
            yield _("Không chứa: %(words)s", words=words), href

    def _name(self, name: str, value: str) -> str:
        facet = next((facet for facet in self.found.facets if facet.name == name), None)
        options = facet.options if facet else ()
        labels = [label_of(name, option.label) for option in options if option.value == value]
        return f"{_(FACETS[name])}: {labels[0] if labels else value}"

    def _options(self, facet: Facet) -> list[dict[str, Any]]:
        """Return the values of a filter; what their addresses share is written once."""
        others = href({name: values for name, values in self.known.items() if name != facet.name})
        chosen = {value: f"&{facet.name}={quote_plus(value)}" for value in self.known.get(facet.name, ())}
        return [
            {
                "label": label_of(facet.name, option.label),
                "href": self._dropped(facet.name)
                if option.is_chosen and option.value not in chosen
                else (others + _toggled(option, facet.name, chosen)).replace("?&", "?", 1),
                "count": option.count,
                "is_current": option.is_chosen,
            }
            for option in facet.options
        ]

    def _dropped(self, name: str) -> str:
        """Return the address without what was typed of a filter."""
        return self.to(q=[without(self._q, self._surfaces(name))])

    def _surfaces(self, name: str = "") -> list[str]:
        return [_literal(one.surface) for one in self.found.operators if name in {"", one.facet}]

    @property
    def _q(self) -> str:
        return self.found.criteria.q


def href(query: Mapping[str, Sequence[str]]) -> str:
    """Return a query of the page that one is on; what is empty is left out."""
    return f"?{urlencode({name: values for name, values in query.items() if any(values)}, doseq=True)}"


def label_of(name: str, label: str) -> str:
    """Return what a value of a filter is called in the person's language."""
    if name == "item":
        return str(_("Mục %(item)s", item=label))
    return str(_(label)) if name in TRANSLATED else label


def without(q: str, patterns: Iterable[str]) -> str:
    """Return a query without some pieces of it."""
    text = clean_line(q)
    for pattern in patterns:
        text = re.sub(pattern, " ", text, count=1)
    return clean_line(text)


def _toggled(option: Option, name: str, chosen: Mapping[str, str]) -> str:
    kept = "".join(words for value, words in chosen.items() if value != option.value)
    return kept if option.is_chosen else f"{kept}&{name}={quote_plus(option.value)}"


def _literal(surface: str) -> str:
    """Return a pattern for an operator as it was typed: quotes may have been put in since."""
    return re.escape(surface).replace('"', '"?')


def _pattern(phrase: Phrase) -> str:
    return '-"?' + r"\W+".join(re.escape(word.surface) for word in phrase) + '"?'

"""Entries: what was last read of each thing, rewritten where the thing differs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from cchc_portal.core.db import db, unit_of_work
from cchc_portal.search import files, index
from cchc_portal.search.analysis import column_text, words
from cchc_portal.search.documents import SOURCES, File, Findable, Key
from cchc_portal.search.engines import Document
from cchc_portal.search.models import Entry

BATCH = 200
STEP = 50  # entries written in one transaction: a writer in SQLite makes everybody else wait

Values = Mapping[str, object]  # columns of an entry


def refresh(keys: Iterable[Key], *, parts: bool = True) -> None:
    """Read things and their parts again and rewrite the entries that differ, in small transactions.

    Args:
        keys: of the things.
        parts: False where nothing happened that could concern what is part of them.
    """
    index.current().dictionary.renew()
    _refresh(sorted(_with_parts(keys) if parts else set(keys)))


def refresh_all() -> None:
    """Read everything anew, and let go of entries whose thing is gone."""
    index.current().dictionary.renew()
    for kind in SOURCES:
        _refresh([(kind, thing_id) for thing_id in _ids(kind)])  # parts are of a kind themselves


def rewrite(keys: Sequence[Key]) -> None:
    """Read things again within the running transaction and rewrite the entries that differ."""
    _store(_read(keys))


def holding(phrases: Iterable[str]) -> set[Key]:
    """Return the keys of entries that hold one of some phrases, or are found by it."""
    held = [f" {' '.join(word.folded for word in words(phrase))} " for phrase in phrases]
    query = select(Entry.kind, Entry.thing_id)
    return {
        (kind, thing_id)
        for phrase in held
        for kind, thing_id in db.session.execute(query.where(Entry.folded.contains(phrase, autoescape=True)))
    }


def differences() -> Iterator[str]:
    """Yield the keys of things that differ from their entries."""
    index.current().dictionary.renew()
    for kind in SOURCES:
        for ids in _batches(_ids(kind), BATCH):
            values = _read([(kind, thing_id) for thing_id in ids])
            known = _of(values)
            yield from (f"{kind}:{key[1]}" for key in values if _differs(known.get(key), values[key]))


def detached(query: Select[Any]) -> Sequence[Any]:
    """Return rows that stay as they are, and let go of the database: what follows takes its time."""
    rows = db.session.scalars(query).all()
    for row in rows:
        db.session.expunge(row)
    db.session.rollback()
    return rows


def all_entries() -> Iterator[Entry]:
    """Yield every entry, without holding the database meanwhile."""
    last = 0
    while rows := detached(select(Entry).where(Entry.id > last).order_by(Entry.id).limit(BATCH)):
        last = rows[-1].id
        yield from rows


def document(entry: Entry) -> Document:
    """Return an entry as the engine files it."""
    return Document(
        key=entry.key,
        title=entry.title,
        body=(entry.text, entry.code, entry.keywords, entry.attached),
        audience=frozenset(entry.audience.split()),
        facets={facet: tuple(values) for facet, values in entry.facets.items()},
        stamp=entry.stamp,
        figures=entry.figures,
        revision=entry.revision,
    )


def _refresh(keys: Sequence[Key]) -> None:
    for step in _batches(keys, STEP):
        values = _read(step)
        db.session.rollback()  # reading is the slow part; it must not hold SQLite's write lock
        with unit_of_work():
            _store(values)


def _with_parts(keys: Iterable[Key]) -> set[Key]:
    touched = set(keys)
    for kind, thing_id in list(touched):
        touched |= {*SOURCES[kind].parts(thing_id), *_known_parts(kind, thing_id)}
    return touched


def _known_parts(kind: str, thing_id: int) -> set[Key]:
    """Return the parts a thing had when it was last read; a corrected letter may have lost some."""
    query = select(Entry.kind, Entry.thing_id).where(Entry.owner == f"{kind}:{thing_id}")
    return {(part, part_id) for part, part_id in db.session.execute(query)}


def _ids(kind: str) -> list[int]:
    known = db.session.scalars(select(Entry.thing_id).where(Entry.kind == kind)).all()
    return sorted({*SOURCES[kind].ids(), *known})


def _read(keys: Sequence[Key]) -> dict[Key, Values]:
    """Return what the entries of things have to say; what nobody may find is emptied."""
    values: dict[Key, Values] = dict.fromkeys(keys, _EMPTIED)
    for kind, ids in _by_kind(keys).items():
        found = SOURCES[kind].read(ids)
        texts = files.texts_of(file.sha256 for thing in found.values() for file in thing.files)
        values |= {(kind, thing_id): _columns(thing, texts) for thing_id, thing in found.items()}
    return values


def _store(values: Mapping[Key, Values]) -> None:
    known = _of(values)
    for (kind, thing_id), columns in values.items():
        entry = known.get((kind, thing_id))
        if _differs(entry, columns):
            if entry is None:
                entry = Entry(kind=kind, thing_id=thing_id, revision=0)
                db.session.add(entry)
            for name, value in columns.items():
                setattr(entry, name, value)
            entry.revision += 1
            entry.is_waiting = True


def _differs(entry: Entry | None, columns: Values) -> bool:
    if entry is None:
        return not columns["is_gone"]
    return any(getattr(entry, name) != value for name, value in columns.items())


def _of(keys: Iterable[Key]) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for kind, ids in _by_kind(keys).items():
        rows = db.session.scalars(select(Entry).where(Entry.kind == kind, Entry.thing_id.in_(ids)))
        found |= {(kind, entry.thing_id): entry for entry in rows}
    return found


def _by_kind(keys: Iterable[Key]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for kind, thing_id in keys:
        ids.setdefault(kind, []).append(thing_id)
    return ids


def _columns(found: Findable, texts: Mapping[str, str]) -> Values:
    dictionary, attached = index.current().dictionary, _attached(found.files, texts)
    return {
        "code": found.code[:60],
        "title": found.title[:500],
        "text": "\n".join(found.pieces),
        "keywords": "\n".join(found.keywords),
        "attached": attached,
        "files": [list(file) for file in found.files],
        "folded": column_text(
            (found.title, found.code, *found.pieces, *found.keywords, attached), dictionary
        ),
        "audience": f" {' '.join(sorted(found.audience))} ",
        "facets": dict(found.facets),
        "stamp": found.stamp,
        "figures": dict(found.figures),
        "owner": f"{found.owner[0]}:{found.owner[1]}" if found.owner else "",
        "is_gone": False,
    }


def _attached(found: Sequence[File], texts: Mapping[str, str]) -> str:
    return "\n".join(text for file in found for text in (file.name, texts.get(file.sha256, "")) if text)


_EMPTIED: Values = {
    "title": "",
    "text": "",
    "keywords": "",
    "attached": "",
    "files": [],
    "folded": "",
    "audience": " ",
    "is_gone": True,
}


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]

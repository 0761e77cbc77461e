"""One initiative out of its number: text, authors, figures, links, versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from cchc_portal.accounts.models import Unit
from cchc_portal.cli.demo.bulk.crowd import Person
from cchc_portal.cli.demo.bulk.prose import Writer
from cchc_portal.core.db import db
from cchc_portal.core.text import fold
from cchc_portal.directives.models import Item, ReformField
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.content.words import SOURCE, TEXTS
from cchc_portal.initiatives.models import (
    Answer,
    Author,
    Draft,
    EntryMode,
    Figure,
    InFieldOf,
    Initiative,
    Kind,
    State,
    Tag,
    Version,
)

FIRST_DAY = datetime(2021, 8, 2, 1, 0, tzinfo=UTC)
MINUTES, STRIDE = 900_000, 7_919  # 20 months; the stride scatters neighbours and meets every minute once
STATES = {  # with how often they occur
    State.PUBLISHED: 40,
    State.SUBMITTED: 20,
    State.RECOGNISED: 15,
    State.ACCEPTED: 8,
    State.UNDER_REVIEW: 6,
    State.NOT_RECOGNISED: 5,
    State.RETURNED: 4,
    State.WITHDRAWN: 2,
}
PRACTICES = (Kind.GOOD_PRACTICE, Kind.MODEL, Kind.EXPERIENCE)
RECOGNISABLE = {State.ACCEPTED, State.UNDER_REVIEW, State.RECOGNISED, State.NOT_RECOGNISED}
SHARES = {1: (100,), 2: (60, 40), 3: (50, 30, 20)}  # per cent, by number of authors
REASONS = {
    State.RETURNED: "Đề nghị bổ sung số liệu trước và sau khi áp dụng.",
    State.WITHDRAWN: "Tác giả bổ sung để gửi lại vào năm sau.",
}


@dataclass(frozen=True)
class Scene:
    """What initiatives point at."""

    people: Sequence[Person]
    units: Mapping[int, Unit]
    fields: Mapping[int, ReformField]
    items: Sequence[Item]

    @classmethod
    def around(cls, people: Sequence[Person]) -> "Scene":
        """Return what is in the database now."""
        units = {unit.id: unit for unit in db.session.scalars(select(Unit))}
        fields = {field.code: field for field in queries.reform_fields()}
        return cls(people, units, fields, queries.open_items())


@dataclass(frozen=True)
class Composed:
    """An initiative that is not in the database yet, with what belongs to it.

    Args:
        number: its number within the volume.
        submitted_at: when it was handed in first.
        initiative: the initiative as last submitted.
        draft: what its authors had typed.
        versions: what was submitted, oldest first.
        writer: writes about the same subject.
        chance: where further choices about it come from.
    """

    number: int
    submitted_at: datetime
    initiative: Initiative
    draft: Draft
    versions: Sequence[Version]
    writer: Writer
    chance: Random


def code_of(number: int, *, seed: int) -> str:
    """Return the code by which an initiative is known again when the command is run again."""
    return f"SK-B{seed}-{number:06}"


def compose(number: int, *, seed: int, scene: Scene) -> Composed:
    """Return an initiative by its number, the same for the same seed and the same people."""
    chance = Random(f"{seed}:{number}")  # noqa: S311  text to measure with, no secret
    writer = Writer(chance)
    authors = chance.sample(scene.people, min(len(scene.people) - 1, chance.choice((1, 1, 2, 3))))
    initiative = _initiative(chance, writer, authors[0], scene)
    initiative.code = code_of(number, seed=seed)
    day = FIRST_DAY + timedelta(minutes=number * STRIDE % MINUTES)
    _date(initiative, day, chance)
    _add_people(initiative, authors, scene)
    _add_parts(initiative, chance, writer, scene)
    draft = Draft(
        initiative=initiative,
        content=_typed(initiative),
        saved_at=day,
        saved_by_id=initiative.created_by_id,
    )
    return Composed(number, day, initiative, draft, _versions(initiative, chance), writer, chance)


def _initiative(chance: Random, writer: Writer, author: Person, scene: Scene) -> Initiative:
    state = chance.choices(list(STATES), list(STATES.values()))[0]
    return Initiative(
        kind=Kind.INITIATIVE if state in RECOGNISABLE else chance.choice(PRACTICES),
        entry_mode=EntryMode.PROPOSE,
        is_trial=chance.choice((True, False, False, False)),
        is_breakthrough=False,
        state=state,
        state_reason=REASONS.get(state, ""),
        title=writer.write("title")[:300],
        **{name: writer.write(name) for name in TEXTS},
        **dict.fromkeys(SOURCE, ""),
        unit=scene.units[author.unit_id],
        created_by_id=author.id,
    )


def _date(initiative: Initiative, day: datetime, chance: Random) -> None:
    initiative.submitted_at = initiative.created_at = day
    initiative.year = day.year
    initiative.state_changed_at = day + timedelta(days=chance.randint(0, 20))
    if initiative.state is State.PUBLISHED:
        initiative.published_at = initiative.state_changed_at


def _add_people(initiative: Initiative, authors: Sequence[Person], scene: Scene) -> None:
    initiative.authors = [
        Author(
            position=position,
            user_id=person.id,
            name=person.name,
            workplace=scene.units[person.unit_id].name,
            share=Decimal(share),
            confirmed_at=initiative.submitted_at,
        )
        for position, (person, share) in enumerate(
            zip(authors, SHARES[len(authors)], strict=True),
            start=1,
        )
    ]


def _add_parts(initiative: Initiative, chance: Random, writer: Writer, scene: Scene) -> None:
    codes = {writer.topic["field"], *chance.choices(list(scene.fields), k=chance.choice((0, 0, 1)))}
    initiative.fields = [InFieldOf(field_code=code, field=scene.fields[code]) for code in sorted(codes)]
    initiative.tags = [Tag(name=name, folded=fold(name)) for name in _tags(chance, writer)]
    initiative.figures = [_figure(chance, writer)]
    items = chance.sample(scene.items, min(len(scene.items), chance.choice((0, 1, 1, 2))))
    initiative.answers = [Answer(item=item, sentence=writer.write("answer")) for item in items]


def _figure(chance: Random, writer: Writer) -> Figure:
    before = chance.randint(10, 90)
    return Figure(
        position=1,
        name=writer.write("figure"),
        measure=writer.write("measure"),
        before=Decimal(before),
        after=Decimal(before // chance.randint(2, 9)),
    )


def _tags(chance: Random, writer: Writer) -> list[str]:
    names = [*chance.sample(writer.topic["tag"], 2), writer.write("extra_tag"), writer.write("extra_tag")]
    return list({fold(name): name for name in names}.values())


def _versions(initiative: Initiative, chance: Random) -> list[Version]:
    """Return its text as submitted; every sixth was returned once and completed."""
    contents = [queries.snapshot(initiative)]
    if chance.randrange(6) == 0:
        contents.insert(0, contents[0] | {"result": "", "novelty": "", "figures": []})
    return [
        Version(
            initiative=initiative,
            number=number,
            content=content,
            submitted_by_id=initiative.created_by_id,
            created_at=initiative.submitted_at,
        )
        for number, content in enumerate(contents, start=1)
    ]


def _typed(initiative: Initiative) -> dict[str, Any]:
    """Return what its authors had typed, in the shape of `initiatives.content`."""
    return {
        "kind": initiative.kind.value,
        "entry_mode": "propose",
        "title": initiative.title,
        **{name: getattr(initiative, name) for name in TEXTS},
        "fields": [str(row.field_code) for row in initiative.fields],
        "tags": ", ".join(tag.name for tag in initiative.tags),
        "unit_id": str(initiative.unit.id) if initiative.unit else "",
        "authors": [
            {
                "user_id": str(row.user_id),
                "name": row.name,
                "workplace": row.workplace,
                "share": str(row.share),
            }
            for row in initiative.authors
        ],
        "figures": [
            {"name": row.name, "measure": row.measure, "before": str(row.before), "after": str(row.after)}
            for row in initiative.figures
        ],
        "answers": [{"item_id": str(row.item.id), "sentence": row.sentence} for row in initiative.answers],
    }

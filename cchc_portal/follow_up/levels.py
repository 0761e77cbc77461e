"""How far a unit has come with an item: one level for a cell of the coverage board."""

from collections.abc import Collection

from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.initiatives.models import State as Stage
from cchc_portal.tasks.models import State


class Level(Labelled):
    """What an item has brought about in a unit; each covers the ones before it."""

    NOT_ASKED = "not_asked", N_("Không được giao")
    NOTHING = "nothing", N_("Chưa thực hiện")
    AT_WORK = "at_work", N_("Đang thực hiện nhiệm vụ")
    DONE = "done", N_("Hoàn thành nhiệm vụ")
    PROPOSED = "proposed", N_("Đã có sáng kiến đề xuất")
    RECOGNISED = "recognised", N_("Sáng kiến được công bố, công nhận")
    REPLICATED = "replicated", N_("Sáng kiến được nhân rộng")

    @property
    def word(self) -> str:
        """Its name as short as a cell needs it."""
        return WORDS[self]


WORDS = {
    Level.NOT_ASKED: "–",
    Level.NOTHING: N_("Chưa làm"),
    Level.AT_WORK: N_("Đang làm"),
    Level.DONE: N_("Đã xong"),
    Level.PROPOSED: N_("Đề xuất"),
    Level.RECOGNISED: N_("Công nhận"),
    Level.REPLICATED: N_("Nhân rộng"),
}
REPLICATED = frozenset({Stage.SELECTED, Stage.REPLICATING, Stage.EVALUATED})
RECOGNISED = frozenset({Stage.PUBLISHED, Stage.RECOGNISED})
NO_PROPOSAL = frozenset({Stage.DRAFT, Stage.WITHDRAWN})


def level(tasks: Collection[str], initiatives: Collection[str]) -> Level:
    """Return how far a unit has come with an item.

    All three ways of item 4 count alike: what was proposed, introduced or found. Something that was not
    recognised has been proposed all the same. A duty that returns is done once all its periods are.

    Args:
        tasks: states of what the item gives the unit to do, one for each period.
        initiatives: states of the unit's initiatives that answer the item.
    """
    stages = set(initiatives) - NO_PROPOSAL
    if stages & REPLICATED:
        return Level.REPLICATED
    if stages & RECOGNISED:
        return Level.RECOGNISED
    return Level.PROPOSED if stages else _level_of_work(set(tasks) - {State.CANCELLED})


def _level_of_work(states: set[str]) -> Level:
    if not states:
        return Level.NOT_ASKED
    if states == {State.NOT_STARTED}:
        return Level.NOTHING
    return Level.DONE if states == {State.DONE} else Level.AT_WORK

import re
from pathlib import Path

import pytest

from cchc_portal.notifications.kinds import KINDS, Kind, telling_of
from cchc_portal.wiring import WIRING, names_for

ICONS = Path(__file__).parents[2] / "static" / "icons.svg"


def test_names_are_unique_and_fit_their_column() -> None:
    names = [kind.name for kind in KINDS]

    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= 40


def test_every_event_of_a_kind_is_wired_to_the_notifier() -> None:
    told = {name for kind in KINDS for name in kind.events if name in WIRING}

    assert told | {"initiative.withdrawn"} == names_for("notifications")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_sentences_name_the_title_and_known_variables_alone(kind: Kind) -> None:
    variables = set(re.findall(r"%\((\w+)\)s", kind.text))

    assert {"title"} <= variables <= {"title", "actor"}
    assert kind.text % {"title": "A", "actor": "B"}
    assert f'id="{kind.icon}"' in ICONS.read_text("utf-8")


def test_telling_of_puts_a_mention_before_a_comment() -> None:
    names = [kind.name for kind in telling_of("comment.written")]

    assert names == ["mention", "answer", "comment_on_mine", "comment_on_followed"]

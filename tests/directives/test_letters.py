"""Letters of many kinds, read by hand before the reader saw them: what it finds, and how fast."""

import json
import time
from pathlib import Path

import pytest

from bench import letters
from cchc_portal.directives.reading import read_letter


def test_letters_of_many_kinds_meet_the_target() -> None:
    total = letters.score_all(letters.letters())

    assert {what: total.percent(what) >= bar for what, bar in letters.BARS.items()} == {
        "items": True,
        "assignees": True,
        "deadlines": True,
    }


def test_no_unit_or_deadline_is_invented() -> None:
    total = letters.score_all(letters.letters())

    assert (total.invented.get("items", 0), total.invented.get("deadlines", 0)) == (0, 0)
    assert total.invented.get("assignees", 0) <= 1


@pytest.mark.parametrize("path", letters.letters(), ids=lambda path: path.stem)
def test_head_of_every_letter_is_read_as_by_hand(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))

    found = letters.score(path.stem, read_letter(path.read_text("utf-8")), wanted)

    assert [mistake for mistake in found.mistakes if found.percent("head") < 100] == []


def test_corpus_holds_thirty_letters_at_least() -> None:
    assert len(letters.letters()) + len(list(letters.CORPUS.parent.glob("*.txt"))) >= 30


def test_forty_pages_take_less_than_two_seconds() -> None:
    started = time.process_time()

    letters.forty_pages()

    assert time.process_time() - started < 2 * letters.SECONDS


def test_score_counts_what_was_missed_and_invented() -> None:
    path = letters.CORPUS / "cong-van-hoa-toc.txt"
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    wanted["items"] = [["9", "Không có", "trong thư.", {"deadline": "trước 2023-10-25"}]]

    found = letters.score(path.stem, read_letter(path.read_text("utf-8")), wanted)

    assert (found.percent("items"), found.invented["items"]) == (0.0, 1)

"""Words of a fixed list."""

import json

import pytest

from cchc_portal.core.labels import Labelled


class Colour(Labelled):
    RED = "red", "Đỏ"
    BLUE = "blue", "Xanh"


def test_member_is_its_value_and_knows_its_label() -> None:
    assert [(colour, colour.value, colour.label) for colour in Colour] == [
        ("red", "red", "Đỏ"),
        ("blue", "blue", "Xanh"),
    ]


def test_member_is_found_by_its_value_alone() -> None:
    assert Colour("red") is Colour.RED
    with pytest.raises(ValueError, match="Đỏ"):
        Colour("Đỏ")


def test_member_is_written_as_its_value() -> None:
    assert (f"{Colour.RED}", json.dumps(Colour.BLUE)) == ("red", '"blue"')

"""Words of a fixed list that carry their Vietnamese name."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """An enum whose members say what people read: `DONE = "done", N_("Hoàn thành")`.

    The value is what the database keeps and addresses say.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of its value and its Vietnamese name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

"""How wide text in Times New Roman is, for lines whose length depends on the words above them."""

import unicodedata

# Thousandths of the font size, from blank to "~"; marks on letters add nothing.
_REGULAR = (
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 "
    "564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 "
    "722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 "
    "278 500 500 722 500 500 444 480 200 480 541"
)
_BOLD = (
    "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 "
    "570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 "
    "722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 "
    "333 556 500 722 500 500 444 394 220 394 520"
)
_UNKNOWN = 500
TWIPS_PER_POINT = 20


def _table(widths: str) -> dict[str, int]:
    return {chr(code): int(width) for code, width in enumerate(widths.split(), start=ord(" "))}


_TABLES = {False: _table(_REGULAR), True: _table(_BOLD)}


def text_width(text: str, *, points: float, bold: bool) -> int:
    """Return the width of a line in twips (twentieths of a point)."""
    table = _TABLES[bold]
    base = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = (char for char in base if not unicodedata.combining(char))
    return round(sum(table.get(char, _UNKNOWN) for char in letters) * points * TWIPS_PER_POINT / 1000)

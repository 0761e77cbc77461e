"""Looking at a file before anything of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cchc_portal.imports.columns import guess, said
from cchc_portal.imports.fates import Verdict, judge
from cchc_portal.imports.sources import Sheet


@dataclass(frozen=True)
class Judged:
    """A file with what would become of each of its rows.

    Args:
        sheet: what the file holds.
        columns: head -> column, "" if it is passed over.
        verdicts: one for each row.
    """

    sheet: Sheet
    columns: Mapping[str, str]
    verdicts: Sequence[Verdict]


def look(sheet: Sheet, chosen: Mapping[str, str]) -> Judged:
    """Say what importing a file would do.

    Args:
        sheet: what the file holds.
        chosen: folded head -> column, beside the heads that are known.
    """
    columns = guess(sheet.heads, chosen)
    return Judged(sheet, columns, judge([(number, said(values, columns)) for number, values in sheet.rows]))

"""What a search finds, whole, as a list in the office's words, which are Vietnamese whoever downloads it."""

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.reports.listing import Listing, Row
from cchc_portal.search.queries import Criteria, Line, lines

MOST_ROWS = 5_000
MOST_PRINTED = 1_000  # a document of more takes long to lay out, and nobody prints it
TOO_LONG = N_("Có hơn 5.000 kết quả; hãy lọc bớt rồi tải lại.")
TOO_LONG_TO_PRINT = N_("Có hơn 1.000 kết quả, nhiều quá cho một văn bản; hãy lọc bớt hoặc tải bảng tính.")


def listing_of(criteria: Criteria, *, to: User, to_print: bool = False) -> Listing:
    """Return all a person finds, in the order of the page.

    Raises:
        Invalid: it is more than the file can hold.
    """
    limit, refusal = (MOST_PRINTED, TOO_LONG_TO_PRINT) if to_print else (MOST_ROWS, TOO_LONG)
    found = lines(criteria, to=to, limit=limit)
    if found is None:
        raise Invalid({"": refusal})
    asked = f"Tìm “{criteria.q.strip()}”" if criteria.q.strip() else ""
    return Listing(asked=asked, rows=[_row(line) for line in found], on=today())


def _row(line: Line) -> Row:
    day = line.day_words or (f"{line.day:%d/%m/%Y}" if line.day else "")
    votes = "" if line.votes is None else str(line.votes)
    return (line.code, line.title, line.form or line.type, line.status, line.unit, day, votes)

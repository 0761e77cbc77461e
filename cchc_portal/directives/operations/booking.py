"""The book of incoming letters: numbers as they come, one for each letter of a year."""

from sqlalchemy import case, select, update

from cchc_portal.core.clock import today
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.directives.entry import Entry
from cchc_portal.directives.models import ArrivalCounter, Direction, Directive

TAKEN = N_("Số đến này đã vào sổ cho một công văn khác trong năm.")
EARLY = N_("Ngày đến không thể trước ngày ban hành của công văn.")


def enter(directive: Directive, entry: Entry) -> None:
    """Keep what the book holds of a letter.

    Raises:
        Invalid: the arrival number is taken, or the letter arrived before it was written.
    """
    for name, value in entry.columns.items():
        setattr(directive, name, value)
    directive.keep_keys()
    if directive.arrival_number and not directive.arrival_on:
        directive.arrival_on = today()
    if (
        directive.arrival_on
        and directive.is_dated
        and directive.arrival_on < (directive.issued_on or today())
    ):
        raise Invalid({"arrival_on": EARLY})
    if directive.arrival_number and directive.arrival_on:
        _take(directive, directive.arrival_number, directive.arrival_on.year)


def give_number(directive: Directive) -> None:
    """Give an incoming letter that has none the next number of its year; of two at once each gets its own."""
    if directive.direction is Direction.OUTGOING or directive.arrival_number:
        return
    directive.arrival_on = directive.arrival_on or today()
    year = directive.arrival_on.year
    insert_once(ArrivalCounter, {"year": year, "last": 0})
    count_up = update(ArrivalCounter).where(ArrivalCounter.year == year).values(last=ArrivalCounter.last + 1)
    directive.arrival_number = db.session.scalar(count_up.returning(ArrivalCounter.last))


def _take(directive: Directive, number: int, year: int) -> None:
    """Note a number that the Office has typed; later ones go on behind it.

    The row of the year is locked first: of two letters that want the same number one is told.
    """
    higher = case((ArrivalCounter.last < number, number), else_=ArrivalCounter.last)
    taken = select(Directive.id).where(
        Directive.arrival_year == year, Directive.arrival_number == number, Directive.id != directive.id
    )
    with db.session.no_autoflush:  # the letter itself is written once the number is known to be free
        insert_once(ArrivalCounter, {"year": year, "last": 0})
        db.session.execute(update(ArrivalCounter).where(ArrivalCounter.year == year).values(last=higher))
        if db.session.scalar(taken.limit(1)) is not None:
            raise Invalid({"arrival_number": TAKEN})

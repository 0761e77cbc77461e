"""What the database itself refuses, and the questions a decision answers."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from cchc_portal.core.db import db
from cchc_portal.replication.models import Outcome, Selection, SelectionTarget
from tests.factories.accounts import make_unit
from tests.factories.replication import in_days, make_candidate, make_leader, make_selection


def _decision(outcome: Outcome, **columns: object) -> Selection:
    leader = make_leader()
    decision = Selection(
        **{
            "initiative": make_candidate(),
            "outcome": outcome,
            "decided_by": leader,
            "decided_as": leader.job_title,
            **columns,
        }
    )
    db.session.add(decision)
    return decision


def test_a_second_selection_of_one_initiative_is_refused(app: Flask) -> None:
    first = make_selection()
    _decision(Outcome.SELECTED, initiative=first.initiative)

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_initiative_may_be_declined_twice(app: Flask) -> None:
    first = _decision(Outcome.DECLINED, note="Chưa đủ số liệu.")
    second = _decision(Outcome.DECLINED, note="Vẫn chưa đủ.", initiative=first.initiative)

    db.session.flush()

    assert second.id > first.id


def test_declining_without_a_reason_is_refused(app: Flask) -> None:
    _decision(Outcome.DECLINED)

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_declining_with_a_deadline_is_refused(app: Flask) -> None:
    _decision(Outcome.DECLINED, note="Chưa.", deadline=in_days(3))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_unit_is_named_once(app: Flask) -> None:
    selection = make_selection()
    selection.targets.append(SelectionTarget(unit=selection.targets[0].unit))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_days_left_counts_to_the_deadline(app: Flask) -> None:
    assert make_selection().days_left == 10


def test_days_left_without_a_deadline_is_none(app: Flask) -> None:
    assert _decision(Outcome.DECLINED, note="Chưa.").days_left is None


def test_names_says_which_units_take_over(app: Flask) -> None:
    unit, other = make_unit(), make_unit()
    selection = make_selection(targets=(unit,))

    assert (selection.names(unit.id), selection.names(other.id), selection.names(None)) == (
        True,
        False,
        False,
    )

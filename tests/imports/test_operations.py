"""Batches: kept, imported piece by piece, undone."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from cchc_portal.accounts.models import Role
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.imports import looking, operations, queries
from cchc_portal.imports.fates import Fate
from cchc_portal.imports.models import Batch, State
from cchc_portal.imports.sources import Sheet
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Initiative, Version
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment
from tests.factories.imports import ROW, import_whole, look, make_batch, undo_whole
from tests.factories.votes import make_vote

pytestmark = pytest.mark.usefixtures("app")

THREE = [{**ROW, "code": f"A-{number}", "title": f"Tên {number}"} for number in (1, 2, 3)]


def _codes() -> list[str | None]:
    return list(db.session.scalars(select(Initiative.code).order_by(Initiative.id)))


def test_kept_batch_says_what_would_happen_and_imports_nothing() -> None:
    batch = make_batch(ROW, ROW, {"title": ""})

    assert (batch.state, batch.counts) == (State.KEPT, {"new": 1, "double": 1, "error": 1})
    assert [(row.number, row.fate) for row in queries.rows(batch, fate=None, after=0, limit=9)] == [
        (2, Fate.NEW),
        (3, Fate.DOUBLE),
        (4, Fate.ERROR),
    ]
    assert _codes() == []


def test_imported_batch_is_there_whole() -> None:
    batch = import_whole(make_batch(*THREE))

    assert (batch.state, batch.imported_count) == (State.DONE, 3)
    assert _codes() == ["A-1", "A-2", "A-3"]


def test_importer_is_not_its_author() -> None:
    officer = make_user(Role.OFFICE)
    batch = make_batch({**ROW, "authors": "Tác giả xưa"})
    operations.begin(batch, by=officer)

    operations.import_some(batch, by=officer)

    initiative = db.session.scalars(select(Initiative)).one()
    assert (initiative.created_by, [author.name for author in initiative.authors]) == (None, ["Tác giả xưa"])
    assert not initiative.is_author(officer)
    assert db.session.scalars(select(Version)).one().submitted_by is None


def test_row_without_code_gets_the_next_one_of_its_year() -> None:
    import_whole(make_batch({**ROW, "year": "2019"}, {**ROW, "title": "Khác", "year": "2019"}))

    assert _codes() == ["SK-2019-001", "SK-2019-002"]


def test_same_file_again_makes_no_doubles() -> None:
    import_whole(make_batch(*THREE))

    again = import_whole(make_batch(*THREE))

    assert (again.counts, again.imported_count) == ({"known": 3}, 0)
    assert len(_codes()) == 3


def test_what_came_meanwhile_is_passed_over() -> None:
    first, second = make_batch(*THREE), make_batch(*THREE)
    import_whole(first)

    import_whole(second)

    assert (second.total, second.imported_count, len(_codes())) == (3, 0, 3)


def test_interrupted_batch_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "CHUNK", 2)
    batch = make_batch(*THREE)
    operations.begin(batch, by=None)
    operations.import_some(batch, by=None)
    db.session.commit()
    operations.import_some(batch, by=None)
    db.session.rollback()

    done = [operations.import_some(batch, by=None) for _ in range(2)]

    assert done == [1, 0]
    assert (_codes(), batch.imported_count, batch.state) == (["A-1", "A-2", "A-3"], 3, State.DONE)


def test_undone_batch_is_gone() -> None:
    batch = import_whole(make_batch(*THREE))

    undo_whole(batch)

    assert (batch.imported_count, batch.state, _codes()) == (0, State.UNDONE, [])
    assert queries.counts(batch) == {Fate.UNDONE: 3}


def test_undone_batch_can_be_imported_again() -> None:
    undo_whole(import_whole(make_batch(*THREE)))

    import_whole(make_batch(*THREE))

    assert _codes() == ["A-1", "A-2", "A-3"]


def test_what_somebody_has_dealt_with_stays() -> None:
    batch = import_whole(make_batch(*THREE))
    voted, commented, _untouched = db.session.scalars(select(Initiative).order_by(Initiative.id)).all()
    make_vote(voted, by=make_user())
    make_comment(commented, by=make_user())

    undo_whole(batch)

    assert (batch.state, batch.imported_count) == (State.UNDONE, 2)
    assert queries.counts(batch) == {Fate.KNOWN: 2, Fate.UNDONE: 1}
    assert _codes() == [voted.code, commented.code]


def test_batch_is_confirmed_once() -> None:
    batch = make_batch()
    operations.begin(batch, by=None)

    with pytest.raises(InvalidState):
        operations.begin(batch, by=None)


@pytest.mark.parametrize("state", [State.KEPT, State.RUNNING, State.UNDOING, State.UNDONE])
def test_batch_that_is_not_imported_cannot_be_undone(state: State) -> None:
    batch = make_batch()
    batch.state = state

    with pytest.raises(InvalidState):
        operations.undo(batch, by=None)


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_only_the_office_brings_in(role: Role) -> None:
    person, batch = make_user(role), make_batch()

    for act in (
        lambda: operations.keep(look((2, ROW)), by=person, file_name="cu.csv"),
        lambda: operations.choose_columns(batch, by=person, columns={"title": "title"}),
        lambda: operations.begin(batch, by=person),
        lambda: operations.import_some(batch, by=person),
        lambda: operations.undo(batch, by=person),
        lambda: operations.undo_some(batch, by=person),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("name", ["a" * 300 + ".csv", "cu\x00.csv", "../../cu.csv"])
def test_odd_file_name_is_kept_clean(app: Flask, name: str) -> None:
    batch = operations.keep(look((2, ROW)), by=None, file_name=name)

    kept = db.session.get_one(Batch, batch.id).file_name
    assert (len(kept) <= 255, kept.endswith(".csv"), "/" in kept, "\x00" in kept) == (
        True,
        True,
        False,
        False,
    )


def test_outage_in_the_middle_is_no_fault_of_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_pasts: Sequence[initiatives.Past], **_who: object) -> Sequence[Initiative]:
        raise OperationalError("", {}, ValueError())

    batch = operations.begin(make_batch(*THREE), by=None)
    db.session.commit()
    with monkeypatch.context() as outage:
        outage.setattr(initiatives, "import_past", fail)
        with pytest.raises(OperationalError):
            operations.import_some(batch, by=None)
        db.session.rollback()

    operations.import_some(batch, by=None)

    assert queries.counts(batch) == {Fate.NEW: 3}
    assert _codes() == ["A-1", "A-2", "A-3"]


def test_code_further_down_in_the_file_is_not_given_away() -> None:
    batch = import_whole(
        make_batch({**ROW, "year": "2021"}, {**ROW, "title": "Khác", "year": "2021", "code": "SK-2021-001"})
    )

    assert (batch.state, batch.imported_count, sorted(map(str, _codes()))) == (
        State.DONE,
        2,
        ["SK-2021-001", "SK-2021-002"],
    )


def test_row_the_database_refuses_does_not_keep_the_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pasts: Sequence[initiatives.Past], **who: object) -> Sequence[Initiative]:
        if "A-2" in [past.code for past in pasts]:
            raise IntegrityError("", {}, ValueError())
        return import_past(pasts, **who)  # type: ignore[arg-type]

    import_past = initiatives.import_past
    monkeypatch.setattr(initiatives, "import_past", refuse)

    batch = import_whole(make_batch(*THREE))

    assert (batch.state, _codes()) == (State.DONE, ["A-1", "A-3"])
    assert queries.counts(batch) == {Fate.NEW: 2, Fate.ERROR: 1}


STRANGE = {"Đề tài": "Tra cứu bằng mã QR", "Nội dung": "Dán mã.", "Ghi chú": "Làm thử."}


def test_chosen_columns_are_judged_anew_and_remembered() -> None:
    officer, batch = make_user(Role.OFFICE), make_batch(STRANGE)
    assert (batch.columns, batch.counts) == (
        {"Đề tài": "", "Nội dung": "solution", "Ghi chú": ""},
        {"error": 1},
    )

    operations.choose_columns(
        batch, by=officer, columns={"Đề tài": "title", "Nội dung": "solution", "Ghi chú": "solution"}
    )
    db.session.commit()

    assert batch.counts == {"new": 1}
    assert (
        looking.look(Sheet([(2, STRANGE)], list(STRANGE)), queries.chosen(officer)).columns == batch.columns
    )
    assert queries.chosen(make_user(Role.OFFICE)) == {}
    import_whole(batch)
    assert [(one.title, one.solution) for one in db.session.scalars(select(Initiative))] == [
        ("Tra cứu bằng mã QR", "Dán mã.\n\nLàm thử.")
    ]


def test_columns_without_a_title_are_refused() -> None:
    batch = make_batch(STRANGE)

    with pytest.raises(Invalid) as refused:
        operations.choose_columns(batch, by=make_user(Role.OFFICE), columns={"Nội dung": "solution"})

    assert refused.value.errors == {"": operations.NO_TITLE_COLUMN}


def test_columns_are_chosen_before_a_batch_is_confirmed() -> None:
    with pytest.raises(InvalidState):
        operations.choose_columns(
            import_whole(make_batch()), by=make_user(Role.OFFICE), columns={"title": "title"}
        )


def test_row_names_what_it_equals() -> None:
    import_whole(make_batch(*THREE))

    batch = make_batch(THREE[0], ROW, ROW)

    first, second, third = queries.all_rows(batch)
    assert [first.same_as and first.same_as.code, second.same_as, third.same_row] == ["A-1", None, 3]

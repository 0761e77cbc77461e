"""What becomes of rows."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from cchc_portal.core.clock import now
from cchc_portal.imports import fates, present, rows
from cchc_portal.imports.fates import Fate, Verdict, judge
from cchc_portal.initiatives.models import EntryMode, Kind, State
from tests.factories.accounts import make_unit
from tests.factories.imports import ROW
from tests.factories.initiatives import make_initiative

pytestmark = pytest.mark.usefixtures("app")


def _judge(**values: str) -> Verdict:
    [verdict] = judge([(2, {**ROW, **values})])
    return verdict


def test_row_with_a_title_and_one_text_is_new() -> None:
    verdict = _judge()

    assert (verdict.fate, verdict.kind, verdict.state, verdict.code) == (
        Fate.NEW,
        Kind.GOOD_PRACTICE,
        State.PUBLISHED,
        "",
    )
    assert verdict.content["title"] == ROW["title"]
    assert verdict.content["solution"] == ROW["solution"]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": " "}, rows.NO_TITLE),
        ({"title": "a" * 301}, rows.LONG_TITLE),
        ({"solution": " \n"}, rows.NO_TEXT),
        ({"problem": "a" * 20_001}, rows.LONG_TEXT),
        ({"code": "a" * 31}, rows.LONG_CODE),
        ({"kind": "bài thơ"}, rows.UNKNOWN_KIND),
        ({"status": "tuyệt vời"}, rows.UNKNOWN_STATUS),
        ({"status": "draft"}, rows.UNKNOWN_STATUS),
        ({"status": "không công nhận"}, rows.UNFIT_STATUS),
        ({"year": "xưa"}, rows.BAD_YEAR),
        ({"year": "1890"}, rows.BAD_YEAR),
        ({"year": "2999"}, rows.BAD_YEAR),
    ],
)
def test_row_that_cannot_be_kept_says_why(values: dict[str, str], why: str) -> None:
    verdict = _judge(**values)

    assert (verdict.fate, list(verdict.problems)) == (Fate.ERROR, [why])


@pytest.mark.parametrize(
    ("typed", "kind", "state"),
    [
        ("", Kind.GOOD_PRACTICE, State.PUBLISHED),
        ("mô hình", Kind.MODEL, State.PUBLISHED),
        ("MO HINH", Kind.MODEL, State.PUBLISHED),
        ("experience", Kind.EXPERIENCE, State.PUBLISHED),
        ("Sáng kiến", Kind.INITIATIVE, State.RECOGNISED),
    ],
)
def test_kind_says_where_a_row_without_status_stands(typed: str, kind: Kind, state: State) -> None:
    verdict = _judge(kind=typed)

    assert (verdict.kind, verdict.state) == (kind, state)


@pytest.mark.parametrize(
    ("kind", "typed", "state"),
    [
        ("sáng kiến", "published", State.RECOGNISED),
        ("sáng kiến", "Đã công nhận", State.RECOGNISED),
        ("sáng kiến", "không đạt", State.NOT_RECOGNISED),
        ("sáng kiến", "Đang xét duyệt", State.UNDER_REVIEW),
        ("sáng kiến", "withdrawn", State.WITHDRAWN),
        ("mô hình", "recognised", State.PUBLISHED),
        ("mô hình", "under_review", State.SUBMITTED),
        ("mô hình", "Được chọn nhân rộng", State.SELECTED),
        ("mô hình", "submitted", State.SUBMITTED),
    ],
)
def test_status_fits_the_kind(kind: str, typed: str, state: State) -> None:
    assert _judge(kind=kind, status=typed).state is state


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ({"submitted_on": "05/03/2019"}, datetime(2019, 3, 5, 5, tzinfo=UTC)),
        ({"submitted_on": "2019-03-05"}, datetime(2019, 3, 5, 5, tzinfo=UTC)),
        ({"submitted_on": "05/03/2019 10:30"}, datetime(2019, 3, 5, 5, tzinfo=UTC)),
        ({"year": "2018"}, datetime(2018, 12, 31, 5, tzinfo=UTC)),
        ({"year": "2018,0"}, datetime(2018, 12, 31, 5, tzinfo=UTC)),
        ({"year": "2018", "submitted_on": "05/03/2019"}, datetime(2019, 3, 5, 5, tzinfo=UTC)),
    ],
)
def test_original_date_is_kept(values: dict[str, str], day: datetime) -> None:
    assert _judge(**values).submitted_at == day


def test_year_that_still_runs_is_not_in_the_future() -> None:
    before = now()

    verdict = _judge(year=str(before.year))

    assert verdict.submitted_at.year == before.year
    assert verdict.submitted_at <= now()


def test_authors_keep_their_names_and_get_no_account() -> None:
    verdict = _judge(authors="Tác giả một; Tác giả hai", unit="Phòng cũ")

    assert verdict.content["authors"] == [
        {"user_id": "", "name": "Tác giả một", "workplace": "Phòng cũ", "share": ""},
        {"user_id": "", "name": "Tác giả hai", "workplace": "Phòng cũ", "share": ""},
    ]


def test_unit_is_found_by_any_of_its_names() -> None:
    unit = make_unit(name="Văn phòng - Thống kê", short_name="VP-TK")

    assert [_judge(unit=name).content["unit_id"] for name in ("van phong – thong ke", "vp tk")] == [
        str(unit.id)
    ] * 2


def test_unit_that_is_gone_is_worth_a_word_and_no_error() -> None:
    verdict = _judge(unit="Phòng cũ")

    assert (verdict.fate, list(verdict.problems), verdict.content["unit_id"]) == (
        Fate.NEW,
        [fates.UNKNOWN_UNIT],
        "",
    )


def test_entry_mode_is_read() -> None:
    assert _judge(entry_mode="giới thiệu").content["entry_mode"] == EntryMode.INTRODUCE.value


def test_code_that_is_there_is_known_whatever_the_title() -> None:
    there = make_initiative(state=State.PUBLISHED)

    verdict = _judge(code=str(there.code), title="Tên khác")

    assert (verdict.fate, verdict.same_as) == (Fate.KNOWN, there.id)


@pytest.mark.parametrize("title", ["{}", "  {}  "])
def test_title_that_is_there_in_the_same_year_is_known(title: str) -> None:
    there = make_initiative(state=State.PUBLISHED)

    same = _judge(title=title.format(there.title.upper()), year=str(there.year))
    other_year = _judge(title=there.title, year="2001")

    assert (same.fate, other_year.fate) == (Fate.KNOWN, Fate.NEW)


def test_row_that_comes_twice_is_imported_once() -> None:
    lines = [
        (2, ROW),
        (3, ROW),
        (4, {**ROW, "code": "A"}),
        (5, {**ROW, "code": "A"}),
        (6, {**ROW, "year": "2001"}),
    ]

    assert [(verdict.fate, verdict.same_row) for verdict in judge(lines)] == [
        (Fate.NEW, None),
        (Fate.DOUBLE, 2),
        (Fate.NEW, None),
        (Fate.DOUBLE, 4),
        (Fate.NEW, None),
    ]


def test_row_in_error_does_not_hide_a_good_one() -> None:
    lines = [(2, {**ROW, "kind": "bài thơ"}), (3, ROW)]

    assert [verdict.fate for verdict in judge(lines)] == [Fate.ERROR, Fate.NEW]


def test_judging_asks_as_much_for_many_rows_as_for_one(app: Flask, count_queries) -> None:  # noqa: ANN001
    one = count_queries(lambda: judge([(2, ROW)]))
    many = count_queries(
        lambda: judge([(number, {**ROW, "title": f"Tên {number}"}) for number in range(2, 40)])
    )

    assert (one, many) == (3, 3)


@pytest.mark.parametrize(
    ("title", "year", "why"),
    [
        ("TRA CUU HO SO bằng mã QR tại bộ phận Một cửa", "2001", present.SAME_TITLE_ONLY),
        ("Tra cứu hồ sơ bằng mã QR tại bộ phận Một cửa phường", "2001", present.ALIKE),
        ("Tra cứu hồ sơ bằng tin nhắn tại nhà văn hóa", "2001", None),
        ("Mã QR", "2001", None),
    ],
)
def test_new_row_much_like_what_is_there_names_it(title: str, year: str, why: str | None) -> None:
    there = make_initiative(state=State.PUBLISHED, title="Tra cứu hồ sơ bằng mã QR tại bộ phận Một cửa")
    make_initiative(state=State.PUBLISHED, title="Thu phí không dùng tiền mặt bằng mã QR tại nhà")

    verdict = _judge(title=title, year=year)

    assert (verdict.fate, list(verdict.problems), verdict.same_as) == (
        Fate.NEW,
        [why] if why else [],
        there.id if why else None,
    )


def test_deleted_and_drafts_are_not_there() -> None:
    title = "Tra cứu hồ sơ bằng mã QR tại bộ phận Một cửa"
    make_initiative(state=State.DRAFT, title=title)
    make_initiative(state=State.PUBLISHED, title=title, deleted_at=now())

    assert _judge(title=title).same_as is None

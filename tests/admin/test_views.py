"""What administrators do in a browser."""

import base64
import io
import re
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal import audit
from cchc_portal.accounts import passwords, queries
from cchc_portal.accounts.models import AccountSheet, Role, RoleGrant, Unit, User
from cchc_portal.admin.words import EVENTS
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.wiring import WIRING
from tests.factories.accounts import make_unit, make_user
from tests.factories.storage import xlsx_bytes

Browse = Callable[[User], FlaskClient]


@pytest.fixture
def admin(app: Flask) -> User:
    return make_user(Role.ADMIN, username="quantri", full_name="Quản trị")


@pytest.fixture
def browser(admin: User, client_of: Browse) -> FlaskClient:
    return client_of(admin)


def text(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined]


def shown_password(answer: object) -> str:
    found = re.search(r"<code>([a-z0-9-]+)</code>", text(answer))
    assert found is not None
    return found[1]


def test_account_is_opened_and_its_password_shown_once(browser: FlaskClient) -> None:
    unit = make_unit()
    data = {
        "full_name": "Trần Thị Bình",
        "username": "binh.tran",
        "unit": unit.id,
        "roles": ["staff", "dept_head"],
    }

    answer = browser.post("/admin/accounts/new", data=data)

    user = queries.by_username("binh.tran")
    assert answer.status_code == 200
    assert user is not None
    assert passwords.matches(shown_password(answer), user.password_hash)
    assert user.heads(unit.id)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"full_name": ""}, "Họ và tên"),
        ({"username": "quantri"}, "đã có người dùng"),
        ({"roles": []}, "ít nhất một vai trò"),
        ({"unit": ""}, "cần một bộ phận"),
        ({"roles": ["emperor"]}, "Vai trò"),
    ],
)
def test_account_that_cannot_be_opened_keeps_what_was_typed(
    browser: FlaskClient, change: dict[str, object], message: str
) -> None:
    data = {"full_name": "Trần Thị Bình", "username": "binh", "unit": make_unit().id, "roles": ["staff"]}

    answer = browser.post("/admin/accounts/new", data=data | change)

    assert answer.status_code == 422
    assert message in text(answer)
    assert 'value="Trần Thị Bình"' in text(answer) or change.get("full_name") == ""
    assert db.session.query(User).count() == 1


def test_list_is_found_page_by_page_and_by_name(browser: FlaskClient, admin: User) -> None:
    for number in range(21):
        make_user(full_name=f"Đỗ Thị Bình {number:02}", username=f"binh-{number:02}", unit=admin.unit)

    first = text(browser.get("/admin/accounts"))
    next_page = re.search(r'href="(/admin/accounts\?page=[^"]+)" rel="next"', first)
    assert next_page is not None
    second = text(browser.get(next_page[1]))

    assert [first.count("Đỗ Thị Bình"), second.count("Đỗ Thị Bình")] == [20, 1]
    assert text(browser.get("/admin/accounts?q=binh+07")).count("Đỗ Thị Bình") == 1


def test_list_answers_htmx_with_the_list_alone(browser: FlaskClient) -> None:
    answer = browser.get("/admin/accounts?q=quan+tri", headers={"HX-Request": "true"})

    assert text(answer).lstrip().startswith('<div id="accounts"')
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("query", ["page=made-up", "page=W10", "page=WyJhIl0", "page=" + "W1tb" * 900])
def test_made_up_pages_do_not_exist(browser: FlaskClient, query: str) -> None:
    assert browser.get(f"/admin/accounts?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["role=emperor", "unit=x", "unit=99999999999999999999", "state=?", "q=" + "x" * 500, "q=%25_'"],
)
def test_odd_filters_are_harmless(browser: FlaskClient, query: str) -> None:
    assert browser.get(f"/admin/accounts?{query}").status_code == 200


def test_account_is_corrected(browser: FlaskClient) -> None:
    user = make_user(full_name="Trần Bình")
    data = {"full_name": "Trần Thị Bình", "job_title": "Công chức", "email": "b@a.vn", "unit": user.unit_id}

    answer = browser.post(f"/admin/accounts/{user.id}", data=data)

    assert answer.status_code == 303
    assert (user.full_name, user.job_title, user.email) == ("Trần Thị Bình", "Công chức", "b@a.vn")


def test_person_of_a_closed_unit_stays_there_when_corrected(browser: FlaskClient) -> None:
    unit = make_unit(valid_to=today() - timedelta(days=1))
    user = make_user(unit=unit)
    page = text(browser.get(f"/admin/accounts/{user.id}"))
    assert f'<option selected value="{unit.id}">' in page

    browser.post(f"/admin/accounts/{user.id}", data={"full_name": "Trần Thị Bình", "unit": unit.id})

    assert (user.full_name, user.unit) == ("Trần Thị Bình", unit)


def test_fields_the_form_does_not_have_change_nothing(browser: FlaskClient) -> None:
    user = make_user()
    data = {
        "full_name": "Trần Thị Bình",
        "unit": user.unit_id,
        "id": "1",
        "username": "other",
        "password_hash": "x",
        "roles": ["admin"],
        "must_change_password": "1",
    }

    before = (user.id, user.username, user.password_hash, user.roles, user.must_change_password)
    browser.post(f"/admin/accounts/{user.id}", data=data)

    assert (user.id, user.username, user.password_hash, user.roles, user.must_change_password) == before


def test_password_is_reset_and_shown_once(browser: FlaskClient, client_of: Browse) -> None:
    user = make_user()
    other = client_of(user)

    answer = browser.post(f"/admin/accounts/{user.id}/password")

    assert passwords.matches(shown_password(answer), user.password_hash)
    assert user.must_change_password
    assert other.get("/me").status_code == 303


def test_account_is_locked_and_opened_again(browser: FlaskClient, client_of: Browse) -> None:
    user = make_user()
    other = client_of(user)

    browser.post(f"/admin/accounts/{user.id}/lock")
    assert (user.is_active, other.get("/me").status_code) == (False, 303)

    browser.post(f"/admin/accounts/{user.id}/lock", data={"_method": "DELETE"})
    assert user.is_active


def test_last_administrator_is_told_why_not(browser: FlaskClient, admin: User) -> None:
    answer = browser.post(
        f"/admin/accounts/{admin.id}/roles/{admin.grants[0].id}", data={"_method": "DELETE"}
    )

    assert answer.status_code == 409
    assert "người quản trị cuối cùng" in text(answer)
    assert admin.has_role(Role.ADMIN)


def test_role_is_given_for_a_period_and_taken(browser: FlaskClient) -> None:
    user = make_user()
    data = {"role": "leader", "since": str(today()), "until": str(today() + timedelta(days=9))}

    browser.post(f"/admin/accounts/{user.id}/roles", data=data)
    assert user.has_role(Role.LEADER)

    grant = next(grant for grant in user.grants if grant.role is Role.LEADER)
    browser.post(f"/admin/accounts/{user.id}/roles/{grant.id}", data={"_method": "DELETE"})
    assert not user.has_role(Role.LEADER)


def test_role_is_refused_at_its_field(browser: FlaskClient) -> None:
    user = make_user()
    data = {"role": "leader", "since": str(today()), "until": str(today() - timedelta(days=1))}

    answer = browser.post(f"/admin/accounts/{user.id}/roles", data=data)

    assert answer.status_code == 422
    assert "từ ngày bắt đầu trở đi" in text(answer)


def test_grant_of_another_account_is_not_found_below_this_one(browser: FlaskClient) -> None:
    user, other = make_user(), make_user()

    answer = browser.post(f"/admin/accounts/{user.id}/roles/{other.grants[0].id}", data={"_method": "DELETE"})

    assert answer.status_code == 404
    assert db.session.query(RoleGrant).filter_by(user_id=other.id).count() == 1


def upload(browser: FlaskClient, content: bytes, name: str = "ds.xlsx") -> object:
    return browser.post("/admin/accounts/import", data={"sheet": (io.BytesIO(content), name)})


def test_sheet_is_looked_at_then_imported_then_its_passwords_are_handed_out(browser: FlaskClient) -> None:
    make_unit("VPTK")
    rows = [
        ("Họ và tên", "Tên đăng nhập", "Bộ phận"),
        ("Trần Thị Bình", "binh", "VPTK"),
        ("Lê Văn Sai", "sai", "Không có"),
    ]

    preview = browser.get(upload(browser, xlsx_bytes(rows)).location)  # type: ignore[attr-defined]
    assert "Ô C3:" in text(preview)
    assert "Nhập 1 dòng" in text(preview)
    assert queries.by_username("binh") is None

    done = browser.post(preview.request.path)
    user = queries.by_username("binh")
    assert user is not None
    password = shown_password(done)
    assert passwords.matches(password, user.password_hash)
    assert queries.by_username("sai") is None

    link = re.search(r'href="data:[^;]+;base64,([^"]+)"', text(done))
    assert link is not None
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(link[1])))
    assert [cell.value for cell in book.worksheets[0][2]] == ["Trần Thị Bình", "binh", password]


def test_sheet_is_imported_once(browser: FlaskClient) -> None:
    make_unit("VPTK")
    rows = [("Họ và tên", "Tên đăng nhập", "Bộ phận"), ("Trần Thị Bình", "binh", "VPTK")]
    address = upload(browser, xlsx_bytes(rows)).location  # type: ignore[attr-defined]
    browser.post(address)

    again = browser.post(address)

    assert again.status_code == 409
    assert "đã được nhập" in text(browser.get(address))


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "ds.xlsx"), (b"MZ", "ds.exe"), (b"<html>", "ds.csv"), (b"PK\x03\x04", "ds.xlsx"), (b"x", "")],
)
def test_what_is_no_sheet_is_refused_and_nothing_kept(
    browser: FlaskClient, content: bytes, name: str
) -> None:
    answer = upload(browser, content, name)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert db.session.query(AccountSheet).count() == 0


def test_sheet_of_another_administrator_does_not_exist(browser: FlaskClient, client_of: Browse) -> None:
    rows = [("Họ và tên", "Tên đăng nhập"), ("Trần Thị Bình", "binh")]
    address = upload(browser, xlsx_bytes(rows)).location  # type: ignore[attr-defined]

    other = client_of(make_user(Role.ADMIN))

    assert [other.get(address).status_code, other.post(address).status_code] == [404, 404]


def test_template_is_a_download(browser: FlaskClient) -> None:
    make_unit(name="Văn phòng - Thống kê")

    answer = browser.get("/admin/accounts/import/template")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    assert [cell.value for cell in book["Danh mục"]["A"]][:1] == ["Bộ phận"]
    assert "Văn phòng - Thống kê" in [cell.value for cell in book["Danh mục"]["A"]]


def test_unit_is_founded_corrected_and_closed(browser: FlaskClient, admin: User) -> None:
    data = {
        "code": "vhxh",
        "name": "Văn hóa - Xã hội",
        "valid_from": "2021-07-01",
        "aliases": "VH-XH\n\nVăn hóa Xã hội phường",
        "functions": "Văn hóa thông tin\nLao động",
        "takes_part": "y",
        "parent": admin.unit_id,
    }
    browser.post("/admin/units/new", data=data)
    unit = queries.unit_by_code("VHXH")
    assert unit is not None
    assert (unit.aliases, unit.parent) == (["VH-XH", "Văn hóa Xã hội phường"], admin.unit)
    assert [function.name for function in unit.functions] == ["Văn hóa thông tin", "Lao động"]

    browser.post(f"/admin/units/{unit.id}", data={"name": "Văn hóa và Xã hội", "aliases": "", "parent": ""})
    assert (unit.name, unit.aliases, unit.takes_part, unit.parent) == ("Văn hóa và Xã hội", [], False, None)

    successor = make_unit()
    browser.post(f"/admin/units/{unit.id}/closure", data={"on": str(today()), "successor": successor.id})
    assert (unit.valid_to, unit.successor) == (today(), successor)


def test_page_of_a_unit_shows_what_is_written_about_it(browser: FlaskClient) -> None:
    unit = make_unit("VHXH", name="Văn hóa", aliases=["Tên cũ", "Tên khác"], functions=("Thông tin",))

    page = text(browser.get(f"/admin/units/{unit.id}"))

    assert 'value="Văn hóa"' in page
    assert "Tên cũ\nTên khác</textarea>" in page.replace("\r", "")


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("/new", {"code": "a b", "name": "Mới", "valid_from": "2023-01-01"}, "Mã chỉ gồm"),
        ("/new", {"code": "MOI", "name": "", "valid_from": "2023-01-01"}, "Tên đầy đủ"),
        ("/new", {"code": "MOI", "name": "Mới", "valid_from": "31/31/2023"}, "Hoạt động từ ngày"),
        ("/{unit}", {"name": ""}, "Tên đầy đủ"),
        ("/{unit}/closure", {"on": "1999-01-01"}, "từ ngày thành lập"),
        ("/{unit}/functions", {"name": "Văn hóa"}, "đã có mảng việc này"),
        ("/{unit}/functions/{function}", {"name": ""}, "Mảng việc"),
        ("/{unit}/functions/{function}/closure", {"on": "1999-01-01"}, "từ ngày bắt đầu"),
    ],
)
def test_unit_is_refused_at_its_field(
    browser: FlaskClient, path: str, data: dict[str, str], message: str
) -> None:
    unit = make_unit(functions=("Văn hóa",))

    answer = browser.post(
        "/admin/units" + path.format(unit=unit.id, function=unit.functions[0].id), data=data
    )

    assert answer.status_code == 422
    assert message in text(answer)


def test_functions_are_added_corrected_and_ended(browser: FlaskClient) -> None:
    unit = make_unit()
    browser.post(f"/admin/units/{unit.id}/functions", data={"name": "Văn hóa", "aliases": "VH"})
    function = unit.functions[0]
    address = f"/admin/units/{unit.id}/functions/{function.id}"

    browser.post(address, data={"name": "Văn hóa thông tin", "aliases": "VH\nVHTT"})
    browser.post(f"{address}/closure", data={"on": str(today())})

    assert (function.name, function.aliases, function.valid_to) == (
        "Văn hóa thông tin",
        ["VH", "VHTT"],
        today(),
    )


def test_function_of_another_unit_is_not_found_below_this_one(browser: FlaskClient) -> None:
    unit, other = make_unit(), make_unit(functions=("Văn hóa",))

    assert browser.get(f"/admin/units/{unit.id}/functions/{other.functions[0].id}").status_code == 404


def test_people_move_to_the_successor(browser: FlaskClient) -> None:
    successor: Unit = make_unit()
    unit = make_unit(valid_to=today(), successor=successor)
    user = make_user(unit=unit)

    browser.post(f"/admin/units/{unit.id}/members")

    assert user.unit == successor


def test_trail_shows_names_and_numbers_newest_first(browser: FlaskClient, admin: User) -> None:
    user = make_user(full_name="Người không được nêu tên")
    for number in range(51):
        audit.record("account.corrected", on=user, by=admin, fields=["full_name"], secret=f"text{number}")

    first = text(browser.get("/admin/events"))
    next_page = re.search(r'href="(/admin/events\?page=[^"]+)" rel="next"', first)
    assert next_page is not None

    assert first.count("Sửa thông tin tài khoản</th>") == 50
    assert text(browser.get(next_page[1])).count("Sửa thông tin tài khoản</th>") == 1
    assert f"Tài khoản {user.id}</td>" in first
    assert "quantri</td>" in first
    assert "text1" not in first
    assert "Người không được nêu tên" not in first


def test_trail_is_narrowed_down_by_name(browser: FlaskClient, admin: User) -> None:
    audit.record("account.corrected", on=admin, by=admin)
    audit.record("unit.founded", on=admin.unit, by=None)

    page = text(browser.get("/admin/events?name=unit.founded"))

    assert (page.count("Thêm bộ phận</th>"), page.count("Sửa thông tin tài khoản</th>")) == (1, 0)
    assert "Hệ thống</td>" in page


@pytest.mark.parametrize("visible", [True, False])
def test_trail_tells_no_more_than_the_list_of_voters(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch, *, visible: bool
) -> None:
    monkeypatch.setitem(app.config, "CCHC_VOTERS_VISIBLE", visible)
    voter = make_user(username="nguoi.binh.chon")
    audit.record("vote.cast", on=voter.unit, by=voter)

    assert ("nguoi.binh.chon" in text(browser.get("/admin/events"))) is visible


def test_everything_that_can_happen_has_words() -> None:
    assert set(EVENTS) == set(WIRING)


def test_menu_leads_to_the_administration_for_administrators_alone(
    browser: FlaskClient, client_of: Browse
) -> None:
    assert 'href="/admin"' in text(browser.get("/"))
    assert 'href="/admin"' not in text(client_of(make_user()).get("/"))


def test_list_says_the_job_only_where_it_says_more_than_the_name(app: Flask, client_of: Browse) -> None:
    make_user(full_name="Văn thư", job_title="Văn thư")
    make_user(full_name="Trần Thị Bưởi", job_title="Công chức Tư pháp")

    page = client_of(make_user(Role.ADMIN)).get("/admin/accounts").text

    assert (page.count("Văn thư"), page.count("Công chức Tư pháp")) == (1, 1)

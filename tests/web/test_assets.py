"""Names that change with the content, the budget, and that templates use only what is there."""

import re
from pathlib import Path

import brotli
import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from cchc_portal.config import ROOT
from cchc_portal.web import assets

STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
KIB = 1024


@pytest.fixture
def little(tmp_path: Path) -> Path:
    files = {
        "css/tokens.css": ":root { --a: 1 }",
        "css/base.css": 'a { src: url("../vendor/be-vietnam-pro/x.woff2"); }',
        "css/layout.css": "/* note */\nb,\ni {\n  color: red;\n}\n",
        "css/components.css": "",
        "css/votes.css": ".vote { top: 0 }",
        "js/app.js": "// why\nconst a = 1;\n",
        "vendor/htmx/htmx.min.js": "var htmx",
        "vendor/be-vietnam-pro/x.woff2": "font",
        "icons.svg": "<svg/>",
        "favicon.svg": "<svg></svg>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_stylesheet_joins_frame_then_features_without_comments(little: Path) -> None:
    table = assets.build(little)

    css = table["css"].body.decode()

    assert css == (':root{--a:1}a{src:url("' + table["x.woff2"].name + '")}b,i{color:red}.vote{top:0}')


def test_script_is_htmx_then_own_without_comments(little: Path) -> None:
    assert assets.build(little)["js"].body.decode() == "var htmx\n;const a=1;\n"


def test_name_changes_with_content_only(little: Path) -> None:
    assets.build.cache_clear()
    before = {key: one.name for key, one in assets.build(little).items()}
    (little / "js" / "app.js").write_text("const a = 2;\n", "utf-8")
    assets.build.cache_clear()

    after = {key: one.name for key, one in assets.build(little).items()}

    assert {key for key in before if before[key] != after[key]} == {"js"}


def test_weight_is_within_budget() -> None:
    table = assets.build(STATIC)

    assert len(table["css"].body) <= 35 * KIB
    assert len(table["js"].body) <= 63 * KIB  # htmx alone is 51
    assert len(table["icons.svg"].body) <= 20 * KIB


def test_page_asks_for_six_files_at_most() -> None:
    assert set(assets.build(STATIC)) == {
        "css",
        "js",
        "icons.svg",
        "favicon.svg",
        "be-vietnam-pro-400.woff2",
        "be-vietnam-pro-600.woff2",
    }


def test_asset_may_be_kept_for_a_year(client: FlaskClient) -> None:
    name = assets.build(STATIC)["css"].name

    answer = client.get(f"/assets/{name}")

    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_asset_comes_packed_to_browsers_that_unpack(client: FlaskClient) -> None:
    one = assets.build(STATIC)["js"]

    answer = client.get(f"/assets/{one.name}", headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == one.body


def test_first_page_weighs_little_on_the_wire(client: FlaskClient) -> None:
    table = assets.build(STATIC)

    weight = sum(len(table[key].packed) for key in ("css", "js", "icons.svg", "favicon.svg"))

    assert weight <= 30 * KIB


def test_unknown_asset_is_not_found(client: FlaskClient) -> None:
    assert client.get("/assets/site.00000000.css").status_code == 404


def test_sign_in_page_names_assets_that_exist(client: FlaskClient) -> None:
    page = client.get("/sign-in").get_data(as_text=True)

    names = set(re.findall(r'"(/assets/[^"#]+)', page))

    assert len(names) == 6
    assert {client.get(name).status_code for name in names} == {200}


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 422, 429, 500, 503])
def test_error_page_says_what_to_do_without_asking_the_database(app: Flask, status: int) -> None:
    with app.test_request_context("/nowhere"):
        page = render_template(f"errors/{status}.html", message="Một câu.")

    assert "Một câu." in page
    assert "Về trang chủ" in page


def test_every_icon_named_in_a_template_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    call = re.compile(r'(?:\b(?:icon|draw)\(|\bicon=)"([^"]+)"')

    named = {name for path in TEMPLATES for name in call.findall(path.read_text("utf-8"))}

    assert named - drawn == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text("utf-8")

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text) == []

"""Markdown of people."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.core.markdown import TAGS, to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**đậm** và *nghiêng*", "<p><strong>đậm</strong> và <em>nghiêng</em></p>\n"),
        ("một\nhai", "<p>một<br>\nhai</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("~~bỏ~~", "<p><s>bỏ</s></p>\n"),
        ("", ""),
    ],
)
def test_small_part_of_markdown_is_rendered(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize("text", ["https://cchc.vn/a", "[trang](https://cchc.vn/a)"])
def test_links_open_without_a_referrer(text: str) -> None:
    assert 'href="https://cchc.vn/a" rel="noopener noreferrer nofollow"' in to_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://evil.example/x.png)",
        "<a href='javascript:alert(1)'>x</a>",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](https://a.vn "onmouseover=alert(1)")',
        "`<script>`",
        "<svg/onload=alert(1)>",
        "# tiêu đề\n***",
    ],
)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    html = to_html(text)

    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= TAGS
    assert set(re.findall(r"<[^>]*\s([a-z-]+)=", html)) <= {"href", "rel"}
    schemes = {urlsplit(unescape(href)).scheme for href in re.findall(r'href="([^"]*)"', html)}
    assert schemes <= {"", "http", "https", "mailto"}


@given(st.text("<>&\"'`*_[]()!:/#\\ \najavscriptdonerx=", max_size=80))
def test_whatever_is_typed_only_known_tags_come_out(text: str) -> None:
    assert set(re.findall(r"</?([a-z0-9]+)", to_html(text))) <= TAGS

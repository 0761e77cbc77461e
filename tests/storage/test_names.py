import doctest
import unicodedata
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.storage import names
from cchc_portal.storage.names import clean_name, content_disposition


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(names).failed == 0


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Báo cáo.docx", "Báo cáo.docx"),
        (unicodedata.normalize("NFD", "Đề án số 1.pdf"), "Đề án số 1.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\fakepath\kế hoạch.xlsx", "kế hoạch.xlsx"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_b Set-Cookie_ x.pdf"),
        ("hóa đơn\u202efdp.exe", "hóa đơnfdp.exe"),
        ("...", "tep"),
        ("", "tep"),
        ("dài" * 200 + ".docx", ("dài" * 200)[:175] + ".docx"),
    ],
)
def test_clean_name(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_content_disposition_of_vietnamese_name() -> None:
    assert content_disposition('Kế "hoạch" 50%.docx') == (
        'attachment; filename="Ke _hoach_ 50_.docx"; '
        "filename*=UTF-8''K%E1%BA%BF%20_ho%E1%BA%A1ch_%2050%25.docx"
    )


@given(st.text(max_size=300))
def test_content_disposition_of_any_name(name: str) -> None:
    header = content_disposition(name)
    message = Message()
    message["Content-Disposition"] = header

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.rpartition("''")[2]) == clean_name(name)
    assert message.get_content_disposition() == "attachment"
    assert message.get_filename()


@given(st.text(max_size=300))
def test_clean_name_of_any_name(name: str) -> None:
    safe = clean_name(name)

    assert 0 < len(safe) <= 180
    assert clean_name(safe) == safe
    assert not set(safe) & set('/\\:*?"<>|\r\n\0')

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from cchc_portal.core.db import db
from cchc_portal.reports.docx import DocumentKind, LetterHead, Recipients, SignatureBlock
from cchc_portal.reports.models import DocumentTemplate, OfficeLetterhead
from tests.factories.accounts import make_user
from tests.factories.reports import make_template


@pytest.mark.parametrize(
    ("name", "issuer", "place", "symbol"),
    [
        ("UBND phường Bắc Hồng", ("Ủy ban nhân dân", "phường Bắc Hồng"), "Bắc Hồng", "UBND-VP"),
        ("UBND xã Sơn Lĩnh", ("Ủy ban nhân dân", "xã Sơn Lĩnh"), "Sơn Lĩnh", "UBND-VP"),
        ("UBND Phường 1", ("Ủy ban nhân dân", "Phường 1"), "1", "UBND-VP"),
        ("UBND đặc khu Phú Quốc", ("Ủy ban nhân dân", "đặc khu Phú Quốc"), "Phú Quốc", "UBND-VP"),
        ("HĐND phường Bắc Hồng", ("Hội đồng nhân dân", "phường Bắc Hồng"), "Bắc Hồng", "HĐND-VP"),
        ("Văn phòng", ("Văn phòng",), "Văn phòng", "VP"),
    ],
)
def test_letterhead_follows_from_the_name_of_the_office(
    name: str, issuer: tuple[str, ...], place: str, symbol: str
) -> None:
    office = OfficeLetterhead.of_office(name)

    assert office.head == LetterHead(issuer, name, place)
    assert office.symbol == symbol


def test_letterhead_has_no_name_of_a_person() -> None:
    office = OfficeLetterhead.of_office("UBND phường Bắc Hồng")

    assert office.signature_block == SignatureBlock(("TL. CHỦ TỊCH", "CÔNG CHỨC VĂN PHÒNG - THỐNG KÊ"))
    assert office.receivers == Recipients(("Như trên", "Lãnh đạo UBND phường Bắc Hồng"), "VT, VP")


def test_letterhead_reads_a_line_each_and_leaves_out_blank_ones() -> None:
    office = OfficeLetterhead.of_office("UBND xã A")
    office.superior, office.recipients = " Huyện \n\n  ", "Như trên\n \nPhòng Nội vụ"

    assert office.head.superior == ("Huyện",)
    assert office.receivers.places == ("Như trên", "Phòng Nội vụ")


def test_database_holds_one_letterhead(app: Flask) -> None:
    second = OfficeLetterhead.of_office("UBND xã A")
    second.id = 2
    db.session.add(second)

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("name", ["", "Mẫu.docx"])
def test_database_wants_a_name_with_each_file_and_none_without(app: Flask, name: str) -> None:
    file = make_template().file if not name else None
    db.session.add(DocumentTemplate(kind=DocumentKind.ACT, file=file, file_name=name, chosen_by=make_user()))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_template_without_a_file_is_the_shipped_one(app: Flask) -> None:
    assert not make_template().is_shipped
    assert DocumentTemplate(kind=DocumentKind.ACT).is_shipped

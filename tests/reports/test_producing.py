from datetime import date

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.core.errors import Unavailable
from cchc_portal.reports import operations, producing
from cchc_portal.reports.docx import DocumentKind, shipped
from cchc_portal.reports.urging import UrgedTask
from cchc_portal.storage import backends
from tests.factories.accounts import make_user
from tests.factories.reports import Measured, edited, make_letter, make_template

TASK = UrgedTask("Nộp kế hoạch", "Công văn số 35/UBND-VP", "trước 15/3/2023", 8)


def test_letterhead_follows_from_the_settings_until_the_office_says_otherwise(app: Flask) -> None:
    before = producing.letterhead()
    operations.change_letterhead(before, by=make_user(Role.OFFICE), place="Hồng Lĩnh")

    assert before.head.short_name == app.config["CCHC_OFFICE_NAME"]
    assert producing.letterhead().place == "Hồng Lĩnh"


def test_documents_are_set_in_the_template_in_force(app: Flask) -> None:
    content = edited(shipped.file_of(DocumentKind.LETTER), {"Số: ": "Số văn bản: "})

    before = Measured(producing.produce(make_letter()))
    make_template(content=content)
    after = Measured(producing.produce(make_letter()))
    operations.use_shipped(DocumentKind.LETTER, by=make_user(Role.OFFICE))
    again = producing.produce(make_letter())

    assert ["Số văn bản:       /UBND-VP" in one.lines for one in (before, after)] == [False, True]
    assert again == before.content


def test_urging_letter_carries_the_letterhead(app: Flask) -> None:
    operations.change_letterhead(
        producing.letterhead(),
        by=make_user(Role.OFFICE),
        issuer="Ủy ban nhân dân\nxã Sơn Lĩnh",
        short_name="UBND xã Sơn Lĩnh",
        place="Sơn Lĩnh",
        symbol="UBND-VPTK",
        signature="TM. Ủy ban nhân dân\nKT. Chủ tịch\nPhó Chủ tịch",
        recipients="Như trên\nĐảng ủy xã",
        filed="VT",
    )

    letter = producing.letter_to_urge(
        "Tư pháp - Hộ tịch", [TASK], on=date(2023, 3, 22), answer_by=date(2023, 3, 31)
    )
    lines = Measured(producing.produce(letter)).lines

    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "XÃ SƠN LĨNH"]
    assert {"Số:       /UBND-VPTK", "Sơn Lĩnh, ngày       tháng 3 năm 2023"} <= set(lines)
    assert lines[-7:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Đảng ủy xã;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]


@pytest.mark.parametrize("kind", DocumentKind)
def test_samples_show_every_mark_filled(app: Flask, kind: DocumentKind) -> None:
    lines = Measured(producing.produce(producing.sample(kind))).lines

    assert not [line for line in lines if "{{" in line]
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG BẮC HỒNG"]


def test_template_that_cannot_be_read_is_not_passed_over_in_silence(app: Flask) -> None:
    template = make_template()
    assert template.file is not None
    backends.current().delete(template.file.sha256)

    with pytest.raises(Unavailable):
        producing.produce(make_letter())

import io
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.audit import Event
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.reports import operations, queries
from cchc_portal.reports.docx import DocumentKind, shipped
from cchc_portal.reports.docx.package import TOO_LARGE
from cchc_portal.reports.docx.template import WrongMarks
from cchc_portal.reports.models import DocumentTemplate, OfficeLetterhead
from cchc_portal.storage.operations import Received, receive
from tests.factories.accounts import make_user
from tests.factories.reports import edited, make_template, repacked
from tests.factories.storage import docx_bytes, image_bytes, pdf_bytes

LETTER = DocumentKind.LETTER
OUTSIDERS = sorted(set(Role) - {Role.OFFICE, Role.LEADER})


def received(content: bytes | None = None, name: str = "Mẫu.docx") -> Received:
    return receive(io.BytesIO(content or shipped.file_of(LETTER)), name=name)


def events() -> list[tuple[str, dict[str, object]]]:
    return [(event.name, event.data) for event in db.session.query(Event).order_by(Event.id)]


@pytest.fixture
def office() -> OfficeLetterhead:
    return OfficeLetterhead.of_office("UBND phường Bắc Hồng")


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER])
def test_replace_puts_a_template_in_force_and_records_it(app: Flask, role: Role) -> None:
    by = make_user(role)
    content = edited(shipped.file_of(LETTER), {"Số: ": "Số văn bản: "})

    template = operations.replace_template(
        LETTER, by=by, received=received(content), name="C:\\Mẫu: mới.docx"
    )

    assert queries.content(LETTER) == content
    assert (template.file_name, template.chosen_by, template.is_shipped) == ("Mẫu_ mới.docx", by, False)
    assert events() == [("template.replaced", {"kind": "letter"})]


def test_replace_of_one_kind_leaves_the_others(app: Flask) -> None:
    operations.replace_template(LETTER, by=make_user(Role.OFFICE), received=received(), name="Mẫu.docx")

    assert queries.content(DocumentKind.ACT) is None


def test_replace_keeps_every_version(app: Flask) -> None:
    by = make_user(Role.OFFICE)
    contents = [edited(shipped.file_of(LETTER), {"Số: ": f"Số {number}: "}) for number in range(3)]

    for content in contents:
        operations.replace_template(LETTER, by=by, received=received(content), name="Mẫu.docx")

    assert len(queries.versions(LETTER, to=by)) == 3
    assert queries.content(LETTER) == contents[-1]


def test_replace_with_the_same_file_again_is_a_version_too(app: Flask) -> None:
    by = make_user(Role.OFFICE)

    for _time in range(2):
        operations.replace_template(LETTER, by=by, received=received(), name="Mẫu.docx")

    first, second = queries.versions(LETTER, to=by)
    assert first.file is second.file


@pytest.mark.parametrize("role", OUTSIDERS)
def test_replace_is_refused_to_others(app: Flask, role: Role) -> None:
    with pytest.raises(NotAllowed):
        operations.replace_template(LETTER, by=make_user(role), received=received(), name="Mẫu.docx")


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", pdf_bytes("a")), ("a.png", image_bytes("PNG")), ("a.txt", b"{{ so }}")]
)
def test_replace_takes_word_files_alone(app: Flask, name: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        operations.replace_template(
            LETTER, by=make_user(Role.OFFICE), received=received(content, name), name=name
        )

    assert refused.value.errors == {"file": operations.NOT_WORD}


def test_replace_names_missing_marks_and_changes_nothing(app: Flask) -> None:
    content = edited(shipped.file_of(LETTER), {"{{ người ký }}": "Chủ tịch"})

    with pytest.raises(WrongMarks) as refused:
        operations.replace_template(
            LETTER, by=make_user(Role.OFFICE), received=received(content), name="a.docx"
        )

    assert refused.value.found == "{{ người ký }}"
    assert db.session.query(DocumentTemplate).count() == 0
    assert events() == []


def test_replace_refuses_any_other_document(app: Flask) -> None:
    content = docx_bytes("Kính gửi")

    with pytest.raises(Invalid):
        operations.replace_template(
            LETTER, by=make_user(Role.OFFICE), received=received(content), name="a.docx"
        )


def test_replace_refuses_what_is_too_large_to_be_a_template(app: Flask) -> None:
    content = repacked(
        shipped.file_of(LETTER), {"word/media/a.png": image_bytes("PNG", (64, 64)) + bytes(range(256)) * 1}
    )
    huge = repacked(content, {"word/theme/a.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    listing = edited(
        huge,
        {
            "</Relationships>": '<Relationship Id="rId50" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/theme" Target="theme/a.xml"/></Relationships>'
        },
        part="word/_rels/document.xml.rels",
    )

    with pytest.raises(Invalid) as refused:
        operations.replace_template(
            LETTER, by=make_user(Role.OFFICE), received=received(listing), name="a.docx"
        )

    assert refused.value.message == TOO_LARGE


def test_shipped_template_comes_back_and_the_own_one_stays_for_download(app: Flask) -> None:
    by = make_user(Role.OFFICE)
    own = make_template(by=by)

    operations.use_shipped(LETTER, by=by)

    assert queries.content(LETTER) is None
    assert queries.version(LETTER, own.id, to=by) is own
    assert [one.is_shipped for one in queries.versions(LETTER, to=by)] == [True, False]
    assert events() == [("template.restored", {"kind": "letter"})]


def test_shipped_template_cannot_come_back_twice(app: Flask) -> None:
    by = make_user(Role.OFFICE)
    make_template(by=by)
    operations.use_shipped(LETTER, by=by)

    with pytest.raises(InvalidState):
        operations.use_shipped(LETTER, by=by)


def test_shipped_template_in_use_cannot_come_back(app: Flask) -> None:
    with pytest.raises(InvalidState):
        operations.use_shipped(LETTER, by=make_user(Role.LEADER))


@pytest.mark.parametrize("role", OUTSIDERS)
def test_shipped_template_comes_back_for_the_office_alone(app: Flask, role: Role) -> None:
    make_template()

    with pytest.raises(NotAllowed):
        operations.use_shipped(LETTER, by=make_user(role))


def test_letterhead_is_kept_and_the_change_recorded(app: Flask, office: OfficeLetterhead) -> None:
    by = make_user(Role.OFFICE)

    first = operations.change_letterhead(office, by=by)
    second = operations.change_letterhead(first, by=by, place="Hồng Lĩnh", filed="VT")

    assert second is queries.letterhead()
    assert (second.place, second.filed, second.symbol) == ("Hồng Lĩnh", "VT", "UBND-VP")
    assert events() == [
        ("letterhead.changed", {"fields": []}),
        ("letterhead.changed", {"fields": ["place", "filed"]}),
    ]


def test_letterhead_of_two_who_are_first_is_one(app: Flask, office: OfficeLetterhead) -> None:
    by = make_user(Role.OFFICE)
    operations.change_letterhead(office, by=by, place="Một")

    kept = operations.change_letterhead(office, by=by, place="Hai")

    assert kept.place == "Hai"
    assert db.session.query(OfficeLetterhead).count() == 1


def test_letterhead_saved_by_several_at_once_is_one_of_theirs(app: Flask) -> None:
    people = [make_user(Role.OFFICE).id for _number in range(4)]
    db.session.remove()

    def act(number: int) -> None:
        with app.app_context(), unit_of_work():
            by = db.session.get_one(User, people[number])
            fresh = OfficeLetterhead.of_office("UBND phường Bắc Hồng")
            operations.change_letterhead(fresh, by=by, place=f"Nơi {number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(4)))

    (kept,) = db.session.query(OfficeLetterhead)
    assert kept.place in {f"Nơi {number}" for number in range(4)}
    assert [name for name, _data in events()] == ["letterhead.changed"] * 4


@pytest.mark.parametrize("name", ["issuer", "short_name", "place", "symbol", "signature"])
@pytest.mark.parametrize("typed", ["", "  \n "])
def test_letterhead_needs_what_the_decree_needs(
    app: Flask, office: OfficeLetterhead, name: str, typed: str
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.change_letterhead(office, by=make_user(Role.OFFICE), **{name: typed})

    assert refused.value.errors == {name: operations.NEEDED}
    assert queries.letterhead() is None


@pytest.mark.parametrize("symbol", ["UBND-VP", "VP", "HĐND-VP", "UBND.CCHC", "BCĐ-CCHC-TK"])
def test_symbols_of_offices_are_taken(app: Flask, office: OfficeLetterhead, symbol: str) -> None:
    assert operations.change_letterhead(office, by=make_user(Role.OFFICE), symbol=symbol).symbol == symbol


@pytest.mark.parametrize("symbol", ["UBND VP", "/UBND-VP", "UBND-", "-VP", "UBND--VP", "05/UBND"])
def test_symbols_that_are_none_are_refused(app: Flask, office: OfficeLetterhead, symbol: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.change_letterhead(office, by=make_user(Role.OFFICE), symbol=symbol)

    assert refused.value.errors == {"symbol": operations.WRONG_SYMBOL}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_letterhead_is_the_offices(app: Flask, office: OfficeLetterhead, role: Role) -> None:
    with pytest.raises(NotAllowed):
        operations.change_letterhead(office, by=make_user(role))


def test_letterhead_may_be_set_by_the_server(app: Flask, office: OfficeLetterhead) -> None:
    assert operations.change_letterhead(office, by=None).place == "Bắc Hồng"
    assert unicodedata.is_normalized("NFC", office.issuer)

"""What the book of letters holds beside a letter, under the names and lengths of NĐ 30/2020, Phụ lục VI."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cchc_portal.core.i18n import N_
from cchc_portal.directives.models import URGENCIES, Assignment, Direction, Directive

LANGUAGE = "Tiếng Việt"


@dataclass(frozen=True)
class Entry:
    """An entry of the book, each field a column of `Directive`."""

    direction: Direction = Direction.INCOMING
    arrival_number: int | None = None
    arrival_on: date | None = None
    to_places: str = ""
    due_on: date | None = None
    priority: int = 0
    page_amount: int | None = None
    issued_amount: int | None = None
    file_catalog: int | None = None
    file_notation: str = ""
    doc_ordinal: int | None = None
    language: str = LANGUAGE
    description: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What goes into the row: letters that go out have not arrived, those that come in have no copies of ours."""
        columns = asdict(self)
        if self.direction is Direction.OUTGOING:
            return columns | {"arrival_number": None, "arrival_on": None}
        return columns | {"issued_amount": None}


def entry_of(directive: Directive) -> Entry:
    """Return what the book holds of a letter."""
    return Entry(**{name: getattr(directive, name) for name in Entry.__dataclass_fields__})


@dataclass(frozen=True)
class Field:
    """A field of Phụ lục VI: its name there, what offices call it, and how many letters or digits it takes at most."""

    name: str
    label: str
    longest: int | None = None


FIELDS = (
    Field("FileCode", N_("Mã hồ sơ"), 39),
    Field("DocOrdinal", N_("Số thứ tự văn bản trong hồ sơ"), 3),
    Field("TypeName", N_("Tên loại văn bản"), 100),
    Field("CodeNumber", N_("Số của văn bản"), 11),
    Field("CodeNotation", N_("Ký hiệu của văn bản"), 30),
    Field("IssuedDate", N_("Ngày, tháng, năm văn bản"), 10),
    Field("OrganName", N_("Tên cơ quan, tổ chức ban hành văn bản"), 200),
    Field("Subject", N_("Trích yếu nội dung"), 500),
    Field("Language", N_("Ngôn ngữ"), 30),
    Field("PageAmount", N_("Số trang của văn bản"), 3),
    Field("Description", N_("Ghi chú"), 500),
    Field("ArrivalDate", N_("Ngày, tháng, năm đến"), 10),
    Field("ArrivalNumber", N_("Số đến"), 10),
    Field("Position", N_("Chức vụ của người ký văn bản"), 100),
    Field("FullName", N_("Họ và tên người ký văn bản"), 50),
    Field("Priority", N_("Mức độ khẩn"), 1),
    Field("ToPlaces", N_("Đơn vị hoặc người nhận"), 1000),
    Field("TraceHeaderList", N_("Ý kiến phân phối, chỉ đạo, trạng thái xử lý văn bản")),
    Field("IssuedAmount", N_("Số lượng bản phát hành"), 3),
    Field("DueDate", N_("Thời hạn giải quyết"), 10),
)


def metadata(directive: Directive, *, organ_id: str = "") -> dict[str, str | int | date | None]:
    """Return a letter under the names of Phụ lục VI, in the order of `FIELDS`.

    Args:
        directive: with its items and who has to answer them.
        organ_id: the office's own identifier, the first part of FileCode.
    """
    return {
        "FileCode": _file_code(directive, organ_id),
        "DocOrdinal": directive.doc_ordinal,
        "TypeName": directive.kind,
        "CodeNumber": directive.number,
        "CodeNotation": directive.symbol,
        "IssuedDate": directive.issued_on if directive.is_dated else None,
        "OrganName": directive.issuer,
        "Subject": directive.subject,
        "Language": directive.language,
        "PageAmount": directive.page_amount,
        "Description": directive.description,
        "ArrivalDate": directive.arrival_on,
        "ArrivalNumber": directive.arrival_number,
        "Position": directive.signer_position,
        "FullName": directive.signer_name,
        "Priority": directive.priority,
        "ToPlaces": places(directive)[:1000],
        "TraceHeaderList": directive.close_reason,
        "IssuedAmount": directive.issued_amount,
        "DueDate": due(directive),
    }


def places(directive: Directive) -> str:
    """Return who receives a letter: as the Office says, else whom its items name, else whom it greets."""
    if directive.to_places:
        return directive.to_places
    named = (_name(one) for item in directive.items for one in item.assignments)
    return "; ".join(dict.fromkeys(named)) or "; ".join(directive.addressees)


def due(directive: Directive) -> date | None:
    """Return until when a letter is to be dealt with: as the Office says, else the last day of its last item."""
    days = [item.last_day for item in directive.items if item.last_day]
    return directive.due_on or max(days, default=None)


def urgency(priority: int) -> str:
    """Return the word for an urgency, in Vietnamese."""
    return URGENCIES.get(priority, "")


def _file_code(directive: Directive, organ_id: str) -> str:
    """Return organ, year and notation of the dossier; "" for a letter that is not filed yet."""
    if not directive.file_notation:
        return ""
    parts = (organ_id[:13], directive.file_catalog, directive.file_notation)
    return ".".join(str(part) for part in parts if part)


def _name(assignment: Assignment) -> str:
    return assignment.unit.name if assignment.unit else assignment.words

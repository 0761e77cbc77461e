"""D1, công văn đôn đốc: a letter that lists what a unit owes (Nghị định 30/2020/NĐ-CP, Điều 24)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.reports.docx import (
    Align,
    Annex,
    Block,
    Column,
    Document,
    DocumentKind,
    Item,
    LetterHead,
    Level,
    Paragraph,
    Recipients,
    SignatureBlock,
    Table,
)
from cchc_portal.reports.docx.words import two_digits

MOST_IN_LETTER = 8  # more tasks go into an annex, where the page is wide
NOTHING_TO_URGE = N_("Bộ phận này không có nhiệm vụ nào cần đôn đốc.")

_COLUMNS = (
    Column("STT", 0.7, Align.CENTER),
    Column("Nội dung nhiệm vụ", 3.8, Align.BOTH),
    Column("Văn bản giao", 2.3),
    Column("Thời hạn", 1.4, Align.CENTER),
    Column("Tình trạng", 1.8),
)


_FINISH = (
    "Tập trung hoàn thành ngay các nhiệm vụ đã quá hạn; "
    "báo cáo rõ nguyên nhân chậm, trách nhiệm và thời điểm hoàn thành."
)
_KEEP = "Bảo đảm đúng thời hạn đối với các nhiệm vụ chưa đến hạn."


@dataclass(frozen=True)
class UrgedTask:
    """A task as the letter names it.

    Args:
        words: what is to be done.
        letter: the document that gave it: "Công văn số 124/UBND-NV ngày 02/02/2023, mục 2".
        deadline: in words: "trước 15/3/2023".
        days_late: days since the last day in time; 0 on it, negative while there is time.
        state: how far it is, in the office's words: "Đang thực hiện".
    """

    words: str
    letter: str
    deadline: str
    days_late: int
    state: str = ""

    @property
    def is_overdue(self) -> bool:
        """True once the last day in time is over."""
        return self.days_late > 0


def urging_letter(
    unit: str,
    tasks: Sequence[UrgedTask],
    *,
    head: LetterHead,
    on: date,
    symbol: str = "UBND-VP",
    signature: SignatureBlock | None = None,
    recipients: Recipients | None = None,
    answer_by: date | None = None,
) -> Document:
    """Return the letter that urges a unit; the longest overdue task comes first.

    Args:
        unit: its full name.
        tasks: what it owes, at least one.
        head: who issues the letter.
        on: the day of the letter; its number is left to the registry, as is the day.
        symbol: after the number.
        signature: who signs; room for a signature under "TL. CHỦ TỊCH" unless told otherwise.
        recipients: the usual ones unless told otherwise.
        answer_by: the last day for the unit to report.

    Raises:
        Invalid: there is nothing to urge.
    """
    if not tasks:
        raise Invalid({"": NOTHING_TO_URGE})
    table = _table(sorted(tasks, key=lambda task: -task.days_late))
    in_annex = len(tasks) > MOST_IN_LETTER
    return Document(
        kind=DocumentKind.LETTER,
        head=head,
        symbol=symbol,
        subject="đôn đốc thực hiện các nhiệm vụ được giao",
        on=on,
        addressees=(unit,),
        blocks=_body(unit, tasks, head, on, answer_by, table=None if in_annex else table),
        signature=signature or SignatureBlock(("TL. CHỦ TỊCH", "CÔNG CHỨC VĂN PHÒNG - THỐNG KÊ")),
        recipients=recipients or Recipients(("Như trên", f"Lãnh đạo {head.short_name}"), "VT, VP"),
        annexes=(Annex(f"Danh mục nhiệm vụ đôn đốc {unit}", (table,)),) if in_annex else (),
    )


def _body(
    unit: str,
    tasks: Sequence[UrgedTask],
    head: LetterHead,
    on: date,
    answer_by: date | None,
    *,
    table: Table | None,
) -> tuple[Block, ...]:
    where = "cụ thể như sau:" if table else "có danh mục kèm theo."
    by = f", chậm nhất ngày {answer_by:%d/%m/%Y}" if answer_by else ""
    wanted = [
        *([_FINISH] if any(task.is_overdue for task in tasks) else []),
        *([_KEEP] if not all(task.is_overdue for task in tasks) else []),
        f"Cập nhật tiến độ và báo cáo kết quả thực hiện về {head.short_name}{by}.",
    ]
    return (
        Paragraph(
            "Thực hiện nhiệm vụ theo dõi, đôn đốc việc giải quyết văn bản đến theo Điều 24 Nghị định số 30/2020/NĐ-CP "
            "ngày 05/3/2020 của Chính phủ về công tác văn thư; "
            f"qua theo dõi đến ngày {on:%d/%m/%Y}, {unit} còn {_counted(tasks)}, {where}"
        ),
        *((table,) if table else ()),
        Paragraph(f"{head.short_name} yêu cầu {unit} thực hiện các nội dung sau:"),
        *(Item(Level.CLAUSE, text) for text in wanted),
        Paragraph(f"Nhận được Công văn này, yêu cầu {unit} nghiêm túc triển khai, thực hiện"),
    )


def _counted(tasks: Sequence[UrgedTask]) -> str:
    """Return "03 nhiệm vụ chưa hoàn thành, trong đó 01 nhiệm vụ đã quá hạn"."""
    late = sum(task.is_overdue for task in tasks)
    words = f"{two_digits(len(tasks))} nhiệm vụ chưa hoàn thành"
    return f"{words}, trong đó {two_digits(late)} nhiệm vụ đã quá hạn" if late else words


def _table(tasks: Sequence[UrgedTask]) -> Table:
    rows = tuple(
        (str(number), task.words, task.letter, task.deadline, _situation(task))
        for number, task in enumerate(tasks, start=1)
    )
    return Table(_COLUMNS, rows)


def _situation(task: UrgedTask) -> str:
    if task.is_overdue:
        time = f"Quá hạn {task.days_late} ngày"
    else:
        time = f"Còn {-task.days_late} ngày" if task.days_late else "Đến hạn hôm nay"
    return f"{time}\n{task.state}" if task.state else time


def numbered(letter: Document, *, number: str, on: date) -> Document:
    """Return a letter with the number and day that the registry has given."""
    return replace(letter, number=number, on=on, has_day=True)

"""Brings a letter into the one form that the rules are written for; the original stays beside it."""

import re
import unicodedata
from itertools import islice

from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.tables import mark_rows
from cchc_portal.directives.reading.words import LOWER, TYPES, UPPER, any_of

_LABEL = r"(?:[-+•]|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]?|[a-zđ][.)]|[IVX]{1,5}[.)]|Điều \d{1,3}[.:]?)"
_CAP = rf"[{UPPER}][{LOWER}{UPPER}]{{0,9}}"
_CAPITAL_TYPES = any_of(tuple(kind.upper() for kind in TYPES))
_PART_OF_LETTER = rf"[^\n,]{{2,40}}, ngày\b|Nơi nhận|Kính gửi|V/v|Số ?:|Căn cứ|Độc lập|CỘNG H|ĐẢNG CỘNG|(?:TM|KT|TL|TUQ|Q)\.|T/M|[{UPPER}]{{2,}} [{UPPER}]{{2,}}"
# A heap of combining marks costs normalisation the square of its height; no letter has more than three.
_HEAP = re.compile(r"([^\u0300-\u036f])([\u0300-\u036f]{1,4})[\u0300-\u036f]*")

_FIRST_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"\r\n?|[\v\f\x85\u2029]", "\n"),
        (
            r"[\ue000-\ue00f\x00-\x08\x0e-\x1f\x7f\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+",
            "",
        ),
        (r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " "),
        (r"[\u2010-\u2015\u2212]", "-"),
    )
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"\u2028|<br ?/?>", "\n"),
        # A footnote above a page number.
        (
            rf"^[ \t]{{0,99}}\d{{1,2}} [{UPPER}][^\n]{{0,300}}\n(?:[ \t]{{0,99}}\S[^\n]{{0,300}}\n){{0,5}}(?=[ \t]{{0,99}}\n[ \t]{{10,99}}\d{{1,3}}[ \t]{{0,99}}$)",
            "",
        ),
        # A footnote below a line, down to the page number or a blank line.
        (
            r"^[ \t]{0,99}_{5,}[ \t]{0,99}\n[ \t]{0,99}\d{1,2}(?:[ \t]{1,99}\S[^\n]{0,300}|[ \t]{0,99})\n(?:(?![ \t]{0,99}\d{1,3}[ \t]{0,99}$)[ \t]{0,99}\S[^\n]{0,300}\n){0,12}",
            "",
        ),
        (r"^[ \t]{0,99}(?:#{1,6}|>)[ \t]{1,99}", ""),
        (r"\\(?=[-*_.#>|()\[\]!+`])", ""),
        (r"^[ \t]{0,99}[*●▪◦·][ \t]{1,99}(?=[^\s*])", "• "),
        (r"[*_`]+", ""),
        (r"^[ \t|:=-]{3,999}$", ""),
        (
            r"^[ \t]{0,99}(?:-[ \t]{0,9}\d{1,3}[ \t]{0,9}-|\d{1,3}|[Tt]rang \d{1,3}(?:/\d{1,3})?)[ \t]{0,99}$",
            "",
        ),
        (r"[.…]{3,}", " "),
        (r"(?<![ \t])[ \t]+$", ""),
        (r"^[ \t|]+", ""),
        (rf"^({_LABEL})[ \t]+", r"\1 "),
        (r"\b(Số ?:?|ngày|tháng|năm)[ \t]{2,}", r"\1 "),
        (r"[ ]?(?:\t|\||[ ]{3,})[ \t|]*", "\n"),
        (r" {2,}", " "),
        # Columns of a letterhead that a PDF gives as one line with single blanks.
        (
            r"(?<=[^\n]) (?=CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM\b|Độc lập ?- ?Tự do ?- ?Hạnh phúc)",
            "\n",
        ),
        (r"^(Số ?:? ?[^\s,]{3,40}) (?=[^\n,:;]{2,40}, ngày [\d ]{0,3}tháng)", r"\1\n"),
        (r"(?:(?<=ngày)|(?<=tháng)|(?<= số)|(?<= quý))\n{1,6}(?=\d{1,5}[/-]|[IVX]{1,3}/)", " "),
        # A name of a place that the end of a labelled line cut: "1. UBND phường Quang / Trung:".
        (
            rf"^{_LABEL} [^\n]{{10,120}} [{UPPER}][{LOWER}]{{1,6}}(?P<cut>\n)(?=[{UPPER}][{LOWER}]{{1,6}}:$)",
            " ",
        ),
        # A name with a dash that the end of a line cut.
        (
            r"(?:(?<=ài chính)|(?<=ăn hóa)|(?<=ăn hoá)|(?<=ịa chính)|(?<=ư pháp)|(?<=ao động)|(?<=ăn phòng)|(?<=inh tế)|(?<=hông tin))\n- (?=(?:Kế hoạch|Xã hội|Thông tin|Thể thao|Truyền thông|Xây dựng|Hộ tịch|Thương binh|Thống kê|Kế toán|Hạ tầng|Nông nghiệp)\b)",
            " - ",
        ),
        # A page break or a wrapped line cuts a sentence: the rest starts in lower case and is no label.
        (rf"(?<=[{UPPER}{LOWER}\d,)\"”])\n{{1,6}}(?=[{LOWER}])(?![a-zđ][.)] )", " "),
        (r"\n{3,}", "\n\n"),
    )
)
# Narrow columns break the national name too.
_NATIONAL = re.compile(
    r"CỘNG\s{1,3}H[OÒ][AÀ]\s{1,3}XÃ\s{1,3}HỘI\s{1,3}CHỦ\s{1,3}NGHĨA\s{1,3}VIỆT\s{1,3}NAM|ĐẢNG\s{1,3}CỘNG\s{1,3}SẢN\s{1,3}VIỆT\s{1,3}NAM"
    r"|Độc\s{1,3}lập\s{0,3}-\s{0,3}Tự\s{1,3}do\s{0,3}-\s{0,3}Hạnh\s{1,3}phúc"
)
# Words that are capital only where a sentence begins, so that the line above them has ended.
_SENTENCE = r"(?:Thực hiện|Triển khai|Theo|Trong|Thời gian qua|Tại|Để|Qua|Xét|Sau|Nhằm|Ngày \d{1,2}|Giao|Yêu cầu|Đề nghị|Trên|Nhận được|Hiện nay|Tuy nhiên)\b"
# So does a line of print whose rest starts with a name; a text with longer lines was not wrapped.
_WIDEST_PRINT = 130
_WRAP = re.compile(
    rf"^(?=[^\n]{{60,130}}$)(?![^\n]*\S {{3}})[^\n]*[{LOWER}{UPPER}\d,)](?P<cut>\n)(?=[{UPPER}\d(\"“])(?!\d{{1,3}}[ \t]*\n)(?!{_LABEL} |{_PART_OF_LETTER}|{_SENTENCE})",
    re.MULTILINE,
)
# Letters pasted from a page may come as very few lines: the marks of their parts show where lines began.
_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (
            r" (?=CỘNG H[OÒ][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT|Độc lập ?- ?Tự do|Số ?:|V/v |Kính gửi|Nơi nhận ?:)",
            "\n",
        ),
        (r"(?<=Hạnh phúc) |(?<=\./\.) ", "\n"),
        (rf"(?<=[\d{LOWER}])(?P<cut> )(?:{_CAP}\.? ){{0,4}}{_CAP}, ngày [\d ]{{0,3}}tháng ", "\n"),
        (rf"Kính gửi ?:[^.;:\n]{{2,150}}\.(?P<cut> )(?=[{UPPER}])", "\n"),
        (rf"(?<=\d{{4}}) (?=(?:{_CAPITAL_TYPES})\b)", "\n"),
        (
            rf"(?<=[.;:)]) (?=(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}[.)]|\d{{1,2}}\.\d{{1,2}}|[IVX]{{1,5}}\.) [{UPPER}])",
            "\n",
        ),
        (rf"(?<=[.;:]) (?=(?:[-+•]|[a-zđ]\)) [{UPPER}])", "\n"),
        (rf"(?<=[.;:]) (?=(?:Điều \d{{1,2}}\.|Căn cứ [{UPPER}]|Nhận được |QUYẾT ĐỊNH:))", "\n"),
        (rf" (?=(?:TM|KT|TL|TUQ|Q)\. ?[{UPPER}]{{2}}|T/M [{UPPER}]{{2}})", "\n"),
    )
)
_CHARACTERS_PER_LINE = 300
_CUT = re.compile(rf"^[^\n]{{50,130}}[^\n.;:]\n(?=[{LOWER}])", re.MULTILINE)
_IN_COLUMNS = re.compile(r"^\||\t|\S {2,}\S.* {2,}\S")
_CUTS = 2  # so many sentences that go on with a small letter on the next line show that lines are wrapped


def normalise(original: str) -> Source:
    """Return the letter composed, with one kind of dash and blank, whole sentences and no mark-up.

    Every rule is linear in the length of the text.
    """
    source = Source.of(original).substitute(_HEAP, _composed)
    for pattern, replacement in _FIRST_RULES:
        source = source.substitute(pattern, replacement)
    is_wrapped = _is_wrapped(source.text)
    source = mark_rows(source)
    if is_wrapped:
        source = source.substitute(_WRAP, " ")
    for pattern, replacement in _RULES:
        source = source.substitute(pattern, replacement)
    source = source.substitute(_NATIONAL, _on_one_line)
    if source.text.count("\n") * _CHARACTERS_PER_LINE < len(source.text):
        source = _unfolded(source)
    return source


def _is_wrapped(text: str) -> bool:
    """Say whether lines end where the paper did: none is longer, and sentences go on below."""
    widest = max((len(line) for line in text.split("\n") if not _IN_COLUMNS.search(line)), default=0)
    if widest > _WIDEST_PRINT:
        return False
    return sum(1 for _ in islice(_CUT.finditer(text), _CUTS)) == _CUTS


def _composed(heap: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", heap[1] + heap[2])


def _on_one_line(words: re.Match[str]) -> str:
    return " ".join(words[0].split())


def _unfolded(source: Source) -> Source:
    for pattern, replacement in _FOLDS:
        source = source.substitute(pattern, replacement)
    return source

"""Templates: the shipped ones and those that the Office has edited in Word; the marks each needs."""

from lxml import etree

from cchc_portal.core.errors import DomainError, Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.reports.docx import marks, shipped
from cchc_portal.reports.docx.content import DocumentKind
from cchc_portal.reports.docx.marks import Mark
from cchc_portal.reports.docx.oxml import paragraphs, w
from cchc_portal.reports.docx.package import DAMAGED, Part, read
from cchc_portal.reports.docx.safety import require_harmless, require_page
from cchc_portal.reports.docx.styles import Styles

_EVERYWHERE = (Mark.ISSUER, Mark.SUBJECT, Mark.BODY)
NEEDED = {
    DocumentKind.LETTER: (
        *_EVERYWHERE,
        Mark.NUMBER,
        Mark.DATE,
        Mark.ADDRESSEES,
        Mark.RECIPIENTS,
        Mark.SIGNATURE,
    ),
    DocumentKind.ACT: (
        *_EVERYWHERE,
        Mark.NUMBER,
        Mark.DATE,
        Mark.TITLE,
        Mark.ADDRESSEES,
        Mark.RECIPIENTS,
        Mark.SIGNATURE,
    ),
    DocumentKind.TABLE: (*_EVERYWHERE, Mark.TITLE),
}
ALLOWED = {
    kind: frozenset({*needed, Mark.SUPERIOR, Mark.URGENCY, Mark.DATE, Mark.NUMBER})
    for kind, needed in NEEDED.items()
}
MISSING = N_(
    "Mẫu thiếu dấu %(marks)s. Hãy gõ lại đúng dấu đó vào chỗ cũ, kể cả hai ngoặc nhọn, rồi lưu và tải lên lại."
)
UNKNOWN = N_("Mẫu có dấu %(marks)s mà hệ thống không biết. Hãy sửa hoặc xóa dấu đó rồi tải lên lại.")
NOT_ALONE = N_("Dấu %(marks)s phải đứng riêng một dòng, không có chữ nào khác và chỉ một lần trong mẫu.")

# Changes that somebody tracked count as accepted; comments, controls and bookmarks are not for the reader.
_UNWRAPPED = ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")
_DROPPED = (
    "del",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "customXmlPr",
    "smartTagPr",
    "sdtPr",
    "sdtEndPr",
)
# Word gives each paragraph a number of its own; a paragraph that is repeated must not repeat it.
_NAMES_OF_PARAGRAPHS = "{http://schemas.microsoft.com/office/word/2010/wordml}"


_MOST_NAMED = 3  # marks in one message


class WrongMarks(Invalid):
    """A template whose marks are not right.

    Args:
        message: with a place "%(marks)s".
        found: the marks it is about, as they are written.
    """

    def __init__(self, message: str, found: list[str]) -> None:
        self.found = ", ".join(dict.fromkeys(found[:_MOST_NAMED]))
        super().__init__({"": message})


class Template:
    """A template ready to be filled in: once, it is changed by that."""

    def __init__(self, main: Part) -> None:
        self.main = main
        styles = main.below("styles")
        base = shipped.template(DocumentKind.LETTER).below("styles")[0]
        if not styles:
            main.links["rIdStyles"] = styles_part = base
        else:
            styles_part = styles[0]
        main.links["rIdSettings"] = shipped.settings()
        self.styles = Styles(styles_part.root, base.root)

    @property
    def body(self) -> etree._Element:
        """What holds the paragraphs and tables."""
        body = self.main.root.find(w("body"))
        if body is None:
            raise Invalid({"": DAMAGED})
        return body

    @property
    def section(self) -> etree._Element:
        """The page set-up."""
        section = self.body.find(w("sectPr"))
        if section is None:
            raise Invalid({"": DAMAGED})
        return section

    @property
    def margins(self) -> list[etree._Element]:
        """Page headers and footers."""
        return [part.root for kind in ("header", "footer") for part in self.main.below(kind)]


def open_template(kind: DocumentKind, content: bytes | None = None) -> Template:
    """Return a template that is ready to be filled in.

    Args:
        kind: of documents.
        content: a DOCX that `require_usable` has accepted; None for the shipped template.

    Raises:
        Invalid: the file is damaged.
    """
    if content is None:
        return Template(shipped.template(kind))
    template = Template(read(content))
    for root in (template.main.root, *template.margins):
        _tidy(root)
    return template


def require_usable(kind: DocumentKind, content: bytes) -> None:
    """Refuse a template with which documents would come out wrong.

    Raises:
        Invalid: damaged, dangerous, or not the page that the decree wants.
        WrongMarks: a needed mark is missing, unknown, doubled or not alone.
    """
    try:
        template = open_template(kind, content)
        require_harmless(template.main)
        require_page(template.main)
        _require_marks(kind, template)
    except DomainError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise Invalid({"": DAMAGED}) from None


def _require_marks(kind: DocumentKind, template: Template) -> None:
    written = [words for one in paragraphs(template.body) for words in marks.words_in(one)]
    in_margins = [
        words for root in template.margins for one in paragraphs(root) for words in marks.words_in(one)
    ]
    found = [marks.named(words) for words in written]
    if missing := [mark.written for mark in NEEDED[kind] if mark not in found]:
        raise WrongMarks(MISSING, missing)
    known = ALLOWED[kind]
    if unknown := [words for words in (*written, *in_margins) if marks.named(words) not in known]:
        raise WrongMarks(UNKNOWN, [f"{{{{{words}}}}}" for words in unknown])
    if misplaced := [
        mark.written for mark in found if mark and mark.is_block and not _is_right(mark, template)
    ]:
        raise WrongMarks(NOT_ALONE, misplaced[:1])
    if astray := [mark.written for words in in_margins if (mark := marks.named(words)) and mark.is_block]:
        raise WrongMarks(NOT_ALONE, astray[:1])


def _is_right(mark: Mark, template: Template) -> bool:
    holders = [
        one
        for one in paragraphs(template.body)
        for words in marks.words_in(one)
        if marks.named(words) is mark
    ]
    return len(holders) == 1 and marks.is_alone(holders[0]) and _is_in_place(mark, holders[0])


def _is_in_place(mark: Mark, paragraph: etree._Element) -> bool:
    """Say whether it stands where tables fit: the body not inside a table's cell or a text box."""
    parent = paragraph.getparent()
    return mark is not Mark.BODY or (parent is not None and parent.tag == w("body"))


def _tidy(root: etree._Element) -> None:
    for name in _DROPPED:
        for node in list(root.iter(w(name))):
            if (parent := node.getparent()) is not None:
                parent.remove(node)
    for name in _UNWRAPPED:
        for node in list(root.iter(w(name))):
            _unwrap(node)
    for paragraph in paragraphs(root):
        for key in [key for key in paragraph.keys() if str(key).startswith(_NAMES_OF_PARAGRAPHS)]:  # noqa: SIM118
            del paragraph.attrib[key]


def _unwrap(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    for child in list(node):
        node.addprevious(child)
    parent.remove(node)

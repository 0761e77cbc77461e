"""Small pieces of WordprocessingML."""

import re

from lxml import etree

from cchc_portal.core.text import nfc

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BLANK = "{http://www.w3.org/XML/1998/namespace}space"
# What XML cannot hold, what nobody sees, and halves of pairs.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def w(name: str) -> str:
    """Return a name or attribute in the namespace of WordprocessingML."""
    return f"{{{W}}}{name}"


def element(name: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
    """Return an element; attributes belong to the same namespace.

    >>> etree.tostring(element("jc", val="center")).endswith(b'w:val="center"/>')
    True
    """
    made = etree.Element(
        w(name), {w(key): str(value) for key, value in attributes.items()}, nsmap={"w": W, "r": R}
    )
    made.extend(children)
    return made


def writable(text: str) -> str:
    """Return text as it may stand in XML: NFC, without control and invisible characters."""
    return _UNWRITABLE.sub("", nfc(text))


def run(text: str, *properties: etree._Element) -> etree._Element:
    """Return a run of text."""
    made = element("r")
    if properties:
        made.append(element("rPr", *properties))
    words = element("t")
    words.text = writable(text)
    words.set(BLANK, "preserve")
    made.append(words)
    return made


def attribute(parent: etree._Element | None, path: str, name: str = "val") -> str:
    """Return an attribute of a descendant, "pPr/jc" say; empty if there is none.

    Args:
        parent: where the path begins.
        path: names without the namespace, separated by "/".
        name: the attribute, without the namespace.
    """
    found = None if parent is None else parent.find("/".join(w(part) for part in path.split("/")))
    return "" if found is None else str(found.get(w(name), ""))


def paragraphs(container: etree._Element) -> list[etree._Element]:
    """Return the paragraphs below an element in document order."""
    return list(container.iter(w("p")))


def texts(paragraph: etree._Element) -> list[etree._Element]:
    """Return the pieces of text in a paragraph, without those of text boxes that hang on it."""
    return [piece for piece in paragraph.iter(w("t")) if next(piece.iterancestors(w("p"))) is paragraph]


def text_of(paragraph: etree._Element) -> str:
    """Return the words of a paragraph, whatever runs Word has split them into."""
    return "".join(piece.text or "" for piece in texts(paragraph))

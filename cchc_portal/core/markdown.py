"""Markdown of people: a small safe part of it."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"}

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True}).enable(
    ["linkify", "strikethrough"],
)
_parser.disable(["image", "heading", "lheading", "hr"])


def to_html(text: str) -> str:
    """Return safe HTML: no images, no headings, no scripts; links open without a referrer."""
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )

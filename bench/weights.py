"""What a page weighs: bytes decoded and on the wire, requests of a cold and a warm browser."""

import gzip
import re
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

import brotli

from bench import servers, tables
from bench.clients import Answer, Browser, Request
from bench.data import PASSWORD, DataSet, username

PARTS = re.compile(
    r'(?:<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*>|<script[^>]+src=[^>]*>|<img[^>]+src=[^>]*>)'
)
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
DRAWINGS = re.compile(r'<use href="([^"#]+)#')
LOADED = re.compile(r'hx-get="([^"]+)"[^>]*hx-trigger="load')
BARS = {"HTML": 24, "CSS": 35, "JS": 50, "wire": 35, "cold": 8}


@dataclass(frozen=True)
class File:
    """One file of a page: its kind, bytes decoded and bytes on the wire."""

    kind: str
    size: int
    wire: int


def measure(data: DataSet) -> None:
    """Print the weights of the most used pages."""
    with servers.portal(data.folder, log=data.log) as portal:
        browser = Browser(portal.port, 2).enter_portal(username(2), PASSWORD)
        browser.accepts = "gzip, deflate, br"
        detail = data.ask("SELECT max(id) FROM initiative WHERE state = 'published'")[0][0]
        pages = {
            "home": "/",
            "list": "/initiatives",
            "detail": f"/initiatives/{detail}",
            "search": "/search?q=ho+so",
            "new": "/initiatives/new",
        }
        rows = [_row(name, *_files(browser, path)) for name, path in pages.items()]
    head = ("page", "HTML KiB", "CSS", "JS", "wire besides fonts", "fonts", "requests cold", "warm")
    tables.show("Page weights, KiB decoded (wire: compressed)", head, rows)
    print("bars: HTML ≤ 24, CSS ≤ 35, JS ≤ 50, wire ≤ 35 besides fonts, ≤ 8 requests cold, 1-2 warm")


def _files(browser: Browser, path: str) -> tuple[list[File], int]:
    """Return the files of a page and how many pieces it fetches by itself."""
    answer = browser.ask(Request(path))
    page = _decoded(answer).decode()
    files = [File("html", len(page.encode()), len(answer.body))]
    linked = [ADDRESS.search(tag)[1] for tag in PARTS.findall(page)]  # type: ignore[index]
    addresses = dict.fromkeys([*linked, *DRAWINGS.findall(page)])
    files += [_file(browser, urlsplit(address).path) for address in addresses]
    pieces = [piece.replace("&amp;", "&") for piece in dict.fromkeys(LOADED.findall(page))]
    for piece in pieces:
        got = browser.ask(Request(piece, is_fragment=True))
        files.append(File("piece", len(_decoded(got)), len(got.body)))
    return files, len(pieces)


def _file(browser: Browser, path: str) -> File:
    answer = browser.ask(Request(path))
    return File(path.rpartition(".")[2], len(_decoded(answer)), len(answer.body))


def _row(name: str, files: list[File], pieces: int) -> list[str]:
    sizes = {kind: sum(file.size for file in files if file.kind == kind) for kind in ("html", "css", "js")}
    wire = sum(file.wire for file in files if file.kind != "woff2")
    fonts = sum(file.wire for file in files if file.kind == "woff2")
    numbers = (
        *(f"{size / 1024:.1f}" for size in sizes.values()),
        f"{wire / 1024:.1f}",
        f"{fonts / 1024:.1f}",
    )
    return [name, *numbers, str(len(files)), str(1 + pieces)]


def _decoded(answer: Answer) -> bytes:
    encoding = answer.headers.get("Content-Encoding", "")
    if encoding == "br":
        return bytes(brotli.decompress(answer.body))
    if encoding == "gzip":
        return gzip.decompress(answer.body)
    return zlib.decompress(answer.body) if encoding == "deflate" else answer.body

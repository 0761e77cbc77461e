"""Style, behaviour and drawings under names that change with their content.

At start-up the stylesheets of the frame and of every feature become one file, htmx and `app.js` another;
fonts and icons keep their own. All stay in memory (some 150 KB) and are served by one route: no build
step, no files in the data folder that two processes might write at once, and an answer that a browser
may keep for a year because other content has another name.
"""

import hashlib
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotFound

from cchc_portal.web.security import limiter, public

FRAME = ("tokens", "base", "layout", "components")
SCRIPTS = ("vendor/htmx/htmx.min.js", "js/app.js")
SINGLE = ("icons.svg", "favicon.svg", "vendor/be-vietnam-pro/*.woff2")
KEEP = "public, max-age=31536000, immutable"
_QUOTED = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)""")
_AROUND_SIGN = re.compile(r" ?(=>|[=!]==?|&&|\|\||\?\??|[<>+-]?=|[{}(),;:<>+*/%[-]) ?")
_ONE_NAME = re.compile(r"(?<!\w)\((\w+)\)=>")
_AFTER_SIGN = re.compile(r"(?<=[{;,(\[])\n")  # elsewhere a break may end a statement

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file as the browser gets it.

    Args:
        name: file name with a piece of the hash of the content.
        body: the content.
    """

    name: str
    body: bytes

    @property
    def mimetype(self) -> str:
        """What kind of file it is."""
        return mimetypes.types_map.get(Path(self.name).suffix, "font/woff2")

    @cached_property
    def packed(self) -> bytes:
        """Its content as small as Brotli gets it: too slow for every answer, so made once, on demand."""
        return bytes(brotli.compress(self.body, quality=11))


def init_app(app: Flask) -> None:
    """Build the assets once, serve them, and tell templates their addresses by `asset(…)`."""
    table = build(Path(app.static_folder or ""))
    app.extensions["assets"] = {one.name: one for one in table.values()}
    app.register_blueprint(blueprint)

    def asset(key: str) -> str:
        return f"{request.script_root}/assets/{table[key].name}"

    app.jinja_env.globals["asset"] = asset


@blueprint.get("/assets/<string:name>")
@public
@limiter.exempt
def file(name: str) -> Response:
    """Serve one asset, to be kept by the browser."""
    found = current_app.extensions["assets"].get(name)
    if found is None:
        raise NotFound
    headers = {"Cache-Control": KEEP, "Vary": "Accept-Encoding"}
    if found.mimetype == "font/woff2" or not request.accept_encodings.quality("br"):
        return Response(found.body, mimetype=found.mimetype, headers=headers)
    return Response(found.packed, mimetype=found.mimetype, headers=headers | {"Content-Encoding": "br"})


@lru_cache(maxsize=2)
def build(static: Path) -> dict[str, Asset]:
    """Return what templates ask for ("css", "js" or a file's own name) and the asset behind it.

    Args:
        static: the folder with css, js, vendor and the drawings.
    """
    table = {path.name: _named(path.name, path.read_bytes()) for path in _single(static)}
    table["css"] = _named("site.css", _link(_stylesheet(static), table).encode())
    table["js"] = _named("site.js", _script(static).encode())
    return table


def squeeze_css(text: str) -> str:
    """Return a stylesheet without comments, indentation and line breaks."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").strip()
    return re.sub(r"(?<=[{;])([a-z-]+): ", r"\1:", text)


def squeeze_js(text: str) -> str:
    """Return a script without whole-line comments, indentation, and blanks and breaks around signs.

    What stands in quotes stays as it is; a string must end on its line.
    """
    lines = (line.strip() for line in text.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    parts = _QUOTED.split(code)  # code and quoted text in turn
    return "".join(part if number % 2 else _without_blanks(part) for number, part in enumerate(parts))


def _without_blanks(code: str) -> str:
    joined = _AFTER_SIGN.sub("", _AROUND_SIGN.sub(r"\1", code))
    return _ONE_NAME.sub(r"\1=>", joined.replace(";}", "}"))


def _single(static: Path) -> Iterator[Path]:
    return (path for pattern in SINGLE for path in sorted(static.glob(pattern)))


def _stylesheet(static: Path) -> str:
    features = sorted(path.stem for path in (static / "css").glob("*.css") if path.stem not in FRAME)
    parts = [(static / "css" / f"{name}.css").read_text("utf-8") for name in (*FRAME, *features)]
    return squeeze_css("\n".join(parts))


def _script(static: Path) -> str:
    vendor, own = ((static / path).read_text("utf-8") for path in SCRIPTS)
    return f"{vendor}\n;{squeeze_js(own)}\n"


def _link(css: str, table: dict[str, Asset]) -> str:
    """Point `url("../a/b.woff2")` at the hashed name, which stands beside the stylesheet."""
    return re.sub(r'url\("[^"]*?([^/"]+)"\)', lambda found: f'url("{table[found[1]].name}")', css)


def _named(name: str, body: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    return Asset(f"{stem}.{hashlib.sha256(body).hexdigest()[:8]}{dot}{suffix}", body)

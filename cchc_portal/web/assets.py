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
from rcssmin import cssmin
from rjsmin import jsmin
from werkzeug.exceptions import NotFound

from cchc_portal.web.security import limiter, public

FRAME = ("tokens", "base", "layout", "components")
SCRIPTS = ("vendor/htmx/htmx.min.js", "js/app.js")
SINGLE = ("icons.svg", "favicon.svg", "vendor/be-vietnam-pro/*.woff2")
KEEP = "public, max-age=31536000, immutable"

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


def _single(static: Path) -> Iterator[Path]:
    return (path for pattern in SINGLE for path in sorted(static.glob(pattern)))


def _stylesheet(static: Path) -> str:
    features = sorted(path.stem for path in (static / "css").glob("*.css") if path.stem not in FRAME)
    parts = [(static / "css" / f"{name}.css").read_text("utf-8") for name in (*FRAME, *features)]
    return str(cssmin("\n".join(parts)))


def _script(static: Path) -> str:
    vendor, own = ((static / path).read_text("utf-8") for path in SCRIPTS)
    return f"{vendor}\n;{jsmin(own)}\n"


def _link(css: str, table: dict[str, Asset]) -> str:
    """Point `url("../a/b.woff2")` at the hashed name, which stands beside the stylesheet."""
    return re.sub(r'url\("[^"]*?([^/"]+)"\)', lambda found: f'url("{table[found[1]].name}")', css)


def _named(name: str, body: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    return Asset(f"{stem}.{hashlib.sha256(body).hexdigest()[:8]}{dot}{suffix}", body)

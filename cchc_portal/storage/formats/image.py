"""JPEG and PNG."""

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages, signatures
from cchc_portal.storage.formats.kinds import Passage

MAX_PIXELS = 50_000_000
_SIGNATURES = {"jpeg": signatures.JPEG, "png": signatures.PNG}


def check(path: Path, kind: str) -> None:
    """Decode the image once.

    Raises:
        Invalid: no such image, too many pixels, damaged, or something hides in it.
    """
    signatures.require(path, _SIGNATURES[kind])
    content = path.read_bytes()
    signatures.refuse_archive(path)
    signatures.refuse_pdf(content)
    signatures.refuse_markup(content)
    _decode(path, kind)


def read(path: Path) -> Iterator[Passage]:
    """Yield nothing: the portal reads no text out of pictures."""
    del path
    yield from ()


def _decode(path: Path, kind: str) -> None:
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path, formats=[kind.upper()]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Invalid({"": messages.HUGE_IMAGE})
        image.draft("L", (image.width // 8, image.height // 8))  # a JPEG is decoded at an eighth
        image.load()

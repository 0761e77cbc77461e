"""ZIP: an archive of files that are brought in together; only its list is read here, by name nothing is unpacked."""

import zipfile
from pathlib import Path

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages, signatures

MOST_ENTRIES = 5_000
MOST_UNPACKED = 1024 * 1024 * 1024


def check(path: Path, _kind: str) -> None:
    """Read the list of the archive.

    Raises:
        Invalid: no archive, damaged, or too much in it.
    """
    signatures.require(path, signatures.ZIP)
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Invalid({"": messages.ARCHIVE_TOO_FULL})

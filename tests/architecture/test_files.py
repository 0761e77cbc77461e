"""What is in the repository speaks of the product alone, and nothing in it is put off."""

import re

from tests.architecture.sources import ROOT, tracked_files

ELSEWHERE = re.compile(rb"(?<![\w./~-])/(?:work|root|home/[a-z]|tmp|Users|mnt)/\w")
PUT_OFF = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
NOT_RUN = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b")
GIVEN = ("static/vendor/", "requirements", "cchc_portal/search/synonyms.json")
HERE = "tests/architecture/test_files.py"
CONDITIONAL = {
    "tests/cli/test_memory.py": "speaks of one system's library",
    "tests/conftest.py": "a developer's machine may lack PostgreSQL; the gate requires it",
    "tests/jobs/test_redis.py": "a developer's machine may lack Redis; the gate requires it",
    "tests/reports/conftest.py": "a developer's machine may lack LibreOffice; the gate requires it",
    "tests/test_config.py": "modes of files are POSIX's",
}


def test_no_paths_of_one_machine() -> None:
    found = {name: hit.group() for name, data in _texts().items() if (hit := ELSEWHERE.search(data))}

    assert found == {}


def test_nothing_is_put_off() -> None:
    found = [name for name, data in _texts().items() if PUT_OFF.search(data.decode(errors="ignore"))]

    assert found == []


def test_every_test_runs() -> None:
    found = [
        name
        for name, data in _texts().items()
        if name.startswith("tests/")
        and name not in CONDITIONAL
        and NOT_RUN.search(data.decode(errors="ignore"))
    ]

    assert found == []


def test_no_secret_is_kept() -> None:
    kept = [name for name in _texts() if re.search(r"secret-key|\.pem$|\.key$|\.env$|id_rsa|\.db$", name)]

    assert kept == []


def _texts() -> dict[str, bytes]:
    names = {str(path.relative_to(ROOT)): path for path in tracked_files()}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if not name.startswith(GIVEN) and name != HERE and path.suffix not in {".woff2", ".png", ".jpg"}
    }

"""LibreOffice, to see what a reader of a document sees."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
import pytest

Printed = Mapping[str, pypdfium2.PdfDocument]
Printer = Callable[[Mapping[str, bytes]], Printed]


@pytest.fixture(scope="session")
def soffice(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Mapping[str, bytes], str], dict[str, bytes]]:
    """Give a way to open files in LibreOffice and save them in another format, all in one go."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: make office")

    def convert(files: Mapping[str, bytes], form: str) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("office")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # or a second process waits for the first
        names = [str(folder / name) for name in files]
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder / "out"),
            *names,
        ]
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
        return {
            name: (folder / "out" / Path(name).with_suffix(f".{form}").name).read_bytes() for name in files
        }

    return convert


@pytest.fixture(scope="session")
def printed(soffice: Callable[[Mapping[str, bytes], str], dict[str, bytes]]) -> Printer:
    """Give a way to print files to PDF."""

    def to_pdf(files: Mapping[str, bytes]) -> Printed:
        return {name: pypdfium2.PdfDocument(content) for name, content in soffice(files, "pdf").items()}

    return to_pdf

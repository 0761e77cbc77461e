"""What the documents name exists, and what exists is named."""

import re
from collections.abc import Iterator

import click
from flask import Flask

from cchc_portal.config import SETTINGS
from tests.architecture.sources import ROOT

OURS = ("demo", "directive", "search", "serve", "user", "worker")
README = (ROOT / "README.md").read_text()


def test_readme_lists_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `CCHC_(\w+)` \| (?:`(.*?)`)? ?\|", README, re.MULTILINE)

    assert rows == [(setting.name, setting.default) for setting in SETTINGS]


def test_readme_lists_every_command(portal: Flask) -> None:
    table = README.partition("## Commands")[2].partition("## ")[0]

    missing = [" ".join(path) for path, _ in _commands(portal) if f"`{' '.join(path)}" not in table]

    assert missing == []


def test_every_command_shows_an_example(portal: Flask) -> None:
    without = [
        " ".join(path)
        for path, command in _commands(portal)
        if f"Example: flask --app wsgi {' '.join(path)}" not in (command.help or "")
    ]

    assert without == []


def test_targets_named_in_documents_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = {word for text in _documents().values() for word in re.findall(r"`make ([a-z-]+)", text)}

    assert {"run", "test"} <= named <= targets


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        (name, link)
        for name, text in _documents().items()
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", text)
        if not (ROOT / name).parent.joinpath(link).exists()
    ]

    assert broken == []


def _documents() -> dict[str, str]:
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def _commands(portal: Flask) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in OURS:
        command = portal.cli.commands[name]
        if isinstance(command, click.Group):
            yield from (((name, verb), below) for verb, below in command.commands.items())
        else:
            yield (name,), command

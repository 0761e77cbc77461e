"""`flask directive`: official letters from the command line."""

import json
from pathlib import Path

import click
from flask import current_app

from cchc_portal.cli.refusals import Group, refusals_in_words
from cchc_portal.core.db import unit_of_work
from cchc_portal.directives import operations, queries
from cchc_portal.directives.models import Directive
from cchc_portal.directives.reading import Item, Letter, as_json, read_letter
from cchc_portal.storage import formats
from cchc_portal.storage.operations import receive

group = Group("directive", help="Official letters: import.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what is recognised, save nothing.")
@click.option("--json", "wants_json", is_flag=True, help="Print it as JSON.")
@refusals_in_words
def import_(file: Path, *, dry_run: bool, wants_json: bool) -> None:
    """Read a letter (DOCX, PDF, TXT, MD) and keep it as a draft for the Office.

    Example: flask --app wsgi directive import cong-van.docx --dry-run --json
    """
    letter = read_letter(formats.read_document(file, file.name))
    _print(letter, wants_json=wants_json)
    if dry_run:
        return
    with file.open("rb") as stream:
        received = receive(stream, name=file.name)
    with unit_of_work():
        own_name = current_app.config["CCHC_OFFICE_NAME"]
        directive = operations.import_file(received, name=file.name, by=None, own_name=own_name)
        directive_id = directive.id
        same = [_named(one) for one in queries.doubles(directive)]
    click.echo(f"Đã lưu bản nháp số {directive_id}; Văn phòng rà soát rồi ban hành.", err=wants_json)
    for line in same:
        click.echo(f"Có thể đã nhập trước đây: {line}", err=True)


def _print(letter: Letter, *, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(as_json(letter), ensure_ascii=False, indent=1))
        return
    head = letter.head
    click.echo(
        f"{head.type.value} {head.code or '(chưa có số)'}: {head.subject.value if head.subject else ''}"
    )
    for item in letter.all_items():
        click.echo(_line(item))


def _named(directive: Directive) -> str:
    words = (directive.kind, directive.code, directive.issuer, directive.date_words)
    return f"số {directive.id}, " + " · ".join(word for word in words if word)


def _line(item: Item) -> str:
    who = ", ".join(assignee.value for assignee in item.assignees) or "(không nêu đơn vị)"
    until = f" · {item.deadline.words}" if item.deadline else ""
    return f"  {item.no}. {who}{until}"

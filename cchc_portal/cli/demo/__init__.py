"""`flask demo`: the ward of 2023 to try things out, and volume to measure with."""

import click
from flask.cli import AppGroup

from cchc_portal.accounts import queries
from cchc_portal.cli.demo.ward import load_ward
from cchc_portal.cli.refusals import refusals_in_words
from cchc_portal.core.db import unit_of_work

group = AppGroup("demo", help="Demonstration data: load.")


@group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing if there are accounts already.")
@refusals_in_words
def load(if_empty: bool) -> None:  # noqa: FBT001  an option of the command line
    """Load the ward of 2023: units, an account per role, the letter, 25 initiatives.

    Running it again adds what is missing and changes nothing else.

    Example: flask --app wsgi demo load
    """
    if if_empty and queries.people(active=False):
        return
    with unit_of_work():
        added = load_ward()
    click.echo(f"Đã nạp dữ liệu trình diễn: thêm {added} mục.")

"""`flask demo`: the ward of 2023 to try things out, and volume to measure with."""

import sys

import click

from cchc_portal.accounts import queries
from cchc_portal.cli.demo.bulk import Volume, load_bulk
from cchc_portal.cli.demo.ward import load_ward
from cchc_portal.cli.refusals import Group, refusals_in_words
from cchc_portal.core.db import unit_of_work

group = Group("demo", help="Demonstration data: load, bulk.")


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


@group.command("bulk")
@click.option("--initiatives", default=1000, show_default=True, type=click.IntRange(0, 1_000_000))
@click.option("--users", default=50, show_default=True, type=click.IntRange(5, 999_999))
@click.option("--letters", default=0, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--tasks", default=0, show_default=True, type=click.IntRange(0, 1_000_000))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 9999))
@refusals_in_words
def bulk(initiatives: int, users: int, letters: int, tasks: int, seed: int) -> None:
    """Fill the portal with people, initiatives, votes and comments to measure with, letters and tasks if asked.

    The same seed gives the same data; running it again adds what is missing and nothing twice.
    The accounts canbo.<seed>.000001 and on share the demonstration password.

    Example: flask --app wsgi demo bulk --initiatives 10000 --users 5000 --letters 300 --tasks 5000 --seed 1
    """
    with click.progressbar(length=initiatives, label="Sáng kiến", file=sys.stderr) as bar:
        added = load_bulk(Volume(initiatives, users, seed, letters, tasks), tick=bar.update)
    click.echo(f"Đã thêm {added} sáng kiến, công văn và tài khoản.")
    if added:
        click.echo("Bộ tìm kiếm sẽ tự cập nhật; nhanh hơn: flask --app wsgi search rebuild")

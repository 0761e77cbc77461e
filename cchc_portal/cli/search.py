"""`flask search`: asking, rebuilding and checking the index from the command line."""

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from cchc_portal import wiring
from cchc_portal.audit.consumers import follow_outside
from cchc_portal.cli.refusals import Group, refusals_in_words
from cchc_portal.search import entries, indexer, queries
from cchc_portal.search.analysis import Piece
from cchc_portal.search.engines import Busy, EngineUnavailable

group = Group("search", help="Search: query, rebuild, check.")


@group.command("query")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines to read.")
@refusals_in_words
def query(text: str, limit: int, *, as_json: bool) -> None:
    """Show what the search page shows an ordinary member of staff.

    With - for TEXT it reads one query a line from standard input and answers one JSON line each.

    Example: flask --app wsgi search query "tra ket qua tai nha" --limit 5 --json
    """
    _take_in_what_happened()
    if text == "-":
        for line in sys.stdin:
            click.echo(json.dumps(_found(line.rstrip("\r\n"), limit), ensure_ascii=False))
    elif as_json:
        click.echo(json.dumps(_found(text, limit), ensure_ascii=False))
    else:
        _print(_found(text, limit))


@group.command("rebuild")
@refusals_in_words
def rebuild() -> None:
    """Read everything anew, build an index beside the old one, and switch to it.

    Example: flask --app wsgi search rebuild
    """
    entries.refresh_all()
    try:
        count = indexer.rebuild()
    except Busy as busy:
        raise click.ClickException("Một tiến trình khác đang ghi chỉ mục; hãy thử lại sau.") from busy
    click.echo(f"Đã dựng lại chỉ mục: {count} mục.")


@group.command("check")
@refusals_in_words
def check() -> None:
    """Compare database and index; list what differs and end with status 1 if anything does.

    Example: flask --app wsgi search check
    """
    different = list(entries.differences())
    try:
        different += list(indexer.unfiled())
    except EngineUnavailable as error:
        raise click.ClickException(
            "Không đọc được chỉ mục; hãy chạy: flask --app wsgi search rebuild"
        ) from error
    for key in different:
        click.echo(key)
    if different:
        raise click.ClickException(f"{len(different)} khác biệt giữa cơ sở dữ liệu và chỉ mục.")
    click.echo("Cơ sở dữ liệu và chỉ mục khớp nhau.")


def _take_in_what_happened() -> None:
    """Read what no worker has read yet, so that the answer is right without one."""
    follow_outside("search", indexer.follow, names=wiring.names_for("search"))
    indexer.heal_search()


def _found(text: str, limit: int) -> list[dict[str, Any]]:
    found = queries.results(queries.Criteria(q=text), to=None, limit=limit)
    return [
        {
            "code": card.code,
            "title": _plain(card.title),
            "score": round(card.score, 3),
            "snippet": _plain(card.excerpt.pieces),
        }
        for card in found.cards
    ]


def _plain(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _print(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(f"{row['score']:8.2f}  {row['code']:<14} {row['title']}")
    if not rows:
        click.echo("Không tìm thấy mục nào.")

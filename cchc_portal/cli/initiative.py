"""`flask initiative`: past initiatives from the command line."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from cchc_portal.cli.refusals import Group, refusals_in_words
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.imports import operations
from cchc_portal.imports.fates import Fate, Verdict, judge
from cchc_portal.imports.models import Batch
from cchc_portal.imports.sources import Sheet, read

group = Group("initiative", help="Initiatives: import past ones.")
MOST_SHOWN = 200


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would become of each row, save nothing.")
@click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON.")
@refusals_in_words
def import_(file: Path, *, dry_run: bool, wants_json: bool) -> None:
    """Bring in past initiatives from XLSX, CSV or JSONL; doing it again makes no doubles.

    Example: flask --app wsgi initiative import sang-kien-2020.xlsx --dry-run
    """
    sheet = read(file, file.name)
    verdicts = judge(sheet.rows)
    if not dry_run:
        _import(sheet, file.name)
    report = _as_json(sheet, verdicts, is_dry_run=dry_run)
    if wants_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print(sheet, verdicts, is_dry_run=dry_run)


def _import(sheet: Sheet, file_name: str) -> None:
    with unit_of_work():
        batch = operations.keep(sheet, by=None, file_name=file_name)
        operations.begin(batch, by=None)
        batch_id, total = batch.id, batch.total
    with click.progressbar(length=total, label="Nhập", file=sys.stderr) as bar:
        while done := _step(batch_id):
            bar.update(done)


def _step(batch_id: int) -> int:
    """Import some rows in a transaction of their own and let go of them: memory stays flat."""
    with unit_of_work():
        done = operations.import_some(db.session.get_one(Batch, batch_id), by=None)
    db.session.expunge_all()
    return done


def _as_json(sheet: Sheet, verdicts: Sequence[Verdict], *, is_dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": is_dry_run,
        "counts": dict(Counter(verdict.fate.value for verdict in verdicts)),
        "columns_passed_over": list(sheet.passed_over),
        "rows": [
            {
                "row": verdict.number,
                "fate": verdict.fate.value,
                "code": verdict.code,
                "title": verdict.title,
                "status": verdict.state.value,
                "problems": list(verdict.problems),
            }
            for verdict in verdicts
        ],
    }


def _print(sheet: Sheet, verdicts: Sequence[Verdict], *, is_dry_run: bool) -> None:
    worth_a_look = [verdict for verdict in verdicts if verdict.fate is not Fate.NEW or verdict.problems]
    for verdict in worth_a_look[:MOST_SHOWN]:
        why = " ".join(verdict.problems)
        click.echo(f"  Dòng {verdict.number}: {verdict.fate.label}. {verdict.title[:80]} {why}".rstrip())
    if len(worth_a_look) > MOST_SHOWN:
        click.echo(f"  … và {len(worth_a_look) - MOST_SHOWN} dòng nữa (xem đủ với --json).")
    if sheet.passed_over:
        click.echo(f"Cột không dùng đến: {', '.join(sheet.passed_over)}.")
    counts = Counter(verdict.fate for verdict in verdicts)
    said = ", ".join(f"{fate.label.lower()}: {counts[fate]}" for fate in Fate if counts[fate])
    click.echo(f"{'Xem trước' if is_dry_run else 'Đã nhập'}: {len(verdicts)} dòng ({said}).")

"""`flask initiative`: past initiatives from the command line."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import click
from sqlalchemy import select

from cchc_portal.cli.refusals import Group, refusals_in_words
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid
from cchc_portal.core.text import fold_name
from cchc_portal.imports import bundles, looking, operations
from cchc_portal.imports.columns import COLUMN, LABELS, passed_over
from cchc_portal.imports.fates import Fate, Verdict
from cchc_portal.imports.models import Batch
from cchc_portal.imports.sources import NO_HEADS, Sheet, read
from cchc_portal.initiatives.models import Initiative
from cchc_portal.storage.formats import check_archive
from cchc_portal.storage.operations import Received

group = Group("initiative", help="Initiatives: import past ones.")
MOST_SHOWN = 200


@group.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would become of each row, save nothing.")
@click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON.")
@click.option("--map", "mapping", multiple=True, metavar="HEAD=COLUMN", help="What a column of the file is.")
@refusals_in_words
def import_(file: Path, *, dry_run: bool, wants_json: bool, mapping: Sequence[str]) -> None:
    """Bring in past initiatives from XLSX, CSV or JSONL, or from a folder or ZIP of DOCX and PDF files.

    Doing it again makes no doubles. Columns are known by their usual names; --map tells of others,
    and of those to be passed over. Of a folder or ZIP each file is one initiative and is attached to
    it. The exit status is 1 if none of the rows can be kept.

    \b
    Examples:
      flask --app wsgi initiative import sang-kien-2020.xlsx --map "Tên đề tài=title" --dry-run
      flask --app wsgi initiative import sang-kien-2019/
    """
    if file.is_dir() or file.suffix.lower() == ".zip":
        judged, files = _look_at_papers(file, keeps=not dry_run)
    else:
        judged, files = _look_at_sheet(file, dict(_told(one) for one in mapping)), {}
    if not dry_run:
        _import(judged, files, file.name)
    if wants_json:
        click.echo(json.dumps(_as_json(judged, is_dry_run=dry_run), ensure_ascii=False, indent=1))
    else:
        _print(judged, is_dry_run=dry_run)
    if all(verdict.fate is Fate.ERROR for verdict in judged.verdicts):
        raise Invalid({"": "Không dòng nào nhập được."})


def _told(mapping: str) -> tuple[str, str]:
    """Return a folded head and its column, from "Tên đề tài=title"; "Ghi chú=" passes it over."""
    head, equals, column = mapping.rpartition("=")
    known = COLUMN.get(fold_name(column), "")
    if not equals or not head.strip() or (column.strip() and not known):
        raise Invalid({"--map": f'cần dạng "Tên cột=title"; có: {", ".join(LABELS)}'})
    return fold_name(head), known


def _look_at_sheet(file: Path, chosen: Mapping[str, str]) -> looking.Judged:
    judged = looking.look(read(file, file.name, chosen), chosen)
    if "title" not in judged.columns.values():
        raise Invalid({"": f'{NO_HEADS} Hoặc chỉ ra cột đó: --map "Tên cột=title".'})
    return judged


def _look_at_papers(file: Path, *, keeps: bool) -> tuple[looking.Judged, dict[int, Received]]:
    """Read the documents of a folder or ZIP; return them with the bytes that were kept, by row."""
    if not file.is_dir():
        check_archive(file)
    papers = nullcontext(bundles.in_folder(file)) if file.is_dir() else bundles.in_zip(file)
    with papers as found, click.progressbar(found, label="Đọc", file=sys.stderr) as bar:
        read_ones = list(enumerate((bundles.read(paper, keeps=keeps) for paper in bar), start=1))
    sheet = Sheet([(number, one.values) for number, one in read_ones], ())
    return looking.look(sheet, {}), {number: one.received for number, one in read_ones if one.received}


def _import(judged: looking.Judged, files: Mapping[int, Received], file_name: str) -> None:
    with unit_of_work():
        batch = operations.keep(judged, by=None, file_name=file_name, files=files)
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


def _as_json(judged: looking.Judged, *, is_dry_run: bool) -> dict[str, object]:
    codes = _codes(judged.verdicts)
    return {
        "dry_run": is_dry_run,
        "counts": dict(Counter(verdict.fate.value for verdict in judged.verdicts)),
        "columns": {head: column for head, column in judged.columns.items() if column},
        "columns_passed_over": passed_over(judged.columns),
        "rows": [
            {
                "row": verdict.number,
                **({"file": values["file"]} if "file" in values else {}),
                "fate": verdict.fate.value,
                "code": verdict.code,
                "title": verdict.title,
                "status": verdict.state.value,
                "problems": list(verdict.problems),
                "same_as": codes.get(verdict.same_as),
                "same_row": verdict.same_row,
            }
            for (_number, values), verdict in zip(judged.sheet.rows, judged.verdicts, strict=True)
        ],
    }


def _codes(verdicts: Sequence[Verdict]) -> dict[int | None, str | None]:
    """Return the codes of the initiatives that rows equal."""
    ids = {verdict.same_as for verdict in verdicts if verdict.same_as}
    query = select(Initiative.id, Initiative.code).where(Initiative.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


def _print(judged: looking.Judged, *, is_dry_run: bool) -> None:
    verdicts, passed = judged.verdicts, passed_over(judged.columns)
    worth_a_look = [verdict for verdict in verdicts if verdict.fate is not Fate.NEW or verdict.problems]
    codes = _codes(worth_a_look[:MOST_SHOWN])
    files = {number: values.get("file") for number, values in judged.sheet.rows}
    for verdict in worth_a_look[:MOST_SHOWN]:
        above = files.get(verdict.same_row or 0) or f"Dòng {verdict.same_row}"
        same = codes.get(verdict.same_as) or (above if verdict.same_row else "")
        why = " ".join([*verdict.problems, f"({same})" if same else ""])
        file = files.get(verdict.number)
        where = f"Tệp {file}" if file else f"Dòng {verdict.number}"
        click.echo(f"  {where}: {verdict.fate.label}. {verdict.title[:80]} {why}".rstrip())
    if len(worth_a_look) > MOST_SHOWN:
        click.echo(f"  … và {len(worth_a_look) - MOST_SHOWN} dòng nữa (xem đủ với --json).")
    if passed:
        click.echo(f"Cột không dùng đến: {', '.join(passed)}.")
    counts = Counter(verdict.fate for verdict in verdicts)
    said = ", ".join(f"{fate.label.lower()}: {counts[fate]}" for fate in Fate if counts[fate])
    click.echo(f"{'Xem trước' if is_dry_run else 'Đã nhập'}: {len(verdicts)} dòng ({said}).")

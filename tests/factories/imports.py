"""Batches of past initiatives."""

from collections.abc import Mapping

from cchc_portal.core.db import db
from cchc_portal.imports import looking, operations
from cchc_portal.imports.models import Batch
from cchc_portal.imports.sources import Sheet

ROW = {"title": "Tra cứu hồ sơ bằng mã QR", "solution": "Dán mã QR lên giấy hẹn."}


def look(*lines: tuple[int, Mapping[str, str]]) -> looking.Judged:
    """Judge rows with their lines."""
    heads = dict.fromkeys(head for _line, row in lines for head in row)
    return looking.look(Sheet(lines, list(heads)), {})


def make_batch(*rows: Mapping[str, str]) -> Batch:
    """Keep a batch of rows, lines counted from 2; one row unless told."""
    lines = enumerate(rows or (ROW,), start=2)
    batch = operations.keep(look(*lines), by=None, file_name="cu.xlsx")
    db.session.commit()
    return batch


def import_whole(batch: Batch) -> Batch:
    """Import a kept batch to its end."""
    operations.begin(batch, by=None)
    while operations.import_some(batch, by=None):
        pass
    db.session.commit()
    return batch


def undo_whole(batch: Batch) -> Batch:
    """Take an imported batch back to its end."""
    operations.undo(batch, by=None)
    while operations.undo_some(batch, by=None):
        pass
    db.session.commit()
    return batch

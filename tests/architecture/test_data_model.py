from xml.etree import ElementTree as ET

from cchc_portal.core.db import db
from tools.data_model import describe, draw
from tools.data_model.tables import DOCS, features


def test_data_model_is_described_as_it_is() -> None:
    assert (DOCS / "data-model.md").read_text("utf-8") == describe(features()), "run make docs"
    assert (DOCS / "data-model.svg").read_text("utf-8") == draw(features()), "run make docs"


def test_drawing_shows_every_table_with_every_column() -> None:
    drawing = ET.fromstring((DOCS / "data-model.svg").read_text("utf-8"))  # noqa: S314  our own file
    words = [(text.text or "").removesuffix("?") for text in drawing.iter("{http://www.w3.org/2000/svg}text")]

    for table in db.metadata.tables.values():
        assert table.name in words
        assert {column.name for column in table.columns} <= set(words)

"""`make docs`: write docs/data-model.md and docs/data-model.svg."""

from tools.data_model import describe, draw
from tools.data_model.tables import DOCS, features

found = features()
(DOCS / "data-model.md").write_text(describe(found), "utf-8")
(DOCS / "data-model.svg").write_text(draw(found), "utf-8")

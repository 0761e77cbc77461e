"""Forms for a file of past initiatives and for what its columns are."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from cchc_portal.imports.columns import LABELS
from cchc_portal.web.forms import Form


class FileForm(Form):
    """Which file."""

    sheet = FileField(
        _("Danh sách sáng kiến cũ (XLSX, CSV, JSONL), hoặc ZIP các tệp DOCX, PDF"),
        [FileRequired(_("Hãy chọn một tệp."))],
    )


def columns_form(columns: Mapping[str, str]) -> Form:
    """Return a form with a list to choose from for each head of a file.

    Args:
        columns: head -> column chosen so far, "" if it is passed over.
    """
    meanings = {"": gettext("Không nhập cột này"), **{name: gettext(text) for name, text in LABELS.items()}}
    words = [SelectChoice(name, text) for name, text in meanings.items()]
    fields = {
        f"column_{number}": SelectField(head, choices=words, default=column)
        for number, (head, column) in enumerate(columns.items())
    }
    return type("ColumnsForm", (Form,), fields)()  # type: ignore[no-any-return]


def chosen_columns(form: Form) -> dict[str, str]:
    """Return head -> column as chosen in a `columns_form`."""
    return {field.label.text: field.data for field in form if field.name.startswith("column_")}

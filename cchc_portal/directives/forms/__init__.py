"""Forms of letters."""

from cchc_portal.directives.forms.correction import AmendmentForm, CorrectionForm
from cchc_portal.directives.forms.letters import (
    ImportForm,
    LetterFilesForm,
    NumberForm,
    OutgoingForm,
    ReasonForm,
    RelationForm,
)
from cchc_portal.directives.forms.register import FilterForm, address, filters

__all__ = [
    "AmendmentForm",
    "CorrectionForm",
    "FilterForm",
    "ImportForm",
    "LetterFilesForm",
    "NumberForm",
    "OutgoingForm",
    "ReasonForm",
    "RelationForm",
    "address",
    "filters",
]

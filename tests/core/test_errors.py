"""Domain errors."""

import pytest

from cchc_portal.core import errors


@pytest.mark.parametrize("kind", [errors.NotAllowed, errors.NotFound, errors.InvalidState, errors.Conflict])
def test_error_has_words_of_its_own_unless_others_are_given(kind: type[errors.DomainError]) -> None:
    assert kind().message == kind.default != ""
    assert kind("Khác.").message == "Khác."


def test_invalid_speaks_of_the_whole_or_of_its_fields() -> None:
    assert errors.Invalid({"": "Cả bài sai."}).message == "Cả bài sai."
    assert errors.Invalid({"name": "Thiếu."}).message == errors.Invalid.default


@pytest.mark.parametrize("kind", [errors.TooMany, errors.Unavailable])
def test_passing_errors_know_when_they_pass(kind: type[errors.TooMany | errors.Unavailable]) -> None:
    assert kind(retry_after=7).retry_after == 7


def test_require_goes_on_or_refuses() -> None:
    errors.require(True)  # noqa: FBT003  reads as a sentence
    with pytest.raises(errors.NotAllowed, match="Chỉ Văn phòng"):
        errors.require(False, "Chỉ Văn phòng")  # noqa: FBT003  reads as a sentence

import pytest

from cchc_portal.accounts.models import Unit, UnitFunction
from cchc_portal.core.clock import today
from cchc_portal.directives.naming import meant, names_of

OFFICE = Unit(
    code="VPTK", name="Văn phòng - Thống kê", short_name="VP-TK", aliases=["VP"], valid_from=today()
)
CULTURE = Unit(code="VHXH", name="Văn hóa - Xã hội", aliases=[], valid_from=today())
CULTURE.functions = [UnitFunction(name="Văn hóa thông tin", aliases=["VHTT"])]
POLICE = Unit(code="CA", name="Công an phường", aliases=["Công an"], valid_from=today())
UNITS = [OFFICE, CULTURE, POLICE]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Văn phòng – Thống kê", OFFICE),
        ("VĂN PHÒNG-THỐNG KÊ", OFFICE),
        ("VP-TK", OFFICE),
        ("Văn phòng - Thống kê phường", OFFICE),
        ("Công chức Văn hóa - Xã hội", CULTURE),
        ("Bộ phận Văn hóa - Xã hội thuộc UBND phường", CULTURE),
        ("Công an phường", POLICE),
        ("Trưởng Công an phường", POLICE),
        ("Phó Trưởng Công an phường", POLICE),
        ("Chánh Văn phòng - Thống kê", OFFICE),
        ("Phòng Nội vụ", None),
    ],
)
def test_unit_is_found_by_its_names(words: str, unit: Unit | None) -> None:
    assert meant(words, UNITS).unit is unit


def test_function_inside_brackets_is_found() -> None:
    meaning = meant("Văn hóa - Xã hội (phụ trách văn hóa thông tin)", UNITS)

    assert (meaning.unit, meaning.function) == (CULTURE, CULTURE.functions[0])


@pytest.mark.parametrize(
    ("words", "all_units", "everybody"),
    [
        ("Các bộ phận chuyên môn", True, False),
        ("Các bộ phận chuyên môn liên quan", True, False),
        ("Cán bộ, công chức, người lao động", False, True),
        ("Toàn thể cán bộ", False, True),
        ("Hội Nông dân", False, False),
    ],
)
def test_groups_are_told_from_units(words: str, *, all_units: bool, everybody: bool) -> None:
    meaning = meant(words, UNITS)

    assert (meaning.to_all_units, meaning.to_everybody) == (all_units, everybody)


def test_names_are_folded_for_the_reader() -> None:
    assert names_of([OFFICE]) == {"van phong thong ke", "vp tk", "vp", "vptk"}

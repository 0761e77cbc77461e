import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_portal.accounts.models import Role
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import State
from cchc_portal.search.queries.operators import Meaning, meaning
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive

pytestmark = pytest.mark.usefixtures("app")


def filters(typed: str) -> dict[str, set[str]]:
    return {facet: set(values) for facet, values in meaning(typed, to=None).filters.items()}


def words(meant: Meaning) -> list[str]:
    return [word.folded for word in meant.terms.words]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("trạng-thái:published", {"status": {"published"}}),
        ('trạng-thái:"Đã công bố"', {"status": {"published"}}),
        ("trang-thai:da-cong-bo", {"status": {"published"}}),
        ("trạng thái:đã công bố", {"status": {"published"}}),
        ("status:nhân-rộng", {"status": {"selected", "replicating"}}),
        ("năm:2022,2023", {"year": {"2022", "2023"}}),
        ("năm:2021-2023", {"year": {"2021", "2022", "2023"}}),
        ("năm:2021 year:2022", {"year": {"2021", "2022"}}),
        ("loại:mô-hình", {"kind": {"model"}}),
        ("loại:công văn", {"type": {"directive"}}),
        ("từ-khóa:Mã-QR", {"tag": {"ma qr"}}),
        ("lĩnh-vực:2", {"field": {"2"}}),
    ],
)
def test_names_become_values(typed: str, expected: dict[str, set[str]]) -> None:
    assert filters(f"{typed} zalo") == expected
    assert words(meaning(f"{typed} zalo", to=None)) == ["zalo"]


def test_units_go_by_all_their_names() -> None:
    unit = make_unit("TP", name="Tư pháp - Hộ tịch")
    make_unit("DC", name="Địa chính")

    names = ("TP", "tư-pháp", '"Tư pháp – Hộ tịch"', "tu phap", "tư pháp hộ tịch", "hộ-tịch")
    assert [filters(f"bộ-phận:{name}") for name in names] == [{"unit": {str(unit.id)}}] * len(names)


def test_authors_go_by_their_names() -> None:
    named = make_user(full_name="Cán bộ Một cửa")
    make_user(full_name="Cán bộ Địa chính")

    assert str(named.id) in filters('tác-giả:"một cửa"')["author"]
    assert filters("author:không-ai") == {"author": set()}


def test_items_go_by_number_and_letter() -> None:
    letter = make_directive(number="124", symbol="UBND-NV", items=2)
    other = make_directive(number="7", symbol="UBND-VP", items=1)
    first, second = (str(item.id) for item in letter.items)

    assert filters("mục:2") == {"item": {second}}
    assert filters("mục:124/UBND-NV") == {"item": {first, second}}
    assert filters('mục:"1 124/UBND-NV"') == {"item": {first}}
    assert filters("mục:1") == {"item": {first, str(other.items[0].id)}}


def test_items_of_drafts_are_known_to_the_office_alone() -> None:
    make_directive(state=LetterState.DRAFT, number="9", symbol="UBND-VP", items=1)

    assert meaning("mục:1", to=make_user()).unknown == ("mục:1",)
    assert meaning("mục:1", to=make_user(Role.OFFICE)).unknown == ()


def test_what_is_barred_stands_apart() -> None:
    meant = meaning("-năm:2022 năm:2023", to=None)

    assert meant.filters == {"year": {"2023"}}
    assert meant.barred == {"year": {"2022"}}


@pytest.mark.parametrize(
    "typed",
    ["năm:abc", "năm:99999999", "năm:2023-2021", "năm:²", "trạng-thái:xyz", "bộ-phận:không-có", "mục:999"],
)
def test_what_means_nothing_is_words(typed: str) -> None:
    meant = meaning(f"họp {typed}", to=None)

    assert meant.unknown == (typed,)
    assert meant.operators == ()
    assert len(words(meant)) > 2


def test_one_value_that_is_not_understood_spoils_its_operator() -> None:
    assert meaning("năm:2022,abc", to=None).unknown == ("năm:2022,abc",)


def test_every_state_is_called_by_its_name() -> None:
    found = [filters(f'trạng-thái:"{state.label}"') for state in State]

    assert found == [{"status": {state.value}} for state in State]


_PIECES = st.sampled_from(
    [
        '"',
        "-",
        " ",
        "năm:",
        "bộ-phận:",
        "mục:",
        "author:",
        "tag:",
        "loại:",
        "tư",
        "%",
        "_",
        "1",
        "\u0301",
        "²",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert meaning(typed, to=None).terms is not None

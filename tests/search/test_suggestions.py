"""Suggestions: what may be meant, of every kind, and only what the person may see."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from cchc_portal.accounts.models import User
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import State
from cchc_portal.search.queries import Suggestions, suggestions
from tests.factories.accounts import make_unit, make_user
from tests.factories.comments import make_comment
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
Indexed = Callable[[], None]


def keys(found: Suggestions) -> list[tuple[str, int]]:
    return [(card.kind, card.id) for card in found.cards]


def test_letters_go_by_the_beginning_of_their_number(indexed: Indexed) -> None:
    first = make_directive(number="124", symbol="UBND-NV", items=0)
    second = make_directive(number="1245", symbol="UBND-VP", items=0)
    make_directive(number="99", symbol="UBND-VP", items=0)
    make_directive(state=LetterState.DRAFT, number="1240", symbol="UBND-VP", items=0)
    indexed()
    person = make_user()

    for typed in ("12", "số 124", "cv 12"):
        assert set(keys(suggestions(typed, to=person))) == {("directive", first.id), ("directive", second.id)}
    assert keys(suggestions("124/ub", to=person)) == [("directive", first.id)]


def test_units_and_people_lead_to_what_they_made(indexed: Indexed) -> None:
    unit = make_unit("HT", name="Tư pháp - Hộ tịch")
    author = make_user(full_name="Cán bộ Hộ tịch Một", unit=unit)
    make_user(full_name="Cán bộ Hộ tịch Hai", unit=unit)
    make_initiative(state=State.PUBLISHED, by=author, title="Khai sinh tại nhà")
    indexed()

    found = suggestions("hộ tị", to=make_user())

    assert [one.id for one in found.units] == [unit.id]
    assert [one.id for one in found.people] == [author.id]
    assert [piece.text for piece in found.people[0].name if piece.is_match] == ["Hộ tịch"]


def test_nobody_is_suggested_for_what_others_may_not_see(indexed: Indexed) -> None:
    author = make_user(full_name="Người viết kín")
    make_initiative(state=State.WITHDRAWN, by=author)
    draft = make_initiative(state=State.DRAFT, by=author, title="Người viết kín đáo")
    indexed()

    stranger, own = (suggestions("người viết kín", to=person) for person in (make_user(), author))

    assert not any((stranger.cards, stranger.drafts, stranger.units, stranger.people))
    assert [one.id for one in own.people] == [author.id]
    assert [one.id for one in own.drafts] == [draft.id]


def test_an_initiative_is_suggested_once_not_with_all_that_is_said_of_it(indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Trả kết quả tại nhà")
    make_comment(made, body="Trả kết quả tại nhà rất hay")
    indexed()

    assert keys(suggestions("trả kết quả", to=make_user())) == [("initiative", made.id)]


def test_every_suggestion_says_what_it_is(client_of: Callable[[User], FlaskClient], indexed: Indexed) -> None:
    author = make_user(full_name="Cán bộ Đất đai", unit=make_unit(name="Tổ Đất đai"))
    made = make_initiative(state=State.PUBLISHED, by=author, title="Sổ đất đai <số>")
    letter = make_directive(number="7", subject="Đất đai", items=0)
    draft = make_initiative(state=State.DRAFT, by=author, title="Đất đai nháp")
    indexed()

    page = client_of(author).get("/search/suggestions?q=dat+dai", headers={"HX-Request": "true"}).text

    for href, hint in (
        (f"/initiatives/{made.id}", f"Sáng kiến, cách làm · {made.code}"),
        (f"/directives/{letter.id}", f"Công văn · {letter.code}"),
        (f"/initiatives/{draft.id}/draft", "Bản nháp của bạn"),
        (f"/search?unit={author.unit_id}", "Bộ phận: xem mọi mục"),
        (f"/search?author={author.id}", "Tác giả: xem sáng kiến"),
    ):
        assert f'href="{href}"' in page
        assert f'<small class="muted">{hint}</small>' in page
    assert "&lt;số&gt;" in page
    assert page.count('role="option"') == page.count('aria-hidden="true"') == 6

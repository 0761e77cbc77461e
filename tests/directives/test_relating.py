from dataclasses import replace
from datetime import date

import pytest

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, NotAllowed
from cchc_portal.directives import operations, queries
from cchc_portal.directives.content import of_directive
from cchc_portal.directives.models import Citation, Directive, Relation, State
from tests.factories.directives import make_citation, make_directive

TOWN = {
    "number": "124",
    "symbol": "UBND-NV",
    "issuer": "ỦY BAN NHÂN DÂN THỊ XÃ HỒNG LĨNH",
    "day": 2,
    "month": 2,
    "year": 2023,
}


def test_import_finds_the_letter_it_carries_out(office: User, letter_text: str) -> None:
    town = make_directive(**TOWN)

    directive = operations.import_letter(letter_text, by=office)
    db.session.commit()

    assert [citation.cited for citation in directive.citations] == [town, None, None, None]


def test_letter_that_arrives_later_is_found_by_those_that_cite_it(issued: Directive, office: User) -> None:
    town = make_directive(state=State.DRAFT, **TOWN)
    before = [citation.cited_id for citation in issued.citations]

    operations.issue(town, by=office)
    db.session.commit()
    db.session.expire_all()

    assert before == [None] * 4
    assert [citation.cited for citation in issued.citations] == [town, None, None, None]


def test_draft_is_not_found(issued: Directive, office: User, letter_text: str) -> None:
    make_directive(state=State.DRAFT, **TOWN)

    directive = operations.import_letter(letter_text, by=office)

    assert [citation.cited_id for citation in directive.citations] == [None] * 4


def test_number_filled_in_later_is_found(issued: Directive, office: User) -> None:
    town = make_directive(**TOWN | {"number": ""})
    operations.enter_number(town, by=office, number="124", day=None)
    db.session.commit()
    db.session.expire_all()

    assert issued.citations[0].cited == town


def test_number_corrected_later_is_found(issued: Directive, office: User) -> None:
    town = make_directive(**TOWN | {"number": "142"})
    content = of_directive(town)
    content = replace(content, head=content.head | {"number": "124"})

    operations.amend(town, by=office, content=content, seen=queries.revision(town), reason="Đọc nhầm số.")
    db.session.commit()
    db.session.expire_all()

    assert issued.citations[0].cited == town


@pytest.mark.parametrize(
    ("letter", "citation", "fits"),
    [
        ({}, {}, True),
        ({"issuer": "UBND huyện Đức Thọ"}, {}, True),
        ({"day": 3}, {}, False),
        ({"year": 2022}, {}, False),
        ({"day": None}, {}, True),
        ({"day": None, "issuer": "UBND huyện Đức Thọ"}, {}, False),
        ({"day": None, "year": 2022}, {}, False),
        ({}, {"issued_on": None}, True),
        ({}, {"issued_on": None, "issuer": ""}, False),
        ({}, {"issued_on": None, "issuer": "Sở Nội vụ"}, False),
        ({}, {"number": "0124 / ubnd–nv"}, True),
        ({}, {"number": "124/UBND-VP"}, False),
        ({"number": ""}, {"number": "UBND-NV"}, False),
    ],
)
def test_citation_means_a_letter_by_number_and_date_or_issuer(
    office: User,
    letter: dict[str, object],
    citation: dict[str, object],
    fits: bool,  # noqa: FBT001
) -> None:
    town, own = make_directive(**TOWN | letter), make_directive()
    said = {"number": "124/UBND-NV", "issued_on": date(2023, 2, 2), "issuer": "UBND thị xã"} | citation
    cited = make_citation(own, **said)

    found = queries.meant_by([cited], apart_from=own.id)

    assert found == [town.id if fits else None]


def test_of_two_letters_with_one_number_the_issuer_decides(office: User) -> None:
    town, own = make_directive(**TOWN), make_directive()
    make_directive(**TOWN | {"issuer": "UBND huyện Đức Thọ"})
    said = {"number": "124/UBND-NV", "issued_on": date(2023, 2, 2)}

    certain = make_citation(own, **said, issuer="UBND thị xã")
    doubtful = make_citation(own, **said, issuer="UBND")

    assert queries.meant_by([certain, doubtful], apart_from=own.id) == [town.id, None]


def test_letter_never_means_itself(office: User) -> None:
    town = make_directive(**TOWN)
    cited = make_citation(town, number="124/UBND-NV", issued_on=date(2023, 2, 2))

    assert queries.meant_by([cited], apart_from=town.id) == [None]


def test_office_relates_a_letter_of_the_register(issued: Directive, office: User) -> None:
    plan = make_directive(number="46", symbol="KH-UBND", kind="Kế hoạch", day=31, month=3, year=2022)

    citation = operations.relate(issued, by=office, relation=Relation.REPLACES, cited=plan)
    db.session.commit()

    assert (citation.cited, citation.kind, citation.number, citation.issued_on, citation.role) == (
        plan,
        "Kế hoạch",
        "46/KH-UBND",
        date(2022, 3, 31),
        "thay thế",
    )
    assert (citation.added_by, citation.relation) == (office, Relation.REPLACES)
    assert audit.of(issued)[-1].name == "directive.related"


def test_relation_by_hand_is_no_citation_of_the_letter_itself(issued: Directive, office: User) -> None:
    before = of_directive(issued)

    operations.relate(issued, by=office, relation=Relation.BASIS, number="76/NQ-CP")
    db.session.commit()
    db.session.expire_all()

    assert of_directive(issued) == before


def test_relation_that_is_only_named_finds_its_letter_later(issued: Directive, office: User) -> None:
    said = {"number": "76/NQ-CP", "issued_on": date(2021, 7, 15), "issuer": "Chính phủ", "kind": "Nghị quyết"}
    citation = operations.relate(issued, by=office, relation=Relation.BASIS, **said)
    later = make_directive(
        state=State.DRAFT, number="76", symbol="NQ-CP", issuer="CHÍNH PHỦ", day=15, month=7, year=2021
    )
    alone = citation.cited_id

    operations.issue(later, by=office)

    assert (alone, citation.cited_id) == (None, later.id)


@pytest.mark.parametrize(
    ("relation", "message"),
    [
        ({"number": ""}, operations.NAMELESS),
        ({"number": "35/UBND-VP"}, operations.ITSELF),
        ({"number": "124/UBND-NV"}, operations.THERE),
    ],
)
def test_relate_refuses_what_says_nothing(office: User, relation: dict[str, str], message: str) -> None:
    letter = make_directive(number="35")
    make_citation(letter, number="124/UBND-NV")

    with pytest.raises(Invalid) as refusal:
        operations.relate(letter, by=office, relation=Relation.BASIS, **relation)

    assert refusal.value.errors == {"number": message}


def test_letter_is_not_related_to_itself(office: User) -> None:
    letter = make_directive(number="35")

    with pytest.raises(Invalid):
        operations.relate(letter, by=office, relation=Relation.BASIS, cited=letter)


def test_relation_by_hand_is_taken_away(issued: Directive, office: User) -> None:
    citation = operations.relate(issued, by=office, relation=Relation.BASIS, number="76/NQ-CP")
    db.session.flush()

    operations.unrelate(citation, by=office)
    db.session.commit()

    assert db.session.query(Citation).filter_by(number="76/NQ-CP").count() == 0
    assert audit.of(issued)[-1].name == "directive.unrelated"


def test_wrong_link_of_the_letter_is_parted_for_good(issued: Directive, office: User) -> None:
    town = make_directive(state=State.DRAFT, **TOWN)
    operations.issue(town, by=office)
    db.session.expire_all()

    operations.unrelate(issued.citations[0], by=office)
    db.session.flush()
    content = replace(of_directive(issued), head=of_directive(issued).head | {"place": "Hồng Lĩnh"})
    operations.amend(
        issued, by=office, content=content, seen=queries.revision(issued), reason="Sai địa danh."
    )
    db.session.commit()

    assert [citation.cited_id for citation in issued.citations] == [None] * 4
    assert issued.citations[0].number == "124/UBND-NV"


def test_citation_without_a_link_stays(issued: Directive, office: User) -> None:
    with pytest.raises(Invalid):
        operations.unrelate(issued.citations[0], by=office)


def test_relations_are_the_offices(issued: Directive, staff: User) -> None:
    with pytest.raises(NotAllowed):
        operations.relate(issued, by=staff, relation=Relation.BASIS, number="76/NQ-CP")
    with pytest.raises(NotAllowed):
        operations.unrelate(issued.citations[0], by=staff)

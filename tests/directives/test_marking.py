from cchc_portal.directives.marking import Piece, doubts, pieces
from cchc_portal.directives.models import Directive


def test_pieces_give_the_whole_text_back(draft: Directive) -> None:
    assert "".join(piece.text for piece in pieces(draft)) == draft.text


def test_pieces_name_what_was_recognised(draft: Directive) -> None:
    found = [(piece.kind, piece.text) for piece in pieces(draft)]

    assert ("place", "Bắc Hồng") in found
    assert ("deadline", "trước 15/3/2023") in found
    assert ("verb", "đơn đốc") in found
    assert [piece.value for piece in pieces(draft) if piece.kind == "item"] == [
        "1",
        "2",
        "2.a",
        "3",
        "4",
        "5",
        "6",
    ]


def test_pieces_of_a_markdown_file_leave_its_signs_out(draft: Directive) -> None:
    draft.file_name = "cong-van.md"

    assert "".join(piece.text for piece in pieces(draft)) == draft.text.replace("*", "")


def test_overlapping_marks_are_shown_once(draft: Directive) -> None:
    draft.text = "Giao Văn phòng"
    draft.recognised = {"marks": [_mark("assignee", 5, 14), _mark("verb", 10, 14), _mark("signer", 13, 14)]}

    assert pieces(draft) == [Piece("Giao "), Piece("Văn phòng", "assignee", "x"), Piece("")]


def test_doubts_ask_who_leads_where_two_are_told(draft: Directive) -> None:
    assert list(doubts(draft)) == ["3"]


def _mark(kind: str, start: int, end: int) -> dict[str, object]:
    return {"kind": kind, "value": "x", "certainty": "sure", "span": {"start": start, "end": end}}

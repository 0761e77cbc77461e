from cchc_portal.search.analysis import Dictionary, spelled_out, words


def test_abbreviations_are_spelled_out_and_long_forms_stay() -> None:
    dictionary = Dictionary([["TTHC", "thủ tục hành chính"], ["một cửa", "bộ phận tiếp nhận"]])

    assert spelled_out(words("TTHC một cửa"), dictionary) == "thủ tục hành chính một cửa"

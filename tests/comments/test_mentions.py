import pytest

from cchc_portal.comments.mentions import MOST_MENTIONS, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nhờ @vptk xem giúp", ["vptk"]),
        ("@canbo.dcxd, @truong.vhxh: xin ý kiến.", ["canbo.dcxd", "truong.vhxh"]),
        ("Xin hỏi @vptk.", ["vptk"]),
        ("(@VPTK) và @vptk", ["vptk"]),
        ("gửi tới vptk@example.vn", []),
        ("@ vptk @@vptk", []),
        ("Không nhắc ai", []),
        ("", []),
    ],
)
def test_names_in_finds_mentions_and_no_mail(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_names_in_is_limited() -> None:
    crowd = " ".join(f"@nguoi{number}" for number in range(100))

    assert names_in(crowd) == [f"nguoi{number}" for number in range(MOST_MENTIONS)]

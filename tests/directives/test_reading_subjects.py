"""Who acts is who stands where the subject of an order stands, whatever its name; things and guests do not act."""

import pytest

from cchc_portal.directives.reading import Certainty, Item, read_letter

_HEAD = """UBND TỈNH HÀ LÂM
UBND PHƯỜNG TÂN HÒA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 5/{symbol}

Tân Hòa, ngày 02 tháng 3 năm 2026

{kind}
Về việc thử cách đọc

1. """
_FOOT = """

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Đại diện ký
"""


def read_one(words: str, *, kind: str = "KẾ HOẠCH", symbol: str = "KH-UBND") -> Item:
    """Return the only item of a letter that says these words."""
    return read_letter(_HEAD.format(kind=kind, symbol=symbol) + words + _FOOT).items[0]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Rạp hát Hòa Bình bố trí bàn hướng dẫn.", ["Rạp hát Hòa Bình"]),
        ("Các chủ hồ thủy điện vận hành đúng quy trình.", ["Các chủ hồ thủy điện"]),
        ("Trách nhiệm của thanh tra viên\nKê khai trung thực.", ["Thanh tra viên"]),
        ("Công an phường, dân quân lập chốt.", ["Công an phường", "Dân quân"]),
        ("Đài truyền thanh phường đọc bản tin.", ["Đài truyền thanh phường"]),
    ],
)
def test_subject_of_an_order_acts_whatever_its_name(words: str, who: list[str]) -> None:
    item = read_one(words)

    assert [one.value for one in item.assignees] == who


@pytest.mark.parametrize(
    "words",
    [
        "Các hồ sơ gửi trực tuyến chiếm 90%.",
        "Kinh phí thực hiện: bố trí trong dự toán.",
        "Đối tượng: công chức được phân công làm việc tại Trung tâm.",
        "Phòng Nội vụ: 20 hồ sơ;",
        "Thể chế hành chính tiếp tục hoàn thiện.",
        "Mô hình Tân Hòa Số thực hiện từ năm 2024.",
    ],
)
def test_thing_and_figure_name_nobody(words: str) -> None:
    item = read_one(words)

    assert item.assignees == ()


def test_subject_of_no_known_kind_is_asked() -> None:
    item = read_one("Rạp hát Hòa Bình bố trí bàn hướng dẫn.")

    assert [one.certainty for one in item.assignees] == [Certainty.DOUBTFUL]


def test_guest_of_an_invitation_has_nothing_to_do() -> None:
    item = read_one("Tổ trưởng 12 tổ dân phố.", kind="GIẤY MỜI", symbol="GM-UBND")

    assert item.assignees == ()


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("từ ngày 10/3 đến ngày 15/3/2026; báo cáo trước ngày 18/3/2026.", "trước ngày 18/3/2026"),
        ("(hoàn thành trước 30/6).", "trước 30/6"),
        ("không muộn hơn ngày 20/4/2026.", "không muộn hơn ngày 20/4/2026"),
        ("sau 05 ngày làm việc kể từ ngày nhận hồ sơ.", "sau 05 ngày làm việc"),
        ("chiếm trước 1/3 số hộ.", None),
    ],
)
def test_deadline_is_what_binds(words: str, due: str | None) -> None:
    item = read_one(f"Phòng Kinh tế tổ chức thực hiện {words}")

    assert (item.deadline.words if item.deadline else None) == due

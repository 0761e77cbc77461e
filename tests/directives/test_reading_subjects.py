"""Who acts is who stands where the subject of an order stands, whatever its name; things and guests do not act."""

import pytest

from cchc_portal.directives.reading import Certainty, Item, as_json, read_letter
from cchc_portal.directives.reading.bodies import bodies_in
from cchc_portal.directives.reading.source import Source

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
        ("Các bộ phận sớm hoàn thiện hồ sơ.", ["Các bộ phận"]),
        ("Trung tâm Văn hóa cho mượn hội trường phục vụ hội nghị.", ["Trung tâm Văn hóa"]),
        ("Trạm Y tế xã lo chỗ nghỉ cho đoàn.", ["Trạm Y tế xã"]),
        ("Ban Pháp chế HĐND xã khảo sát.", ["Ban Pháp chế HĐND xã"]),
        ("UBND các xã có rừng phân công người trực.", ["UBND các xã có rừng"]),
        ("Văn phòng được giao theo dõi.", ["Văn phòng"]),
        (
            "Các đơn vị được giao chủ trì nhiệm vụ khẩn trương báo cáo.",
            ["Các đơn vị được giao chủ trì nhiệm vụ"],
        ),
        ("Đảng uỷ xã và Hội Phụ nữ xã vận động nhân dân.", ["Đảng uỷ xã", "Hội Phụ nữ xã"]),
        ("Trước ngày 20/4/2026, các trường gửi danh sách.", ["Các trường"]),
        ("Hội thi do Đoàn Thanh niên phụ trách.", ["Đoàn Thanh niên"]),
        ("Cấp phát thuốc (Trung tâm Y tế thực hiện).", ["Trung tâm Y tế"]),
        (
            "Riêng Chủ tịch UBND các phường Tân Lập, Hòa Bình và xã Đông Sơn kiểm điểm.",
            ["Chủ tịch UBND các phường Tân Lập, Hòa Bình và xã Đông Sơn"],
        ),
        ("Trưởng các phòng\nPhân công công chức theo dõi.", ["Trưởng các phòng"]),
        ("Đội Trật tự đô thị lập biên bản.", ["Đội Trật tự đô thị"]),
        ("UBND xã An Phú (có tỷ lệ số hóa dưới 50%) giải trình.", ["UBND xã An Phú"]),
        (
            "Đảng ủy viên phụ trách chi bộ, tổ dân phố dự sinh hoạt.",
            ["Đảng ủy viên phụ trách chi bộ, tổ dân phố"],
        ),
        ("Các chi bộ:\nPhân công đảng viên phụ trách hộ, gửi danh sách.", ["Các chi bộ"]),
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
        "Sau ngày 15/7, cơ quan nào còn nhiệm vụ quá hạn thì bị phê bình.",
        "Nghiêm cấm việc yêu cầu người dân nộp thêm giấy tờ.",
        "Đồng ý cho Hội Cựu chiến binh phường vận động hội viên.",
    ],
)
def test_thing_and_figure_name_nobody(words: str) -> None:
    item = read_one(words)

    assert item.assignees == ()


@pytest.mark.parametrize(
    "words",
    [
        "Phòng Kinh tế chủ trì, các thôn phối hợp thực hiện.",
        "Phòng Kinh tế (chủ trì), Các thôn (phối hợp) kiểm tra.",
        "Rà soát quy hoạch (Phòng Kinh tế chủ trì, phối hợp với các thôn; xong trước 30/4/2026).",
    ],
)
def test_who_leads_and_who_helps(words: str) -> None:
    item = read_one(words)

    assert (item.lead, item.support) == ("Phòng Kinh tế", ("Các thôn",))


def test_day_in_brackets_over_a_list_binds_all_of_it() -> None:
    item = read_one(
        "Các nhiệm vụ (xong trước 30/6/2026):\na) Công an xã tuần tra.\nb) Trạm Y tế xã trực ban."
    )

    assert [(one.assignees[0].value, one.deadline and one.deadline.words) for one in item.children] == [
        ("Công an xã", "xong trước 30/6/2026"),
        ("Trạm Y tế xã", "xong trước 30/6/2026"),
    ]
    assert item.assignees == ()


def test_names_behind_a_report_belong_together_unless_the_second_acts() -> None:
    together = read_one("Gửi báo cáo về Sở Nội vụ và Văn phòng UBND tỉnh trước ngày 15/6.")
    apart = read_one("Gửi báo cáo về Sở Nội vụ, Sở Tài chính thẩm định trước ngày 15/6.")

    assert [one.report_to.value for one in (together, apart) if one.report_to] == [
        "Sở Nội vụ và Văn phòng UBND tỉnh",
        "Sở Nội vụ",
    ]


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("Gửi tài liệu kiểm chứng (tệp PDF có ký số) về Phòng Nội vụ trước 05/11/2026.", "Phòng Nội vụ"),
        ("Văn phòng gửi danh sách việc sắp đến hạn, quá hạn tới Sở Nội vụ.", "Sở Nội vụ"),
        ("Các thôn báo kết quả về UBND phường (qua Văn phòng).", "UBND phường (qua Văn phòng)"),
    ],
)
def test_whom_a_result_goes_to_stands_behind_what_is_sent(words: str, to: str) -> None:
    item = read_one(words)

    assert item.report_to is not None
    assert item.report_to.value == to


@pytest.mark.parametrize(
    "words", ["Phòng Nội vụ, các thôn nếu chậm thì bị nhắc", "Phòng Nội vụ, Bà con ai có máy để cho mượn"]
)
def test_clause_is_no_name(words: str) -> None:
    source = Source.of(words)

    found = bodies_in(source, 0, len(words), frozenset())

    assert [one.value for one in found] == ["Phòng Nội vụ"]


def test_helpers_of_a_further_clause_help_who_acts() -> None:
    item = read_one(
        "Phòng Nội vụ hoàn chỉnh báo cáo; chủ trì cùng Công an phường, các thôn đề xuất phương án."
    )

    assert (item.lead, item.support) == ("Phòng Nội vụ", ("Công an phường", "Các thôn"))


def test_how_long_something_stays_is_no_deadline() -> None:
    item = read_one("Phòng Kinh tế cử công chức trực, không thay đổi người trong vòng 06 tháng.")

    assert item.deadline is None


def test_every_deadline_of_an_item_is_told() -> None:
    item = read_one("Phòng Kinh tế rà soát xong trước 15/4/2026, báo cáo kết quả trước ngày 20/4/2026.")

    assert [due.words for due in (item.deadline, *item.further) if due] == [
        "xong trước 15/4/2026",
        "trước ngày 20/4/2026",
    ]


@pytest.mark.parametrize("heading", ["Đánh giá chung", "Tồn tại, hạn chế", "Một số lưu ý"])
def test_part_that_tells_how_things_are_orders_nobody(heading: str) -> None:
    item = read_one(f"{heading}\nCông an xã bảo đảm an ninh trước 30/4/2026; Trạm Y tế xã tiêm chủng.")

    assert (item.assignees, item.deadline, item.children) == ((), None, ())


def test_record_of_who_was_there_and_who_spoke_orders_nobody() -> None:
    words = "Thành phần\n- Chủ trì: Chủ tịch UBND xã.\n\nII. KẾT LUẬN\n1. Công an xã tuần tra ban đêm."
    letter = _HEAD.format(kind="BIÊN BẢN", symbol="BB-UBND").removesuffix("1. ") + "I. " + words + _FOOT

    items = [item for top in read_letter(letter).items for item in top.walk()]

    assert [(item.no, item.assignees[0].value) for item in items if item.assignees] == [
        ("II.1", "Công an xã")
    ]


def test_doubt_is_told_in_the_json() -> None:
    letter = (
        _HEAD.format(kind="KẾ HOẠCH", symbol="KH-UBND") + "Rạp hát Hòa Bình bố trí bàn trước 30/4." + _FOOT
    )

    item = as_json(read_letter(letter))["items"][0]

    assert (item["asked"], item["deadline"]["certainty"]) == (["Rạp hát Hòa Bình"], "doubtful")


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
        ("chậm nhất thứ Ba (10/3/2026).", "chậm nhất thứ Ba (10/3/2026"),
        ("trước 10h sáng thứ Hai, 16/3.", "trước 10h sáng thứ Hai, 16/3"),
        ("vào sáng Chủ nhật hằng tuần.", "vào sáng Chủ nhật hằng tuần"),
        (
            "chậm nhất vào ngày làm việc cuối cùng của tháng.",
            "chậm nhất vào ngày làm việc cuối cùng của tháng",
        ),
    ],
)
def test_deadline_is_what_binds(words: str, due: str | None) -> None:
    item = read_one(f"Phòng Kinh tế tổ chức thực hiện {words}")

    assert (item.deadline.words if item.deadline else None) == due


@pytest.mark.parametrize(("due", "begins"), [("", ["Lập"]), (" trước ngày 20/3/2026", ["Đề nghị", "Lập"])])
def test_paragraph_that_leads_in_is_an_item_only_where_it_gives_a_day(due: str, begins: list[str]) -> None:
    head = _HEAD.format(kind="KẾ HOẠCH", symbol="KH-UBND").removesuffix("1. ")
    words = f"Đề nghị các phòng báo cáo{due} những nội dung sau:\n\nLập danh sách hộ dân."

    items = read_letter(head + words + _FOOT).items

    assert [item.text[: len(begin)] for item, begin in zip(items, begins, strict=True)] == begins
    assert all(item.assignees[0].value == "Các phòng" for item in items)

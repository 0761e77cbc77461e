"""What documents about past initiatives say, whatever form they have."""

import pytest

from cchc_portal.imports.documents import understand

APPLICATION = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN
Kính gửi: Hội đồng sáng kiến phường Bắc Hồng
| Số TT | Họ và tên | Ngày tháng năm sinh | Nơi công tác | Tỷ lệ (%) |
| 1 | Tác giả một | 01/01/1980 | Văn phòng - Thống kê | 60 |
| 2 | Tác giả hai | 01/01/1985 | Văn phòng - Thống kê | 40 |
Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến: “Ứng dụng mã QR trong tra cứu hồ sơ
tại bộ phận Một cửa”
- Chủ đầu tư tạo ra sáng kiến: UBND phường
- Lĩnh vực áp dụng sáng kiến: Cải cách thủ tục hành chính
- Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử: 01/03/2021
- Mô tả bản chất của sáng kiến:
Dán mã QR lên giấy hẹn.
- Giải pháp thứ nhất: in mã.
- Những thông tin cần được bảo mật (nếu có): Không
- Các điều kiện cần thiết để áp dụng sáng kiến: Có máy in.
- Đánh giá lợi ích thu được hoặc dự kiến có thể thu được do áp dụng sáng kiến theo ý kiến của tác giả:
Giảm 30% thời gian chờ.
Bắc Hồng, ngày 15 tháng 3 năm 2021
"""
REPORT = """UBND PHƯỜNG BẮC HỒNG
BÁO CÁO SÁNG KIẾN
“NÂNG CAO TỶ LỆ HỒ SƠ TRỰC TUYẾN
TRÊN ĐỊA BÀN PHƯỜNG”
Năm 2020
I. ĐẶT VẤN ĐỀ
Tỷ lệ hồ sơ trực tuyến thấp.
II. NỘI DUNG
1. Thực trạng
Người dân chưa quen.
2. Các giải pháp thực hiện
2.1. Tổ công nghệ cộng đồng đến từng nhà.
Giải pháp này giúp người dân.
3. Kết quả đạt được: tăng từ 20% lên 70%.
Kết quả còn duy trì.
"""


def test_application_is_taken_apart() -> None:
    assert understand(APPLICATION, "don.docx") == {
        "title": "Ứng dụng mã QR trong tra cứu hồ sơ tại bộ phận Một cửa",
        "authors": "Tác giả một, Tác giả hai",
        "fields": "Cải cách thủ tục hành chính",
        "first_applied_on": "01/03/2021",
        "submitted_on": "15/3/2021",
        "year": "2021",
        "solution": "- Chủ đầu tư tạo ra sáng kiến: UBND phường\nDán mã QR lên giấy hẹn.\n- Giải pháp thứ nhất: in mã.",
        "secret": "Không",
        "conditions": "Có máy in.",
        "result": "Giảm 30% thời gian chờ.\nBắc Hồng, ngày 15 tháng 3 năm 2021",
    }


def test_report_is_taken_apart() -> None:
    assert understand(REPORT, "bao-cao.docx") == {
        "title": "NÂNG CAO TỶ LỆ HỒ SƠ TRỰC TUYẾN TRÊN ĐỊA BÀN PHƯỜNG",
        "year": "2020",
        "problem": "UBND PHƯỜNG BẮC HỒNG\nTỷ lệ hồ sơ trực tuyến thấp.\nNgười dân chưa quen.",
        "solution": "2.1. Tổ công nghệ cộng đồng đến từng nhà.\nGiải pháp này giúp người dân.",
        "result": "tăng từ 20% lên 70%.\nKết quả còn duy trì.",
    }


@pytest.mark.parametrize(
    ("text", "path", "title"),
    [
        ("1. Tên sáng kiến\nPhòng họp không giấy\n2. Nội dung: x", "a.docx", "Phòng họp không giấy"),
        ("Tên mô hình: “Ngày không hẹn”.\nNội dung: x", "a.docx", "Ngày không hẹn"),
        ("SÁNG KIẾN KINH NGHIỆM: Số hóa hồ sơ\nNội dung: x", "a.docx", "Số hóa hồ sơ"),
        ("BÁO CÁO SÁNG KIẾN\nSố hóa hồ sơ lưu trữ\nNội dung: x", "a.docx", "Số hóa hồ sơ lưu trữ"),
        ("Phòng họp không giấy\nMọi tài liệu ở trên máy.", "a.docx", "Phòng họp không giấy"),
        ("I. THỰC TRẠNG\nx", "2020/so_hoa ho so.pdf", "so hoa ho so"),
        ("I. THỰC TRẠNG\nx", "Số hóa hồ sơ/Báo cáo sáng kiến.docx", "Số hóa hồ sơ"),
        (f"Tên sáng kiến: {'a' * 500}\nNội dung: x", "a.docx", "a" * 300),
    ],
)
def test_title_is_found(text: str, path: str, title: str) -> None:
    assert understand(text, path)["title"] == title


@pytest.mark.parametrize(
    ("text", "path", "year"),
    [
        ("Nội dung: theo Nghị định ngày 02 tháng 3 năm 2012.", "a.docx", None),
        ("Nội dung: x", "Năm 2019/a.docx", "2019"),
        ("Nội dung: x", "2018-2019/2020 a.docx", "2020"),
        ("Năm học 2020 - 2021\nNội dung: x", "2018/a.docx", "2021"),
        ("Năm: 2017\nNội dung: x", "2018/a.docx", "2017"),
        ("Bắc Hồng, ngày … tháng … năm 2016\nNội dung: x", "2018/a.docx", "2016"),
    ],
)
def test_year_is_found(text: str, path: str, year: str | None) -> None:
    assert understand(text, path).get("year") == year


@pytest.mark.parametrize("text", ["Một đoạn kể chuyện không có mục nào, dài hơn một tên.", "A\nB\nC"])
def test_text_without_sections_is_kept_whole(text: str) -> None:
    found = understand(text, "a.docx")

    assert set(found) == {"title", "solution"}
    assert all(line in f"{found['title']}\n{found['solution']}" for line in text.rstrip(".").split("\n"))


def test_sentence_that_begins_like_a_heading_is_none() -> None:
    text = "1. Nội dung\nKết quả này có được nhờ cả tập thể.\n- Hiệu quả: rõ rệt.\nGiải pháp tốt, hay và rẻ."

    assert understand(text, "a.docx")["solution"] == text.partition("\n")[2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("GIẤY CHỨNG NHẬN SÁNG KIẾN\nTên sáng kiến: A\nNội dung: x", "initiative"),
        ("Tên mô hình: A\nNội dung: x", "model"),
        ("ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN\nTên sáng kiến: A\nNội dung: x", None),
    ],
)
def test_nothing_but_its_recognition_makes_it_a_recognised_one(text: str, kind: str | None) -> None:
    assert understand(text, "a.docx").get("kind") == kind

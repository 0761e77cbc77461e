"""Where a name ends: what names of bodies are made of; the first small word that is none of it begins the act."""

import re

from cchc_portal.directives.reading.words import (
    BODY_HEADS,
    LOWER,
    NAMES_WITH_VERBS,
    PLURALS,
    RELATIVE,
    UPPER,
    any_of,
)

# Words that open what somebody does, and that no name holds: how, when, by what.
ADVERBS = (
    "sớm", "kịp thời", "nhanh chóng", "mau chóng", "gấp rút", "chủ động", "tích cực", "thường xuyên", "trực tiếp", "phải", "cần", "nên", "tự giác", "đồng loạt", "đồng thời",
    "đều", "cùng nhau", "ngay", "lập tức", "luôn", "tuyệt đối", "quyết liệt", "nghiêm chỉnh", "kiên quyết", "cương quyết", "mạnh dạn", "linh hoạt", "hết sức", "triệt để", "liên tục",
    "tạm thời", "song song", "lần lượt", "phấn đấu", "hằng ngày", "hàng ngày", "hằng tuần", "hàng tuần", "hằng tháng", "hàng tháng", "hằng quý", "hàng quý", "hằng năm", "hàng năm", "định kỳ", "trên cơ sở",
    "tùy", "thông qua", "nghiêm túc", "khẩn trương", "tiếp tục", "tập trung", "thực sự", "đặc biệt", "ít nhất", "tối thiểu", "bằng mọi", "trước mắt", "từ nay", "từ ngày", "từ tháng", "trước ngày", "chậm nhất",
    "cẩn thận", "chính xác", "toàn lực", "dứt điểm", "sẵn sàng", "thống nhất", "tự", "bắt đầu", "chặt chẽ", "xong trước", "tập thể", "mỗi tuần", "mỗi tháng", "mỗi ngày", "mỗi quý", "vẫn", "cũng", "hãy", "lưu ý", "lấy",
)  # fmt: skip
# Small words that names of bodies are made of, most of them the second half of a word written with a capital.
_SYLLABLES = (
    "tế hóa hoá chính pháp vụ dục tạo học nghệ nghiệp trường nguyên hội thao lịch tin thông động binh tải tộc giáo tra sự huy chức vận niên nữ dân chiến quốc trận đỏ hiểm bạc sách hàng lực điện quan "
    "lâm phòng quân ủy uỷ ban nhân đoàn an trang công sở vấn bộ đội luật lý hiệp hợp tác cơ nước đất sản phẩm dược khoa viện trạm xá truyền hình thanh báo chí văn thư lưu trữ thống kê kế toán hộ tịch dựng "
    "xã phường trấn thị huyện quận tỉnh thành phố thôn tổ khu ấp bản làng khóm buôn cấp vực phương ương lao số thuế vật thú y bệnh tật dịch ngoại nội trị chủ trì nguyện cao tuổi mồ côi khuyết thiện phật "
    "đại biểu viên trưởng phó chánh giám đốc sĩ bác cán viên chức đảng chi liên tổng cục trung tâm quỹ tín dụng trạng chuyên môn trách nghị bưu viễn hải sát kiểm thủy lợi rừng biên hạ tầng đô giao cứu hộ nạn "
    "hưu kiến trúc quy hoạch đầu tư nông lâm ngư cựu mẫu non tiểu trung nghề phật tử giới mầm sinh thể du thao khách nhà chợ máy thương doanh hành "
    "vấn mại nghị sỹ sĩ nguồn tài môi khoáng sản chăn nuôi trồng trọt thực vật bảo tồn di tàng hồ đập tộc thân đạo soát triển cách đổi dưỡng tượng trực hiệu xứ ty lạc nói gia thủy văn diện tấn mục nhánh nhiệm cứng lái quỹ cá nhân phận khu khẩu chiếu ảnh nhạc vấn lòng hải phần mềm tuyển giám thiếu nhi nhi đồng giới sản phụ sinh xét nghiệm dưỡng lão tâm thần sóc khỏe tiền phong bổng trợ xuất nhập cảnh án hình sự kinh vật giá mặt bằng tái định thẩm mỹ cầu cảng biển đảo ngầm bay ga tàu thuyền tôm cá cư đồng cộng trật lượng địa bàn phục"
)  # fmt: skip
_PHRASES = (
    "dự án", "đầu tư xây dựng", "khu vực", "quốc gia", "cộng đồng", "chuyển đổi số", "công nghệ số", "trên địa bàn", "liên quan", "có liên quan", "trực thuộc", "thuộc", "của", "chuyên môn", "các", "cấp",
    "toàn", "đóng trên địa bàn", "cơ quan", "đơn vị", "địa phương", "người lao động", "người đứng đầu", "cơ sở", "chính trị - xã hội", "chính trị", "xã hội", "nhà nước", "sự nghiệp", "công lập", "ngoài công lập",
    "hoạt động không chuyên trách", "không chuyên trách", "phụ trách", "chuyên trách", "việc làm", "dịch vụ", "hành chính công", "một cửa", "tiếp công dân", "giúp việc", "thường trực", "hệ thống", "mầm non",
    "tiểu học", "trung học", "phổ thông", "đại học", "cao đẳng", "trong toàn", "trong hệ thống", "nòng cốt", "đoàn thể", "còn lại", "khác", "nêu trên", "sản xuất", "kinh doanh", "quản lý", "chất lượng", "nói trên",
    "làm công tác", "an ninh", "trật tự", "nhân dân", "cựu chiến binh", "thanh niên", "phụ nữ", "nông dân", "người cao tuổi", "mặt trận", "tổ quốc", "bảo vệ", "phòng, chống", "phòng chống", "thiên tai",
    "tìm kiếm cứu nạn", "vận hành", "khai thác", "phát triển", "quỹ đất", "hỗ trợ", "doanh nghiệp", "hợp tác xã", "bảo trợ", "kỹ thuật", "khuyến nông", "thi công", "giám sát", "tư vấn", "hộ gia đình", "hộ dân",
    "tỉnh", "huyện", "xã", "phường", "thị trấn", "thị xã", "thành phố", "quận", "ấp", "khu dân cư", "thông tấn xã", "thủ quỹ", "khởi nghiệp", "giết mổ", "vận tải", "đứng đầu", "thương mại", "cửa", "cha mẹ", "phủ", "lục", "quan trọng", "giao thông", "công ích", "công nghiệp", "công nghệ", "thông tin", "truyền thông", "công nhân", "công dân", "tín ngưỡng", "tôn giáo", "nội trú", "bán trú", "ngân sách", "ngành", "sở", "ban", "phòng", "đảng viên", "đoàn viên", "hội viên", "đội viên", "công đoàn viên", "chiến sĩ", "dân phố", "bí thư", "ngang Bộ", "đặc khu", "cá nhân", "chính quyền", "quản trị", "có tên", "có tên tại", "có tên trong", "trong danh mục", "kèm theo", "có rừng", "có mỏ", "có dự án", "có đê", "có chợ", "có biển", "có đông", "có điều kiện", "đi qua", "ven biển", "trong danh sách", "tại", "ở", "chậm tiến độ", "chi nhánh", "người", "kinh tế", "ông", "bà", "đại diện", "phần mềm", "chi bộ",
)  # fmt: skip
_WORD = re.compile(
    rf"(?:{any_of((*_PHRASES, *PLURALS, *(head.lower() for head in BODY_HEADS)))})(?![{LOWER}])|\([^()\n]{{0,200}}\)"
)
_PROPER = re.compile(rf"[{UPPER}\d\"“][^\s,;:()]*")
_SYLLABLE = re.compile(rf"(?:{any_of(tuple(_SYLLABLES.split()))})(?![{LOWER}])")
# Half words that open an act as well: part of a name only right behind its capital.
_OPENS_ACTS = re.compile(
    rf"(?:kiểm|giao|phục|cứu|khai|chăn|trồng|nuôi|bảo|thẩm|tuyển|sinh|xét|công|thông|đạo|dịch|sát|vận|động|chuyên|thị sát|nghị|tham|đi|tiền|giám|tàng|nói|quan|thanh|lái|báo)(?![{LOWER}])"
)
_GAP = re.compile(r"(?:,? và |, | - |-|/| & |; )(?=\S)| (?=\S)")
_KIND = re.compile(r"Ban|Sở|Phòng|Bộ|Cục|Vụ|Tổ|Hội|Đoàn|Viện|Quỹ|Đội|Khoa|cục|tâm|Trạm|đoàn|hội|Hạt|Trại")
_FIRST_HALF = re.compile(rf"(?!Đảng|Thuế|Y$)[{UPPER}][{LOWER}]{{1,6}}")
_ANY_SYLLABLE = re.compile(rf"[{LOWER}]{{1,7}}(?![{LOWER}])")
ADVERB = re.compile(rf"(?:{any_of(ADVERBS)})(?![{LOWER}])")
ADVERB_BEHIND = re.compile(rf" (?:{any_of(ADVERBS)})(?![{LOWER}])")


def name_end(text: str, start: int, end: int) -> int | None:
    """Return where the first word stands that no name of a body holds, None where there is none."""
    at, is_proper = start, False
    before = last = None
    while at < end:
        piece = _piece(text, at, end, is_proper=is_proper) or _second_half(text, at, end, before, last)
        if piece is None:
            return at if at > start else None
        is_proper = piece.re is _PROPER or (is_proper and piece.re is _SYLLABLE)
        gap = _GAP.match(text, piece.end(), end)
        if gap is None:
            return None
        at = gap.end()
        before, last = last, piece
    return None


def _second_half(
    text: str, at: int, end: int, before: re.Match[str] | None, last: re.Match[str] | None
) -> re.Match[str] | None:
    """Return the second half of a word nobody knows: "chế" in "Ban Pháp chế"."""
    if before is None or last is None or last.re is not _PROPER or not _KIND.fullmatch(before[0]):
        return None
    return (
        _ANY_SYLLABLE.match(text, at, end) if _FIRST_HALF.fullmatch(last[0]) and text[at - 1] == " " else None
    )


def _piece(text: str, at: int, end: int, *, is_proper: bool) -> re.Match[str] | None:
    """Return the next piece of a name; half a word belongs to one only behind its capital."""
    if ADVERB.match(text, at, end):
        return None
    patterns = (NAMES_WITH_VERBS, RELATIVE, _PROPER, _WORD, _SYLLABLE)
    piece = next((piece for pattern in patterns if (piece := pattern.match(text, at, end))), None)
    is_half = piece is not None and piece.re is _SYLLABLE and _OPENS_ACTS.match(text, at, end)
    return None if is_half and not is_proper else piece

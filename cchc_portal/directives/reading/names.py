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
    "khi", "sớm", "kịp thời", "nhanh chóng", "mau chóng", "gấp rút", "chủ động", "tích cực", "thường xuyên", "trực tiếp", "phải", "cần", "nên", "tự giác", "đồng loạt", "đồng thời",
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
    "vấn mại nghị sỹ sĩ nguồn tài môi khoáng sản chăn nuôi trồng trọt thực vật bảo tồn di tàng hồ đập tộc thân đạo soát triển cách đổi dưỡng tượng trực hiệu xứ ty lạc nói gia thủy văn diện tấn mục nhánh nhiệm cứng lái quỹ cá nhân phận khu khẩu chiếu ảnh nhạc vấn lòng hải phần mềm tuyển giám thiếu nhi nhi đồng giới sản phụ sinh xét nghiệm dưỡng lão tâm thần sóc khỏe tiền phong bổng trợ xuất nhập cảnh án hình sự kinh vật giá mặt bằng tái định thẩm mỹ cầu cảng biển đảo ngầm bay ga tàu thuyền tôm cá cư đồng cộng trật lượng địa bàn phục thủ"
)  # fmt: skip
_PHRASES = (
    "cán sự", "giám hiệu", "trường học", "hồ", "thủy điện", "rừng", "tham mưu của", "y tế", "đảng", "hạ tầng", "khu công nghiệp", "công nghiệp", "thương lái", "địa bàn", "đô thị", "số", "chủ nhiệm", "cao tuổi", "binh", "bệnh tật", "thú y", "hành chính", "nông thôn", "công tác", "công vụ", "thủy văn", "liên ngành", "kỹ thuật", "nghiệp vụ", "giáo dục", "văn hóa", "thể thao", "khoa học", "tài nguyên", "môi trường", "tài chính", "kế hoạch", "thống kê", "nội vụ", "tư pháp", "hộ tịch", "địa chính", "lao động", "người có công", "trẻ em", "dân tộc", "quân sự", "quốc phòng", "biên phòng", "cảnh sát", "hình sự", "ma túy", "cứu hộ", "cứu nạn", "điện lực", "cấp nước", "thoát nước", "cây xanh", "chiếu sáng", "bến xe", "nhà hàng", "khách sạn", "nhà trọ", "vũ trường", "quảng cáo", "bưu chính", "viễn thông", "báo chí", "xuất bản", "thư viện", "bảo tàng", "di tích", "nhà thờ", "lễ hội", "khu di tích", "khu du lịch", "rừng phòng hộ", "rừng đặc dụng", "lâm trường", "nông trường", "hồ đập", "thủy lợi", "thủy nông", "đê điều", "tàu cá", "cảng cá", "trang trại", "vật tư", "phân bón", "thuốc thú y", "dân phố", "tự quản", "liên gia", "tự vệ", "cơ động", "tại chỗ", "xung kích", "tình nguyện", "nhân viên", "điều dưỡng", "bác sĩ", "kế toán", "thủ kho", "bảo mẫu", "cấp dưỡng", "học sinh", "phụ huynh", "cha mẹ học sinh", "thanh tra", "kiểm toán", "quỹ tín dụng", "hợp tác", "nông nghiệp", "lâm nghiệp", "ngư nghiệp", "thủ công", "mỹ nghệ", "làng nghề", "tư nhân", "nước ngoài", "liên doanh", "cổ phần", "trách nhiệm hữu hạn", "hữu hạn", "một thành viên", "thành viên", "nội trú", "ngoại trú", "dân lập", "tư thục", "công lập", "liên cấp", "nghề nghiệp", "thường xuyên tỉnh", "bảo trợ xã hội", "bảo tồn", "sinh học", "thiên nhiên", "quốc lộ", "đường bộ", "đường thủy", "đường sắt", "nội địa", "hàng hải", "hàng không", "bến cảng", "trật tự xã hội", "vũ trang", "lực lượng", "dân quân", "dự bị", "động viên viên", "hội đồng", "thẩm định", "tổ giúp việc", "trung ương", "liên đoàn", "nghiệp đoàn", "công đoàn", "đoàn thanh niên", "phụ nữ", "nông dân", "chữ thập đỏ", "khuyến học", "người mù", "làm vườn", "sinh vật cảnh", "đông y", "luật gia", "nhà báo", "văn học", "nghệ thuật", "chính phủ", "chi nhánh", "phòng giao dịch", "đại lý", "điểm", "hộ", "gia đình", "khu", "cụm", "tuyến", "đội", "tổ", "nhóm", "khối", "lớp", "ca", "kíp",
    "dự án", "thị trường", "quần chúng", "tổ đội", "những", "dân sự", "liên xã", "liên thôn", "cấp cứu", "ăn uống", "chăn nuôi", "truyền thanh", "trồng trọt", "thông tấn", "kiểm lâm", "giao dịch", "sinh viên", "chuyên viên", "xung phong", "bảo hiểm", "thủy sản", "hải sản", "khoáng sản", "xăng dầu", "lưu trú", "du lịch", "vận tải", "thực phẩm", "chế biến",
    "đầu tư xây dựng", "khu vực", "quốc gia", "cộng đồng", "chuyển đổi số", "công nghệ số", "trên địa bàn", "liên quan", "có liên quan", "trực thuộc", "thuộc", "của", "chuyên môn", "các", "cấp",
    "toàn", "đóng trên địa bàn", "cơ quan", "đơn vị", "địa phương", "người lao động", "người đứng đầu", "cơ sở", "chính trị - xã hội", "chính trị", "xã hội", "nhà nước", "sự nghiệp", "công lập", "ngoài công lập",
    "hoạt động không chuyên trách", "không chuyên trách", "phụ trách", "chuyên trách", "việc làm", "dịch vụ", "hành chính công", "một cửa", "tiếp công dân", "giúp việc", "thường trực", "hệ thống", "mầm non",
    "tiểu học", "trung học", "phổ thông", "đại học", "cao đẳng", "trong toàn", "trong hệ thống", "nòng cốt", "đoàn thể", "còn lại", "khác", "nêu trên", "sản xuất", "kinh doanh", "quản lý", "chất lượng", "nói trên",
    "làm công tác", "an ninh", "trật tự", "nhân dân", "cựu chiến binh", "thanh niên", "phụ nữ", "nông dân", "người cao tuổi", "mặt trận", "tổ quốc", "bảo vệ", "phòng, chống", "phòng chống", "thiên tai",
    "tìm kiếm cứu nạn", "vận hành", "khai thác", "phát triển", "quỹ đất", "hỗ trợ", "doanh nghiệp", "hợp tác xã", "bảo trợ", "kỹ thuật", "khuyến nông", "thi công", "giám sát", "tư vấn", "hộ gia đình", "hộ dân",
    "tỉnh", "huyện", "xã", "phường", "thị trấn", "thị xã", "thành phố", "quận", "ấp", "khu dân cư", "thông tấn xã", "thủ quỹ", "khởi nghiệp", "giết mổ", "vận tải", "đứng đầu", "thương mại", "cửa", "cha mẹ", "phủ", "lục", "quan trọng", "giao thông", "công ích", "công nghiệp", "công nghệ", "thông tin", "truyền thông", "công nhân", "công dân", "tín ngưỡng", "tôn giáo", "nội trú", "bán trú", "ngân sách", "ngành", "sở", "ban", "phòng", "đảng viên", "đoàn viên", "hội viên", "đội viên", "công đoàn viên", "chiến sĩ", "dân phố", "bí thư", "ngang Bộ", "ngang bộ", "đặc khu", "cá nhân", "chính quyền", "quản trị", "có tên", "có tên tại", "có tên trong", "trong danh mục", "kèm theo", "có rừng", "có mỏ", "có dự án", "có đê", "có chợ", "có biển", "có đông", "có điều kiện", "đi qua", "ven biển", "trong danh sách", "tại", "ở", "chậm tiến độ", "chi nhánh", "người", "kinh tế", "ông", "bà", "đại diện", "phần mềm", "chi bộ",
)  # fmt: skip
_WORD = re.compile(
    rf"(?:{any_of((*_PHRASES, *PLURALS, *(head.lower() for head in BODY_HEADS)))})(?![{LOWER}])|\([^()\n]{{0,200}}\)"
    rf"|sau(?=:)|trong (?=[{UPPER}]|toàn|hệ thống|khối|cụm|ngành|ban|tổ|hội đồng|tỉnh|huyện|xã|phường)"
)
_PROPER = re.compile(rf"[{UPPER}\d\"“][^\s,;:()]*")
_SYLLABLE = re.compile(rf"(?:{any_of(tuple(_SYLLABLES.split()))})(?![{LOWER}])")
_GAP = re.compile(rf"(?:: (?=[{UPPER}])|,? và |, | - |-|/| & |; )(?=\S)| (?=\S)")
_KIND = re.compile(r"Ban|Sở|Phòng|Bộ|Cục|Vụ|Tổ|Hội|Đoàn|Viện|Quỹ|Đội|Khoa|Trạm|Hạt|Trại")
_PLACE = re.compile(
    r"xã|phường|thị trấn|huyện|tỉnh|thôn|bản|ấp|buôn|làng|khu phố|tổ dân phố|quận|thành phố|thị xã|phố|cụm|khối|số|đồng chí|ông|bà"
)
_ONE_SYLLABLE = frozenset(head for head in BODY_HEADS if " " not in head)
_MANY = re.compile(r"các|mọi|từng|mỗi|những|toàn")
_FIRST_HALF = re.compile(rf"(?!Đảng|Thuế|Y$)[{UPPER}][{LOWER}]{{1,6}}")
_ANY_SYLLABLE = re.compile(rf"[{LOWER}]{{1,7}}(?![{LOWER}])")
ADVERB = re.compile(rf"(?:{any_of(ADVERBS)})(?![{LOWER}])")
ADVERB_BEHIND = re.compile(rf" (?:{any_of(ADVERBS)})(?![{LOWER}])")


def name_end(text: str, start: int, end: int) -> int | None:
    """Return where the first word stands that no name of a body holds, None where there is none."""
    at = start
    before = last = None
    while at < end:
        piece = _piece(text, at, end, last) or _unknown(text, at, end, before, last)
        if piece is None:
            return at if at > start else None
        gap = _GAP.match(text, piece.end(), end)
        if gap is None:
            return None
        at = gap.end()
        before, last = last, piece
    return None


def _unknown(
    text: str, at: int, end: int, before: re.Match[str] | None, last: re.Match[str] | None
) -> re.Match[str] | None:
    """Return a word nobody knows that cannot but belong to the name.

    It is what many there are of ("các lớp"), or the second half of a word with a capital ("Phòng thủ").
    """
    if last is None or text[at - 1] != " ":
        return None
    is_open = last.re is _PROPER and bool(_FIRST_HALF.fullmatch(last[0]))
    if before is None:
        is_half = is_open and last[0] not in _ONE_SYLLABLE
    else:
        is_alone = before.re is not _PROPER or bool(_KIND.fullmatch(before[0]))
        is_half = is_open and is_alone and not _PLACE.fullmatch(before[0])
    return _ANY_SYLLABLE.match(text, at, end) if is_half or _MANY.fullmatch(last[0]) else None


def _piece(text: str, at: int, end: int, last: re.Match[str] | None) -> re.Match[str] | None:
    """Return the next piece of a name; half a word that opens acts too belongs to one only behind its capital."""
    if ADVERB.match(text, at, end):
        return None
    patterns = (NAMES_WITH_VERBS, RELATIVE, _PROPER, _WORD, _SYLLABLE)
    piece = next((piece for pattern in patterns if (piece := pattern.match(text, at, end))), None)
    is_half = piece is not None and piece.re is _SYLLABLE
    return None if is_half and not (last and last.re is _PROPER) else piece

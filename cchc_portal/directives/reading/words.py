"""The vocabulary of official letters (NĐ 30/2020, Phụ lục I-III, and the usage of offices)."""

import re

_TONES = re.compile("ủy|óa|òa|úy|ùy|Ủy|ỦY")
_MOVED = {"ủy": "uỷ", "óa": "oá", "òa": "oà", "úy": "uý", "ùy": "uỳ", "Ủy": "Uỷ", "ỦY": "UỶ"}


def both_tones(pattern: str) -> str:
    """Return a pattern that also takes the other place of a tone mark: "Đảng ủy", "Đảng uỷ"."""
    return _TONES.sub(lambda tone: f"(?:{tone[0]}|{_MOVED[tone[0]]})", pattern)


UPPER = "A-Z" + "".join(
    char for char in map(chr, [*range(0xC0, 0x250), *range(0x1EA0, 0x1F00)]) if char.isupper()
)
LOWER = "a-z" + "".join(
    char for char in map(chr, [*range(0xC0, 0x250), *range(0x1EA0, 0x1F00)]) if char.islower()
)

TYPES = (
    "Công văn", "Kế hoạch", "Nghị quyết", "Quyết định", "Chỉ thị", "Thông báo", "Thông tư liên tịch",
    "Thông tư", "Nghị định", "Kết luận", "Hướng dẫn", "Chương trình", "Báo cáo", "Tờ trình", "Công điện",
    "Quy định", "Quy chế", "Đề án", "Phương án", "Giấy mời", "Văn bản", "Biên bản", "Thông cáo", "Lệnh",
    "Bộ luật", "Luật", "Pháp lệnh", "Văn bản hợp nhất",
)  # fmt: skip
INVITATION = "Giấy mời"
MINUTES = "Biên bản"
NAMED_BY_DATE = ("Bộ luật", "Luật", "Pháp lệnh")
# An order of these goes to everybody addressed unless an item says otherwise.
ORDERING_TYPES = ("Công văn", "Công điện", "Chỉ thị")

BODY_HEADS = (
    "Ủy ban nhân dân", "Uỷ ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND", "Ủy ban", "Uỷ ban", "UBMTTQ", "Hội đồng",
    "Văn phòng", "Phòng", "Sở", "Bộ phận", "Bộ Chỉ huy", "Bộ", "Ban", "Cục", "Chi cục", "Tổng cục", "Công an",
    "Quân sự", "Trung tâm", "Trường", "Trạm", "Thanh tra", "Tòa án", "Viện", "Kho bạc", "Bưu điện", "Bảo hiểm",
    "Mặt trận", "Hội Liên hiệp", "Hội Nông dân", "Hội Cựu", "Hội", "Đoàn", "Liên đoàn", "Công đoàn", "Đảng ủy", "Thị ủy",
    "Huyện ủy", "Thành ủy", "Tỉnh ủy", "Chi bộ", "Đảng bộ", "Thường trực", "Tổ trưởng", "Tổ dân phố", "Tổ", "Cơ quan",
    "Đơn vị", "Chủ tịch", "Phó Chủ tịch", "Thủ trưởng", "Người đứng đầu", "Trưởng", "Chánh Văn phòng", "Chánh Thanh tra",
    "Giám đốc", "Hiệu trưởng", "Cán bộ", "Công chức", "Viên chức", "Người lao động", "Đồng chí", "Bí thư",
    "Bộ trưởng", "Thứ trưởng", "Cục trưởng", "Vụ trưởng", "Vụ", "Chi nhánh", "Ngân hàng", "Hạt Kiểm lâm", "Đội", "Công ty", "Tổng công ty", "Điện lực", "Quỹ",
    "Học viện", "Liên minh", "Liên hiệp", "Hợp tác xã", "Bệnh viện", "Thư viện", "Bảo tàng", "Nhà văn hóa", "Văn thư", "Kế toán", "Ủy viên", "Phó Trưởng",
    "Khoa", "Bộ môn", "Xí nghiệp", "Nhà máy", "Đồn Biên phòng", "Bộ đội", "Hải quan", "Vườn quốc gia", "Trạm trưởng", "Cổng Thông tin", "Chủ đầu tư", "Nhà thầu", "Phân hiệu", "Trại", "Cơ sở",
    "Chính phủ", "Thủ tướng", "Phó Thủ tướng", "Quốc hội", "Trung ương", "Thông tấn xã", "Viễn thông", "Viettel", "VNPT", "Ông", "Bà", "Ủy ban Kiểm tra", "Tập đoàn", "Lực lượng", "Đoàn thể", "Phó Giám đốc", "Phó Bí thư", "Phó Chánh",
    "Tư pháp", "Tài chính", "Văn hóa", "Văn hoá", "Địa chính", "Kinh tế", "Nông nghiệp", "Lao động", "VP", "VP-TK", "TP-HT", "TC-KT", "VH-XH", "ĐC-XD", "Khối", "Cấp ủy",
    "Giáo viên", "Nhân viên", "Học sinh", "Phụ huynh", "Nhóm", "Tiểu đội", "Trung đội", "Đại đội", "Dân quân", "Chùa", "Giáo xứ", "Chợ", "Siêu thị", "Người dân", "Chủ hộ", "Chủ cơ sở", "Bệnh xá", "Phòng khám", "Nghiệp đoàn", "Chi hội", "Chi đoàn", "Cụm", "Xã đội",
    "Trưởng thôn", "HTX", "TTYT", "TYT", "MTTQ", "BCĐ", "TTPVHCC", "TDP", "BQL", "BQLDA", "KBNN", "BHXH", "NHCSXH", "LĐLĐ", "CHQS", "Thuế", "Tập thể", "Đảng viên", "Nhân dân", "Bà con", "Hộ dân", "Lãnh đạo, công chức", "Lãnh đạo, cán bộ", "Lãnh đạo Sở", "Lãnh đạo phòng", "Lãnh đạo đơn vị", "Lãnh đạo Văn phòng", "Lãnh đạo cơ quan", "Thư ký", "Tỉnh đoàn", "Huyện đoàn", "Thành đoàn", "Quân ủy", "Chính quyền", "Hiệp hội", "Câu lạc bộ", "Hộ kinh doanh", "Doanh nghiệp", "Thành viên", "Thôn", "Khu phố", "Báo", "Đài", "Nhà trường", "Ngành", "Lãnh đạo UBND", "Lãnh đạo các", "Chỉ huy trưởng", "BCH", "BCHQS",
)  # fmt: skip
# "Các" opens a body with one of these behind it: "Các bộ phận", not "Các nội dung".
PLURALS = (
    "bộ phận", "phòng", "ban", "ngành", "đơn vị", "cơ quan", "sở", "địa phương", "xã", "phường", "thôn", "tổ chức",
    "đoàn thể", "đồng chí", "cán bộ", "công chức", "trường", "doanh nghiệp", "tổ", "hội", "chi bộ", "cấp ủy",
    "thành viên", "khoa", "cơ sở", "ông", "bà", "lực lượng", "chủ hộ", "tập thể", "cá nhân", "đảng viên", "đoàn viên", "hội viên", "bộ", "lãnh đạo", "công ty", "hợp tác xã", "bệnh viện", "viện", "giáo viên", "Tổ", "ban chỉ đạo", "Ban Chỉ đạo", "đại biểu", "Ủy viên", "chủ đầu tư", "chi hội", "chi đoàn", "cấp", "nhà trường", "phòng ban", "bản", "tổ dân phố", "đảng bộ", "Đảng bộ", "vụ", "cục", "Cục", "Vụ", "nhà thầu", "hộ", "huyện", "công an", "ủy ban", "UBND", "Sở", "Phòng", "Ban", "Bộ", "khu phố", "chi cục",
    "chủ rừng", "chủ hồ", "chủ đập", "chủ phương tiện", "chủ tàu", "chủ nguồn thải", "lớp", "trung tâm", "trạm", "đảng ủy", "Đảng ủy", "đồng chí", "thủ trưởng", "trưởng",
)  # fmt: skip

VERBS = (
    "chịu trách nhiệm", "có trách nhiệm", "có nhiệm vụ", "làm đầu mối", "là đầu mối", "là cơ quan", "chủ trì", "phối hợp", "tham mưu",
    "tổng hợp", "xây dựng", "đôn đốc", "theo dõi", "thực hiện", "triển khai", "tổ chức", "báo cáo", "rà soát",
    "kiểm tra", "giám sát", "hướng dẫn", "đề xuất", "nghiên cứu", "tập trung", "tiếp tục", "khẩn trương",
    "nghiêm túc", "tăng cường", "đẩy mạnh", "căn cứ", "bố trí", "cử cán bộ", "cử công chức", "cử người", "lập danh sách", "lập kế hoạch", "lập hồ sơ", "lập dự toán", "lập báo cáo", "ban hành", "công khai", "cập nhật",
    "thông báo", "tuyên truyền", "phổ biến", "quán triệt", "chuẩn bị", "hoàn thành", "hoàn thiện", "chỉ đạo", "phân công",
    "bảo đảm", "đảm bảo", "gửi", "trình", "thẩm định", "thẩm tra", "phê duyệt", "phát hiện", "giới thiệu", "nhân rộng",
    "khắc phục", "xử lý", "giải quyết", "tiếp nhận", "chấn chỉnh", "nâng cao", "duy trì", "vận hành", "niêm yết",
    "số hóa", "giúp", "đăng ký", "chủ động", "thường xuyên", "kịp thời", "đăng tải", "cung cấp", "quản lý",
    "phát động", "thống kê", "đánh giá", "chấm điểm", "ký kết", "lồng ghép", "mở lớp", "mở sổ", "kiện toàn", "thành lập", "vận động", "phải",
    "cần", "không được", "không để", "căn cứ", "theo chức năng", "tự đánh giá", "gương mẫu", "chấp hành", "tham gia", "thi hành",
    "soạn thảo", "dự thảo", "ký cam kết", "kê khai", "lãnh đạo", "xác minh", "thu thập", "rút kinh nghiệm", "sắp xếp", "trực tiếp",
    "tuần tra", "đối chiếu", "phân bổ", "phân tích", "khảo sát", "điều tra", "thanh tra", "lựa chọn", "bổ sung", "điều chỉnh", "sửa đổi",
    "rút ngắn", "cắt giảm", "kết nối", "tích hợp", "xem xét", "tiếp thu", "giải trình", "trao đổi", "tập huấn", "bồi dưỡng",
    "đào tạo", "khen thưởng", "kiểm soát", "nêu cao", "phát huy", "xác định", "bàn giao", "trang bị", "lắp đặt", "nâng cấp", "phản ánh",
    "đưa", "tăng", "mở", "cử", "lập", "nộp", "chỉ định", "có văn bản", "có kế hoạch", "có biện pháp", "có giải pháp", "có phương án", "ký", "quyết định", "trả lời", "lưu ý",
    "gắn", "rút", "khai trương", "đẩy nhanh", "đồng hành", "nắm", "bám sát", "truyền thông", "phát sóng", "viết tin", "đưa tin", "bảo vệ", "sẵn sàng", "huy động", "làm tốt", "làm việc",
    "khảo sát", "nhập", "cung ứng", "giám định", "quyết liệt", "nghiêm cấm", "trang trí", "in ấn", "thu hồi", "tái cấu trúc", "đo lường", "công bố", "tuyển chọn", "tạo điều kiện", "hoạt động", "thống nhất", "cam kết", "nhắc nhở",
    "yêu cầu", "đề nghị", "động viên", "tìm hiểu", "thành lập", "dự kiến", "chuyển", "cắt giảm", "rà soát", "gửi", "lựa chọn", "đóng góp", "bãi bỏ", "phát hành", "sao gửi", "xuất bản", "quy hoạch", "đấu nối", "thẩm tra", "bảo trì",
    "dọn dẹp", "chi trả", "di dời", "sơ tán", "khuyến khích", "thu gom", "vệ sinh", "tạm dừng", "kêu gọi", "ứng trực", "thăm hỏi", "trao tặng", "hoàn tất", "thanh toán", "quyết toán", "tự",
    "in", "tiêm", "phát hành", "phát tờ rơi", "phát thanh", "sửa chữa", "tu sửa", "khơi thông", "giải tỏa", "tháo dỡ", "cưỡng chế", "xác nhận", "chứng thực", "cấp phát", "cấp đổi", "phân luồng", "tháo gỡ", "tổng kết",
    "sơ kết", "nghiệm thu", "khởi công", "thi công", "giải ngân", "đấu giá", "đấu thầu", "mời", "tiếp công dân", "đối thoại", "trả kết quả", "làm sạch", "đồng bộ", "liên thông", "tra cứu", "tự kiểm tra", "thay thế", "mua sắm", "thuê",
    "nhân bản", "hòa giải", "vay", "cho vay", "thu phí", "thu thuế", "hoàn trả", "đo đạc", "cắm mốc", "trồng", "phun", "khử khuẩn", "cách ly", "tầm soát", "khám", "dạy", "giảng dạy", "luân phiên", "điều động", "trưng bày", "biểu diễn",
    "lấy", "không", "trao quà", "trao tặng", "tặng", "trực cấp cứu", "trực chiến", "dự trữ", "tiêu hủy", "cấu hình", "phục vụ", "dự họp", "dự sinh hoạt", "dự hội nghị", "phát bản tin", "phát phiếu", "phát tin", "phát động", "phát quang", "rắc", "vớt", "dập", "chữa cháy", "quét dọn", "treo", "dán", "cài đặt",
    "thiết lập", "thiết kế", "viết", "gọi", "tư vấn", "trợ giúp", "chia sẻ", "xin lỗi", "giải thích", "ngăn chặn", "phòng ngừa", "đấu tranh", "xử phạt", "canh gác", "vận chuyển", "đón tiếp", "chụp", "ghi hình", "ghi nhận", "ghi chép",
    "dừng", "ngừng", "giữ", "kết nạp", "bầu", "biểu quyết", "đóng dấu", "đóng cửa", "thu thập", "thu nhận", "thu nộp", "nhân rộng", "liên hệ", "phân loại", "phân tuyến", "chăm sóc", "điều trị", "tổng rà soát", "chuyển giao", "nhắc",
    "kiểm điểm", "đồng ý", "nhất trí", "chấp thuận", "cho phép", "nêu gương", "hoàn chỉnh", "cụ thể hóa", "biên soạn", "hệ thống hóa", "chất vấn", "kiểm đếm", "đình chỉ", "thông qua", "tham vấn", "khoanh vùng", "niêm phong", "tạm giữ", "truy quét", "triệt phá", "trấn áp", "diễn tập", "tổng duyệt", "sơ duyệt", "tổng vệ sinh", "tổng kiểm tra",
    "tiếp xúc", "phỏng vấn", "xét duyệt", "bình xét", "bình chọn", "suy tôn", "đề cử", "áp dụng", "ứng dụng", "thử nghiệm", "thí điểm", "vận dụng", "cảnh báo", "dự báo", "nạo vét", "gia cố", "tiêu độc", "khử trùng", "tiêm phòng",
    "cứu trợ", "trợ cấp", "ủng hộ", "quyên góp", "thu hút", "xúc tiến", "quảng bá", "giao lưu", "thu dọn", "phân khai", "điều tiết", "cảnh giới", "bảo quản", "lưu trữ", "chỉnh lý", "bốc thăm", "chấm thi", "coi thi", "cấp phép", "góp ý",
    "đính chính", "hiệu chỉnh", "nhập liệu", "quét", "scan", "đồng bộ hóa", "tham gia ý kiến", "cho ý kiến", "có ý kiến", "có báo cáo", "có trả lời", "giao nộp", "nộp lưu", "tiếp sóng", "phát lại", "trực 24", "trực ban", "khen", "biểu dương", "phê bình",
    "họp", "chỉ huy", "ra quân", "thẩm tra", "tập hợp", "nhận xét", "duyệt", "công nhận", "trực ban", "hỗ trợ", "lấy ý kiến", "tiến hành", "thông tin", "sử dụng", "khai thác", "ưu tiên", "vào cuộc", "cân đối", "quan tâm",
)  # fmt: skip
# Names that carry a verb in them: "Ban chỉ đạo", "Hội đồng thẩm định", "Bộ phận tiếp nhận và trả kết quả".
NAMES_WITH_VERBS = re.compile(
    both_tones(
        r"(?:[Bb]an (?:xây dựng Đảng|chỉ đạo|tổ chức|quản lý|thanh tra|tiếp công dân|kiểm tra|giám sát)"
        r"|[Hh]ội đồng (?:[Pp]hối hợp(?: công tác)?(?: phổ biến,? giáo dục pháp luật)?|thẩm định|đánh giá|kiểm tra|giám sát|sáng kiến)"
        r"|(?:[Tt]ổ|[Đđ]oàn|[Đđ]ội|[Nn]hóm|[Bb]ộ phận|[Ll]ực lượng) (?:tổng hợp|kiểm soát|chỉ đạo|kiểm tra|giám sát|giúp việc|công tác|thẩm định|tiếp nhận(?: và trả kết quả)?|hỗ trợ|triển khai|bảo vệ(?: an ninh(?:,? trật tự)?)?)"
        r"|[Bb]ộ phận tiếp nhận(?: và trả kết quả)?|[Tt]ổ chức (?:đảng|chính trị|đoàn thể|xã hội|hành chính|hội(?! (?:thi|nghị|thảo|diễn|trại|chợ|họp|thao)))"
        r"|[Cc]ác tổ chức|[Đđ]ăng ký đất đai|đầu tư(?: và)? xây dựng|[Pp]hòng khám|(?:hoạt động )?không chuyên trách|(?:công|chương|quy|lộ|quá|giáo) trình|người có công(?: với cách mạng)?|[Tt]hư ký|việc làm|làm công tác|[Tt]rật tự|[Cc]ông nghệ thông tin|[Tt]hông tin điện tử|(?:quần chúng|tổ đội|chuyên trách) bảo vệ rừng|chữ ký|(?:[Dd]oanh nghiệp|[Đđ]ơn vị|[Cc]ông ty|[Cc]ơ sở) cung cấp|[Cc]ông lập|[Pp]hục vụ hành chính công|[Dd]ịch vụ công|[Cc]ảnh sát (?:quản lý hành chính(?: về trật tự xã hội)?|điều tra|giao thông)|[Bb]ệnh viện đa khoa|[Bb]an tiếp công dân|[Bb]an,? ngành"
        r"|(?:trực tiếp )?(?:được giao|có) nhiệm vụ|phụ trách|được (?:phân công|kiểm tra|thanh tra|đánh giá|giám sát|mời|lựa chọn|hỗ trợ)|[Tt]ổ chuyển đổi số)"
    )
)
DELIVERABLES = (
    "kế hoạch", "báo cáo", "quyết định", "phương án", "đề án", "danh sách", "danh mục", "dự thảo", "văn bản", "tờ trình",
    "chương trình", "quy chế", "quy trình", "quy định", "hồ sơ", "bảng", "biểu", "số liệu", "nội dung", "thông báo",
)  # fmt: skip

# What typists often write, and what is meant; the letter itself is never changed.
TYPOS = {
    "đơn đốc": "đôn đốc", "đôn đóc": "đôn đốc", "đốn đốc": "đôn đốc", "bổ xung": "bổ sung", "sử lý": "xử lý",
    "chiển khai": "triển khai", "triễn khai": "triển khai", "rà xoát": "rà soát", "giám xát": "giám sát",
    "kế hoạnh": "kế hoạch", "thực hiên": "thực hiện", "tham mưa": "tham mưu", "tổng hơp": "tổng hợp", "chủ chì": "chủ trì",
}  # fmt: skip
# Words left out so often that readers supply them: a plan is made against shortcomings, not of them.
OMISSIONS = ((re.compile(r"\bkế hoạch (?=tồn tại|hạn chế|yếu kém)"), "kế hoạch (khắc phục) "),)
COMPOUND_NAMES = (
    "Văn hóa, Thể thao", "Văn hoá, Thể thao", "Văn hóa, Khoa học", "Lao động, Thương binh", "Lao động, Người có công",
    "Báo và Phát thanh, Truyền hình", "Phát thanh, Truyền hình", "HĐND và UBND", "Hội đồng nhân dân và Ủy ban nhân dân", "Đoàn đại biểu Quốc hội và Hội đồng nhân dân", "ĐBQH và HĐND", "Nông, Lâm", "Địa chính, Nông nghiệp", "Kinh tế, Hạ tầng", "Thể thao, Du lịch", "Tư pháp, Hộ tịch",
)  # fmt: skip
POSITIONS = (
    "CHỦ TỊCH", "BÍ THƯ", "GIÁM ĐỐC", "TRƯỞNG PHÒNG", "CHÁNH VĂN PHÒNG", "TRƯỞNG BAN", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "CỤC TRƯỞNG",
    "HIỆU TRƯỞNG", "TRƯỞNG CÔNG AN", "CHI CỤC TRƯỞNG", "TỔ TRƯỞNG", "VIỆN TRƯỞNG", "CHỈ HUY TRƯỞNG", "CÔNG CHỨC", "VỤ TRƯỞNG", "CHỦ NHIỆM", "TRƯỞNG ĐOÀN", "HẠT TRƯỞNG", "ĐỘI TRƯỞNG", "TRẠM TRƯỞNG", "THỦ TƯỚNG", "CHÁNH THANH TRA",
)  # fmt: skip


def any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for any of the words, the longest first, in either way of writing their tones."""
    return "|".join(both_tones(re.escape(word)) for word in sorted(set(words), key=len, reverse=True))


# "các đơn vị chưa gửi báo cáo", "công chức được phân công": which ones are meant, not what they have to do.
_ACTS = any_of((*VERBS, *DELIVERABLES))
RELATIVE = re.compile(
    rf"(?:chưa|đã|còn|đang|được|bị|chậm) (?:{_ACTS})\b(?: (?:{any_of(DELIVERABLES)})\b)?(?: (?:tại|theo) Phụ lục)?"
    r"|được (?:giao|phân công)(?: (?:chủ trì|phụ trách|theo dõi|quản lý|thực hiện|tham mưu|làm đầu mối))?(?: các)? (?:nhiệm vụ|nội dung|tiêu chí|công việc|chỉ tiêu|lĩnh vực|địa bàn|dự án|cơ sở|chi bộ|thôn|khối)(?: thành phần)?\b"
)

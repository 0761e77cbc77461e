"""Labels and lengths of the parts of the text."""

from cchc_portal.core.i18n import N_

LABELS = {
    "kind": N_("Loại"),
    "entry_mode": N_("Hình thức gửi"),
    "title": N_("Tên"),
    "problem": N_("Thực trạng, vấn đề"),
    "solution": N_("Giải pháp, cách làm"),
    "result": N_("Kết quả, lợi ích"),
    "novelty": N_("Điểm mới"),
    "conditions": N_("Điều kiện để áp dụng"),
    "first_applied_on": N_("Ngày áp dụng lần đầu"),
    "unit": N_("Bộ phận"),
    "unit_id": N_("Bộ phận"),
    "is_trial": N_("Áp dụng thử"),
    "is_breakthrough": N_("Giải pháp đột phá"),
    "source_name": N_("Nơi đang áp dụng"),
    "source_link": N_("Địa chỉ tham khảo"),
    "source_contact": N_("Đầu mối liên hệ"),
    "fields": N_("Lĩnh vực cải cách"),
    "tags": N_("Từ khóa"),
    "authors": N_("Tác giả"),
    "figures": N_("Số liệu trước và sau"),
    "answers": N_("Nội dung công văn được trả lời"),
    "attachments": N_("Tài liệu kèm theo"),
}

TEXTS = ("problem", "solution", "result", "novelty", "conditions")
SOURCE = ("source_name", "source_link", "source_contact")

LONGEST = {
    "title": 300,
    **dict.fromkeys(TEXTS, 20_000),
    "source_name": 200,
    "source_link": 500,
    "source_contact": 200,
    "tags": 500,
    "first_applied_on": 20,
}
LONGEST_IN_ROWS = {
    "authors": {"name": 120, "workplace": 200},
    "figures": {"name": 200, "measure": 40},
    "answers": {"sentence": 500},
}

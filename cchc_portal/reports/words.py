"""What the marks of templates stand for, in the words of the office."""

from cchc_portal.core.i18n import N_
from cchc_portal.reports.docx.marks import Mark

MEANINGS = {
    Mark.SUPERIOR: N_("Cơ quan cấp trên trực tiếp; để trống thì dòng này không hiện"),
    Mark.ISSUER: N_("Tên cơ quan ban hành, chữ in hoa, mỗi dòng một dòng"),
    Mark.NUMBER: N_("Số và ký hiệu; chưa có số thì để khoảng trống cho văn thư ghi"),
    Mark.DATE: N_("Địa danh và ngày, tháng, năm"),
    Mark.URGENCY: N_("KHẨN, THƯỢNG KHẨN, HỎA TỐC; để trống thì không hiện"),
    Mark.TITLE: N_("Tên loại văn bản, ví dụ KẾ HOẠCH"),
    Mark.SUBJECT: N_("Trích yếu nội dung"),
    Mark.ADDRESSEES: N_("Nơi gửi; không có thì dòng này không hiện"),
    Mark.BODY: N_("Toàn bộ nội dung; đứng riêng một dòng, ngoài bảng"),
    Mark.RECIPIENTS: N_("Danh sách nơi nhận; đứng riêng một dòng"),
    Mark.SIGNATURE: N_("Quyền hạn, chức vụ, khoảng ký và họ tên; đứng riêng một dòng"),
}

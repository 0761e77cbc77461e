"""Why a file is refused and what to do about it, in the reader's words."""

from cchc_portal.core.i18n import N_

NOT_ACCEPTED = N_(
    "Hệ thống chỉ nhận tệp DOCX, PDF, XLSX, PPTX, JPG, PNG, TXT, MD hoặc CSV. "
    "Hãy lưu tệp thành một trong các định dạng này rồi chọn lại.",
)
OLD_OFFICE = N_(
    "Tệp ở định dạng văn phòng cũ. Hãy mở tệp, chọn “Lưu thành…” (Save As), "
    "lưu thành DOCX, XLSX hoặc PPTX rồi chọn lại.",
)
MACROS = N_(
    "Tệp có chứa macro nên không được nhận. Hãy mở tệp, chọn “Lưu thành…” (Save As), "
    "lưu thành DOCX, XLSX hoặc PPTX (không macro) rồi chọn lại.",
)
OTHER_IMAGE = N_("Ảnh phải ở định dạng JPG hoặc PNG. Hãy lưu ảnh thành JPG rồi chọn lại.")
ARCHIVE = N_("Hệ thống không nhận tệp nén. Hãy giải nén rồi chọn từng tệp bên trong.")
ARCHIVE_TOO_FULL = N_(
    "Tệp ZIP có quá nhiều thứ bên trong (trên 5.000 mục, hoặc trên 1 GB khi giải nén). Hãy chia thành nhiều tệp ZIP."
)
ARCHIVE_TOO_LARGE = N_("Tệp ZIP lớn hơn 200 MB. Hãy chia thành nhiều tệp ZIP nhỏ hơn.")
EMPTY = N_("Tệp rỗng, không có nội dung. Hãy kiểm tra lại tệp trên máy rồi chọn lại.")
TOO_LARGE = N_("Tệp lớn hơn 20 MB. Hãy giảm dung lượng ảnh trong tệp hoặc chia thành nhiều tệp nhỏ hơn.")
WRONG_ENDING = N_(
    "Nội dung tệp không đúng với đuôi tên tệp. Hãy mở tệp bằng chương trình đã tạo ra nó, "
    "lưu lại đúng định dạng rồi chọn lại.",
)
DAMAGED = N_(
    "Không mở được tệp: tệp bị hỏng hoặc bị cắt ngắn. Hãy mở tệp trên máy, lưu lại bản mới rồi chọn lại."
)
TOO_COMPLEX = N_(
    "Tệp quá phức tạp để đọc an toàn. Hãy bỏ bớt nội dung, lưu lại bản mới hoặc xuất thành PDF rồi chọn lại.",
)
DISGUISED = N_(
    "Tệp chứa nội dung ẩn của một định dạng khác nên không được nhận. "
    "Hãy mở tệp bằng chương trình thường dùng, lưu lại bản mới rồi chọn lại.",
)
OFFICE_PASSWORD = N_(
    "Tệp được đặt mật khẩu. Hãy mở tệp, vào Tệp → Thông tin → Bảo vệ (File → Info → Protect) → "
    "Mã hoá bằng mật khẩu, xoá trống ô mật khẩu, lưu lại rồi chọn lại.",
)
PDF_PASSWORD = N_(
    "Tệp PDF được đặt mật khẩu. Hãy mở tệp bằng mật khẩu, chọn In → “Lưu thành PDF” (Save as PDF) "
    "để có bản không mật khẩu rồi chọn lại.",
)
HUGE_IMAGE = N_("Ảnh có kích thước quá lớn (trên 50 triệu điểm ảnh). Hãy thu nhỏ ảnh rồi chọn lại.")
NOT_UNICODE = N_(
    "Tệp chữ không ở bảng mã UTF-8. Hãy mở tệp bằng Notepad, chọn “Lưu thành…” (Save As), "
    "mục Mã hoá (Encoding) chọn UTF-8 rồi chọn lại.",
)
MARKUP = N_(
    "Tệp chứa mã trang web hoặc chương trình nên không được nhận. Hãy lưu nội dung thành DOCX hoặc PDF."
)
NOT_A_DOCUMENT = N_(
    "Văn bản phải là tệp DOCX, PDF, TXT hoặc MD. Bạn cũng có thể dán nội dung vào ô bên cạnh."
)
NO_TEXT = N_("Tệp không có chữ nào để đọc. Hãy kiểm tra lại tệp hoặc dán nội dung văn bản.")
SCANNED = N_(
    "Tệp PDF là bản quét (ảnh chụp), không có chữ để đọc. "
    "Hãy dùng tệp gốc DOCX, PDF xuất từ Word, hoặc dán nội dung văn bản.",
)
NOT_A_TABLE = N_("Bảng tính phải là tệp XLSX hoặc CSV. Hãy lưu bảng thành XLSX rồi chọn lại.")
TABLE_TOO_LONG = N_("Bảng tính có quá nhiều dòng (trên 20.000). Hãy chia thành nhiều tệp nhỏ hơn.")

"""What the parts of a document about an initiative are called, folded; forms of Nghị định 13/2012/NĐ-CP and older ones."""

FACTS = {
    "title": (
        "ten sang kien", "ten giai phap", "ten de tai", "ten mo hinh", "ten cach lam", "ten sang kien kinh nghiem",
        "ten sang kien giai phap", "sang kien", "sang kien kinh nghiem", "de tai", "mo hinh", "cach lam hay",
    ),
    "code": ("ma so", "ma sang kien", "ma so sang kien"),
    "authors": (
        "tac gia", "tac gia sang kien", "nhom tac gia", "dong tac gia", "ten tac gia", "ho va ten", "ho ten",
        "ho va ten tac gia", "ho ten tac gia", "toi ten la", "nguoi thuc hien", "nguoi viet", "chu nhiem de tai",
    ),
    "unit": (
        "don vi", "don vi cong tac", "noi cong tac", "co quan don vi", "co quan cong tac", "bo phan", "phong ban",
        "don vi ap dung", "don vi thuc hien",
    ),
    "year": ("nam", "nam hoc", "nam thuc hien", "nam ap dung", "nam cong nhan"),
    "submitted_on": ("ngay nop don", "ngay nop", "ngay gui"),
    "first_applied_on": (
        "ngay sang kien duoc ap dung lan dau", "ngay ap dung lan dau", "thoi gian ap dung lan dau", "ngay ap dung thu",
    ),
    "fields": ("linh vuc", "linh vuc ap dung", "linh vuc ap dung sang kien", "thuoc linh vuc"),
}  # fmt: skip
PARTS = {
    "problem": (
        "thuc trang", "tinh trang giai phap da biet", "tinh trang ky thuat", "mo ta giai phap da biet", "boi canh",
        "ly do", "ly do chon", "dat van de", "hien trang", "su can thiet", "co so thuc tien", "phan mo dau", "mo dau",
        "van de", "han che", "nguyen nhan", "tinh trang truoc khi ap dung",
    ),
    "solution": (
        "mo ta ban chat", "mo ta giai phap", "mo ta sang kien", "noi dung giai phap", "noi dung sang kien",
        "noi dung cua sang kien", "noi dung cua giai phap", "noi dung", "phan noi dung", "giai phap", "cac giai phap",
        "bien phap", "cac bien phap", "cach lam", "cach thuc thuc hien", "giai quyet van de", "muc dich", "muc tieu",
        "mo ta chi tiet", "cac buoc thuc hien",
    ),
    "novelty": ("tinh moi", "diem moi", "diem khac biet", "tinh sang tao"),
    "result": (
        "ket qua", "hieu qua", "loi ich", "danh gia loi ich", "danh gia hieu qua", "ket qua dat duoc",
        "hieu qua kinh te", "hieu qua xa hoi",
    ),
    "conditions": (
        "dieu kien", "cac dieu kien", "cac dieu kien can thiet", "nhung dieu kien can thiet", "kha nang ap dung", "kha nang nhan rong", "pham vi ap dung",
    ),
    "secret": ("nhung thong tin can duoc bao mat", "thong tin can duoc bao mat", "thong tin can bao mat"),
}  # fmt: skip
# Lines of every official document.
LETTERHEAD = (
    "cong hoa xa hoi", "doc lap tu do hanh phuc", "dang cong san viet nam", "kinh gui", "phu luc", "mau so",
    "ban hanh kem theo",
)  # fmt: skip
# Who issued it, above its heading; below, a title may begin like that.
ISSUERS = (
    "uy ban nhan dan", "ubnd", "dang bo", "hoi dong", "truong", "phong", "so", "ban chap hanh", "cong doan", "van phong",
)  # fmt: skip
# Headings that say what sort of document it is, not what it is about.
SORTS = (
    "don yeu cau", "don de nghi", "bao cao", "ban mo ta", "mo ta sang kien", "mo ta giai phap", "ban thuyet minh",
    "thuyet minh", "giay chung nhan", "quyet dinh", "to trinh", "de cuong", "ho so",
)  # fmt: skip
BARE_SORTS = frozenset(
    {"sang kien", "sang kien kinh nghiem", "de tai", "mo hinh", "cach lam hay", "giai phap"}
)
RECOGNITIONS = ("giay chung nhan sang kien", "cong nhan sang kien nam", "ve viec cong nhan sang kien")
KINDS = {
    "mo hinh": "model",
    "ten mo hinh": "model",
    "cach lam hay": "good_practice",
    "ten cach lam": "good_practice",
}

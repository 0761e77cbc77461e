"""Units, offices and groups of people as a letter names them."""

import re

from cchc_portal.core.text import fold_name
from cchc_portal.directives.reading.parts import Certainty, Found
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.words import (
    BODY_HEADS,
    COMPOUND_NAMES,
    LOWER,
    NAMES_WITH_VERBS,
    PLURALS,
    RELATIVE,
    UPPER,
    VERBS,
    any_of,
)

# What a letter speaks of without its being somebody; whatever else stands where the subject stands acts.
_THINGS = any_of(
    (
        "nội dung", "nhiệm vụ", "chỉ tiêu", "mục tiêu", "thủ tục", "TTHC", "hồ sơ", "văn bản", "giải pháp", "hoạt động", "kết quả", "vấn đề", "tiêu chí", "lĩnh vực",
        "công trình", "dự án", "hạng mục", "trường hợp", "quy định", "quy trình", "quy chế", "hình thức", "bước", "khoản", "dịch vụ", "cuộc", "hội nghị", "chương trình", "kế hoạch",
        "mô hình", "phong trào", "mặt", "điều kiện", "loại", "đợt", "thông tin", "số liệu", "tài liệu", "công tác", "công việc", "việc", "về", "tại", "trong", "theo", "để", "nhằm",
        "khi", "nếu", "từ", "sau", "trước", "đến", "qua", "trên", "ngoài", "riêng", "đối với", "do", "vì", "với", "thời gian", "thời hạn", "tiến độ", "kinh phí", "nguồn", "ngân sách",
        "địa điểm", "mức", "tỷ lệ", "số", "lý do", "nguyên nhân", "tồn tại", "hạn chế", "khó khăn", "yêu cầu", "đề nghị", "giao", "phân công", "căn cứ", "thực hiện", "luật", "nghị định",
        "nghị quyết", "quyết định", "chỉ thị", "công văn", "thông báo", "thông tư", "kết luận", "báo cáo", "đề án", "hệ thống", "phần mềm", "ứng dụng", "dữ liệu", "cơ sở", "tình hình",
        "điều", "mục", "phụ lục", "biểu", "mẫu", "bảng", "danh sách", "danh mục", "hằng", "hàng", "định kỳ", "ngày", "tháng", "quý", "năm", "tuần", "100%", "chế độ", "chính sách", "hành vi",
        "tiền", "vốn", "đất", "nhà", "đường", "tuyến", "xe", "cây", "giống", "thuốc", "sản phẩm", "bài", "tin", "lớp", "khóa", "phiếu", "sổ", "thẻ", "giấy", "tổ chức", "phương án", "phiên", "kỳ",
        "dịch", "bệnh", "bão", "ý kiến", "kiến nghị", "mọi", "quá trình", "quan điểm", "ưu điểm", "phương châm", "tinh thần", "chủ trương", "chủ đề", "nhóm nhiệm vụ", "kỷ luật", "kỷ cương", "chất lượng", "nhận thức",
    )
)  # fmt: skip
_MANY = r"(?:các|những|mỗi|từng|toàn thể|toàn bộ|một số) "
_A_THING = re.compile(rf"(?:{_MANY})?(?:{_THINGS})\b", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?:(?:Các|các|Mỗi|Từng|Toàn thể|Những) |(?:[^\s,;:]+ ){{1,6}}?[{UPPER}][^\s,;:]* [{UPPER}])"
)
_LONGEST_SUBJECT = 110

KnownUnits = frozenset[str]  # names and aliases of units, folded
_HEADS = any_of(BODY_HEADS)
_KINDS = (*PLURALS, *(head.lower() for head in BODY_HEADS if " " in head))
_PLURAL = rf"(?:các|những|mọi|toàn thể|từng|mỗi) (?:{any_of(_KINDS)})"
_BODY = re.compile(rf"(?:{_HEADS}|{_PLURAL})\b", re.IGNORECASE)
# Words that begin like a body and are none.
_NOT_A_BODY = re.compile(
    r"(?:tổ chức|báo (?:cáo|động)|trường hợp|đoàn kết|hội (?:nghị|thảo|họp)|ban hành|bộ (?:dữ liệu|hồ sơ|tiêu chuẩn|công cụ|tài liệu|máy|thủ tục|tiêu chí|chỉ số|câu hỏi)|phòng,? (?:chống|cháy|ngừa)"
    r"|viện dẫn|cục bộ|đơn vị tính|ngành nghề|sở hữu|trưởng thành|văn phòng phẩm|trường học|hội nhập|khoa học|cơ sở (?:dữ liệu|vật chất|hạ tầng|pháp lý|để)|vụ việc|đội ngũ|đội hình|kinh tế(?! -)|văn ho[áa](?! -| xã)|tài chính(?! -)|tư pháp(?! -)|nông nghiệp(?! -)|địa chính(?! -)|lao động(?! -)|quỹ đất|liên hiệp quốc|hộ gia đình|báo cáo|các cấp độ|vp hành chính)\b",
    re.IGNORECASE,
)
_LONE_SYLLABLE = re.compile(
    r"(?:bộ(?! phận)|ban|hội|đoàn|sở|cục|viện|khoa|trại|tổ|trạm|trường|phòng|ngành|trưởng|vụ|đội|quỹ|bản|cấp(?! ủy)|nhóm(?! [a-zà-ỹ]+ [a-zà-ỹ]+)|cụm) "
)
_TELLS = re.compile(
    r"\b(?:nào|nhận thấy|cho thấy|đã|đang|bị|là(?! (?:trưởng|phó|giám đốc|đảng viên|thành viên|cán bộ|công chức|người đứng đầu|chủ))|về|nêu(?! trên| tại| ở)|sẽ|trân trọng|đề nghị|yêu cầu|được(?! giao| hưởng| cử| bầu| tuyển dụng| phân công| kiểm tra| thanh tra| đánh giá| giám sát| mời| chọn| thụ hưởng| hỗ trợ))\b"
)
_AND = rf"(?:,? và |, |; |/ ?)(?=(?:{_HEADS}|{_PLURAL})\b)"
_PLURAL_START = re.compile(rf"(?:{_PLURAL})\b", re.IGNORECASE)
# "Giám đốc các Sở: Nội vụ, Tài chính": short names up to the next full one.
_IN_FULL = re.compile(
    r"\b[Cc]ác (?:Sở|sở|phòng|Phòng|ban|Ban|đồng chí|ông, bà|đơn vị|xã|phường)(?: sau)?: [^;]*$"
)
_OFFICE = re.compile(r"(?:Chủ tịch|Thủ trưởng|Trưởng|Giám đốc|Chánh|UBND|Ủy ban|Công an|Bí thư|[Cc]ác |Sở )")
# The name of a kind alone names nobody.
_GENERIC = frozenset(
    {
        "don vi",
        "co quan",
        "bo phan",
        "ban",
        "so",
        "phong",
        "to",
        "truong",
        "nguoi",
        "bo",
        "cuc",
        "hoi",
        "vu",
        "tai chinh",
        "kinh te",
        "van hoa",
        "khoi",
    }
)
_ONE_SYLLABLE = re.compile(rf"[{UPPER}{LOWER}]?[{LOWER}]+")
_SPLIT_AT = rf"; |(?<=\)), |{_AND}| và (?=các |cá nhân |tổ chức |ông |bà |đồng chí |đ/c |cán bộ|đại biểu|đảng viên|nhân viên|công chức)|, (?=[{UPPER}])"
_COMPOUND = re.compile(any_of(COMPOUND_NAMES))
_OWNED = re.compile(
    r" thuộc (?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) (?:phường|xã|thị trấn|thị xã|huyện|tỉnh|quận|thành phố)$"
)
_POLITE = re.compile(
    r"^(?:cho |đối với |riêng |(?i:đồng chí|đ/c) (?=[A-ZĐ]))",
    re.IGNORECASE,
)
# What tells about a name in brackets is no part of it: "(thành lập theo …)", "(các xã có …)".
_ASIDE = re.compile(
    r" ?\((?:thành lập|là |nơi |có (?!danh sách)|các (?:địa phương|đơn vị|xã|phường) )[^()]{3,300}\)[ .;,]*$"
)
# "Các đơn vị sau: X, Y": X and Y are meant.
_FOLLOWING = re.compile(
    r"^(?:các|những) (?:đơn vị|cơ quan|bộ phận|đồng chí|ông, bà|ông \(bà\))(?: sau(?: đây)?)?: (?=\S)",
    re.IGNORECASE,
)
_ROLE = re.compile(r" ?\((?:chủ trì|phối hợp)\)[ .;,]*$")
# "Đảng ủy viên phụ trách chi bộ, tổ dân phố": one group, told apart by what it looks after.
_LOOKS_AFTER = re.compile(rf"\bphụ trách (?:các )?[{LOWER}]+(?: [{LOWER}]+){{0,2}}$")
_PLACES = re.compile(
    rf"\b[Cc]ác (?:xã|phường|thị trấn|huyện|quận|tỉnh|thôn|bản|ấp|buôn|khu phố|tổ dân phố|trường|chi bộ|địa phương)(?: [Tt]HCS| [Tt]iểu học| [Mm]ầm non)?:? [{UPPER}\d][^;]*$"
)
_NICKNAME = re.compile(
    r" ?\((?:(?:sau đây|gọi tắt|viết tắt)[^()]{0,80}|\d[\d.]* (?:nhiệm vụ|nội dung|việc|tiêu chí)[^()]{0,30})\)"
)
# A list may go on with a kind that has no capital: "Công an xã, dân quân"; "các phòng, đơn vị" is one group.
_SMALL_KINDS = "tổ|thôn|khu phố|bản|ấp|xóm|khối|cơ quan|đơn vị|nhân viên|dân quân|lực lượng|doanh nghiệp|hộ kinh doanh|hợp tác xã|người dân|giám đốc|chủ cơ sở|giáo viên"
_SMALL = re.compile(rf"(?:{_SMALL_KINDS})\b")
_GROUPED = re.compile(r"\b(?:các|mọi|toàn thể|từng|mỗi|cán bộ|công chức|người|những)\b", re.IGNORECASE)
_CHIEF = re.compile(
    r"(?:thủ trưởng|giám đốc|chủ tịch|hiệu trưởng|trưởng|người đứng đầu|chủ cơ sở)\b", re.IGNORECASE
)
# "Đồng chí A B C, Phó Bí thư, Chủ tịch HĐND xã" is one person with what he is.
_PERSON = re.compile(
    rf"\s*(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)(?: [{UPPER}][{LOWER}]{{0,7}}){{2,4}}(?:(?:,| -) (?![^,]*(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng |[Bb]à ))[^,;]{{3,80}}){{0,2}}$"
)
_POSITION = re.compile(
    r"(?:nguyên |quyền )?(?:Phó|Trưởng|Chủ tịch|Bí thư|Giám đốc|Chánh|Ủy viên|Chỉ huy|Tổ trưởng|Hiệu trưởng|Công chức|Chủ nhiệm|Bộ trưởng|Thứ trưởng|Cục trưởng|Vụ trưởng|Chuyên viên)\b"
)
_LONGEST_NAME = 20  # words; what is longer is a sentence
_LONGEST_WITH_A_VERB = 10  # words
# No name holds these: what does is a clause.
_CLAUSE = re.compile(r" (?:thì|hễ|mà|rồi|nếu|để|nhằm|vì|sẽ|phải|nhưng|trước ngày|chậm nhất)\b")
_ACT = re.compile(rf"(?<!được giao)(?<!được hưởng)(?<!phụ trách) (?:{any_of(VERBS)})\b")
_TWO_WORDS = 2
_SPLIT = re.compile(
    rf"{_SPLIT_AT}|, (?=\d{{1,3}} (?:khu phố|thôn|tổ dân phố|xã|phường|chi bộ|trường|ấp|bản)\b)|, (?=(?:{_SMALL_KINDS})\b)"
)
# "Các trường mầm non, tiểu học, THCS": a kind written short goes on with the group, "UBND xã" does not.
_SHORT = re.compile(rf"(?!(?:{_HEADS})\b)[{UPPER}]{{2,5}}\b(?!-)")
LONGEST = 400


def is_body(words: str, known: KnownUnits) -> bool:
    """Say whether words begin with a unit, an office or a group of people."""
    words = words.strip()
    if not words or len(words) > LONGEST or _NOT_A_BODY.match(words) or _LONE_SYLLABLE.match(words):
        return False
    if names_nobody(words):
        return False
    told = NAMES_WITH_VERBS.sub("", _without_brackets(words))
    if _TELLS.search(RELATIVE.sub("", told) if _PLURAL_START.match(told) else told):
        return False
    return bool(_BODY.match(words)) or fold_name(_without_brackets(words)) in known


def opens_with_body(text: str, at: int) -> bool:
    """Say whether a body's name begins at a place, wherever it ends."""
    return bool(_BODY.match(text, at)) and not (_NOT_A_BODY.match(text, at) or _LONE_SYLLABLE.match(text, at))


def names_nobody(words: str) -> bool:
    """Say whether words are the name of a kind alone."""
    words = words.strip()
    return fold_name(words) in _GENERIC or _ONE_SYLLABLE.fullmatch(words) is not None


def is_agent(words: str) -> bool:
    """Say whether words can name somebody: no thing, no story, and not too long for a name."""
    words = words.strip()
    return (
        bool(words) and len(words) < _LONGEST_SUBJECT and not (_A_THING.match(words) or _TELLS.search(words))
    )


def is_subject(words: str) -> bool:
    """Say whether words that nobody knows as a body's stand like one's: a group, or a kind with a proper name."""
    return (
        is_agent(words) and _SUBJECT.match(words.strip()) is not None and not _NOT_A_BODY.match(words.strip())
    )


def bodies_in(source: Source, start: int, end: int, known: KnownUnits) -> tuple[Found[str], ...]:
    """Return the bodies listed between two places.

    Names are parted at commas and "và" only where another name begins, never inside brackets or
    inside a name like "Lao động, Thương binh và Xã hội".
    """
    found = []
    for piece_start, piece_end in _pieces(source.text, start, end):
        words = " ".join(source.text[piece_start:piece_end].split())
        value = body_name(words)
        if value and not _is_clause(_without_brackets(value)):
            is_sure = is_body(words, known) or fold_name(value) in known or words[:1].isupper()
            certainty = Certainty.SURE if is_sure else Certainty.DOUBTFUL
            found.append(source.found(piece_start, piece_end, value, certainty))
    return tuple(found)


def _is_clause(name: str) -> bool:
    """Say whether what was taken for a name tells what somebody does."""
    if name.count(" ") >= _LONGEST_NAME or _CLAUSE.search(name):
        return True
    told = RELATIVE.sub("", NAMES_WITH_VERBS.sub("", name))
    return name.count(" ") >= _LONGEST_WITH_A_VERB and _ACT.search(told) is not None


def body_name(words: str) -> str:
    """Return a body's name as it is listed: the letter's own words, tidied."""
    words = _FOLLOWING.sub("", words)
    words = _ROLE.sub("", _ASIDE.sub("", words))
    words = _OWNED.sub("", _POLITE.sub("", _NICKNAME.sub("", words).strip(" ,;:.-")))
    return words[:1].upper() + words[1:]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    for match in _SPLIT.finditer(text.replace("\n", " ") if "\n" in text[start:end] else text, start, end):
        if _is_inside_a_name(text, at, match.start(), match.end(), end):
            continue
        pieces.append((at, match.start()))
        at = match.end()
    return [*pieces, (at, end)]


def _is_inside_a_name(text: str, start: int, cut: int, after: int, end: int) -> bool:
    """Say whether a comma or "và" stands within one name rather than between two."""
    before = text[start:cut]
    is_looked_after = _LOOKS_AFTER.search(before) and _SMALL.match(text, after, end)
    if is_looked_after or _is_open(text, before, cut, after, end):
        return True
    if _is_of_the_same_kind(before, text[after : after + 20]):
        return False
    if _SMALL.match(text, after, end) and (_GROUPED.search(before) or before.count(" ") < _TWO_WORDS):
        return not (_CHIEF.match(text, after, end) and _CHIEF.match(before))
    if text[cut] == "," and _goes_on(text, before, after, end):
        return True
    return any(
        m.start() < cut < m.end()
        for m in _COMPOUND.finditer(text, max(start, cut - 40), min(end, after + 40))
    )


def _is_open(text: str, before: str, cut: int, after: int, end: int) -> bool:
    """Say whether a list of short names or a bracket is still open: "các phường Tân Lập, Hòa Bình"."""
    is_short = not _OFFICE.match(text, after, end)
    is_place = _PLACES.search(before) and not _BODY.match(text, after, end)
    is_listed = is_short and (is_place or (text[cut] == "," and _IN_FULL.search(before)))
    return bool(is_listed) or before.count("(") > before.count(")")


def _goes_on(text: str, before: str, after: int, end: int) -> bool:
    """Say whether a group goes on with a kind written short, or a person with what he is."""
    is_group = _PLURAL_START.match(before) and _SHORT.match(text, after, end)
    return bool(is_group or (_PERSON.match(before) and _POSITION.match(text, after, end)))


def _is_of_the_same_kind(before: str, following: str) -> bool:
    """Say whether a name follows one of its own kind: "thôn 3, thôn 7"."""
    kinds = [words.split()[0].lower() for words in (before, following) if words.split()]
    return len(kinds) == _TWO_WORDS and kinds[0] == kinds[1]


def _without_brackets(words: str) -> str:
    return re.sub(r" ?\([^()]{0,200}\)", "", words)

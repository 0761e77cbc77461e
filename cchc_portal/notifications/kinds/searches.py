"""What people are told about searches they keep."""

from cchc_portal.core.i18n import N_
from cchc_portal.notifications import audience, words
from cchc_portal.notifications.kinds.kind import Kind

FOUND = "search_found"

SEARCH_KINDS = (
    Kind(
        FOUND,
        ("saved_search.matched",),
        N_("Có mục mới khớp với tìm kiếm đã lưu “%(title)s”"),
        N_("Có mục mới khớp với tìm kiếm tôi đã lưu (mỗi ngày nhiều nhất một lần)"),
        "search",
        audience.addressee,
        about=None,
        place=lambda _thing: {},
        title=words.named,
        opens="searches.index",
    ),
)

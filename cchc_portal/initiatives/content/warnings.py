"""What should not stand in a text everybody reads: personal data and state secrets.

Sources: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Luật Bảo vệ bí mật nhà nước 117/2025/QH15.
"""

import re
from collections.abc import Mapping
from typing import Any

from cchc_portal.core.i18n import N_

_RISKS = (
    (
        re.compile(r"(?<!\d)(?:\d{12}|\d{3}[ .]\d{3}[ .]\d{3}[ .]\d{3})(?!\d)"),
        N_("Có dãy 12 chữ số giống số định danh cá nhân."),
    ),
    (
        re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){9}(?!\d)"),
        N_("Có dãy số giống số điện thoại."),
    ),
    (
        re.compile(r"(?<!\w)(?<!BẢO )MẬT(?!\w)(?! KHẨU)"),
        N_("Có chữ “MẬT”. Không đăng tải nội dung bí mật nhà nước."),
    ),
)


def warnings(raw: Mapping[str, Any]) -> list[str]:
    """Return what the writer should look at again before everybody reads it, each message once."""
    text = "\n".join(_strings(raw))
    return [message for pattern, message in _RISKS if pattern.search(text)]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [
            text
            for name, part in value.items()
            if name not in {"user_id", "item_id"}
            for text in _strings(part)
        ]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return []

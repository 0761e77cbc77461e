"""What the columns of a table hold, by the words over them."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from cchc_portal.core.text import fold_name

_LONGEST_HEADING = 80


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    SUPPORT = "support"
    BOTH = "both"  # "Cơ quan chủ trì, phối hợp"
    DEADLINE = "deadline"
    DELIVERABLE = "deliverable"
    OTHER = "other"


_PATTERNS = (
    (Role.NUMBER, r"(?:stt|tt|so tt|so thu tu|no)$"),
    (Role.OTHER, r"(?:.*\b(?:da giao|cu)$|lanh dao|ghi chu|kinh phi|nguon|du toan|chi tieu|don vi tinh|dien thoai|so luong|muc dich|can cu|dia diem|thanh phan|ty le|diem)\b"),
    (Role.BOTH, r".*(?:chu tri|thuc hien|phu trach).*phoi hop"),
    (Role.SUPPORT, r".*phoi hop"),
    (Role.DEADLINE, r"(?:.*(?:thoi gian|thoi han|thoi diem|tien do)|han\b|ngay hoan thanh|hoan thanh)"),
    (Role.DELIVERABLE, r".*(?:san pham|ket qua|dau ra)"),
    (Role.LEAD, r".*(?:chu tri|phu trach|chiu trach nhiem|dau moi|trach nhiem|duoc giao|tham muu|(?:don vi|co quan|bo phan|nguoi|phong|ban|can bo|cong chuc|to chuc).*thuc hien|phan cong)|(?:co quan|don vi|bo phan)$"),
    (Role.TASK, r".*(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|giai phap|viec|chuyen de|hang muc|ten)"),
)  # fmt: skip
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)


@lru_cache(maxsize=2000)
def role_of(heading: str) -> Role:
    """Return what the column under a heading holds."""
    name = fold_name(heading[:_LONGEST_HEADING])
    return next((role for role, pattern in _ROLES if pattern.match(name)), Role.OTHER)


def roles_of(headings: Sequence[str]) -> list[Role]:
    """Return what the columns hold; none at all where this is no table of tasks.

    Such a table has a column for the task and one for who or until when.
    """
    if not 3 <= len(headings) <= 12 or any(len(one) > _LONGEST_HEADING for one in headings):  # noqa: PLR2004 - columns on paper
        return []
    roles = [role_of(one) for one in headings]
    tells_who = {Role.LEAD, Role.BOTH, Role.SUPPORT} & set(roles)
    if not (tells_who or (Role.DEADLINE in roles and Role.NUMBER in roles)):
        return []
    if Role.TASK not in roles:
        _suppose_task(roles, headings)
    return _each_once(roles) if Role.TASK in roles else []


def _suppose_task(roles: list[Role], headings: Sequence[str]) -> None:
    """Take the first column that holds something else for the task, where it stands before the others."""
    for place, role in enumerate(roles):
        if role is Role.OTHER and headings[place].strip():
            roles[place] = Role.TASK
        if role is not Role.NUMBER:
            return


def _each_once(roles: list[Role]) -> list[Role]:
    return [Role.OTHER if role in roles[:place] else role for place, role in enumerate(roles)]

"""What a failing disk or store means to the person who waits."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from cchc_portal.core.errors import Unavailable
from cchc_portal.core.i18n import N_

FULL = N_("Máy chủ đã hết chỗ lưu tệp nên tệp chưa được lưu. Vui lòng báo quản trị viên và thử lại sau.")
UNWRITABLE = N_("Máy chủ tạm thời không ghi được tệp nên tệp chưa được lưu. Vui lòng thử lại sau ít phút.")
UNREADABLE = N_("Máy chủ tạm thời không đọc được tệp này. Vui lòng thử lại sau ít phút.")
UNREACHABLE = N_("Kho lưu tệp tạm thời không trả lời. Vui lòng thử lại sau ít phút.")

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

log = structlog.get_logger()


@contextmanager
def translated() -> Iterator[None]:
    """Turn errors of the file system into `Unavailable`."""
    try:
        yield
    except FileNotFoundError:
        log.warning("stored_file_missing")
        raise Unavailable(UNREADABLE) from None
    except OSError as error:
        log.warning("disk_fault", error=errno.errorcode.get(error.errno or 0))
        raise Unavailable(FULL if error.errno in _NO_SPACE else UNWRITABLE) from None

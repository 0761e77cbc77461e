"""What can go wrong in the words of the office; `web.errors` alone turns it into answers."""

from collections.abc import Container, Mapping


class DomainError(Exception):
    """A refusal that a person can understand.

    Args:
        message: one Vietnamese sentence that says what happened and what to do.
    """

    default = ""

    def __init__(self, message: str = "") -> None:
        self.message = message or self.default
        super().__init__(self.message)


class NotAllowed(DomainError):
    """The person may see the thing but not do this with it."""

    default = "Bạn không có quyền thực hiện việc này."


class NotFound(DomainError):
    """There is no such thing, or this person may not know of it."""

    default = "Không tìm thấy nội dung này, hoặc bạn không được xem."


class InvalidState(DomainError):
    """The thing is in a state from which this step does not lead on."""

    default = "Việc này không còn thực hiện được ở trạng thái hiện tại."


class Conflict(DomainError):
    """Somebody else changed the thing in the meantime."""

    default = "Nội dung vừa được người khác thay đổi."


class TooMany(DomainError):
    """A limit on the number of tries was reached.

    Args:
        retry_after: seconds until another try makes sense.
    """

    default = "Bạn đã thử quá nhiều lần. Vui lòng đợi ít phút rồi thử lại."

    def __init__(self, message: str = "", *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Invalid(DomainError):
    """What was given cannot be accepted as it is.

    Args:
        errors: field name -> Vietnamese message; the key "" is about the whole.
    """

    default = "Vui lòng kiểm tra lại các ô được đánh dấu."

    def __init__(self, errors: Mapping[str, str], message: str = "") -> None:
        self.errors = dict(errors)
        super().__init__(message or self.errors.get("", ""))


class Unavailable(DomainError):
    """Something the portal stands on does not answer: a full disk, object storage, the database.

    Args:
        retry_after: seconds until another try makes sense.
    """

    default = "Hệ thống tạm thời chưa lưu được dữ liệu. Vui lòng thử lại sau ít phút."

    def __init__(self, message: str = "", *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def require(permitted: bool, message: str = "") -> None:  # noqa: FBT001  reads as a sentence: require(can_…)
    """Go on if it is permitted.

    Raises:
        NotAllowed: it is not; with the message if one is given.
    """
    if not permitted:
        raise NotAllowed(message)


def require_step(to: object, *, among: Container[object]) -> None:
    """Go on if a state is among those that follow, as a feature's table of transitions says.

    Raises:
        InvalidState: no step leads there.
    """
    if to not in among:
        raise InvalidState

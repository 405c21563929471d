"""A request that is answered before any document is looked at."""

from collections.abc import Mapping

from api.errors import ErrorCode


class RefusalError(Exception):
    """Answered with this HTTP ``status``, one GraphQL error and, where needed, more ``headers``."""

    def __init__(self, status: int, code: ErrorCode, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}


def bad_request(message: str) -> RefusalError:
    return RefusalError(400, ErrorCode.BAD_REQUEST, message)

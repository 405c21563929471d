"""A request that is answered before any document is looked at."""

from collections.abc import Mapping
from typing import Any

from api.errors import ErrorCode


class RefusalError(Exception):
    """Answered with this HTTP ``status``, one GraphQL error with its ``numbers`` and, where needed, more ``headers``.

    ``cost`` is what the operation would cost, where that is known.
    """

    def __init__(
        self,
        status: int,
        code: ErrorCode,
        message: str,
        *,
        headers: Mapping[str, str] | None = None,
        numbers: Mapping[str, int] | None = None,
        cost: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.numbers = numbers or {}
        self.extensions: dict[str, Any] = {} if cost is None else {"extensions": {"cost": cost}}


def bad_request(message: str) -> RefusalError:
    return RefusalError(400, ErrorCode.BAD_REQUEST, message)

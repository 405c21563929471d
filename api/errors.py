"""Errors that a client may see, each with a stable code in ``extensions.code``.

Raise these from resolvers. Whatever else is raised there is an accident: the HTTP view logs it and answers
``INTERNAL_SERVER_ERROR`` without its message.
"""

from typing import Any, ClassVar

from graphql import GraphQLError


class ApiError(GraphQLError):
    """An error whose message is written for clients. Its message never quotes more of the input than is harmless."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": self.code, **extensions})


class BadUserInput(ApiError):
    """An argument or variable that can never be answered: malformed, out of bounds, or contradicting another one."""

    code = "BAD_USER_INPUT"


class NotFound(ApiError):
    """A well-formed code or id that names nothing visible. Whether it exists all the same is not told."""

    code = "NOT_FOUND"

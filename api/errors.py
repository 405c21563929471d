"""Errors that a client may see, each with a stable code of the closed list in ``extensions.code``.

Raise these from resolvers. Whatever else is raised there is an accident: the HTTP view logs it and answers
``INTERNAL_SERVER_ERROR`` without its message.
"""

from enum import StrEnum
from typing import Any, ClassVar

from graphql import GraphQLError


class ErrorCode(StrEnum):
    """Values of ``extensions.code``, listed in docs/graphql.md. Clients branch on them: none changes its meaning."""

    # The request over HTTP.
    BAD_REQUEST = "BAD_REQUEST"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    # The document.
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    OPERATION_NOT_SUPPORTED = "OPERATION_NOT_SUPPORTED"
    # Documents by their ids; Apollo's and urql's clients know the first two.
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    TRUSTED_DOCUMENTS_ONLY = "TRUSTED_DOCUMENTS_ONLY"
    # Limits, checked before execution.
    TOKEN_LIMIT = "TOKEN_LIMIT"  # noqa: S105 - tokens of a document
    DEPTH_LIMIT = "DEPTH_LIMIT"
    FIELD_LIMIT = "FIELD_LIMIT"
    ALIAS_LIMIT = "ALIAS_LIMIT"
    ROOT_FIELD_LIMIT = "ROOT_FIELD_LIMIT"
    DIRECTIVE_LIMIT = "DIRECTIVE_LIMIT"
    FRAGMENT_LIMIT = "FRAGMENT_LIMIT"
    COST_LIMIT = "COST_LIMIT"
    # Limits of what the endpoint does at once.
    RATE_LIMIT = "RATE_LIMIT"
    SERVER_BUSY = "SERVER_BUSY"
    STATEMENT_TIMEOUT = "STATEMENT_TIMEOUT"
    # Arguments and answers.
    BAD_USER_INPUT = "BAD_USER_INPUT"
    NOT_FOUND = "NOT_FOUND"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"


class ApiError(GraphQLError):
    """An error whose message is written for clients. Its message never quotes more of the input than is harmless."""

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL_SERVER_ERROR

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": self.code.value, **extensions})


class BadUserInput(ApiError):
    """An argument or variable that can never be answered: malformed, out of bounds, or contradicting another one."""

    code = ErrorCode.BAD_USER_INPUT


class NotFound(ApiError):
    """A well-formed code or id that names nothing visible. Whether it exists all the same is not told."""

    code = ErrorCode.NOT_FOUND

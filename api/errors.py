"""The closed list of error codes, and the exception by which a resolver says one of them."""

from enum import StrEnum
from typing import Any


class ErrorCode(StrEnum):
    """Values of ``extensions.code``. Clients branch on them, so none changes its meaning; docs/graphql.md lists them."""

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
    # Limits, checked before execution.
    TOKEN_LIMIT = "TOKEN_LIMIT"  # noqa: S105 - tokens of a document
    DEPTH_LIMIT = "DEPTH_LIMIT"
    FIELD_LIMIT = "FIELD_LIMIT"
    ALIAS_LIMIT = "ALIAS_LIMIT"
    ROOT_FIELD_LIMIT = "ROOT_FIELD_LIMIT"
    DIRECTIVE_LIMIT = "DIRECTIVE_LIMIT"
    FRAGMENT_LIMIT = "FRAGMENT_LIMIT"
    COST_LIMIT = "COST_LIMIT"
    # Arguments and answers.
    BAD_USER_INPUT = "BAD_USER_INPUT"
    NOT_FOUND = "NOT_FOUND"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"


class ApiError(Exception):
    """An error that the client may read: ``message`` in plain English, ``extensions`` beside the code.

    Any other exception that leaves a resolver is logged and answered as INTERNAL_SERVER_ERROR without its message.
    """

    def __init__(self, code: ErrorCode, message: str, **extensions: Any) -> None:
        super().__init__(message)
        self.code = code
        self.extensions = {"code": code.value, **extensions}


class BadUserInput(ApiError):
    """An argument that is malformed or out of its range."""

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(ErrorCode.BAD_USER_INPUT, message, **extensions)


class NotFound(ApiError):
    """A well-formed code or id that nothing visible has."""

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(ErrorCode.NOT_FOUND, message, **extensions)

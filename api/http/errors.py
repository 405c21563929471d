"""GraphQL errors as clients see them: a code from the closed list, and nothing of our insides."""

import logging
from typing import Any

from graphql import GraphQLError

from api.errors import ApiError, ErrorCode
from api.limits import is_statement_timeout

logger = logging.getLogger("api")

MASKED_MESSAGE = "Something went wrong on our side. It has been logged."
TIMEOUT_MESSAGE = "The database took too long. Ask for less, or try again later."
# Messages of validation repeat names from the document, which may be as long as the document.
_LONGEST_MESSAGE = 500


def error_body(code: ErrorCode, message: str, **extensions: Any) -> dict[str, Any]:
    """One error without a place in the document."""
    return {"message": message, "extensions": {"code": code.value, **extensions}}


def document_error_body(error: GraphQLError, code: ErrorCode) -> dict[str, Any]:
    """An error of parsing or validation."""
    body = error_body(code, _shortened(error.message))
    return _placed(body, error)


def execution_error_body(error: GraphQLError, operation_name: str | None) -> dict[str, Any]:
    """An error of execution; what no resolver meant to say is logged with its traceback and masked."""
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, ApiError):
        body = {"message": cause.message, "extensions": cause.extensions}
    elif error.path is None:
        # A variable that does not fit; the words of a scalar's own exception are not for clients.
        said = error.message if isinstance(cause, GraphQLError) else "A variable has an invalid value."
        body = error_body(ErrorCode.BAD_USER_INPUT, _shortened(said))
    elif isinstance(cause, GraphQLError) and cause.message.startswith("Argument '"):
        # graphql-core's word on an argument; its other errors tell of values that we answered wrongly.
        body = error_body(ErrorCode.BAD_USER_INPUT, _shortened(cause.message))
    elif is_statement_timeout(cause):
        logger.warning("Operation %r: the database took too long for %s", operation_name, error.path)
        body = error_body(ErrorCode.STATEMENT_TIMEOUT, TIMEOUT_MESSAGE)
    else:
        logger.error(
            "Operation %r failed at %s", operation_name, error.path, exc_info=(type(cause), cause, cause.__traceback__)
        )
        body = error_body(ErrorCode.INTERNAL_SERVER_ERROR, MASKED_MESSAGE)
    return _placed(body, error)


def _placed(body: dict[str, Any], error: GraphQLError) -> dict[str, Any]:
    if error.locations:
        body["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        body["path"] = error.path
    return body


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"

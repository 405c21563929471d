"""Reads the parameters of a GraphQL request from HTTP, and trusts none of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from django.http import HttpRequest

from api.errors import ErrorCode
from api.http.refusal import RefusalError, bad_request
from api.limits import LARGEST_NUMBER, Limits

_MAX_PARAMETERS = 20
# Query strings, in characters, that are read once. What is read from one may take thirty times its length.
_LONGEST_KNOWN = 2 * 1024


@dataclass(frozen=True)
class GraphQLParameters:
    """The parameters of one request; what was null or absent is None or an empty mapping."""

    query: str
    """The document; empty until ``api.http.persisted`` has found it, where its id was sent in its place."""
    variables: Mapping[str, Any]
    operation_name: str | None
    extensions: Mapping[str, Any]
    document_id: str | None = None

    @cached_property
    def question(self) -> bytes | None:
        """Document, variables and operation as bytes; None for variables that cannot be written down."""
        try:
            return orjson.dumps([self.query, self.variables, self.operation_name], option=orjson.OPT_SORT_KEYS)
        except TypeError:  # a whole number of more than 64 bits
            return None


def parameters_from_get(request: HttpRequest, limits: Limits) -> GraphQLParameters:
    """The parameters in the query string. Raises RefusalError."""
    text: str = request.META.get("QUERY_STRING", "")
    return (_known_query_string if len(text) <= _LONGEST_KNOWN else _query_string)(text, limits)


def _query_string(text: str, limits: Limits) -> GraphQLParameters:
    # WSGI hands bytes over as Latin-1.
    raw = text.encode("latin-1", "replace")
    if len(raw) > limits.body_bytes:
        raise _too_large(414, "The query string is longer", len(raw), limits)
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except ValueError:  # UnicodeDecodeError is one
        raise bad_request("The query string has too many parameters or is not UTF-8.") from None
    parameters: dict[str, Any] = {}
    for name, value in pairs:
        if name in parameters:
            raise bad_request("A parameter stands twice in the query string.")
        parameters[name] = value or None
    for name in ("variables", "extensions"):
        if parameters.get(name) is not None:
            parameters[name] = _json(parameters[name].encode(), f"the parameter {name!r}")
    return _parameters(parameters, limits)


# Reading a query string takes longer than finding its answer. Nobody alters what was read.
_known_query_string = lru_cache(maxsize=256)(_query_string)


def parameters_from_post(request: HttpRequest, limits: Limits) -> GraphQLParameters:
    """The parameters in the JSON body. Raises RefusalError."""
    if (coding := request.META.get("HTTP_CONTENT_ENCODING", "")).strip().lower() not in ("", "identity"):
        message = f"Send the request as it is, without the content coding {coding[:40]!r}."
        raise RefusalError(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, message, headers={"Accept-Encoding": "identity"})
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
        raise RefusalError(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the request as application/json in UTF-8.")
    body = _json(_body(request, limits), "the request body")
    if isinstance(body, list):
        raise bad_request("Send one operation in each request: arrays of operations are not answered.")
    if not isinstance(body, dict):
        raise bad_request("The request body must be a JSON object.")
    return _parameters(body, limits)


def _body(request: HttpRequest, limits: Limits) -> bytes:
    """The body, of which never more than the limit is read."""
    # Django takes a body that comes in chunks, without a length, for an empty one; the server knows where it ends.
    is_chunked = not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated")
    stream = request.META["wsgi.input"] if is_chunked else request
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > limits.body_bytes:
            raise _too_large(413, "The body is larger", length, limits)
        body: bytes = stream.read(limits.body_bytes + 1)
    except ValueError:
        raise bad_request("The header Content-Length is not a number.") from None
    except OSError:  # the client hung up; Django's UnreadablePostError is one
        raise bad_request("The request body did not arrive.") from None
    if len(body) > limits.body_bytes:
        raise _too_large(413, "The body is larger", len(body), limits)
    return body


def _too_large(status: int, what: str, requested: int, limits: Limits) -> RefusalError:
    message = f"{what} than {limits.body_bytes:,} bytes."
    numbers = {"requested": min(requested, LARGEST_NUMBER), "allowed": limits.body_bytes}
    return RefusalError(status, ErrorCode.BODY_TOO_LARGE, message, numbers=numbers)


def _json(raw: bytes, where: str) -> Any:
    try:
        return orjson.loads(raw)  # strict UTF-8; refuses to nest more than 1,024 deep
    except orjson.JSONDecodeError:
        raise bad_request(f"There is no valid JSON in {where}.") from None


def _parameters(values: dict[str, Any], limits: Limits) -> GraphQLParameters:
    query, operation_name, document_id = values.get("query"), values.get("operationName"), values.get("documentId")
    variables, extensions = values.get("variables"), values.get("extensions")
    if not isinstance(query, str | None):
        raise bad_request("The parameter 'query' must be a GraphQL document.")
    if not isinstance(operation_name, str | None):
        raise bad_request("The parameter 'operationName' must be a string.")
    for name, value in (("variables", variables), ("extensions", extensions)):
        if not isinstance(value, dict | None):
            raise bad_request(f"The parameter {name!r} must be a JSON object.")
        _check_values(name, value, limits)
    query = query if query and not query.isspace() else ""
    if not isinstance(document_id, str | None):
        raise bad_request("The parameter 'documentId' must be a string.")
    if not query and not document_id and not (extensions and extensions.get("persistedQuery")):
        raise bad_request("The parameter 'query' must be a GraphQL document, or 'documentId' the id of one.")
    return GraphQLParameters(query, variables or {}, operation_name or None, extensions or {}, document_id or None)


def _check_values(name: str, value: Any, limits: Limits) -> None:
    """Refuse what lies too deep, and NUL characters: PostgreSQL keeps no such text, so no column can match it."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > limits.variable_depth:
            message = f"The parameter {name!r} nests deeper than {limits.variable_depth} levels."
            # How deep it is in all is not worth finding out.
            numbers = {"requested": depth, "allowed": limits.variable_depth}
            raise RefusalError(400, ErrorCode.DEPTH_LIMIT, message, numbers=numbers)
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
                below.extend(item)
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, str) and "\0" in item:
                raise RefusalError(400, ErrorCode.BAD_USER_INPUT, f"A string in the parameter {name!r} holds NUL.")
        level = below

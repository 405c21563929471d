"""The endpoint: one HTTP request, one operation, one answer."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, OperationType

from api.cache import answer_key, answer_store
from api.cache.answers import Found
from api.cache.settings import cache_options
from api.context import GraphQLContext
from api.documents import Document, DocumentInvalidError, DocumentStore
from api.errors import ErrorCode
from api.execution import LoaderRegistry, execute
from api.http.answer import answer_of, answer_response
from api.http.errors import MASKED_MESSAGE, TIMEOUT_MESSAGE, document_error_body, error_body, execution_error_body
from api.http.graphiql import graphiql_response
from api.http.media_types import GRAPHQL_RESPONSE, HTML, JSON, preferred_media_type
from api.http.persisted import AskedDocument, asked_document
from api.http.rate import check_rate
from api.http.refusal import RefusalError
from api.http.request import GraphQLParameters, parameters_from_get, parameters_from_post
from api.limits import (
    BusyError,
    LimitExceededError,
    Limits,
    heavy_turns,
    is_statement_timeout,
    limits,
    statements_bound,
)
from api.persisted import automatic_keep

logger = logging.getLogger("api")

_METHODS = "GET, HEAD, OPTIONS, POST"
_OFFERS = (JSON, GRAPHQL_RESPONSE)


@lru_cache(maxsize=8)
def document_store(schema: GraphQLSchema, in_force: Limits, introspection: bool) -> DocumentStore:
    """The process's one store of documents for a schema under these settings."""
    return DocumentStore(schema, limits=in_force, introspection=introspection)


class GraphQLView:
    """GraphQL over HTTP for queries, by POST and GET, in both media types; no cookies, no forms, no batches.

    Requests that are no GraphQL get a 4xx in either media type. Errors of the document and its variables are status 400
    in application/graphql-response+json and 200 in application/json, as the two media types have it; errors of fields
    are always 200.
    """

    csrf_exempt = True

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Scheme, host and port. DisallowedHost, which this raises, is Django's to answer.
        origin = (str(request.scheme), request.get_host(), request.get_port())
        accept = request.META.get("HTTP_ACCEPT")
        media_type = preferred_media_type(accept, _OFFERS)
        # Nobody is known here: without cookies, no middleware that looks for a session touches the answer.
        request.COOKIES = {}
        try:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers={"Allow": _METHODS})
            if request.method in ("GET", "HEAD"):
                if settings.DIWAN_INTROSPECTION and preferred_media_type(accept, (*_OFFERS, HTML)) == HTML:
                    return graphiql_response(request)
            elif request.method != "POST":
                message = "Send queries by POST or GET."
                raise RefusalError(405, ErrorCode.METHOD_NOT_ALLOWED, message, headers={"Allow": _METHODS})
            if media_type is None:
                raise RefusalError(406, ErrorCode.NOT_ACCEPTABLE, f"Answers come as {GRAPHQL_RESPONSE} or {JSON}.")
            if settings.DIWAN_RATE_LIMIT:
                check_rate(request)
            if request.method == "POST":
                parameters = parameters_from_post(request, limits())
            else:
                parameters = parameters_from_get(request, limits())
            return self._answer(request, parameters, origin, media_type)
        except RefusalError as refusal:
            body = {"errors": [error_body(refusal.code, str(refusal), **refusal.numbers)], **refusal.extensions}
            return _response(body, refusal.status, media_type, refusal.headers)
        except Exception as error:
            if is_statement_timeout(error):
                logger.warning("The database took too long before any field was resolved")
                body = {"errors": [error_body(ErrorCode.STATEMENT_TIMEOUT, TIMEOUT_MESSAGE)]}
                return _response(body, 503, media_type, {"Retry-After": "1"})
            logger.exception("The GraphQL endpoint failed")
            body = {"errors": [error_body(ErrorCode.INTERNAL_SERVER_ERROR, MASKED_MESSAGE)]}
            return _response(body, 500, media_type)

    def _answer(
        self, request: HttpRequest, parameters: GraphQLParameters, origin: tuple[str, str, str], media_type: str
    ) -> HttpResponse:
        asked = asked_document(parameters, not_found=404 if media_type == GRAPHQL_RESPONSE else 200)
        key = self._key(request, asked.parameters, origin, media_type)
        found = answer_store().find(key) if key else Found(None, None)
        if found.answer is not None:
            if asked.keep_as is not None:
                automatic_keep(asked.keep_as, asked.parameters.query)
            return answer_response(request, found.answer, media_type)
        # The language of an earlier request may still be active in this thread; answers come in the language asked for.
        with translation.override(None):
            return self._executed(request, asked, media_type, key, found.version)

    def _key(
        self, request: HttpRequest, parameters: GraphQLParameters, origin: tuple[str, str, str], media_type: str
    ) -> str | None:
        """What an answer is kept under; None where none is, because whoever asks has shown who they are."""
        if not cache_options().enabled or "HTTP_AUTHORIZATION" in request.META or parameters.question is None:
            return None
        return answer_key(
            schema=self.schema,
            limits=limits(),
            question=parameters.question,
            origin=origin,
            media_type=media_type,
        )

    def _executed(
        self, request: HttpRequest, asked: AskedDocument, media_type: str, key: str | None, version: int | None
    ) -> HttpResponse:
        parameters = asked.parameters
        refused = 400 if media_type == GRAPHQL_RESPONSE else 200
        store = document_store(self.schema, limits(), settings.DIWAN_INTROSPECTION)
        try:
            document = store.get(parameters.query)
        except LimitExceededError as exceeded:
            return _limit_response(exceeded, refused, media_type)
        except DocumentInvalidError as invalid:
            if invalid.document is not None:
                _query_of(request, invalid.document, parameters.operation_name, refused)
            errors = [document_error_body(error, invalid.code) for error in invalid.errors]
            return _response({"errors": errors}, refused, media_type)
        query = _query_of(request, document, parameters.operation_name, refused)
        try:
            cost = document.costs.check(query, parameters.variables)
        except LimitExceededError as exceeded:
            return _limit_response(exceeded, refused, media_type)
        if asked.keep_as is not None:
            automatic_keep(asked.keep_as, parameters.query)
        context = GraphQLContext(request=request, loaders=LoaderRegistry(), version=version, names=document.names)
        name = query.name.value if query.name else None
        with _turn(cost, name):
            statements_bound()
            result = execute(
                self.schema,
                document.ast,
                context_value=context,
                variable_values=parameters.variables,
                operation_name=parameters.operation_name,
                hide_suggestions=not settings.DIWAN_INTROSPECTION,
                plans=document.plans,
                stock=settings.DIWAN_STOCK_EXECUTION,
            )
        extensions = {"cost": {"requested": cost, "allowed": limits().cost}}
        if result.errors:
            return _errors_response(result, name, refused, media_type, extensions)
        answer = answer_of(orjson.dumps({"data": result.data, "extensions": extensions}), context, media_type)
        if key and version is not None and len(answer.body) <= cache_options().entry_bytes:
            answer_store().keep(key, version, answer)
        return answer_response(request, answer, media_type)


def _turn(cost: int, operation_name: str | None) -> AbstractContextManager[None]:
    """The turn of an operation. Entering it raises RefusalError when it is a heavy one and too many are there."""
    return _heavy_turn(cost, operation_name) if cost > limits().heavy_cost else nullcontext()


@contextmanager
def _heavy_turn(cost: int, operation_name: str | None) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(heavy_turns(limits()).turn())
        except BusyError:
            logger.warning("Operation %r of cost %d was refused: too many heavy ones at once", operation_name, cost)
            message = "Too many operations of this size are being answered. Try again, or ask for less."
            raise RefusalError(
                503,
                ErrorCode.SERVER_BUSY,
                message,
                headers={"Retry-After": "1"},
                cost={"requested": cost, "allowed": limits().cost},
            ) from None
        yield


def _query_of(request: HttpRequest, document: Document, name: str | None, refused: int) -> OperationDefinitionNode:
    """The operation that ``name`` chooses. Raises RefusalError unless it is there, is one and is a query."""
    operation = document.operation(name)
    if operation is None:
        message = "No operation of the document has this name." if name else "Say which operation to execute."
        raise RefusalError(refused if refused == 200 else 422, ErrorCode.OPERATION_NOT_FOUND, message)
    if operation.operation is not OperationType.QUERY:
        message = f"This endpoint answers queries only, no {operation.operation.value}."
        if request.method != "POST":
            raise RefusalError(405, ErrorCode.OPERATION_NOT_SUPPORTED, message, headers={"Allow": "POST"})
        raise RefusalError(refused, ErrorCode.OPERATION_NOT_SUPPORTED, message)
    return operation


def _limit_response(exceeded: LimitExceededError, status: int, media_type: str) -> HttpResponse:
    numbers = {"requested": exceeded.requested, "allowed": exceeded.allowed}
    body: dict[str, Any] = {"errors": [error_body(exceeded.code, str(exceeded), **numbers)]}
    if exceeded.code is ErrorCode.COST_LIMIT:
        body["extensions"] = {"cost": numbers}
    return _response(body, status, media_type)


def _errors_response(
    result: ExecutionResult, operation_name: str | None, refused: int, media_type: str, extensions: dict[str, Any]
) -> HttpResponse:
    assert result.errors  # noqa: S101 - the caller has looked
    body: dict[str, Any] = {"errors": [execution_error_body(error, operation_name) for error in result.errors]}
    if result.data is None and all(error.path is None for error in result.errors):
        # The variables do not fit: nothing was executed, so there is no data, not even null.
        return _response({**body, "extensions": extensions}, refused, media_type)
    body["data"] = result.data
    body["extensions"] = extensions
    return _response(body, 200, media_type)


def _response(
    body: dict[str, Any], status: int, media_type: str | None, headers: dict[str, str] | Any = None
) -> HttpResponse:
    response = HttpResponse(
        orjson.dumps(body),
        status=status,
        content_type=f"{media_type or JSON}; charset=utf-8",
        headers={"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})},
    )
    if status >= 500:
        # What led here has been logged with its operation, and as the warning or the error that it is; Django would
        # report each once more, as an error of an address.
        response._has_been_logged = True  # type: ignore[attr-defined] # django.utils.log.log_response looks for it
    return response

"""Finds the document that a request asks for by its id.

Two forms: ``documentId`` (GraphQL over HTTP, appendix on persisted documents) names a trusted document. Apollo's
``extensions.persistedQuery`` names one by the SHA-256 of its text, which the client sends along when it is not known
(https://www.apollographql.com/docs/apollo-server/performance/apq); clients know its refusals by their messages, word
for word.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from api.errors import ErrorCode
from api.http.refusal import RefusalError, bad_request
from api.http.request import GraphQLParameters
from api.persisted import automatic_text, canonical_id, text_id, trusted_text


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """The parameters with their document, and the id to keep its text under once it has been executed."""

    parameters: GraphQLParameters
    keep_as: str | None = None


def asked_document(parameters: GraphQLParameters, *, not_found: int) -> AskedDocument:
    """The document of a request, by its text or its id. Raises RefusalError, with status ``not_found`` for unknown ids.

    Where trusted documents only are answered, the text of one is as good as its id.
    """
    if parameters.document_id is not None:
        return AskedDocument(_by_document_id(parameters, parameters.document_id, not_found))
    extension = parameters.extensions.get("persistedQuery")
    if extension is not None:
        return _by_hash(parameters, _hash_of(extension))
    if settings.DIWAN_TRUSTED_DOCUMENTS_ONLY:
        _check_trusted(parameters.query)
    return AskedDocument(parameters)


def _by_document_id(parameters: GraphQLParameters, raw: str, not_found: int) -> GraphQLParameters:
    if parameters.query:
        raise bad_request("Send either 'query' or 'documentId'.")
    document_id = canonical_id(raw)
    if document_id is None:
        raise bad_request("The parameter 'documentId' is no id: sha256:<64 hex digits>, or a name that was registered.")
    text = trusted_text(document_id)
    if text is None:
        raise RefusalError(not_found, ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
    return replace(parameters, query=text)


def _by_hash(parameters: GraphQLParameters, document_id: str) -> AskedDocument:
    if parameters.query:
        if text_id(parameters.query) != document_id:
            raise bad_request("The hash in 'extensions.persistedQuery' is not that of the query.")
        if settings.DIWAN_TRUSTED_DOCUMENTS_ONLY:
            _check_trusted(parameters.query)
        return AskedDocument(parameters, keep_as=document_id if _is_automatic() else None)
    text = trusted_text(document_id)
    if text is None and _is_automatic():
        text = automatic_text(document_id)
    if text is not None:
        return AskedDocument(replace(parameters, query=text))
    # Status 200 in either media type: Apollo's clients for iOS and Android look at the body of no other.
    if _is_automatic():
        raise RefusalError(200, ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
    raise RefusalError(200, ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")


def _hash_of(extension: Any) -> str:
    if not isinstance(extension, dict) or extension.get("version") != 1:
        raise bad_request("The extension 'persistedQuery' must be an object with version 1.")
    raw = extension.get("sha256Hash")
    document_id = canonical_id(raw) if isinstance(raw, str) else None
    if document_id is None or not document_id.startswith("sha256:"):
        raise bad_request("The extension 'persistedQuery' must have a 'sha256Hash' of 64 hex digits.")
    return document_id


def _is_automatic() -> bool:
    return settings.DIWAN_AUTOMATIC_PERSISTED_QUERIES and not settings.DIWAN_TRUSTED_DOCUMENTS_ONLY


def _check_trusted(text: str) -> None:
    if trusted_text(text_id(text)) is None:
        message = "Only registered documents are answered here: send the 'documentId' of one."
        raise RefusalError(403, ErrorCode.TRUSTED_DOCUMENTS_ONLY, message)

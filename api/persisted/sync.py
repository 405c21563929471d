"""Registers what a frontend ships: looks at each document as the endpoint would, then writes all of them or none."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from graphql import GraphQLError, GraphQLSchema, OperationType

from api.documents import Document, DocumentInvalidError, DocumentStore
from api.limits import LimitExceededError, Limits, limits
from api.persisted.manifests import Problem, Shipped, documents_found
from home.selectors.trusted_documents import trusted_document_ids_of, trusted_documents_registered
from home.services.trusted_documents import trusted_documents_register


@dataclass(frozen=True, slots=True)
class Accepted:
    """A document that the endpoint answers."""

    shipped: Shipped
    operations: str
    """The names of its operations."""
    cost: int
    """What its costliest operation costs, with the defaults of its variables."""
    state: str
    """``new``, ``known`` or ``changed``."""


@dataclass(slots=True)
class Report:
    """What a run found and did; nothing was written when there are ``problems``."""

    files: int
    accepted: list[Accepted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pruned: list[str] = field(default_factory=list)


class _RefusedError(Exception):
    """The endpoint would refuse the document; the message says why."""


def documents_sync(
    folder: Path, *, schema: GraphQLSchema, client: str, replace: bool, prune_days: int | None, dry_run: bool
) -> Report:
    """Register every document below ``folder`` as shipped by ``client`` now, unless there is a problem with any.

    An id keeps its text for ever, since apps in the field go on asking for it; ``replace`` lets this client give
    another text to its own ids. ``prune_days`` removes documents that this client last shipped longer ago.
    """
    now = timezone.now()
    found = documents_found(folder)
    report = Report(files=found.files, problems=found.problems)
    looked_at = _Validator(schema, limits())
    states = _states(found.documents, client, replace, report.problems)
    for shipped in found.documents.values():
        try:
            operations, cost = looked_at.check(shipped.text)
        except _RefusedError as refused:
            report.problems.append(Problem(shipped.source, str(refused), shipped.document_id))
        else:
            report.accepted.append(Accepted(shipped, operations, cost, states[shipped.document_id]))
    if report.problems:
        return report
    if prune_days is not None:
        before = now - timedelta(days=prune_days)
        report.pruned = sorted(trusted_document_ids_of(client, shipped_before=before) - set(found.documents))
    if not dry_run:
        texts = {document_id: shipped.text for document_id, shipped in found.documents.items()}
        trusted_documents_register(client=client, texts=texts, shipped_at=now, remove=report.pruned)
    return report


def _states(documents: dict[str, Shipped], client: str, replace: bool, problems: list[Problem]) -> dict[str, str]:
    states = dict.fromkeys(documents, "new")
    for document_id, owner, text in trusted_documents_registered(list(documents)):
        shipped = documents[document_id]
        if owner == client:
            states[document_id] = "known" if text == shipped.text else "changed"
        if text == shipped.text:
            continue
        if owner != client:
            message = f"is registered by the client {owner!r} with another text"
            problems.append(Problem(shipped.source, message, document_id))
        elif not replace:
            message = "is registered with another text: give it another id, or say --replace"
            problems.append(Problem(shipped.source, message, document_id))
    return states


class _Validator:
    """Looks at documents with the rules and limits of the endpoint."""

    def __init__(self, schema: GraphQLSchema, in_force: Limits) -> None:
        self._store = DocumentStore(schema, limits=in_force, introspection=settings.DIWAN_INTROSPECTION)
        self._limits = in_force

    def check(self, text: str) -> tuple[str, int]:
        """The names of the operations and the largest cost. Raises _RefusedError."""
        if len(text.encode()) > self._limits.body_bytes:
            raise _RefusedError(f"BODY_TOO_LARGE: the text is longer than {self._limits.body_bytes:,} bytes")
        try:
            document = self._store.get(text)
            return self._operations(document)
        except LimitExceededError as exceeded:
            raise _RefusedError(f"{exceeded.code.value}: {exceeded}") from None
        except DocumentInvalidError as invalid:
            raise _RefusedError("; ".join(_words(error) for error in invalid.errors)) from None

    def _operations(self, document: Document) -> tuple[str, int]:
        if not document.operations:
            raise _RefusedError("there is no operation in it")
        cost = 0
        for name, operation in document.operations.items():
            if operation.operation is not OperationType.QUERY:
                raise _RefusedError(f"{name or 'its operation'} is a {operation.operation.value}, no query")
            cost = max(cost, document.costs.check(operation, {}))
        return ", ".join(name or "(anonymous)" for name in document.operations), cost


def _words(error: GraphQLError) -> str:
    message = error.message if len(error.message) <= 200 else f"{error.message[:200]}…"
    place = f" ({error.locations[0].line}:{error.locations[0].column})" if error.locations else ""
    return f"{message}{place}"

"""Parsed and validated documents, kept: parsing and validating one costs more than most answers do."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    Source,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
)

from api.errors import ErrorCode
from api.execution import Plans
from api.limits import Costs, Limits, check_shape, scan
from api.limits.lexical import UnusableLiteralError

# What a token, its share of the syntax tree and of the compiled plans take, measured on graphql-core 3.2, Python 3.11.
_BYTES_PER_TOKEN = 1200
# A document that is wrong in many places is told about the first few.
MAX_VALIDATION_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is within the limits and valid; ``operations`` are in its order, by name or None.

    ``plans`` are compiled while its operations are executed, and shared by all requests that send it.
    """

    ast: DocumentNode
    plans: Plans
    costs: Costs
    operations: dict[str | None, OperationDefinitionNode]
    names: frozenset[str]
    """Of every field and argument."""
    weight: int
    """Bytes of memory, roughly."""

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation called ``name``, or the only one for None; None where there is no such one, or several."""
        if name is not None:
            return self.operations.get(name)
        return next(iter(self.operations.values())) if len(self.operations) == 1 else None


def _attribute_of(resolver: Any) -> tuple[str, Any] | None:
    """The name and default that graphene's default resolver reads from a row; None for any other resolver."""
    if isinstance(resolver, partial) and resolver.func is dict_or_attr_resolver:
        return resolver.args
    return None


def _names(document: DocumentNode) -> frozenset[str]:
    names: set[str] = set()

    class Names(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            names.add(node.name.value)

        def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
            names.add(node.name.value)

    visit(document, Names())
    return frozenset(names)


class DocumentInvalidError(Exception):
    """The document does not parse or does not validate; ``errors`` say where."""

    def __init__(self, code: ErrorCode, errors: list[GraphQLError], document: Document | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors
        self.document = document


class DocumentStore:
    """Documents by their text, the least recently used going first. One for each process and schema; thread-safe."""

    def __init__(self, schema: GraphQLSchema, *, limits: Limits, introspection: bool) -> None:
        """Without ``introspection``, documents that ask for it are invalid and no message suggests a name."""
        self._schema = schema
        self._limits = limits
        self._introspection = introspection
        self._rules = list(specified_rules)
        if not introspection:
            self._rules.append(NoSchemaIntrospectionCustomRule)
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._kept_weight = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, text: str) -> Document:
        """The document of ``text``. Raises LimitExceededError, or DocumentInvalidError with each error."""
        with self._lock:
            document = self._kept.get(text)
            if document is not None:
                self._kept.move_to_end(text)
                return document
        document = self._prepare(text)
        self._keep(text, document)
        return document

    def _prepare(self, text: str) -> Document:
        source = Source(text, "GraphQL request")
        try:
            tokens = scan(source, self._limits)
            ast = parse(source)
        except UnusableLiteralError as error:
            raise DocumentInvalidError(ErrorCode.BAD_USER_INPUT, [error]) from error
        except GraphQLSyntaxError as error:
            raise DocumentInvalidError(ErrorCode.GRAPHQL_PARSE_FAILED, [error]) from error
        operations = {
            node.name.value if node.name else None: node
            for node in ast.definitions
            if isinstance(node, OperationDefinitionNode)
        }
        plans = Plans(self._schema, ast, attribute_of=_attribute_of)
        document = Document(
            ast,
            plans,
            Costs(self._schema, ast, self._limits),
            operations,
            _names(ast),
            weight=len(text) + tokens * _BYTES_PER_TOKEN,
        )
        try:
            check_shape(ast, self._limits)
        except GraphQLError as error:
            raise DocumentInvalidError(ErrorCode.GRAPHQL_VALIDATION_FAILED, [error], document) from error
        errors = validate(
            self._schema, ast, self._rules, MAX_VALIDATION_ERRORS, hide_suggestions=not self._introspection
        )
        if errors and not self._introspection:
            for each in errors:
                # Of the selection that a field wants, too, which graphql-core proposes all the same.
                each.message = each.message.partition(" Did you mean ")[0]
        if errors:
            raise DocumentInvalidError(ErrorCode.GRAPHQL_VALIDATION_FAILED, errors, document)
        return document

    def _keep(self, text: str, document: Document) -> None:
        with self._lock:
            if text in self._kept:
                return
            self._kept[text] = document
            self._kept_weight += document.weight
            while self._kept_weight > self._limits.document_cache_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._kept_weight -= dropped.weight

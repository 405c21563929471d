"""The store of parsed and validated documents."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from graphql import build_schema

from api.documents import Document, DocumentInvalidError, DocumentStore
from api.errors import ErrorCode
from api.limits import Limits

SCHEMA = build_schema("type Query { title: String, page(number: Int): Query }")


def store(*, introspection: bool = True, **overrides: int) -> DocumentStore:
    return DocumentStore(SCHEMA, limits=Limits(**overrides), introspection=introspection)


def invalid(text: str, *, introspection: bool = True) -> DocumentInvalidError:
    with pytest.raises(DocumentInvalidError) as caught:
        store(introspection=introspection).get(text)
    return caught.value


def test_the_same_text_is_prepared_once() -> None:
    documents = store()
    first = documents.get("{ title }")
    assert documents.get("{ title }") is first
    assert documents.get("{title}") is not first
    assert len(documents) == 2


def test_operations_are_chosen_by_name_or_by_being_alone() -> None:
    documents = store()
    two = documents.get("query A { title } query B { title }")
    assert two.operation("B") is two.operations["B"]
    assert two.operation("C") is None
    assert two.operation(None) is None
    alone = documents.get("query A { title }")
    assert alone.operation(None) is alone.operations["A"]


def test_the_store_stays_within_its_bytes_and_drops_the_least_recently_used() -> None:
    texts = [f"{{ t{number}: title }}" for number in range(10)]
    weight = store().get(texts[0]).weight
    documents = store(document_cache_bytes=3 * weight)
    kept: dict[str, Document] = {text: documents.get(text) for text in texts[:3]}
    documents.get(texts[0])
    documents.get(texts[3])
    assert len(documents) == 3
    assert documents.get(texts[0]) is kept[texts[0]]
    assert documents.get(texts[1]) is not kept[texts[1]]


def test_a_long_comment_weighs_what_it_takes() -> None:
    documents = store(document_cache_bytes=10_000)
    documents.get("#" + "x" * 20_000 + "\n{ title }")
    assert len(documents) == 0


def test_a_document_that_does_not_parse() -> None:
    error = invalid("{ title")
    assert error.code is ErrorCode.GRAPHQL_PARSE_FAILED
    assert [e.message for e in error.errors] == ["Syntax Error: Expected Name, found <EOF>."]


def test_a_document_that_does_not_validate_tells_the_first_errors() -> None:
    error = invalid("{" + " ".join(f"x{number}" for number in range(19)) + "}")
    assert error.code is ErrorCode.GRAPHQL_VALIDATION_FAILED
    assert len(error.errors) == 11
    assert error.errors[-1].message == "Too many validation errors, error limit reached. Validation aborted."


def test_names_are_suggested_only_where_the_schema_is_open() -> None:
    [open_error] = invalid("{ titel }").errors
    [closed_error] = invalid("{ titel }", introspection=False).errors
    assert open_error.message == "Cannot query field 'titel' on type 'Query'. Did you mean 'title'?"
    assert closed_error.message == "Cannot query field 'titel' on type 'Query'."


@pytest.mark.parametrize("query", ["{ __schema { queryType { name } } }", '{ __type(name: "Query") { name } }'])
def test_introspection_follows_the_setting(query: str) -> None:
    store().get(query)
    error = invalid(query, introspection=False)
    assert error.code is ErrorCode.GRAPHQL_VALIDATION_FAILED
    assert "introspection has been disabled" in error.errors[0].message


def test_typename_is_no_introspection() -> None:
    store(introspection=False).get("{ __typename page { __typename } }")


def test_threads_share_a_store() -> None:
    documents = store(document_cache_bytes=20_000)

    def work(offset: int) -> None:
        for number in range(200):
            text = f"{{ t{(number * 7 + offset) % 40}: title }}"
            assert documents.get(text).operation(None) is not None

    with ThreadPoolExecutor(max_workers=6) as pool:
        for future in [pool.submit(work, offset) for offset in range(6)]:
            future.result()
    total = sum(document.weight for document in documents._kept.values())
    assert total == documents._kept_weight <= 20_000

"""The blocks of a whole body, everything that they refer to loaded in batches over all bodies of the answer."""

import logging
from typing import Any

from api.blocks.raw import DamagedBlockError, stream_blocks, text
from api.blocks.readers import READERS, Reader, Value
from api.context import GraphQLContext
from api.execution import Deferred
from api.scope import Scope

logger = logging.getLogger("api")


def body_load(context: GraphQLContext, stream: Any, *, scope: Scope, owner: int) -> Deferred[list[Value]]:
    """The blocks of ``stream`` (raw blocks or a StreamValue) that the public may see, in their order.

    Left out: blocks of an unknown type or damaged beyond showing, pictures and documents in private collections, lists
    of links none of which leads anywhere visible. ``owner`` is the database id of the page: with the reader's chain it
    makes the blocks' ids unique, because Wagtail gives the blocks of a translation the ids of the original.
    """
    reader = Reader(context, scope)
    blocks: list[Deferred[Value | None]] = []
    for position, raw in enumerate(stream_blocks(stream)):
        kind = raw["type"]
        if kind not in READERS:
            continue
        type_name, read = READERS[kind]
        block_id = f"{owner}:{'-'.join(scope.chain)}:{raw.get('id') or position}"
        try:
            value = Deferred.resolved(read(raw["value"], reader))
        except DamagedBlockError:
            logger.info("Page %s: block %s (%s) cannot be shown", owner, position, kind)
            continue
        blocks.append(value.then(_labelled(type_name, block_id)))
    return Deferred.all(blocks).then(lambda found: [block for block in found if block is not None])


def _labelled(type_name: str, block_id: str) -> Any:
    return lambda value: None if value is None else {"__typename": type_name, "id": block_id, **value}


def facts_from(stream: Any) -> list[dict[str, str]]:
    """The key facts ``{"label", "value"}`` of a country's stream, damaged ones left out."""
    values = [block["value"] for block in stream_blocks(stream) if block["type"] == "fact"]
    facts = [value for value in values if isinstance(value, dict)]
    return [
        {"label": text(fact, "label"), "value": text(fact, "value")}
        for fact in facts
        if text(fact, "label") and text(fact, "value")
    ]

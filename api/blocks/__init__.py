"""The blocks of StreamFields as typed unions, read from the stored JSON without making a page or block object.

``body_load`` gives the blocks of a body, ``facts_from`` the key facts of a country. To add a block: a type in
``types``, a reader in ``readers`` under the name that home/blocks/ gives it, and a row in the table of docs/graphql.md.
"""

from api.blocks.body import body_load, facts_from
from api.blocks.types import Block, BodyBlock, Fact

__all__ = ["Block", "BodyBlock", "Fact", "body_load", "facts_from"]

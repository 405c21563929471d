"""The shared StreamField blocks: one vocabulary for the body of every page type."""

from home.blocks.body import BODY_BLOCKS, BodyStreamBlock
from home.blocks.facts import FactStreamBlock

__all__ = ["BODY_BLOCKS", "BodyStreamBlock", "FactStreamBlock"]

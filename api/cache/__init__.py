"""Answers that are kept and served again as bytes, for as long as the content version stands."""

from api.cache.answers import Answer
from api.cache.keys import answer_key
from api.cache.stores import answer_store

__all__ = ["Answer", "answer_key", "answer_store"]

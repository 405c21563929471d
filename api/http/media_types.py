"""Which media type the client would rather have (RFC 9110, section 12.5.1)."""

import math
from functools import lru_cache

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"
# Headers of Accept, in characters, that are read once; those of browsers end well below.
_LONGEST_KNOWN = 512


def preferred_media_type(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """The one of ``offers`` that ``accept`` prefers, or None when it takes none of them.

    ``offers`` come in the order of choice where the client leaves it open. Between offers of equal quality, one that
    the client names wins over one that only a wildcard covers, and GRAPHQL_RESPONSE over JSON when both are named.
    """
    return (_known_preference if len(accept or "") <= _LONGEST_KNOWN else _preference)(accept, offers)


def _preference(accept: str | None, offers: tuple[str, ...]) -> str | None:
    if accept is None or not accept.strip():
        return offers[0]
    ranges = [media_range for part in accept.split(",") if (media_range := _media_range(part))]
    best: tuple[float, int, int] | None = None
    chosen = None
    for position, offer in enumerate(offers):
        # The most specific range that covers the offer decides about it.
        specificity, quality = max(
            ((specificity, quality) for name, quality in ranges if (specificity := _specificity(name, offer))),
            default=(0, 0.0),
        )
        if quality <= 0:
            continue
        rank = (quality, specificity, int(specificity == 3 and offer == GRAPHQL_RESPONSE) or -position)
        if best is None or rank > best:
            best, chosen = rank, offer
    return chosen


# Clients of a kind send the same header each time.
_known_preference = lru_cache(maxsize=256)(_preference)


def _media_range(part: str) -> tuple[str, float] | None:
    """Name and quality of one element of Accept; None when it is malformed. Other parameters do not matter here."""
    name, *parameters = (piece.strip() for piece in part.lower().split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            if math.isnan(quality):
                return None
    return (name, quality) if name.count("/") == 1 else None


def _specificity(name: str, offer: str) -> int:
    """How closely a range covers an offer: 3 by name, 2 by its kind, 1 as anything, 0 not at all."""
    if name == offer:
        return 3
    if name == f"{offer.partition('/')[0]}/*":
        return 2
    return int(name == "*/*")

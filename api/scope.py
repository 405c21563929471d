"""The language a node is answered in, carried from a root field down to everything below it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What the reader asked for.

    ``locale`` is the language code asked for; ``chain`` lists the codes to try, best first, and begins with
    ``locale``. A chain of one refuses fallback.
    """

    locale: str
    chain: tuple[str, ...]

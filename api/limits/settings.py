"""The numbers of the setting DIWAN_GRAPHQL_LIMITS, with a default for each."""

from dataclasses import dataclass, fields
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

# How many items a part of a list has where the client does not say.
DEFAULT_PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one request may ask for. Defaults leave a national website's largest documents a wide margin.

    The depth of the introspection query that tools send is 15.
    """

    body_bytes: int = 128 * 1024
    """Bytes of a request body or of a query string."""
    variable_depth: int = 20
    """Objects and lists within one another in `variables` and `extensions`."""
    tokens: int = 2_000
    """Lexical tokens of the document, comments included."""
    nesting: int = 60
    """Brackets within one another in the document, of whatever kind."""
    depth: int = 15
    """Fields within one another."""
    fields: int = 1_000
    """Fields selected, those of a fragment counted wherever it is spread."""
    repetitions: int = 5_000
    """Pairs of fields with the same name in one place: validation compares each pair."""
    aliases: int = 50
    """Aliased fields, counted like fields."""
    list_size: int = 100
    """Items in one part of a list: what `first` and `last` may be."""
    directory_size: int = 500
    """The same of the directory of missions, which maps and offices show whole."""
    cost: int = 100_000
    """Fields that the answer may have, lists taken to be as long as they may be.

    All continents, each with a hundred countries, each with the three latest news: 42,000; with ten fields of
    everything: 98,000. docs/graphql.md says what the costliest short queries within it take.
    """
    root_fields: int = 20
    """Fields of one operation's root, counted like fields."""
    directives: int = 50
    """Directives applied, counted like fields."""
    fragments: int = 50
    """Fragments defined."""
    heavy_cost: int = 50_000
    """Operations that cost more are heavy: a process executes few of them at once."""
    heavy_operations: int = 2
    """Heavy operations that one process executes at once."""
    heavy_waiting: int = 1
    """Heavy operations that wait for their turn; with those at once, fewer than the threads of a process."""
    heavy_wait_ms: int = 3_000
    """Milliseconds that one waits, at most."""
    document_cache_bytes: int = 32 * 1024 * 1024
    """Memory, roughly, for the parsed documents that one process keeps."""

    @property
    def page_size(self) -> int:
        """Items in one part of a list where the client does not say."""
        return min(DEFAULT_PAGE_SIZE, self.list_size)


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits in force. Raises ImproperlyConfigured for an unknown name or a number below 1."""
    overrides = dict(getattr(settings, "DIWAN_GRAPHQL_LIMITS", {}))
    names = {field.name for field in fields(Limits)}
    for name, number in overrides.items():
        if name not in names:
            raise ImproperlyConfigured(f"DIWAN_GRAPHQL_LIMITS has no limit named {name!r}; there are {sorted(names)}.")
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ImproperlyConfigured(f"DIWAN_GRAPHQL_LIMITS[{name!r}] must be a whole number of at least 1.")
    return Limits(**overrides)


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "DIWAN_GRAPHQL_LIMITS":
        limits.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.limits")

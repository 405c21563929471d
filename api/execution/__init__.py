"""Execution of GraphQL operations, synchronous, with batch loaders. It knows nothing of content, nor of Django.

A resolver that needs a row by key does not fetch it: it returns a `Deferred` from a `BatchLoader`. The execution
context goes on with everything else, then lets each loader fetch all keys asked for so far at once (a wave), and so
on. The number of statements follows the depth of the query, not the number of rows. A loader is written like this:

    class CountryByCodeLoader(BatchLoader[str, Country | None]):
        def __init__(self, locale: str) -> None:  # parameters, where it has any
            self.locale = locale

        def batch_load(self, keys: list[str]) -> dict[str, Country | None]:
            return {country.code: country for country in country_list_by_codes(codes=keys, locale=self.locale)}

    def resolve_country(news_item, info):
        return info.context.loaders.get(CountryByCodeLoader, "fr").load(news_item.country_code)

where the context value holds one `LoaderRegistry` for each request. To go on from a loaded value:
`deferred.then(function)`, whose function may return the next deferred; for several at once `loader.load_many(keys)`,
`Deferred.all(list)`, `gather(a, b)`. A list may hold deferred items. Outside a request (tests, commands):
`wait(loader.load(key))`.

The fields of all objects of a list, or of many lists, are executed together. A resolver whose work is the same for
many objects may do it once for all of them:

    @batch_resolver
    def resolve_names(countries, info):
        return [country.name for country in countries]

Errors: what `batch_load` raises is the error of each field that waited; an exception among its values is that of its
key. Type resolvers (`resolve_type`, `is_type_of`) must answer at once.
"""

from api.execution.batching import batch_resolver, for_each
from api.execution.completion import passes
from api.execution.context import DeferredExecutionContext
from api.execution.deferred import Deferred, gather
from api.execution.front import execute
from api.execution.loaders import BatchLoader, BatchResultError, LoaderRegistry, wait
from api.execution.plans import Plans

__all__ = [
    "BatchLoader",
    "BatchResultError",
    "Deferred",
    "DeferredExecutionContext",
    "LoaderRegistry",
    "Plans",
    "batch_resolver",
    "execute",
    "for_each",
    "gather",
    "passes",
    "wait",
]

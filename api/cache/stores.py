"""Where answers are kept: in each process, or in Redis for all of them.

Both tell the content version along with the answer, and never hand out one of another version. Within a transaction
nothing is kept nor handed out: what is read there may be taken back.
"""

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed

from api.cache.answers import Answer, AnswerStore, Found
from api.cache.memory import AnswerMemory
from api.cache.settings import cache_options
from api.cache.shared import SharedStore
from home.selectors.content_version import content_version, content_version_is_settled


class ProcessStore:
    """Answers of one process. Finding one takes one statement."""

    def __init__(self) -> None:
        self._memory = AnswerMemory()

    def find(self, key: str) -> Found:
        """As AnswerStore has it."""
        if not content_version_is_settled():
            return Found(None, None)
        version = content_version()
        return Found(version, self._memory.find(key, version))

    def keep(self, key: str, version: int, answer: Answer) -> None:
        """As AnswerStore has it."""
        self._memory.keep(key, version, answer, limit=cache_options().process_bytes)

    def change_begins(self) -> None:
        """Nothing to do: readers look into the database each time."""

    def change_ends(self) -> None:
        """Nothing to do, as above."""


@lru_cache(maxsize=1)
def answer_store() -> AnswerStore:
    """The process's one store."""
    is_shared = settings.CACHES["default"]["BACKEND"].rpartition(".")[2] == "RedisCache"
    return SharedStore() if is_shared else ProcessStore()


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in ("CACHES", "DIWAN_RESPONSE_CACHE"):
        answer_store.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.cache.stores")

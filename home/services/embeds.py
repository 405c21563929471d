"""Fetches what video services say of the videos on a page, so that no reader ever waits for them."""

import logging
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from wagtail.embeds.embeds import get_embed, get_embed_hash
from wagtail.embeds.exceptions import EmbedException
from wagtail.embeds.models import Embed

from home.models import BasePage

logger = logging.getLogger("home")


def page_video_urls(*, page: BasePage) -> list[str]:
    """The addresses of the videos in a page's body, each once, in their order."""
    urls = []
    for block in page.body.raw_data:
        value: Any = block.get("value") if block.get("type") == "video" else None
        url = value.get("video") if isinstance(value, dict) else None
        if isinstance(url, str) and url.startswith(("https://", "http://")):
            urls.append(url)
    return list(dict.fromkeys(urls))


def embeds_missing(*, urls: Collection[str]) -> list[str]:
    """Those of ``urls`` of which nothing is stored, or something too old. One statement."""
    hashes = {get_embed_hash(url): url for url in urls}
    fresh = Embed.objects.filter(hash__in=hashes).exclude(cache_until__lte=timezone.now())
    stored = set(fresh.values_list("hash", flat=True))
    return [url for key, url in hashes.items() if key not in stored]


def embeds_store(*, urls: Collection[str]) -> list[str]:
    """Fetch and store each of ``urls``. Gives those that could not be had: they are logged and tried the next time."""
    failed = []
    for url in urls:
        try:
            get_embed(url)
        except EmbedException as error:
            logger.warning("No embed for %s: %s", url, error or type(error).__name__)
            failed.append(url)
        except Exception:  # a finder raises whatever a foreign answer makes it raise
            logger.exception("No embed for %s", url)
            failed.append(url)
    return failed

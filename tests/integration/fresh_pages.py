"""News and translations that were last published on known days."""

from datetime import UTC, datetime, timedelta
from typing import Any

from wagtail.models import Page

from regions.models import NewsPage
from tests.asking import ask
from tests.factories import SiteTree
from translations.models import SourceText

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def at(day: int) -> datetime:
    return DAY + timedelta(days=day)


def published(day: int) -> dict[str, Any]:
    return {"first_published_at": at(0), "last_published_at": at(day)}


def told(day: int) -> str:
    return at(day).isoformat()


def changed(page: Page, day: int) -> None:
    SourceText.objects.update_or_create(
        translation_key=page.translation_key, locale=page.locale, defaults={"changed_at": at(day)}
    )


def pair(tree: SiteTree, source: int, translation: int, **fields: Any) -> tuple[NewsPage, NewsPage]:
    """A French item and its Arabic translation, last published on these days."""
    french = tree.news(f"Visite {source} {translation}", **published(source), **fields)
    same = {"translation_key": french.translation_key, "slug": french.slug, "countries": fields.get("countries", ())}
    arabic = tree.news("زيارة", locale="ar", **same, **published(translation))
    return french, arabic


def statuses(locale: str, *, fallback: str = "") -> list[str]:
    """Of each news item, oldest first."""
    query = f"{{ news(locale: {locale}, orderBy: DATE_ASC{fallback}) {{ nodes {{ translation {{ status }} }} }} }}"
    return [node["translation"]["status"] for node in ask(query)["news"]["nodes"]]

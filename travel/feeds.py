"""The Atom feed of what has changed in travel advice, one for each language (RFC 4287)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from home.selectors.keys import Key
from home.selectors.locales import locale_chain, locale_codes
from home.selectors.pages import Row
from home.selectors.plain_face import gate_of_request
from home.selectors.visibility import Gate
from travel.models import AlertLevel
from travel.selectors.changes import ChangeCriteria, ChangeSlice, change_rows_shown
from travel.selectors.pages import travel_advice_rows_by_keys

FEED_LENGTH = 50
# What a feed of nothing was updated at: a moment that stays, so that the feed does.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedContent:
    """What a feed is made of: the language, the gate of its request, and changes with their sheets."""

    language_code: str
    gate: Gate
    home_url: str
    changes: list[Row]
    sheets: dict[Key, Row]

    @property
    def authority(self) -> str:
        """The host of the website, which names of entries begin with (RFC 4151)."""
        return urlsplit(self.home_url).hostname or ""

    @property
    def updated_at(self) -> datetime:
        """When the latest change was published."""
        return self.changes[0]["published_at"] if self.changes else _NEVER


class AdviceAtomFeed(Atom1Feed):
    """Atom with the moment of the latest change even where there is none, and the language of each entry."""

    def latest_post_date(self) -> datetime:
        updated_at: datetime = self.feed["updated_at"]
        return updated_at

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language_code"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        # Django marks summaries as HTML; a note is plain text.
        summary = item["description"]
        super().add_item_elements(handler, {**item, "description": None})
        if summary:
            handler.addQuickElement("summary", summary, {"type": "text"})


class TravelAdviceFeed(Feed):
    """The latest changes that are not minor. Levels are those of the source page at that time, in every language."""

    feed_type = AdviceAtomFeed

    def get_object(self, request: HttpRequest, language_code: str) -> FeedContent:
        """Read everything. Three statements beyond those of the gate and of the site. Raise Http404."""
        if language_code not in locale_codes():
            raise Http404("no such language")
        gate, chain = gate_of_request(request), locale_chain(locale=language_code)
        changes = change_rows_shown(
            gate=gate, chain=chain, criteria=ChangeCriteria(), part=ChangeSlice(limit=FEED_LENGTH)
        )
        keys = list(dict.fromkeys(row["sheet_key"] for row in changes))
        root = gate.paths.home(locale=language_code, site_id=gate.paths.site_id)
        return FeedContent(
            language_code=language_code,
            gate=gate,
            home_url=f"{root.address}/{language_code}/" if root else request.build_absolute_uri(f"/{language_code}/"),
            changes=changes,
            sheets=travel_advice_rows_by_keys(keys=keys, gate=gate, chain=chain) if keys else {},
        )

    def title(self, obj: FeedContent) -> str:
        return _("Travel advice: what has changed")

    def link(self, obj: FeedContent) -> str:
        return obj.home_url

    def feed_url(self, obj: FeedContent) -> str:
        return reverse("travel_advice_feed", args=[obj.language_code])

    def feed_guid(self, obj: FeedContent) -> str:
        return f"tag:{obj.authority},2026:travel-advice:{obj.language_code}"

    def author_name(self) -> str:
        # Atom wants one where entries have none.
        return "Diwan"

    def feed_extra_kwargs(self, obj: FeedContent) -> dict[str, Any]:
        return {"updated_at": obj.updated_at}

    def items(self, obj: FeedContent) -> list[dict[str, Any]]:
        return [
            {**row, "sheet": obj.sheets[row["sheet_key"]], "content": obj}
            for row in obj.changes
            if row["sheet_key"] in obj.sheets
        ]

    def item_title(self, item: dict[str, Any]) -> str:
        values = {"title": item["sheet"]["title"], "level": AlertLevel(item["level"]).label}
        return _written(_("%(title)s: %(level)s") % values)

    def item_description(self, item: dict[str, Any]) -> str:
        return _written(item["note"])

    def item_link(self, item: dict[str, Any]) -> str:
        return str(item["content"].gate.paths.url(item["sheet"]))

    def item_guid(self, item: dict[str, Any]) -> str:
        authority, moment = item["content"].authority, item["published_at"].astimezone(UTC).isoformat()
        return f"tag:{authority},2026:travel-advice:{item['sheet_key']}:{item['locale_code']}:{moment}"

    def item_pubdate(self, item: dict[str, Any]) -> datetime:
        moment: datetime = item["published_at"]
        return moment

    item_updateddate = item_pubdate

    def item_categories(self, item: dict[str, Any]) -> list[str]:
        return [AlertLevel(item["level"]).name.lower()]

    def item_extra_kwargs(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"language_code": item["locale_code"]}


def _written(text: str) -> str:
    """A text without the characters that XML cannot hold (XML 1.0, section 2.2)."""
    return _UNWRITABLE.sub("", text)

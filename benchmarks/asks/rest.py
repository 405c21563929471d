"""Wagtail's REST APIs: v2 answers chosen fields in a list; v3's lists tell title, address and language, no more."""

from typing import Any
from urllib.parse import urlencode

from benchmarks.asks import shape
from benchmarks.questions import Place
from benchmarks.requests import Asking

_IN_LISTS_OF_V3 = {"title", "html_url", "locale"}


class Rest:
    """One version's answers to the questions."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._root = f"/api/{version}/pages/"

    def country_page(self, asking: Asking, place: Place) -> Any:
        [found], _ = self._list(asking, "title", type="regions.CountryPage", code="MX", locale="fr")
        query = "?fields=_,title,html_url,locale,parent,capital,introduction,body,latest_news"
        page = self._flat(asking.get(f"{self._root}{found['id']}/{query if self.version == 'v2' else ''}"))
        others, _ = self._list(asking, "html_url,locale", translation_of=found["id"])
        page["parent"] = self._flat(page["parent"])
        page["news"] = page["latest_news"]
        translations = [(each["locale"], each["url"]) for each in [page, *others]]
        return shape.country(page, body=[block["value"] for block in page["body"]], translations=translations)

    def continent_page(self, asking: Asking, place: Place) -> Any:
        fields = "title,introduction,latest_news"
        [page], _ = self._list(asking, fields, type="regions.ContinentPage", code="019", locale="fr")
        page["news"] = page["latest_news"]
        return shape.continent(page, self._countries(asking, "title,html_url,code", page["id"]))

    def listing(self, asking: Asking, place: Place) -> Any:
        items, total = self._news(asking, "title,html_url,date,introduction,kind,countries")
        return {"news": {"totalCount": total, "nodes": shape.news_at_length(items, countries=True)}}

    def fan_out(self, asking: Asking, place: Place) -> Any:
        pages = []
        # v3 always answers all fields of a page: the longer list, of which three are taken.
        field = "news_in_short" if self.version == "v2" else "latest_news"
        for continent in self._list(asking, "title", type="regions.ContinentPage", locale="fr")[0]:
            countries = self._countries(asking, f"title,html_url,{field}", continent["id"])
            for each in countries:
                each["news"] = each[field][:3]
            pages.append((continent["title"], countries))
        return shape.continents(pages)

    def deep_listing(self, asking: Asking, place: Place) -> Any:
        items, _ = self._news(asking, "title,html_url,date,introduction,kind", offset=place.deep)
        return {"news": {"nodes": shape.news_at_length(items, countries=False)}}

    def search(self, asking: Asking, place: Place) -> Any:
        asked = {"search": "accord sommet", "search_operator": "and", "locale": "fr", "limit": 20}
        return shape.search(self._list(asking, "title,html_url", **asked)[0])

    def _countries(self, asking: Asking, fields: str, continent: int) -> list[dict[str, Any]]:
        asked = {"type": "regions.CountryPage", "child_of": continent, "limit": 100, "order": "title"}
        return self._list(asking, fields, **asked)[0]

    def _news(self, asking: Asking, fields: str, **more: Any) -> tuple[list[dict[str, Any]], int]:
        order = "-date,-id" if self.version == "v2" else ["-date", "-pk"]
        return self._list(asking, fields, type="regions.NewsPage", locale="fr", limit=20, order=order, **more)

    def _list(self, asking: Asking, fields: str, **asked: Any) -> tuple[list[dict[str, Any]], int]:
        """Items of a list, and how many there are in all; each is asked for alone where a list does not say enough."""
        if self.version == "v2":
            answer = asking.get(f"{self._root}?{urlencode({**asked, 'fields': f'_,id,{fields}'}, safe=',')}")
            return [self._flat(item) for item in answer["items"]], answer["meta"]["total_count"]
        answer = asking.get(f"{self._root}?{urlencode(asked, doseq=True)}")
        items = answer["items"]
        if not set(fields.split(",")) <= _IN_LISTS_OF_V3:
            items = [asking.get(f"{self._root}{item['id']}/") for item in items]
        return [self._flat(item) for item in items], answer["count"]

    @staticmethod
    def _flat(page: dict[str, Any]) -> dict[str, Any]:
        meta = page.get("meta", {})
        return {**meta, **page, "url": meta.get("html_url")}

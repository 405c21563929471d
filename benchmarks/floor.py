"""The floor: each question answered by SQL written for it alone, and the limit: a view that answers nothing.

The floor keeps the same rules of who may see what, for the one language that is asked.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse

Row = tuple[Any, ...]

_SHOWN = """p.live AND (p.go_live_at IS NULL OR p.go_live_at <= now()) AND (p.expire_at IS NULL OR p.expire_at > now())
    AND NOT EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction r WHERE r.page_id = p.id)"""
_OPEN = """NOT EXISTS (
    SELECT 1 FROM wagtailcore_page a LEFT JOIN wagtailcore_pageviewrestriction r ON r.page_id = a.id
    WHERE a.path IN (left(p.path, 4), left(p.path, 8), left(p.path, 12)) AND a.depth < p.depth
    AND (r.id IS NOT NULL OR NOT a.live OR a.go_live_at > now() OR a.expire_at <= now()))"""
_INDEX_OPEN = f"""(SELECT {_OPEN} AND {_SHOWN} FROM wagtailcore_page p
    JOIN regions_newsindexpage i ON i.page_ptr_id = p.id WHERE i.locale_code = 'fr')"""
_NEWS_COLUMNS = "p.title, n.date, p.url_path"
_NEWS = "regions_newspage n JOIN wagtailcore_page p ON p.id = n.page_ptr_id"
_NEWS_SHOWN = f"n.locale_code = 'fr' AND n.date IS NOT NULL AND {_SHOWN} AND {_INDEX_OPEN}"


def _rows(sql: str, *params: Any) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        rows: list[Row] = cursor.fetchall()
    return rows


def _path(url_path: str, locale: str = "fr") -> str:
    return f"/{locale}/" + url_path.split("/", 2)[2]


def _news(rows: list[Row]) -> dict[str, Any]:
    return {"nodes": [{"title": title, "date": day, "path": _path(path)} for title, day, path, *_more in rows]}


def country_page() -> dict[str, Any]:
    """Three statements."""
    [country] = _rows(f"""
        SELECT p.id, p.translation_key, p.title, c.capital, c.introduction, c.body::text, up.title, up.url_path, p.path
        FROM regions_countrypage c JOIN wagtailcore_page p ON p.id = c.page_ptr_id
        JOIN wagtailcore_page up ON up.path = left(p.path, length(p.path) - 4)
        WHERE c.code = 'MX' AND c.locale_code = 'fr' AND {_SHOWN} AND {_OPEN}""")
    _pk, key, title, capital, introduction, body, up_title, up_path, _tree = country
    news = _rows(
        f"""
        SELECT {_NEWS_COLUMNS} FROM regions_newscountrylink l JOIN ({_NEWS}) ON n.page_ptr_id = l.page_id
        WHERE l.place_key = %s AND l.locale_code = 'fr' AND {_NEWS_SHOWN}
        ORDER BY l.date DESC, l.page_id DESC LIMIT 5""",
        key,
    )
    alternates = _rows(
        f"""
        SELECT l.language_code, p.url_path FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id
        WHERE p.translation_key = %s AND {_SHOWN} AND {_OPEN}""",
        key,
    )
    order = ["fr", "ar", "es"]
    found = sorted(alternates, key=lambda row: order.index(row[0]))
    found.append(found[0])
    return {
        "country": {
            "name": title,
            "capital": capital or None,
            "introduction": introduction or None,
            "body": [
                {"content": {"html": block["value"]}} if block["type"] == "rich_text" else {}
                for block in json.loads(body)
            ],
            "continent": {"title": up_title, "path": _path(up_path)},
            "news": _news(news),
            "alternates": [{"locale": code.upper(), "path": _path(path, code)} for code, path in found],
        }
    }


def continent_page() -> dict[str, Any]:
    """Three statements."""
    [(tree, title, introduction)] = _rows(f"""
        SELECT p.path, p.title, c.introduction
        FROM regions_continentpage c JOIN wagtailcore_page p ON p.id = c.page_ptr_id
        WHERE c.code = '019' AND c.locale_code = 'fr' AND {_SHOWN} AND {_OPEN}""")
    countries = _rows(
        f"""
        SELECT p.title, c.code, p.url_path, p.id
        FROM regions_countrypage c JOIN wagtailcore_page p ON p.id = c.page_ptr_id
        WHERE p.path LIKE %s AND p.depth = %s AND {_SHOWN} ORDER BY p.title COLLATE "fr-x-icu" LIMIT 100""",
        f"{tree}%",
        len(tree) // 4 + 1,
    )
    news = _rows(
        f"""
        SELECT {_NEWS_COLUMNS} FROM {_NEWS} WHERE {_NEWS_SHOWN} AND EXISTS (
            SELECT 1 FROM regions_newscountrylink l WHERE l.page_id = n.page_ptr_id AND l.country_id = ANY(%s))
        ORDER BY n.date DESC, n.page_ptr_id DESC LIMIT 20""",
        [row[3] for row in countries],
    )
    nodes = [{"name": name, "code": code, "path": _path(path)} for name, code, path, _pk in countries]
    return {
        "continent": {
            "title": title, "introduction": introduction or None, "countries": {"nodes": nodes}, "news": _news(news),
        }
    }  # fmt: skip


def listing() -> dict[str, Any]:
    """Two statements."""
    [(total,)] = _rows(f"SELECT count(*) FROM {_NEWS} WHERE {_NEWS_SHOWN}")
    rows = _rows(f"""
        SELECT {_NEWS_COLUMNS}, n.introduction, k.slug, k.name, (
            SELECT array_agg(c.title ORDER BY l.sort_order, l.id) FROM regions_newscountrylink l
            JOIN wagtailcore_page c ON c.id = l.country_id WHERE l.page_id = n.page_ptr_id)
        FROM {_NEWS} JOIN regions_newskind k ON k.id = n.kind_id WHERE {_NEWS_SHOWN}
        ORDER BY n.date DESC, n.page_ptr_id DESC LIMIT 20""")
    nodes = [
        {
            "title": title, "date": day, "path": _path(path), "summary": introduction,
            "kind": {"slug": slug, "name": name}, "countries": {"nodes": [{"name": each} for each in countries or ()]},
        }
        for title, day, path, introduction, slug, name, countries in rows
    ]  # fmt: skip
    return {"news": {"totalCount": total, "nodes": nodes}}


def fan_out() -> dict[str, Any]:
    """Three statements."""
    continents = _rows(f"""
        SELECT p.path, p.title, c.code FROM regions_continentpage c JOIN wagtailcore_page p ON p.id = c.page_ptr_id
        WHERE c.locale_code = 'fr' AND {_SHOWN} AND {_OPEN} ORDER BY p.path""")
    countries = _rows(f"""
        SELECT left(p.path, length(p.path) - 4), p.translation_key, p.title, p.url_path
        FROM regions_countrypage c JOIN wagtailcore_page p ON p.id = c.page_ptr_id
        WHERE c.locale_code = 'fr' AND {_SHOWN} ORDER BY p.title COLLATE "fr-x-icu" """)
    news = _rows(
        f"""
        SELECT {_NEWS_COLUMNS}, wanted.key FROM unnest(%s) wanted (key) CROSS JOIN LATERAL (
            SELECT n.page_ptr_id, n.date FROM regions_newscountrylink l JOIN ({_NEWS}) ON n.page_ptr_id = l.page_id
            WHERE l.place_key = wanted.key AND l.locale_code = 'fr' AND {_NEWS_SHOWN}
            ORDER BY l.date DESC, l.page_id DESC LIMIT 3) n JOIN wagtailcore_page p ON p.id = n.page_ptr_id
        ORDER BY wanted.key, n.date DESC, n.page_ptr_id DESC""",
        [row[1] for row in countries],
    )
    by_country: dict[UUID, list[Row]] = {}
    for row in news:
        by_country.setdefault(row[3], []).append(row)
    by_continent: dict[str, list[dict[str, Any]]] = {}
    for tree, key, title, path in countries:
        node = {"name": title, "path": _path(path), "news": _news(by_country.get(key, []))}
        by_continent.setdefault(tree, []).append(node)
    nodes = [
        {"title": title, "countries": {"nodes": by_continent.get(tree, [])[:100]}} for tree, title, _c in continents
    ]
    return {"continents": {"nodes": nodes}}


def deep_listing(date: str, id: str) -> dict[str, Any]:  # noqa: A002 - the name in the address
    """One statement. After the item with this date and id."""
    rows = _rows(
        f"""
        SELECT {_NEWS_COLUMNS}, n.introduction, k.slug, k.name
        FROM {_NEWS} JOIN regions_newskind k ON k.id = n.kind_id WHERE {_NEWS_SHOWN}
        AND (n.date, n.page_ptr_id) < (%s::date, %s) ORDER BY n.date DESC, n.page_ptr_id DESC LIMIT 20""",
        date,
        int(id),
    )
    nodes = [
        {
            "title": title, "date": day, "path": _path(path), "summary": introduction,
            "kind": {"slug": slug, "name": name},
        }
        for title, day, path, introduction, slug, name in rows
    ]  # fmt: skip
    return {"news": {"nodes": nodes}}


def search(first: str = "20") -> dict[str, Any]:
    """One statement, over the same index as the endpoint's."""
    rows = _rows(
        f"""
        SELECT p.title, p.url_path FROM home_searchentry s JOIN wagtailcore_page p ON p.id = s.page_id
        WHERE s.terms @@ (%s)::tsquery AND {_SHOWN} AND {_OPEN}
        ORDER BY CASE WHEN s.title_terms @@ (%s)::tsquery THEN 3 WHEN s.head_terms @@ (%s)::tsquery THEN 2
            WHEN s.title_terms @@ (%s)::tsquery THEN 1 ELSE 0 END DESC, s.recency DESC, s.page_id DESC LIMIT %s""",
        *SEARCH_TERMS,
        int(first),
    )
    return {"search": {"nodes": [{"title": title, "path": _path(path)} for title, path in rows]}}


SEARCH_TERMS = ("'fr_accord' & 'fr_sommet'",) * 3 + ("'fr_accord' | 'fr_sommet'",)

ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {
    "country page": country_page,
    "continent page": continent_page,
    "listing": listing,
    "fan-out": fan_out,
    "deep listing": deep_listing,
    "search": search,
}


def floor_view(request: HttpRequest, question: str) -> HttpResponse:
    """The answer of hand-written SQL, in the shape of the endpoint's."""
    return HttpResponse(
        orjson.dumps({"data": ANSWERS[question](**request.GET.dict())}), content_type="application/json"
    )


def limit_view(request: HttpRequest, question: str) -> HttpResponse:
    """A constant."""
    return HttpResponse(b'{"data":{}}', content_type="application/json")

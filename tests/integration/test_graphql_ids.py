"""Global ids: the same answer again, whatever surrounds them."""

import base64

import pytest

from tests.asking import ask, codes_of, post
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

ANSWER = "id title locale requestedLocale isFallback path"


def test_an_id_gives_the_same_answer_by_node_and_page(site_tree: SiteTree) -> None:
    site_tree.news("Une visite", countries=["MX"])
    roots = f"""{{
      home(locale: ES) {{ {ANSWER} }}
      continent(code: "019", locale: AR) {{ {ANSWER} }}
      country(code: "MX", locale: AR, fallback: []) {{ {ANSWER} }}
      news(locale: AR) {{ nodes {{ {ANSWER} }} }}
      index: route(path: "/ar/actualites/") {{ ... on NewsIndex {{ {ANSWER} }} }}
    }}"""
    answer = ask(roots)
    found = [answer["home"], answer["continent"], answer["country"], answer["news"]["nodes"][0], answer["index"]]
    assert len({node["id"] for node in found}) == 5
    for node in found:
        again = ask(
            f"query ($id: ID!) {{ node(id: $id) {{ id ... on Page {{ {ANSWER} }} }} page(id: $id) {{ {ANSWER} }} }}",
            {"id": node["id"]},
        )
        assert again == {"node": node, "page": node}
    news = answer["news"]["nodes"][0]
    assert ask(f"query ($id: ID!) {{ newsItem(id: $id) {{ {ANSWER} }} }}", {"id": news["id"]}) == {"newsItem": news}


def test_an_id_remembers_that_fallback_was_refused(site_tree: SiteTree) -> None:
    country = site_tree.country["fr", "MX"]
    country.introduction = "Un chapeau."
    country.save()
    query = """{
      plain: country(code: "MX", locale: AR) { id introduction }
      refused: country(code: "MX", locale: AR, fallback: []) { id introduction }
      same: country(code: "MX", locale: AR, fallback: [FR]) { id introduction }
    }"""
    answer = ask(query)
    assert answer["plain"] == answer["same"] != answer["refused"]
    for found in answer.values():
        again = ask("query ($id: ID!) { node(id: $id) { id ... on Country { introduction } } }", {"id": found["id"]})
        assert again["node"] == found


def id_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


KEY = "0" * 32


OTHER_IDS = [
    ("", "BAD_USER_INPUT"),
    ("x", "BAD_USER_INPUT"),
    ("é", "BAD_USER_INPUT"),
    ("A" * 5000, "BAD_USER_INPUT"),
    (id_of("Country"), "BAD_USER_INPUT"),
    (id_of(f"Country:{KEY}:de"), "BAD_USER_INPUT"),
    (id_of(f"Country:{KEY}:ar/de"), "BAD_USER_INPUT"),
    (id_of(f"Country:{KEY[1:]}:ar"), "BAD_USER_INPUT"),
    (id_of(f"Country:{KEY}:ar") + "=", "BAD_USER_INPUT"),
    (id_of(f"Country:{KEY}:ar"), "NOT_FOUND"),
    (id_of(f"Query:{KEY}:ar"), "NOT_FOUND"),
]


def test_other_ids_are_refused_with_a_code(site_tree: SiteTree) -> None:
    for value, code in OTHER_IDS:
        for root in ("node", "page", "newsItem"):
            query = f"query ($id: ID!) {{ {root}(id: $id) {{ id }} locales {{ code }} }}"
            response = post({"query": query, "variables": {"id": value}})
            assert codes_of(response) == [code], (root, value)
            data = {root: None, "locales": [{"code": "FR"}, {"code": "AR"}, {"code": "ES"}]}
            assert response.json()["data"] == data, (root, value)


def test_an_id_of_another_type_names_nothing(site_tree: SiteTree) -> None:
    country = ask('{ country(code: "MX") { id } }')["country"]["id"]
    wrong_type = id_of(base64.urlsafe_b64decode(country + "==").decode().replace("Country", "NewsItem"))
    for value in (country, wrong_type):
        assert codes_of(post({"query": f'{{ newsItem(id: "{value}") {{ id }} }}'})) == ["NOT_FOUND"]


def test_what_an_id_names_may_become_invisible(site_tree: SiteTree) -> None:
    news = site_tree.news("Une visite")
    value = ask("{ news { nodes { id } } }")["news"]["nodes"][0]["id"]
    news.unpublish()
    assert codes_of(post({"query": f'{{ node(id: "{value}") {{ id }} }}'})) == ["NOT_FOUND"]

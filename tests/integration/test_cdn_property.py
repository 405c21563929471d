"""Whatever editors do, a CDN that purges what it is told to purge holds nothing old."""

import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.models import CustomDocument, CustomImage, HomePage, NavigationMenu, SiteSettings, SocialLink, StandardPage
from regions.models import ContinentPage, ContinentPinnedNews, CountryPage, NewsKind, NewsPage, SubRegion
from tests.bodies import block, items
from tests.contract.site import site_fill
from tests.factories.content import ImageFactory, StandardPageFactory
from tests.factories.site import SiteTree
from tests.integration.cdn import PurgeServer, nothing_old_is_held

# Purges follow commits.
pytestmark = pytest.mark.django_db(transaction=True)

VIDEO = "https://videos.example/1"
_BODY = (
    "body { __typename ... on RichTextBlock { content { html } } ... on PageLinksBlock { links { label path } } "
    "... on PictureBlock { image { credit } } ... on DocumentBlock { label document { url } } "
    "... on VideoBlock { embed { html } } }"
)
_PAGE = "__typename ... on Page { title path isFallback alternates { path } breadcrumbs { title path } }"
QUESTIONS = [
    "{ news(locale: AR, first: 3) { totalCount nodes { title path isFallback image { credit } kind { name } } } }",
    "{ news { totalCount } }",
    "{ news(last: 2) { nodes { title countries { nodes { name } } continents { nodes { name } } } } }",
    '{ news(filter: {country: "MX"}) { nodes { title } } }',
    '{ news(filter: {continent: "002"}) { totalCount nodes { title } } }',
    '{ news(filter: {text: "titre"}) { totalCount nodes { title } } }',
    '{ news(filter: {kind: "visit"}) { nodes { title } } }',
    f'{{ country(code: "MX") {{ name {_BODY} }} }}',
    '{ country(code: "MX", locale: AR) { name introduction fallbackFields breadcrumbs { title path } '
    "continent { title } subregion { name } alternates { hreflang path } } }",
    '{ country(code: "CU") { news(first: 2) { totalCount nodes { title } } } }',
    '{ countries(filter: {continent: "019"}) { nodes { name path } } }',
    '{ countries(filter: {subregion: "419"}, locale: ES) { totalCount nodes { name } } }',
    f'{{ continent(code: "019") {{ heading pinnedNews {{ title }} subregions {{ name }} {_BODY} }} }}',
    '{ continent(code: "002") { countries { totalCount } news { totalCount } } }',
    "{ continents(locale: AR) { nodes { title countries(first: 100) { nodes { name path } } } } }",
    f"{{ home(locale: ES) {{ title heading locale {_BODY} }} }}",
    f"{{ home {{ title {_BODY} }} }}",
    "{ navigation(location: HEADER) { items { label path } } }",
    "{ navigation(location: FOOTER, locale: AR) { items { label path children { label } } } }",
    "{ siteSettings { ministryName footer { html } socialLinks { url } } }",
    "{ newsKinds(locale: FR) { slug name } }",
    "{ locales { code } }",
    "{ news(locale: AR) { nodes { translation { status sourceUpdatedAt } translations { locale path status } } } }",
    "{ news(locale: ES, filter: {translationStatus: [MISSING, OUTDATED]}) { totalCount nodes { title } } }",
    "{ countries(locale: AR, filter: {translationStatus: [PARTIAL, OUTDATED]}) { totalCount nodes { name } } }",
    "{ translationCoverage(locale: AR) { total source upToDate outdated partial missing } }",
    '{ search(query: "visite") { totalCount nodes { title path } edges { highlights { title { text } } } } }',
    '{ search(query: "titre", types: [COUNTRY]) { totalCount nodes { title } } }',
    *(
        f'{{ route(path: "{path}") {{ {_PAGE} ... on Redirect {{ to }} }} }}'
        for path in (
            "/fr/", "/fr/ancien/", "/fr/amerique/mexique/", "/ar/amerique/mexique/", "/fr/actualites/une-visite/",
            "/es/actualites/une-visite/", "/fr/le-ministere/", "/fr/cache/", "/ar/cache/", "/fr/afrique/cuba/",
            "/fr/actualites/neuf/", "/FR/Amerique/Cuba",
        )
    ),
]  # fmt: skip


@pytest.fixture
def site(site_tree: SiteTree) -> SiteTree:
    """Pages that link to one that is not published, from bodies, a menu and a footer."""
    site_fill(site_tree)
    hidden = StandardPageFactory(parent=site_tree.home["fr"], title="Caché", slug="cache", live=False)
    below = StandardPageFactory(parent=hidden, title="Dessous", slug="dessous")
    for page in (site_tree.home["fr"], site_tree.home["es"], site_tree.continent["fr", "019"]):
        page = type(page).objects.get(pk=page.pk)
        links = items({"page": hidden.pk, "label": ""}, {"page": below.pk, "label": ""})
        page.body = json.dumps(
            [
                *page.body.raw_data,
                block("page_links", {"title": "À lire", "links": links}),
                block("video", {"video": VIDEO, "title": "Un discours", "caption": ""}),
            ],
            default=str,
        )
        page.save()
    for menu in NavigationMenu.objects.all():
        menu.items = json.dumps([block("item", {"page": below.pk, "url": "", "label": "", "children": []})])
        menu.save()
    for row in SiteSettings.objects.all():
        row.ministry_name, row.footer = "Ministère", f'<p><a linktype="page" id="{hidden.pk}">Mentions</a></p>'
        row.save()
    return site_tree


def actions(tree: SiteTree, chance: random.Random) -> dict[str, Callable[[], Any]]:
    """What editors do, each on something chosen at random."""

    def one(model: Any, **filters: Any) -> Any:
        rows = model.objects.filter(**filters).order_by("pk")
        return rows[chance.randrange(rows.count())]

    def page() -> Any:
        return one(chance.choice([NewsPage, CountryPage, StandardPage, ContinentPage, HomePage]))

    def publish(chosen: Any, **values: Any) -> None:
        for name, value in values.items():
            setattr(chosen, name, value)
        chosen.save_revision().publish()

    def toggle(model: Any, **values: Any) -> None:
        if not model.objects.all().delete()[0]:
            model.objects.create(restriction_type="login", **values)

    def move() -> None:
        country = one(CountryPage, code="CU")
        continent = ContinentPage.objects.get(code=chance.choice(["002", "019"]), locale_code=country.locale_code)
        country.move(continent, pos=chance.choice(["first-child", "last-child"]))

    def redirect() -> None:
        Redirect.objects.all().delete()
        Redirect.add_redirect("/fr/ancien", page())

    def change(model: Any, **values: str) -> Callable[[], None]:
        def save() -> None:
            row = one(model)
            for name, value in values.items():
                setattr(row, name, value.format(chance.randint(0, 10**6)))
            row.save()

        return save

    def schedule() -> None:
        chosen = one(chance.choice([NewsPage, CountryPage]))
        chosen.go_live_at = datetime.now(UTC) + timedelta(days=chance.choice([-2, 2]))
        chosen.expire_at = datetime.now(UTC) + timedelta(days=chance.choice([-1, 3, 4]))
        chosen.save_revision(approved_go_live_at=chosen.go_live_at)
        call_command("publish_scheduled")

    def translate() -> None:
        news = one(NewsPage, locale_code="fr")
        if not news.get_translations().filter(locale=tree.locale["es"]).exists():
            news.copy_for_translation(tree.locale["es"]).save_revision().publish()

    def picture_to_private_collection() -> None:
        root = Collection.get_first_root_node()
        inner = root.get_children().first() or root.add_child(name="Interne")
        toggle(CollectionViewRestriction, collection=inner)
        CustomImage.objects.update(collection=inner)

    return {
        "retitle": lambda: publish(page(), title=f"Titre {chance.randint(0, 10**6)}"),
        "draft": lambda: page().save_revision(),
        "rename slug": lambda: publish(one(StandardPage), slug=f"s{chance.randint(0, 10**6)}"),
        "rename a branch": lambda: publish(
            ContinentPage.objects.get(code="019", locale_code="fr"), slug=chance.choice(["amerique", "ameriques"])),
        "unpublish": lambda: one(chance.choice([NewsPage, CountryPage, StandardPage])).unpublish(),
        "unpublish a branch": lambda: one(ContinentPage).unpublish(),
        "publish": lambda: page().save_revision().publish(),
        "publish what is linked": lambda: publish(StandardPage.objects.order_by("live", "path").first()),
        "new": lambda: tree.news(
            f"Titre neuf {chance.randint(0, 10**9)}", countries=["MX"], date=date(2026, 3, chance.randint(1, 28))),
        "new at a known path": lambda: NewsPage.objects.filter(slug="neuf") or tree.news("Neuf", slug="neuf"),
        "new draft": lambda: tree.news(f"Une ébauche {chance.randint(0, 10**9)}", live=False),
        "in bulk": lambda: NewsPage.objects.filter(locale_code="fr").update(featured=chance.random() < 0.5),
        "titles in bulk": lambda: Page.objects.filter(slug__startswith="une-").update(title=f"T{chance.random()}"),
        "delete": lambda: NewsPage.objects.count() > 2 and one(NewsPage).delete(),
        "restrict": lambda: toggle(PageViewRestriction, page=page()),
        "private pictures": lambda: toggle(CollectionViewRestriction, collection=Collection.get_first_root_node()),
        "private collection": picture_to_private_collection,
        "schedule": schedule,
        "move": move,
        "redirect": redirect,
        "translate": translate,
        "menu": lambda: NavigationMenu.objects.filter(location="header").update(
            items=json.dumps([block("item", {"page": page().pk, "url": "", "label": "", "children": []})])),
        "settings": change(SiteSettings, ministry_name="Ministère {}"),
        "account": lambda: SocialLink.objects.create(
            settings=SiteSettings.objects.first(), network="x", url="https://x.example"),
        "kind": change(NewsKind, name="Sorte {}"),
        "sub-region": change(SubRegion, name="Région {}"),
        "picture": change(CustomImage, credit="Agence {}"),
        "another picture": lambda: ImageFactory(title="Autre"),
        "document": change(CustomDocument, title="Accord {}"),
        "video": lambda: Embed.objects.update_or_create(
            hash=get_embed_hash(VIDEO), defaults={"url": VIDEO, "type": "video", "html": f"<i>{chance.random()}</i>"}),
        "site": lambda: tree.site.__class__.objects.update(port=chance.choice([80, 443, 8000])),
        "pinned": lambda: ContinentPinnedNews.objects.update(news=one(NewsPage)),
    }  # fmt: skip


# The first on either database.
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.once)])
def test_what_a_cdn_still_holds_is_what_would_be_answered_now(
    site: SiteTree, caching_cdn: PurgeServer, seed: int
) -> None:
    chance = random.Random(seed)
    possible = actions(site, chance)
    nothing_old_is_held(server=caching_cdn, questions=QUESTIONS, possible=possible, chance=chance, more=20)

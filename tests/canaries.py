"""A site full of what nobody may see: all of it bears the word CANARY, and visible pages lead to it in every way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowTask,
)
from wagtail.models import GroupApprovalTask as Approval

from home.models import NavigationMenu, SiteSettings, SocialLink
from home.services.search_index import search_index_rebuild
from regions.models import ContinentPinnedNews, NewsPage
from tests.bodies import block, items
from tests.canary_missions import missions_hide
from tests.factories.advice import advice_make, advice_translate, section
from tests.factories.content import DocumentFactory, ImageFactory, StandardPageFactory
from tests.factories.kept_rows import kept
from tests.factories.site import SiteTree
from tests.relations_canaries import relations_canaries_make
from travel.models import TravelAdviceArea, TravelAdvicePage

CANARY = "CANARY"


@dataclass
class Canaries:
    """What is hidden: pages, and pictures and documents by what hides them."""

    pages: list[Page] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)

    @property
    def typed(self) -> list[str]:
        """What an editor may type to lead to the pages: paths, and addresses of this host."""
        paths = [public_path(page) for page in self.pages if page.url_path.count("/") > 3]
        return [*paths, *(f"http://testserver{path}" for path in paths)]


def public_path(page: Page) -> str:
    """Where the page would stand if it were for the public."""
    parts = page.get_url_parts()
    return str(parts[2]) if parts else f"/fr/{page.slug}/"


@kept
def canaries_make(tree: SiteTree) -> Canaries:
    """Hide things of every sort in a site, and lead to them from everywhere."""
    found = Canaries(images=_images(), documents=_documents())
    found.pages = [*_news(tree, found), *_plain_pages(tree, found), *_africa(tree), *_translations(tree)]
    found.pages += relations_canaries_make(tree, images=found.images, documents=found.documents)
    found.pages += missions_hide(tree)
    found.pages += _travel_advice(tree, found)
    _drafts_of_live_pages(tree, found)
    _editors_traces(found.pages[0], tree.country["fr", "MX"])
    _lead_to_all(tree, found)
    search_index_rebuild()
    return found


def _private_collections() -> list[Collection]:
    """Private by login, by password and for a group; and a collection below each."""
    root = Collection.get_first_root_node()
    collections = []
    for kind in ("login", "password", "groups"):
        private = root.add_child(name=f"{CANARY} {kind}")
        restriction = CollectionViewRestriction.objects.create(collection=private, restriction_type=kind, password="x")
        if kind == "groups":
            restriction.groups.add(Group.objects.create(name=f"{CANARY} collections"))
        below = Collection.objects.get(pk=private.pk).add_child(name=f"{CANARY} below {kind}")
        collections += [Collection.objects.get(pk=private.pk), Collection.objects.get(pk=below.pk)]
    return collections


def _images() -> list[Any]:
    names = {"title": f"{CANARY} picture", "credit": f"{CANARY} credit", "file__filename": "canary.png"}
    return [ImageFactory(collection=collection, **names) for collection in _private_collections()]


def _documents() -> list[Any]:
    collections = Collection.objects.filter(name__startswith=CANARY)
    return [
        DocumentFactory(
            collection=collection, title=f"{CANARY} document", file=ContentFile(b"CANARY", name="canary.txt")
        )
        for collection in collections
    ]


def _words(found: Canaries) -> dict[str, Any]:
    """Every text of a page, and a picture of its own."""
    return {
        "introduction": f"{CANARY} introduction",
        "seo_title": f"{CANARY} seo",
        "search_description": f"{CANARY} description",
        "image": ImageFactory(title=f"{CANARY} own", credit=f"{CANARY} credit", file__filename="canary.png"),
        "image_alt": f"{CANARY} alt",
        "image_credit": f"{CANARY} credit",
        "body": [block("rich_text", f"<p>{CANARY} text</p>"), block("heading", {"text": CANARY, "level": "2"})],
    }


def _news(tree: SiteTree, found: Canaries) -> list[Page]:
    now = timezone.now()
    about: dict[str, Any] = {"countries": ["MX"], "continents": ["019"], "featured": True, **_words(found)}
    draft = tree.news(f"{CANARY} draft", live=False, **about)
    password = tree.news(f"{CANARY} password", **about)
    PageViewRestriction.objects.create(page=password, restriction_type="password", password="x")
    members = tree.news(f"{CANARY} members", **about)
    restriction = PageViewRestriction.objects.create(page=members, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name=f"{CANARY} insiders"))
    login = tree.news(f"{CANARY} login", **about)
    PageViewRestriction.objects.create(page=login, restriction_type="login")
    expired = tree.news(f"{CANARY} expired", expire_at=now - timedelta(minutes=1), **about)
    scheduled = tree.news(f"{CANARY} scheduled", go_live_at=now + timedelta(days=1), **about)
    arabic = tree.news(f"{CANARY} arabic", locale="ar", live=False, **about)
    gone = tree.news(f"{CANARY} gone", live=False, first_published_at=now, **about)
    return [draft, password, members, login, expired, scheduled, arabic, gone]


def _plain_pages(tree: SiteTree, found: Canaries) -> list[Page]:
    """Hidden pages with live ones below them, two deep; a page of no site."""
    now = timezone.now()
    hidden_by: dict[str, dict[str, Any]] = {
        "dead": {"live": False},
        "past": {"expire_at": now - timedelta(days=1)},
        "future": {"go_live_at": now + timedelta(days=1)},
        "login": {},
        "groups": {},
    }
    pages: list[Page] = []
    for name, fields in hidden_by.items():
        top = StandardPageFactory(parent=tree.home["fr"], title=f"{CANARY} {name}", **fields, **_words(found))
        if name in ("login", "groups"):
            PageViewRestriction.objects.create(page=top, restriction_type=name)
        below = StandardPageFactory(parent=top, title=f"{CANARY} below {name}", **_words(found))
        pages += [top, below, StandardPageFactory(parent=below, title=f"{CANARY} deep {name}", **_words(found))]
    # An alias in another tree, where nothing is private.
    alias = pages[-3].copy_for_translation(tree.locale["ar"], alias=True)
    outside = StandardPageFactory(parent=Page.get_first_root_node(), title=f"{CANARY} outside", **_words(found))
    return [*pages, alias, outside]


def _africa(tree: SiteTree) -> list[Page]:
    """The French Africa is private: French readers see neither it nor its countries."""
    pages: list[Any] = [tree.continent["fr", "002"], tree.country["fr", "SN"]]
    for page in pages:
        page.title = page.introduction = page.search_description = f"{CANARY} {page.pk}"
        page.slug = f"canary-{page.pk}"
        page.save()
    PageViewRestriction.objects.create(page=pages[0], restriction_type="login")
    return pages


def _translations(tree: SiteTree) -> list[Page]:
    """A public item whose translations are a draft and private."""
    public = tree.news("Public", countries=["MX", "SN"], continents=["019", "002"])
    pages = [
        tree.news(f"{CANARY} {code}", locale=code, translation_key=public.translation_key, live=live)
        for code, live in (("ar", False), ("es", True))
    ]
    PageViewRestriction.objects.create(page=pages[1], restriction_type="login")
    return pages


def _travel_advice(tree: SiteTree, found: Canaries) -> list[Page]:
    """A public sheet whose Arabic is private and whose draft is not published; sheets that are hidden, with a history.

    Each was public, and its history stands.
    """
    hidden: dict[str, Any] = {**_words(found), "sections": [section("entry", f"<p>{CANARY}</p>")], "reviewed_on": None}
    public = advice_make(tree, "MX", areas={"Le nord": 3})
    arabic = advice_translate(public, "ar", title=f"{CANARY} arabic", note=CANARY, areas=[CANARY], **hidden)
    PageViewRestriction.objects.create(page=arabic, restriction_type="login")
    draft = public.get_latest_revision_as_object()
    draft.title, draft.change_note, draft.introduction, draft.level = CANARY, CANARY, CANARY, 4
    draft.areas = [TravelAdviceArea(name=CANARY, level=4, locale=draft.locale)]
    draft.save_revision()
    sheets = {
        code: advice_make(tree, code, title=f"{CANARY} {code}", change_note=CANARY, areas={CANARY: 4}, **hidden)
        for code in ("AR", "CU", "JM", "MA")
    }
    sheets["AR"].unpublish()
    TravelAdvicePage.objects.filter(pk=sheets["CU"].pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    PageViewRestriction.objects.create(page=sheets["JM"], restriction_type="password", password="x")
    # A translation that is live, of a source that is not.
    spanish = advice_translate(sheets["MA"], "es", title=f"{CANARY} spanish", note=CANARY, areas=[CANARY], **hidden)
    TravelAdvicePage.objects.filter(pk=sheets["MA"].pk).update(live=False)
    # The country of a public sheet is private.
    advice_make(tree, "SN", title="Public Dakar", slug="public-dakar")
    return [arabic, spanish, *sheets.values()]


def _drafts_of_live_pages(tree: SiteTree, found: Canaries) -> None:
    plain = StandardPageFactory(parent=tree.home["fr"], title="Page", slug="page")
    below = StandardPageFactory(parent=plain, title="Dessous", slug="dessous")
    news = NewsPage.objects.get(title="Public")
    live: list[Any] = [
        *(tree.home[code] for code in ("fr", "ar", "es")),
        *(tree.country[code, "MX"] for code in ("fr", "ar", "es")),
        tree.continent["fr", "019"], tree.index["fr"], plain, below, news,
    ]  # fmt: skip
    for page in live:
        draft = type(page).objects.get(pk=page.pk)
        for name, value in {"title": CANARY, "slug": f"canary-{page.pk}", **_words(found)}.items():
            setattr(draft, name, value)
        draft.save_revision()


def _editors_traces(hidden: Page, shown: Page) -> None:
    """Users, workflows, comments and locks."""
    user = get_user_model().objects.create_user(
        f"{CANARY}-user", "canary@example.org", "x", first_name=CANARY, last_name=CANARY
    )
    workflow = Workflow.objects.create(name=f"{CANARY} workflow")
    task = Approval.objects.create(name=f"{CANARY} task")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    for page in (hidden, shown):
        specific: Any = page.specific_class.objects.get(pk=page.pk)
        specific.save_revision(user=user)
        workflow.start(specific, user)
        Comment.objects.create(page=page, user=user, text=f"{CANARY} comment", contentpath="title")
        Page.objects.filter(pk=page.pk).update(owner=user, locked=True, locked_by=user, locked_at=timezone.now())


def links_to(found: Canaries) -> list[dict[str, Any]]:
    """A body that leads to everything hidden in every way a body can."""
    ways = [f'<a linktype="page" id="{page.pk}">somewhere</a>' for page in found.pages]
    ways += [f'<a href="{address}">somewhere</a>' for address in found.typed]
    ways += [f'<a linktype="document" id="{document.pk}">somewhere</a>' for document in found.documents]
    pictures = [
        f'<embed embedtype="image" id="{image.pk}" alt="{CANARY} alt" format="fullwidth"/>' for image in found.images
    ]
    text = "".join(f"<p>{way}</p>" for way in ways) + "".join(pictures)
    return [
        block("rich_text", text),
        block("callout", {"tone": "info", "title": "", "text": text}),
        block("timeline", {"title": "", "events": items({"date": "2004-01-01", "title": "x", "text": text})}),
        block("page_links", {"title": "", "links": items(*({"page": page.pk, "label": ""} for page in found.pages))}),
        *(block("document", {"document": document.pk, "label": ""}) for document in found.documents),
        *(
            block("picture", {"image": {"image": image.pk, "alt_text": f"{CANARY} alt"}, "caption": f"{CANARY}"})
            for image in found.images
        ),
    ]


def _things_to_see(tree: SiteTree) -> list[dict[str, Any]]:
    """What a visible page may hold besides: a video, a picture with a focal point. And an account of the ministry."""
    url = "https://videos.example.org/1"
    Embed.objects.create(url=url, hash=get_embed_hash(url), type="video", html="x")
    focus = {"focal_point_x": 100, "focal_point_y": 100, "focal_point_width": 20, "focal_point_height": 20}
    image = ImageFactory(title="Seen", **focus)
    SocialLink.objects.create(
        settings=SiteSettings.objects.get(site=tree.site, locale=tree.locale["fr"]), network="x", url="https://x.com/1"
    )
    return [
        block("video", {"video": url, "title": "x"}),
        block("picture", {"image": {"image": image.pk, "alt_text": "x"}, "caption": "", "credit": ""}),
    ]


def _lead_to_all(tree: SiteTree, found: Canaries) -> None:
    visible: Sequence[Any] = [
        tree.country["fr", "MX"], tree.continent["fr", "019"], tree.home["fr"], NewsPage.objects.get(title="Public"),
    ]  # fmt: skip
    seen = _things_to_see(tree)
    for place, page in enumerate(visible):
        page.body = json.dumps([*page.body.raw_data, *seen, *links_to(found)])
        page.image, page.image_alt, page.image_credit = found.images[place], f"{CANARY} alt", f"{CANARY} credit"
        page.save()
    for news in (page for page in found.pages if isinstance(page, NewsPage)):
        ContinentPinnedNews.objects.create(page=visible[1], news=news)
    for page in found.pages:
        Redirect.add_redirect(f"/to/{page.pk}", page)
    for place, address in enumerate(found.typed):
        Redirect.add_redirect(f"/typed/{place}", address)
    entries = [{"page": page.pk, "url": "", "label": ""} for page in found.pages]
    entries += [{"page": None, "url": address, "label": "somewhere"} for address in found.typed]
    for menu in NavigationMenu.objects.all():
        below = {"page": tree.country["fr", "MX"].pk, "url": "", "label": "", "children": items(*entries)}
        menu.items = items(*({**entry, "children": []} for entry in entries), below)
        menu.save()
    for settings in SiteSettings.objects.all():
        settings.footer += links_to(found)[0]["value"]
        settings.save()

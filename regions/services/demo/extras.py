"""What the demonstration adds around the pages: settings, menus, redirects, and an item that awaits review."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.models import NavigationMenu, SiteSettings, SocialLink
from regions.demo import reader
from regions.demo.bodies import stable_uuid
from regions.models import NewsPage
from regions.services.demo.pages import DemoTrees
from regions.services.menus import menu_item

_DRAFT = "draft"


@transaction.atomic
def settings_load_all(*, site: Site, trees: Mapping[str, DemoTrees]) -> int:
    """Fill the settings whose footer is still empty. Return how many."""
    filled = 0
    for code, tree in trees.items():
        text = reader.page_texts(code)["settings"]
        row = SiteSettings.objects.get(site=site, locale=tree.locale)
        if row.footer:
            continue
        link = f'<a linktype="page" id="{tree.standard["mentions-legales"].pk}">{escape(text["legal"])}</a>'
        row.footer = f"<p>{escape(text['footer'])}</p><p>{link}</p>"
        row.tagline = text["tagline"]
        row.contact_email = text["contact_email"]
        row.social_links = [
            SocialLink(network=network, url=url, label=text["social_label"].format(network=network.capitalize()))
            for network, url in text["social"].items()
        ]
        row.save()
        filled += 1
    return filled


@transaction.atomic
def menu_load_all(*, site: Site, trees: Mapping[str, DemoTrees]) -> int:
    """Add the plain pages to the menus that nobody has changed since setup_site made them. Return how many changed."""
    changed = 0
    for tree in trees.values():
        ministry, *below = tree.standard.values()
        legal = tree.standard["mentions-legales"]
        continents = [tree.continents[code] for code in ("002", "019", "142", "150", "009")]
        plans: dict[str, tuple[list[Page], list[dict[str, Any]]]] = {
            "header": (
                [tree.index, *continents],
                [
                    menu_item(page=ministry, children=[page for page in below if page != legal]),
                    menu_item(page=tree.index),
                    *(
                        menu_item(page=entry.page, children=entry.below)
                        for entry in sorted(tree.menu, key=lambda entry: entry.place)
                    ),
                    *(menu_item(page=page) for page in continents),
                ],
            ),
            "footer": ([tree.home, tree.index], [menu_item(page=page) for page in (tree.home, tree.index, legal)]),
        }
        for location, (before, after) in plans.items():
            menu = NavigationMenu.objects.get(site=site, locale=tree.locale, location=location)
            if [block["value"]["page"] for block in menu.items.raw_data] == [page.pk for page in before]:
                menu.items = json.dumps(after)
                menu.save()
                changed += 1
    return changed


@transaction.atomic
def redirect_load_all(*, site: Site, trees: Mapping[str, DemoTrees]) -> int:
    """Make the redirects that are missing. Return how many."""
    created = 0
    for code, tree in trees.items():
        targets = tree.targets()
        for old_path, target in reader.page_texts(code)["redirects"].items():
            defaults: dict[str, Any] = {"redirect_page_id": targets[target]} if target in targets else {}
            defaults = defaults or {"redirect_link": target}
            path = Redirect.normalise_path(old_path)
            created += Redirect.objects.get_or_create(old_path=path, site=site, defaults=defaults)[1]
    return created


@transaction.atomic
def draft_load(*, tree: DemoTrees) -> bool:
    """Hand one news item over for moderation, so that the dashboard shows what awaits review. Return whether new."""
    key = stable_uuid("news", _DRAFT)
    if NewsPage.objects.filter(translation_key=key, locale=tree.locale).exists():
        return False
    text = reader.page_texts(tree.code)[_DRAFT]
    draft = NewsPage(
        locale=tree.locale,
        title=text["title"],
        slug=text["slug"],
        kind=tree.kinds[text["kind"]],
        date=text["date"],
        introduction=text["introduction"],
        live=False,
        owner=tree.author,
    )
    draft.translation_key = key
    tree.index.refresh_from_db()
    tree.index.add_child(instance=draft)
    draft.save_revision(user=tree.author)
    workflow = draft.get_workflow()
    if workflow is not None:
        workflow.start(draft, tree.author)
    return True

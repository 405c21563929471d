"""The site and the home pages of its locales."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.services.bulk import page_bulk_create

_WELCOME_TITLE = "Welcome to your new Wagtail site!"


def home_setup_all(
    *, locales: Sequence[Locale], title_of: Callable[[str], str]
) -> tuple[list[HomePage], list[HomePage]]:
    """Make the home page of each locale that has none, as siblings below the root, translations of one another.

    ``title_of`` gives the title for a language code; the slug is that code. Return all of them in the order of
    ``locales``, and the new ones.
    """
    existing = {home.locale_id: home for home in HomePage.objects.filter(locale__in=locales).select_related("locale")}
    source = next(iter(existing.values()), None)
    root = Page.get_first_root_node()
    created: list[HomePage] = []
    for locale in locales:
        if locale.pk in existing:
            continue
        home = HomePage(locale=locale, title=title_of(locale.language_code), slug=locale.language_code.lower())
        source = source or home
        home.translation_key = source.translation_key
        created.append(home)
    page_bulk_create(children=[(root, home) for home in created])
    existing.update({home.locale_id: home for home in created})
    if created:
        # The addresses of all pages hang on the set of home pages, which Wagtail keeps in the cache.
        Site.clear_site_root_paths_cache()
    return [existing[locale.pk] for locale in locales], created


def site_setup(*, source_home: HomePage, options: Mapping[str, str | int]) -> tuple[Site, bool]:
    """Make the default site show the home pages, and take away Wagtail's page of welcome if nobody has touched it.

    ``options`` may hold ``hostname``, ``port`` and ``site_name``; without them an existing site keeps its own. A site
    that shows some other page is left as it is. Return the site and whether anything changed.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        site = Site.objects.filter(root_page=source_home).first()
    if site is None:
        site = Site(hostname="localhost", root_page=source_home, is_default_site=True)
    welcome = _welcome_page()
    wanted: dict[str, object] = dict(options)
    shows_welcome = welcome is not None and site.root_page_id == welcome.pk
    if shows_welcome:
        wanted["root_page_id"] = source_home.pk
    if not site.site_name and (shows_welcome or site.pk is None):
        wanted.setdefault("site_name", settings.WAGTAIL_SITE_NAME)
    changed = site.pk is None
    for name, value in wanted.items():
        if getattr(site, name) != value:
            setattr(site, name, value)
            changed = True
    if changed:
        site.save()
    if welcome is not None and not Site.objects.filter(root_page=welcome).exists():
        welcome.delete()
        changed = True
    return site, changed


def _welcome_page() -> Page | None:
    """The page that Wagtail's first migration makes, or None once somebody has edited it or put pages below it."""
    welcome = Page.objects.filter(depth=2, slug="home", title=_WELCOME_TITLE, numchild=0, latest_revision=None).first()
    return welcome if welcome is not None and welcome.specific_class is Page else None

"""A small site with one of everything, and always the same."""

import json
from datetime import UTC, date, datetime
from typing import Any

from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import Page

from regions.models import ContinentPinnedNews
from tests.bodies import block, items
from tests.factories.content import DocumentFactory, ImageFactory, StandardPageFactory
from tests.factories.kept_rows import kept
from tests.factories.site import SiteTree

PUBLISHED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VIDEO = "https://videos.example.org/visite"
UPDATED = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def body(*, page: Page, image: Any, document: Any) -> str:
    """One of each block, as it is stored."""
    link = f'<a linktype="page" id="{page.pk}">un lien</a>'
    blocks = [
        block("heading", {"text": "Un titre", "level": "2"}),
        block("rich_text", f"<p>Un <b>texte</b> avec {link}.</p><ul><li>Un point</li></ul>"),
        block(
            "picture",
            {
                "image": {"image": image.pk, "alt_text": "Une salle", "decorative": False},
                "caption": "Une légende",
                "credit": "",
            },
        ),
        block("quote", {"text": "Une parole.", "attribution": "Une ministre", "role": "Ministre"}),
        block(
            "key_figures",
            {"title": "Chiffres", "figures": items({"value": "5 M", "label": "habitants", "note": "2024"})},
        ),
        block(
            "timeline",
            {
                "title": "Dates",
                "events": items({"date": "2004-11-26", "precision": "month", "title": "Tournée", "text": "<p>x</p>"}),
            },
        ),
        block("document", {"document": document.pk, "label": ""}),
        block("page_links", {"title": "À lire", "links": items({"page": page.pk, "label": ""})}),
        block("video", {"video": VIDEO, "title": "La visite", "caption": "En 2004"}),
        block("callout", {"tone": "warning", "title": "Attention", "text": f"<p>{link}</p>"}),
        block(
            "table",
            {
                "title": "Échanges",
                "table": {
                    "data": [["Année", "Total"], ["2024", "7"]],
                    "first_row_is_table_header": True,
                    "first_col_is_header": False,
                    "table_header_choice": "row",
                    "table_caption": "En millions",
                },
            },
        ),
    ]
    return json.dumps(blocks)


@kept
def site_fill(tree: SiteTree) -> None:
    """French text everywhere, an Arabic translation of one news item and of one plain page, Spanish left empty."""
    image = ImageFactory(title="Salle", credit="Le ministère")
    Embed.objects.create(
        url=VIDEO,
        hash=get_embed_hash(VIDEO),
        type="video",
        html='<iframe src="https://videos.example.org/embed/visite"></iframe>',
        title="Une visite à Mexico",
        provider_name="Vidéos",
        thumbnail_url="https://videos.example.org/visite.jpg",
        width=640,
        height=360,
    )
    document = DocumentFactory(title="Accord")
    plain = StandardPageFactory(parent=tree.home["fr"], title="Le ministère", introduction="Un chapeau.")
    StandardPageFactory(
        parent=tree.home["ar"], title="الوزارة", slug="le-ministere", translation_key=plain.translation_key
    )
    about: dict[str, Any] = {"countries": ["MX", "BR"], "continents": ["019"], "kind": "visit"}
    visit = tree.news(
        "Une visite",
        date=date(2026, 1, 15),
        introduction="Un résumé.",
        featured=True,
        image=image,
        image_alt="x",
        **about,
    )
    tree.news(
        "زيارة", locale="ar", slug="une-visite", translation_key=visit.translation_key, date=date(2026, 1, 15), **about
    )
    tree.news("Un communiqué", date=date(2026, 1, 10), kind="communique", countries=["MX"])

    mexico, america = tree.country["fr", "MX"], tree.continent["fr", "019"]
    for page in (mexico, america, tree.home["fr"], plain, visit):
        page.body = body(page=mexico, image=image, document=document)
        page.search_description = "Pour les moteurs."
        page.save()
    mexico.introduction, mexico.capital, mexico.relations_since = "Un pays.", "Mexico", date(1962, 10, 31)
    mexico.key_facts = json.dumps([block("fact", {"label": "Monnaie", "value": "Peso mexicain"})])
    mexico.image, mexico.image_alt = image, "Une rue"
    mexico.save()
    america.menu_label, america.heading, america.introduction = "Amérique", "Les Amériques", "Un continent."
    america.save()
    ContinentPinnedNews.objects.create(page=america, news=visit)
    Page.objects.filter(live=True).update(first_published_at=PUBLISHED, last_published_at=UPDATED)

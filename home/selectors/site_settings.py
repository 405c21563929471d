"""What a site says of the ministry."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from home.models import SiteSettings, SocialLink


def site_settings_row(*, site_id: int, chain: Sequence[str]) -> dict[str, Any] | None:
    """The settings of a site in the first language of the chain that has them; None where none has. Two statements.

    ``id locale ministry_name tagline footer contact_email social_links``; the last is a list of ``network url label``
    in the editors' order.
    """
    # Settings whose translation has only begun have no name yet: the next language stands for them.
    written = SiteSettings.objects.filter(site_id=site_id, locale__language_code__in=chain).exclude(ministry_name="")
    rows = written.values("id", "ministry_name", "tagline", "footer", "contact_email", code=F("locale__language_code"))
    row = min(rows, key=lambda row: chain.index(row["code"]), default=None)
    if row is None:
        return None
    links = (
        SocialLink.objects.filter(settings_id=row["id"]).order_by("sort_order", "pk").values("network", "url", "label")
    )
    settings: dict[str, Any] = {**row, "locale": row["code"], "social_links": list(links)}
    return settings

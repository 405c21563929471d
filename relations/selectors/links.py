"""What agreements do to each other."""

from collections import defaultdict
from collections.abc import Collection

from relations.models import AgreementLink


def agreement_links_by_page(*, pages: Collection[int], kind: str) -> dict[int, list[int]]:
    """The ids of the agreements that each of these does ``kind`` to. One statement."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = AgreementLink.objects.filter(page_id__in=pages, kind=kind).values_list("page_id", "agreement_id")
    for page, agreement in rows:
        found[page].append(agreement)
    return found

"""Links and formatting: what the source has, the translation has too, once each and nothing else."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from translations.checks.finding import Check, Finding
from translations.checks.pair import Pair, is_well_formed, tags_of


def check_tags(pair: Pair) -> Iterator[Finding]:
    source, target = tags_of(pair.source), tags_of(pair.target)
    for tag in sorted((source - target).keys()):
        yield Finding(Check.TAGS, _("%(tag)s of the source is missing.") % {"tag": _written(tag)})
    for tag in sorted((target - source).keys()):
        yield Finding(Check.TAGS, _("%(tag)s is not in the source.") % {"tag": _written(tag)})
    if not is_well_formed(pair.target):
        yield Finding(Check.TAGS, _("A tag is not closed, or closed in the wrong order."))


def _written(tag: tuple[str, str]) -> str:
    name, number = tag
    return f'<{name} id="{number}">' if number else f"<{name}>"

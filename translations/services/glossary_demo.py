"""The glossary of the demonstration."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

import translations.demo
from translations.models import GlossaryTerm

_FILE = Path(translations.demo.__file__).with_name("glossary.toml")


@transaction.atomic
def glossary_load() -> int:
    """Add the terms that are missing, each with a note that it is to be reviewed; return how many. None is changed."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    source = locales.get(content["source_language"])
    if source is None or source.language_code != settings.DIWAN_SOURCE_LOCALE:
        return 0
    known = set(GlossaryTerm.objects.filter(source_locale=source).values_list("target_locale_id", "source_term"))
    made = 0
    for entry in content["terms"]:
        for code, locale in locales.items():
            if code not in entry or locale == source or (locale.pk, entry["term"]) in known:
                continue
            term = GlossaryTerm(
                source_locale=source,
                target_locale=locale,
                source_term=entry["term"],
                target_term=entry[code],
                forbidden="\n".join(entry.get(f"forbidden_{code}", [])),
                kind=entry["kind"],
                note=content["note"],
            )
            term.full_clean()
            term.save()
            made += 1
    return made

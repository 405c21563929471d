"""The texts of the translation editor's script."""

from typing import Any

from django.views.i18n import JavaScriptCatalog


class EditorTextsView(JavaScriptCatalog):
    """wagtail-localize's catalogue, mended.

    The script puts a language's name right after a text that ends with a space; some catalogues lost that space.
    """

    packages = ["wagtail_localize"]

    def get_catalog(self) -> dict[str, Any]:
        catalog: dict[str, Any] = super().get_catalog()
        for source, text in catalog.items():
            if isinstance(text, str) and source.endswith(" ") and not text.endswith(" "):
                catalog[source] = f"{text} "
        return catalog

"""wagtail-localize as it comes, so that a test can show the defect that a guard is there for."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.test import override_settings
from wagtail import hooks
from wagtail.admin.viewsets.pages import base_page_viewset, page_viewset_registry
from wagtail.models import Page

from home import receivers
from home.localize import hooks as our_hooks
from home.localize import patches, publication


@contextmanager
def plain_localize() -> Iterator[None]:
    """Every guard off: patches, hooks, URLs, views of pages, receivers and the check before publication."""
    # Both are built once, by whoever needs them first, and must be built with the guards on.
    hooks.search_for_hooks()
    import_module("cms.urls")
    kept = {name: list(entries) for name, entries in hooks._hooks.items()}
    replaced = [
        (publication, "publication_refusal"),
        (receivers, "alias_slug_follow"),
    ]
    originals = [getattr(module, name) for module, name in replaced]
    viewset = page_viewset_registry.get_by_type(Page)

    def do_nothing(**_kwargs: Any) -> None:
        return None

    with override_settings(ROOT_URLCONF="tests.integration.plain_localize_urls"), patches.plain():
        for name, entries in hooks._hooks.items():
            hooks._hooks[name] = [entry for entry in entries if entry[0].__module__ != our_hooks.__name__]
        for module, name in replaced:
            setattr(module, name, do_nothing)
        page_viewset_registry.register(Page, value=base_page_viewset)
        try:
            yield
        finally:
            page_viewset_registry.register(Page, value=viewset)
            for (module, name), original in zip(replaced, originals, strict=True):
                setattr(module, name, original)
    for name in hooks._hooks:
        hooks._hooks[name] = kept.get(name, [])

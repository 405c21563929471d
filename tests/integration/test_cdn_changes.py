"""Changes as tags, and that nothing of the content is without a rule for purging."""

from typing import Any

import pytest
from django.apps import apps

from api.cache.tags import page_tag
from api.cdn.changes import _LISTS_OF_MODELS, change_tags
from home.selectors.keys import key_of
from home.selectors.page_states import page_states
from home.services.content_changes import ContentChanges, _rules
from home.services.content_version import tables_of_content
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db


def test_whoever_purges_one_purges_those_that_could_not_name_it(site_tree: SiteTree) -> None:
    mexico = site_tree.country["fr", "MX"]
    states: Any = page_states(ids=[mexico.pk])
    assert change_tags(ContentChanges(pages=states)) == [
        "m-Country", page_tag(key_of(mexico.translation_key)), "t-Agreement", "t-Country", "t-Event", "t-Mission",
        "t-NewsItem", "t-Organisation", "t-Person", "t-TravelAdvice",
    ]  # fmt: skip
    assert change_tags(ContentChanges(images=[7], documents=[8])) == ["d-8", "i-7", "m-Document", "m-Image"]
    assert change_tags(ContentChanges(images=list(range(401)))) == ["diwan"]


def test_changes_survive_their_way_to_the_worker(site_tree: SiteTree) -> None:
    page = site_tree.country["fr", "MX"]
    changes = ContentChanges(
        pages={page.pk: page_states(ids=[page.pk])[page.pk], 5: None}, models=["x.Y"], branches=[1]
    )
    assert ContentChanges.from_json(changes.as_json()) == changes


def test_every_table_of_the_content_has_a_rule() -> None:
    """A new one purges everything until it has; these two shall."""
    models = {model._meta.db_table: model._meta.label for model in apps.get_models(include_auto_created=True)}
    left = {models[table] for table in tables_of_content() - _rules().keys()} - _LISTS_OF_MODELS.keys()
    assert left == {"wagtailcore.Site", "wagtailcore.Locale"}
    assert change_tags(ContentChanges(models=["some.Model"])) == ["diwan"]

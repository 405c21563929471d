"""What several tests of the admin share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.factories import SiteTree
from tests.integration.plain_localize import plain_localize
from tests.integration.translating import speak_english


@pytest.fixture
def admin(site_tree: SiteTree) -> Any:
    """A superuser of a set-up site, whose interface is English."""
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "password")
    speak_english(user)
    return user


@pytest.fixture(params=[True, False], ids=["diwan", "plain"])
def guarded(request: pytest.FixtureRequest) -> Iterator[bool]:
    """True with the guards around wagtail-localize, False with wagtail-localize as it comes."""
    if request.param:
        yield True
    else:
        with plain_localize():
            yield False

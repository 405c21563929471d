"""What all tests of files share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english(_source_language: None) -> Iterator[None]:
    """Messages are read in the language of the code."""
    with translation.override("en"):
        yield

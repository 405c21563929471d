"""Numbers of statements are the same on every database, but where a test says otherwise."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the budgets that say nothing of one database: CI counts them once."""
    for item in items:
        if "budgets" in item.path.parts and item.get_closest_marker("postgresql") is None:
            item.add_marker(pytest.mark.once)

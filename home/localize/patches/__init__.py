"""The few places where wagtail-localize offers no hook. Each module says what it replaces, why, and until when.

``apply`` is called once, from ``HomeConfig.ready``. ``plain`` lets the tests show the defect that each one cures.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from home.localize.patches import buttons, dates, plain_text, restrictions, saving, segments

_PATCHES = (saving, restrictions, segments, buttons, dates, plain_text)


def apply() -> None:
    """Put every patch in place. Calling it again changes nothing."""
    for patch in _PATCHES:
        patch.apply()


@contextmanager
def plain() -> Iterator[None]:
    """wagtail-localize as it comes, for the duration of the block."""
    with ExitStack() as stack:
        for patch in _PATCHES:
            patch.remove()
            stack.callback(patch.apply)
        yield

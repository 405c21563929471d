"""What the translators' desk adds to the Wagtail admin. Hooks stay thin: the work is in ``translations/admin``."""

from translations.admin import (
    desk_hooks,  # noqa: F401
    editor_hooks,  # noqa: F401
    exchange_hooks,  # noqa: F401
    glossary_hooks,  # noqa: F401
    memory_hooks,  # noqa: F401
    review_hooks,  # noqa: F401
)

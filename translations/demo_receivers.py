"""What the translators' desk adds to the demonstration; connected when the app is ready. Thin: services do the work."""

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver

from regions.signals import demo_loaded
from translations.services.glossary_demo import glossary_load


@receiver(demo_loaded, dispatch_uid="translations.demo_loaded")
def demo_was_loaded(*, report: Callable[[str, int], None], **kwargs: Any) -> None:
    """The demonstration stands: give it a glossary."""
    report("terms of the glossary", glossary_load())

"""The demo site: what setup_site and load_demo make.

Modules that use it bear ``xdist_group("demo")``, so that one worker makes it once for all of them.
"""

import pytest
from django.core.management import call_command

from regions.demo.drawing import canvas
from tests.factories.kept_rows import kept


@kept
def demo_make() -> None:
    """Have the demo site in the database, in an empty one; the process keeps it and puts it back."""
    with pytest.MonkeyPatch.context() as patch:
        # Pictures drawn at their own size and not at twice that: the same files, made four times faster.
        patch.setattr(canvas, "SCALE", 1)
        call_command("setup_site", verbosity=0)
        call_command("load_demo", verbosity=0)

"""How often the content has changed, for caches."""

from django.db import models

# Writers that come at the same time take different rows; more of them than this may have to wait for each other.
SLOTS = 64


class ContentVersion(models.Model):
    """One of at most ``SLOTS`` counters; the version is their sum. ``home.services.content_version`` moves it.

    A row is missing until it is needed.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.id}: {self.number}"

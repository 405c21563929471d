"""The groups of users that edit the sheet of one mission."""

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Collection


class PostGroup(models.Model):
    """The group whose users may edit one mission, in every language, and nothing else.

    Named by the mission's translation key: translations that are made later belong to it. Services write.
    """

    wagtail_reference_index_ignore = True

    mission_key = models.UUIDField(unique=True, help_text="The translation key of the mission's pages.")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="post")
    collection = models.ForeignKey(
        Collection,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Where the post keeps its own pictures and documents.",
    )

    def __str__(self) -> str:
        return self.group.name

"""What groups of users were given by the set-up of the site."""

from django.contrib.auth.models import Group
from django.db import models
from wagtail.models import Page


class GroupGrant(models.Model):
    """One right that ``setup_site`` has given to one group, whatever became of it since.

    So that a right is given once: what a later release adds to a role reaches the groups of a site that was set up
    before, and what an administrator took away stays away. ``home.services.groups`` writes.
    """

    # Bookkeeping, not a use of the page that an editor should be warned of.
    wagtail_reference_index_ignore = True

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="grants")
    label = models.CharField(max_length=255, help_text="The permission, as app_label.codename.")
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The page on which, and below which, it was given; null for a right that belongs to no page.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "label", "page"], name="groupgrant_once_for_page"),
            models.UniqueConstraint(
                fields=["group", "label"], condition=models.Q(page__isnull=True), name="groupgrant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.label}"

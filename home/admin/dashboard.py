"""The dashboard panel of what was just published. What awaits review has Wagtail's own panel, which stays."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from home.selectors.publications import publication_list_recent


class JustPublishedPanel(Component):
    """The latest publications in the parts of the tree that the user may explore: title, language, type, who, when."""

    name = "just_published"
    template_name = "home/admin/just_published.html"
    order = 230
    limit = 8

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        publications = publication_list_recent(user=request.user, limit=self.limit)
        for publication in publications:
            rights = publication["page"].permissions_for_user(request.user)
            publication["can_edit"] = rights.can_edit()
        return {"publications": publications, "heading": _("Just published"), "request": request}

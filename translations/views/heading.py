"""The head of the desk's pages that stand in no section of the admin."""

from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class TitledPageMixin(WagtailAdminTemplateMixin):
    """Names the page itself in its head, after the way to it; Wagtail's own mixin would show "Home" alone."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), here]

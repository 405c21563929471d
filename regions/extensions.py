"""What apps above may add to the pages of this one: panels of the admin, and sections of the plain HTML face."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import Page

from home.selectors.visibility import Gate
from regions.models import NewsPage


def news_panel_add(panel: Panel) -> None:
    """Show one more panel when a news item is edited; called while the apps get ready, before any form is made."""
    NewsPage.content_panels.append(panel)


@dataclass(frozen=True, slots=True)
class FaceSection:
    """A section of a plain page: ``template`` is rendered with what ``read`` gives as ``data``.

    ``read`` is called with ``page`` and ``gate``, costs a number of statements that does not depend on what it finds,
    and gives something empty where there is nothing to show. Sections stand by ``place``.
    """

    template: str
    read: Callable[..., Any]
    place: int


_sections: dict[type[Page], list[FaceSection]] = defaultdict(list)


def face_section_add(model: type[Page], section: FaceSection) -> None:
    """Show one more section on the plain pages of ``model``; called while the apps get ready."""
    _sections[model].append(section)
    _sections[model].sort(key=lambda each: each.place)


def face_sections(*, page: Page, gate: Gate) -> list[dict[str, Any]]:
    """``{"template", "data"}`` of each section of ``page`` that has something to show."""
    read = [(section.template, section.read(page=page, gate=gate)) for section in _sections[type(page)]]
    return [{"template": template, "data": data} for template, data in read if data]

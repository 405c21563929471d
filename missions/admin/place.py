"""Where a mission stands: a map to place it on, and a list of time zones that begins with those of its host country."""

from typing import Any

from babel.core import get_global
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from missions.models.time_zones import time_zone_names

# Days on which offices rest, by CLDR (supplemental data, weekendStart and weekendEnd), where not Saturday and Sunday.
_FRIDAY_AND_SATURDAY = frozenset({"BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"})
_RESTS: dict[str, list[int]] = {"AF": [4, 5], "IR": [5], "IN": [7], "UG": [7]}


def place_of(code: str) -> dict[str, list[Any]]:
    """The time zones of a country (those of CLDR that the IANA database has) and its days of rest (1: Monday)."""
    known = set(time_zone_names())
    zones = [zone for zone in get_global("territory_zones").get(code, ()) if zone in known]
    return {"zones": sorted(zones), "rests": _RESTS.get(code, [5, 6] if code in _FRIDAY_AND_SATURDAY else [6, 7])}


class TimeZoneInput(forms.TextInput):
    """A field with a list that is searched while one types; any name of the IANA database may be written."""

    template_name = "missions/admin/time_zone.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "dir": "ltr", "spellcheck": "false", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-names"
        context["widget"]["attrs"]["list"] = list_id
        context["list_id"] = list_id
        context["names"] = time_zone_names()
        return context


class MapPanel(Panel):
    """A map of the world, drawn from a file of the project; the fields below it stay the truth."""

    class BoundPanel(Panel.BoundPanel):
        """The map, which the script draws; nothing without it, and nothing on a translation."""

        template_name = "missions/admin/map.html"

        class Media:
            js = ("missions/js/mission_map.js",)
            css = {"all": ("missions/css/forms.css",)}

        def is_shown(self) -> bool:
            return self.form is not None and "latitude" in self.form.fields

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from missions.selectors.countries import country_codes

            context: dict[str, Any] = super().get_context_data(parent_context)
            own = settings.DIWAN_HOME_COUNTRY
            context["places"] = {
                "own": place_of(own),
                "countries": {str(pk): place_of(code) for pk, code in country_codes()},
            }
            context["words"] = {
                "map": _("Map of the world: arrow keys move the mark, + and − change the scale"),
                "nearer": _("Nearer"),
                "farther": _("Farther"),
                "whole": _("Whole world"),
                "remove": _("Remove the mark"),
                "at": _("Mark at latitude %(latitude)s, longitude %(longitude)s"),
                "none": _("No mark yet: click on the map, or write the coordinates."),
                "zones": _("Time zones of the country:"),
            }
            return context


def place_panel(*, heading: Any) -> MultiFieldPanel:
    """Address, map, coordinates and time zone."""
    return MultiFieldPanel(
        [
            FieldPanel("address"),
            FieldPanel("address_text"),
            MapPanel(heading=gettext_lazy("Map")),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel("time_zone", widget=TimeZoneInput),
        ],
        heading=heading,
    )

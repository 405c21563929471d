"""The directory in each of its forms."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from bulk.directory.geojson import feature_collection
from bulk.directory.sheet import sheet_context
from bulk.directory.table import table
from bulk.directory.vcard import vcards
from bulk.selectors.directory import Filters, directory_entries
from home.selectors.today import today_of
from home.selectors.visibility import Gate, gate_open


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the directory: its media type."""

    media_type: str


FORMS = {
    "geojson": Form("application/geo+json"),
    "csv": Form("text/csv; charset=utf-8"),
    "vcf": Form("text/vcard; charset=utf-8"),
    "ics": Form("text/calendar; charset=utf-8"),
    "html": Form("text/html; charset=utf-8"),
}


def directory_body(*, form: str, locale: str, filters: Filters, gate: Gate) -> bytes:
    """The file in a language."""
    today = today_of(gate)
    with translation.override(locale):
        entries = directory_entries(gate=gate, locale=locale, filters=filters, today=today)
        if form == "geojson":
            return feature_collection(entries)
        if form == "csv":
            return table(entries)
        if form == "vcf":
            return vcards(entries)
        if form == "ics":
            # The library takes a while to load, and most processes never write a calendar.
            from bulk.directory.icalendar import calendar

            return calendar(entries, name=_("Closures of missions"))
        context = sheet_context(entries, locale=locale, filters=filters, today=today)
        return render_to_string("bulk/directory.html", context).encode()


def directory_file(*, form: str, locale: str) -> bytes:
    """As the public is shown it on the default site, for the command line: ``vcard`` is ``vcf``."""
    site = Site.objects.filter(is_default_site=True).first()
    gate = gate_open(site_id=site.pk if site else None)
    return directory_body(form="vcf" if form == "vcard" else form, locale=locale, filters=Filters(), gate=gate)

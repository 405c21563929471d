"""The form of a sheet of travel advice. Models import this file, so it reads data only when a form is built."""

from functools import cached_property
from typing import Any

from home.admin.record_forms import RecordPageForm


class TravelAdviceForm(RecordPageForm):
    """Begins with an empty change note, and asks for one where readers see a change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "change_note" in self.fields and self.instance.is_source and self._note_is_published():
            # Yesterday's note says nothing of what is written today.
            self.initial["change_note"] = ""
            self.initial["is_minor_change"] = False

    def is_valid(self) -> bool:
        """As Wagtail's; a publication that readers notice needs a note, and one that they do not keeps the former."""
        valid = super().is_valid()
        if not valid or self.is_deferred_validation or "change_note" not in self.fields or not self.instance.is_source:
            return valid
        if self.cleaned_data.get("change_note", "").strip():
            return True
        from travel.models.advice import NOTE_IS_MISSING

        if self._changes_for_readers:
            self.add_error("change_note", str(NOTE_IS_MISSING))
            return False
        self._former_note_keep()
        return True

    def _note_is_published(self) -> bool:
        from travel.selectors.changes import change_is_of_revision

        page = self.instance
        if not page.pk:
            return False
        if change_is_of_revision(page_id=page.pk, revision_id=page.latest_revision_id):
            return True
        # A draft that was saved between a schedule and its day has the note that went public on that day.
        note = page.change_note.strip()
        return bool(note and self._published) and note == self._published["change_note"].strip()

    @cached_property
    def _published(self) -> dict[str, Any]:
        """The note that readers have, and whether it was minor; empty where nothing was ever published."""
        from travel.models import TravelAdvicePage

        pages = TravelAdvicePage.objects.filter(pk=self.instance.pk, first_published_at__isnull=False)
        return pages.values("change_note", "is_minor_change").first() or {}

    @cached_property
    def _changes_for_readers(self) -> bool:
        from travel.services.changes import advice_changes_for_readers

        return advice_changes_for_readers(version=self.instance, areas=self._areas())

    def _areas(self) -> list[tuple[str, int]]:
        """Names and levels of the parts as the form would save them, in their order."""
        formset = self.formsets.get("areas")
        if formset is None:
            return [(area.name, area.level) for area in self.instance.areas.all()]
        rows = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms and form.cleaned_data]
        rows.sort(key=lambda row: row.get("ORDER") or 0)
        return [(row["name"], row["level"]) for row in rows if "name" in row]

    def _former_note_keep(self) -> None:
        if self._published:
            self.instance.change_note = self._published["change_note"]
            self.instance.is_minor_change = self._published["is_minor_change"]

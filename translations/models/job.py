"""Work on many translations that runs in the background."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class DeskJob(models.Model):
    """One bulk action of the desk: what was asked, how far it is, and what came of it, to be read afterwards.

    ``translations.services.jobs`` writes; each kind has a function that does one item at a time.
    """

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What is done."""

        SUBMIT = "submit", _("Submit for translation")
        ASSIGN = "assign", _("Assign")
        EXPORT = "export", _("Export")
        IMPORT = "import", _("Import")
        MACHINE = "machine", _("Machine translation")
        MEMORY_IMPORT = "memory_import", _("Import of a memory")
        GLOSSARY_IMPORT = "glossary_import", _("Import of a glossary")
        # Done by an app above this one, which registers how.
        RECORDS_IMPORT = "records_import", _("Import of a table")
        RECORDS_EXPORT = "records_export", _("Export of a table")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        INTERRUPTED = "interrupted", _("Interrupted")

    class Phase(models.TextChoices):
        """What a job that takes several rounds is at."""

        COMPARING = "comparing", _("Comparing")
        WRITING = "writing", _("Writing")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    phase = models.CharField(max_length=12, choices=Phase.choices, blank=True, help_text="What done and total count.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    parameters = models.JSONField(default=dict, help_text="What was asked, as the function of the kind takes it.")
    total = models.PositiveIntegerField(_("items"), default=0)
    done = models.PositiveIntegerField(_("items done"), default=0)
    report = models.JSONField(
        default=list, help_text="One object for each item: level (success, warning, error), title, message, url."
    )
    upload = models.BinaryField(null=True, help_text="The file that was sent, until it has been read.")
    result = models.BinaryField(null=True, help_text="The file that was made: private, so not among the media.")
    result_name = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    seen_at = models.DateTimeField(null=True, help_text="When the worker last gave a sign.")
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on and nothing will, unless somebody starts it anew."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.INTERRUPTED)

    @property
    def is_counted(self) -> bool:
        """Whether it is known how much there is to do."""
        return bool(self.total) or not self.phase

    @property
    def progress_label(self) -> str:
        """How far it is, in words."""
        if self.is_counted:
            count = gettext("%(done)s of %(total)s") % {"done": self.done, "total": self.total}
        else:
            count = str(self.done or "")
        if not self.phase:
            return count
        if not count:
            return gettext("%(phase)s …") % {"phase": self.get_phase_display()}
        return gettext("%(phase)s: %(count)s") % {"phase": self.get_phase_display(), "count": count}

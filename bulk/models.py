"""No tables: what is imported and exported belongs to other apps. This is what the right to it hangs on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkAccess(models.Model):
    """The right to import and export missions, organisations, agreements and events."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("import_records", _("Import and export missions, organisations, agreements and events"))]
        verbose_name = _("import and export")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

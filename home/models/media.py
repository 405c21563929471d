"""Images and documents. Own models from the first migration: Wagtail cannot swap them later."""

from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL.ExifTags import Base
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

# Values of the EXIF tag Orientation that turn a picture by a quarter (TIFF 6.0, tag 274).
_QUARTER_TURNS = {5, 6, 7, 8}


def _is_shown_on_its_side(file: FieldFile) -> bool:
    try:
        with file.storage.open(file.name or "", "rb") as source, PillowImage.open(source) as picture:
            return picture.getexif().get(Base.Orientation) in _QUARTER_TURNS
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for drawings and for files it cannot read
        return False


class CustomImage(AbstractImage):
    """A picture. Its credit holds wherever it is used; alternative text belongs to each use of it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made the picture or owns it."))

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the size of the picture as it is shown.

        A camera held upright stores a lying picture and a note (EXIF) to turn it. Renditions are turned; Wagtail takes
        the size, and with it what is promised of every rendition, from the lying one.
        """
        is_new_file = bool(self.file) and not self.file._committed
        super().save(*args, **kwargs)
        if is_new_file and _is_shown_on_its_side(self.file):
            self.width, self.height = self.height, self.width
            super().save(update_fields=["width", "height"])


class CustomRendition(AbstractRendition):
    """One stored size of a picture."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_unique")
        ]


class CustomDocument(AbstractDocument):
    """A file that readers can download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

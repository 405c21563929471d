"""Documents that frontends may send by an id alone."""

from django.db import models


class TrustedDocument(models.Model):
    """One document that a client ships, under the id by which it asks for it.

    Two clients may ship the same document; a row of each says when it last did. What the text means is not known here.
    ``home.services.trusted_documents`` writes.
    """

    document_id = models.CharField(max_length=200)
    client = models.CharField(max_length=60)
    text = models.TextField()
    shipped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document_id", "client"], name="trusteddocument_unique_for_client")
        ]

    def __str__(self) -> str:
        return self.document_id

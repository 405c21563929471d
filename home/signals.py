"""Signals of the floor, for whoever must hear of writes that Django's own signals do not announce."""

from django.dispatch import Signal

# Sent inside the transaction, after rows were made in bulk: no post_save was sent for them.
# Arguments: ``sender``, the model; ``instances``, the list of new objects, saved.
bulk_created = Signal()

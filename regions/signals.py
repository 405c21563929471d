"""Signals of the domain, for apps above it."""

from django.dispatch import Signal

# Sent inside the transaction of setup_site, when everything else is made.
# Arguments: ``sender``, the function; ``homes``, the home page of each locale; ``say``, called with a line to report.
site_set_up = Signal()

"""Signals of the domain, for apps above it."""

from django.dispatch import Signal

# Sent inside the transaction of setup_site, when everything else is made.
# Arguments: ``sender``, the function; ``homes``, the home page of each locale; ``say``, called with a line to report.
site_set_up = Signal()

# Sent by load_demo when the rows of its plain pages and news are there, and before any text is written: apps above make
# the rows of theirs, so that every text may link to every page, and say what they add to news items and menus.
# Arguments: ``sender``; ``trees``, a DemoTrees of each language; ``report``, as below.
demo_rows_made = Signal()

# Sent by load_demo when everything else of the demonstration is there; it may have been there before.
# Arguments: ``sender``, the function; ``trees``, a DemoTrees of each language; ``report``, called with what is made and
# how much of it was missing.
demo_loaded = Signal()

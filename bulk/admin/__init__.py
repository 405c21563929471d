"""Where the admin offers import and export."""

"""Rich text: parsed into an allow-listed tree, its links resolved in batches, rendered as HTML and plain text."""

"""Tells caches in front of us which answers are old: from changes of the content to tags, and on to a CDN."""

"""What programs must know of each language to search and to sort: pure functions of text, without a database.

``analysis`` turns words into the terms of the search index, ``passages`` marks the words found, ``collation`` sorts.
"""

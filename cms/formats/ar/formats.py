"""Arabic as CLDR writes it. Django has no formats of a date with its hour, and takes American ones in their place.

In the short forms a right-to-left mark stands before each stroke, so that day, month and year keep their order.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، g:i A"
SHORT_DATE_FORMAT = "d\u200f/m\u200f/Y"
SHORT_DATETIME_FORMAT = "d\u200f/m\u200f/Y، g:i A"

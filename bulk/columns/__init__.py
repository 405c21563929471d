"""What the columns of a table mean: how cells become fields and child rows of a page, and those become cells."""

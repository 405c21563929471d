"""What the columns of a table mean: how their cells become fields and child rows of a page, and how those become cells."""

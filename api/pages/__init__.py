"""Pages in the schema: what all of them share, the floor's own types, routing and search."""

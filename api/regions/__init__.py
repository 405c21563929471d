"""The domain in the schema: continents, countries and news."""

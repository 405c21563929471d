"""Measures the GraphQL endpoint beside what a frontend team would otherwise use, on the same models and data."""

"""Travel advice in GraphQL."""

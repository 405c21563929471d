"""The bilateral record and the register of agreements in GraphQL."""

"""The GraphQL endpoint: schema, types, loaders, HTTP view, limits, cache. No models of content."""

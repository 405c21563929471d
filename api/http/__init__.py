"""GraphQL over HTTP: what is read from a request, in which media type and with which status it is answered."""

"""graphql-core's own tests, run against `api.execution`: `python -m tests.conformance`.

They come from the source distribution of the locked release, which pip downloads once into .cache/; its hash must be
one that requirements/base.txt holds. Tests of awaitables, which `api.execution` does not have, are listed in
awaitables.txt and left out; any other failure fails the run.
"""

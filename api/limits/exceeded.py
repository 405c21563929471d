"""The refusal of a request that asks for too much."""

from api.errors import ErrorCode

LARGEST_NUMBER = 10**9


class LimitExceededError(Exception):
    """`code` says which limit; `requested` and `allowed` are the numbers, as the client reads them."""

    def __init__(self, code: ErrorCode, what: str, *, requested: int, allowed: int) -> None:
        # Fragments that spread fragments reach numbers that JSON cannot hold.
        requested = min(requested, LARGEST_NUMBER)
        super().__init__(f"The request has {what} of {requested:,}; at most {allowed:,} is allowed.")
        self.code = code
        self.requested = requested
        self.allowed = allowed

"""What one operation may ask for, checked before it is executed and refused with the numbers.

In order: the bytes of the request (api.http), the tokens and brackets of the document (`lexical`), then, once it is
parsed, its fragments, depth, aliases, root fields, directives and fields (`shape`) and how often fields repeat
(`repetition`). Last, once it is valid and its variables are known, how large the answer may become (`cost`, which alone
looks at the schema). While it is executed, how many large ones may be (`heavy`), and how long the database may take for
each statement (`statements`).
"""

from api.limits.cost import Costs
from api.limits.exceeded import LARGEST_NUMBER, LimitExceededError
from api.limits.heavy import BusyError, heavy_turns
from api.limits.lexical import scan
from api.limits.settings import Limits, limits
from api.limits.shape import check_shape
from api.limits.statements import is_statement_timeout, statements_bound

__all__ = [
    "LARGEST_NUMBER",
    "BusyError",
    "Costs",
    "LimitExceededError",
    "Limits",
    "check_shape",
    "heavy_turns",
    "is_statement_timeout",
    "limits",
    "scan",
    "statements_bound",
]

"""A look at the tokens of a document, before a recursive parser touches it."""

from graphql import GraphQLError, Source
from graphql.language import Lexer, TokenKind

from api.errors import ErrorCode
from api.limits.exceeded import LimitExceededError
from api.limits.settings import Limits

_OPENING = (TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L)
_CLOSING = (TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R)
_NUMBERS = (TokenKind.INT, TokenKind.FLOAT)
_STRINGS = (TokenKind.STRING, TokenKind.BLOCK_STRING)
# The longest double has 17 significant digits; Python refuses to read integers of more than 4,300.
MAX_NUMBER_LENGTH = 40


class UnusableLiteralError(GraphQLError):
    """A literal that no argument could take, and that the layers below cannot even look at."""


def scan(source: Source, limits: Limits) -> int:
    """The number of tokens in `source`, comments included.

    Raises LimitExceededError for too many tokens or brackets within brackets, UnusableLiteralError for a number that is
    too long or a string that holds NUL (PostgreSQL keeps none), and GraphQLSyntaxError where there is no token.
    """
    lexer = Lexer(source)
    token = lexer.token
    tokens = nesting = 0

    def unusable(what: str) -> UnusableLiteralError:
        return UnusableLiteralError(what, source=source, positions=[token.start])

    # read_next_token and not advance(): comments count, and no chain of tokens is kept.
    while (token := lexer.read_next_token(token.end)).kind is not TokenKind.EOF:
        tokens += 1
        if tokens > limits.tokens:
            # How many there are in all is not worth finding out.
            raise LimitExceededError(
                ErrorCode.TOKEN_LIMIT, "a number of tokens", requested=tokens, allowed=limits.tokens
            )
        if token.kind in _OPENING:
            nesting += 1
            if nesting > limits.nesting:
                raise LimitExceededError(
                    ErrorCode.DEPTH_LIMIT, "a nesting of brackets", requested=nesting, allowed=limits.nesting
                )
        elif token.kind in _CLOSING:
            nesting -= 1
        elif token.kind in _NUMBERS:
            if token.end - token.start > MAX_NUMBER_LENGTH:
                raise UnusableLiteralError(
                    "A number in the document is too long.", source=source, positions=[token.start]
                )
        elif token.kind in _STRINGS and "\0" in (token.value or ""):
            raise unusable("A string in the document holds NUL.")
    return tokens

"""Pictures by id, and a picture as one use of it shows it."""

from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from home.selectors.media import image_rows_public


class ImageLoader(BatchLoader[int, dict[str, Any] | None]):
    """Rows of public pictures by id."""

    def batch_load(self, keys: list[int]) -> dict[int, dict[str, Any] | None]:
        return {**image_rows_public(ids=keys)}


@dataclass(frozen=True, slots=True)
class ImageValue:
    """A picture's row with the alternative text and credit of one use of it."""

    row: dict[str, Any]
    alt: str
    credit: str

    @property
    def id(self) -> str:
        """Different for each alternative text and credit, so that normalising caches keep the uses apart."""
        use = blake2s(f"{self.alt}\0{self.credit}".encode(), digest_size=6).hexdigest()
        return f"{self.row['id']}-{use}"

    @property
    def width(self) -> int:
        return int(self.row["width"])

    @property
    def height(self) -> int:
        return int(self.row["height"])


def image_load(
    context: GraphQLContext, image_id: int | None, *, alt: str, credit: str = ""
) -> Deferred[ImageValue | None]:
    """The picture for a use with ``alt`` and ``credit`` (empty: the picture's own); None without a public one."""
    if image_id is None:
        return Deferred.resolved(None)

    def value(row: dict[str, Any] | None) -> ImageValue | None:
        return None if row is None else ImageValue(row, alt, credit or row["credit"])

    return context.loaders.get(ImageLoader).load(image_id).then(value)

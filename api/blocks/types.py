"""The types of the blocks, and their union ``BodyBlock``."""

from enum import Enum, StrEnum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.dates import Date
from api.embeds import Embed
from api.files import Document
from api.images import Image
from api.pages.links import PageLink
from api.rich_text import RichText


class DatePrecision(StrEnum):
    """How much of a date is certain."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class CalloutTone(StrEnum):
    """What a call-out is for."""

    INFO = "info"
    WARNING = "warning"
    SUCCESS = "success"


_VALUE_DESCRIPTIONS: dict[Enum, str] = {
    DatePrecision.DAY: "The day is certain.",
    DatePrecision.MONTH: "Month and year are certain; the day is arbitrary.",
    DatePrecision.YEAR: "The year is certain; day and month are arbitrary.",
    CalloutTone.INFO: "Information.",
    CalloutTone.WARNING: "A warning.",
    CalloutTone.SUCCESS: "Good news.",
}

DatePrecisionEnum = graphene.Enum.from_enum(
    DatePrecision,
    description=lambda value: _VALUE_DESCRIPTIONS[value] if value else "How much of a date is certain.",
)
CalloutToneEnum = graphene.Enum.from_enum(
    CalloutTone, description=lambda value: _VALUE_DESCRIPTIONS[value] if value else "What a call-out is for."
)


class Block(graphene.Interface):
    """A piece of a page's body."""

    id = graphene.ID(
        required=True,
        description="Identifies the block of this page for this language; stable while it stays on the page.",
    )


class HeadingBlock(graphene.ObjectType):
    """A heading within the body; its level gives the outline of the page."""

    class Meta:
        interfaces = (Block,)

    text = graphene.String(required=True, description="The heading.")
    level = graphene.Int(required=True, description="2 for a section, 3 for a sub-section.")


class RichTextBlock(graphene.ObjectType):
    """Paragraphs, lists and links."""

    class Meta:
        interfaces = (Block,)

    content = graphene.Field(RichText, required=True, description="The text.")


class PictureBlock(graphene.ObjectType):
    """A picture with its caption."""

    class Meta:
        interfaces = (Block,)

    image = graphene.Field(Image, required=True, description="The picture, with its alternative text and credit.")
    caption = graphene.String(required=True, description="Shown below the picture; may be empty.")


class QuoteBlock(graphene.ObjectType):
    """Words of a person."""

    class Meta:
        interfaces = (Block,)

    text = graphene.String(required=True, description="The quotation, without quotation marks.")
    attribution = graphene.String(required=True, description="Who said or wrote it; may be empty.")
    role = graphene.String(required=True, description="Office of that person; may be empty.")


class KeyFigure(graphene.ObjectType):
    """One figure."""

    value = graphene.String(required=True, description="The figure with its unit.")
    label = graphene.String(required=True, description="What the figure counts.")
    note = graphene.String(required=True, description="Source or year; may be empty.")


class KeyFiguresBlock(graphene.ObjectType):
    """A few figures shown large."""

    class Meta:
        interfaces = (Block,)

    title = graphene.String(required=True, description="Shown above the figures; may be empty.")
    figures = graphene.List(graphene.NonNull(KeyFigure), required=True, description="The figures, in order.")


class TimelineEvent(graphene.ObjectType):
    """One event of a timeline."""

    date = Date(required=True, description="Day of the event; `precision` says how much of it is certain.")
    precision = graphene.Field(DatePrecisionEnum, required=True, description="How much of the date is certain.")
    title = graphene.String(required=True, description="What happened.")
    text = graphene.Field(RichText, description="More detail.")


class TimelineBlock(graphene.ObjectType):
    """Dated events."""

    class Meta:
        interfaces = (Block,)

    title = graphene.String(required=True, description="Shown above the timeline; may be empty.")
    events = graphene.List(
        graphene.NonNull(TimelineEvent), required=True, description="The events, in the order given by the editor."
    )


class DocumentBlock(graphene.ObjectType):
    """A document to download."""

    class Meta:
        interfaces = (Block,)

    label = graphene.String(required=True, description="The words of the link: given by the editor, or the title.")
    document = graphene.Field(Document, required=True, description="The document.")


class PageLinksBlock(graphene.ObjectType):
    """Links to related pages."""

    class Meta:
        interfaces = (Block,)

    title = graphene.String(required=True, description="Shown above the links; may be empty.")
    links = graphene.List(
        graphene.NonNull(PageLink), required=True, description="The links, those left out that lead nowhere visible."
    )


class VideoBlock(graphene.ObjectType):
    """A video kept by a video service."""

    class Meta:
        interfaces = (Block,)

    url = graphene.String(required=True, description="Address of the video's page.")
    title = graphene.String(required=True, description="What the video shows, for screen readers.")
    caption = graphene.String(required=True, description="Shown below the video; may be empty.")
    embed = graphene.Field(Embed, description="How to show it; null while the service has not answered.")


class CalloutBlock(graphene.ObjectType):
    """A boxed text that must not be missed."""

    class Meta:
        interfaces = (Block,)

    tone = graphene.Field(CalloutToneEnum, required=True, description="What the box is for.")
    title = graphene.String(required=True, description="Title of the box; may be empty.")
    content = graphene.Field(RichText, required=True, description="The text.")


class TableCell(graphene.ObjectType):
    """One cell of a table."""

    text = graphene.String(required=True, description="What stands in the cell; may be empty.")
    is_header = graphene.Boolean(required=True, description="Whether it heads its row or column.")


class TableRow(graphene.ObjectType):
    """One row of a table."""

    cells = graphene.List(graphene.NonNull(TableCell), required=True, description="As many in every row.")


class TableBlock(graphene.ObjectType):
    """A table of texts."""

    class Meta:
        interfaces = (Block,)

    title = graphene.String(required=True, description="Shown above the table; may be empty.")
    caption = graphene.String(required=True, description="What the table holds, for screen readers; may be empty.")
    rows = graphene.List(graphene.NonNull(TableRow), required=True, description="The rows, in order.")


class BodyBlock(graphene.Union):
    """Everything that may stand in the body of a page."""

    class Meta:
        types = (
            HeadingBlock,
            RichTextBlock,
            PictureBlock,
            QuoteBlock,
            KeyFiguresBlock,
            TimelineBlock,
            DocumentBlock,
            PageLinksBlock,
            VideoBlock,
            CalloutBlock,
            TableBlock,
        )

    @classmethod
    def resolve_type(cls, instance: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return str(instance["__typename"])


class Fact(graphene.ObjectType):
    """One key fact of a country."""

    label = graphene.String(required=True, description="What the fact is about, for example: Currency.")
    value = graphene.String(required=True, description="The fact, for example: Mexican peso.")

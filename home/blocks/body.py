"""The blocks an editor builds a page's body from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.table import TableStructBlock

RICH_TEXT_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "superscript",
    "link",
    "document-link",
    "ol",
    "ul",
    "hr",
    "blockquote",
]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    """A section heading; its level gives the outline of the page."""

    text = blocks.CharBlock(max_length=255, label=_("Text"), help_text=_("The heading itself, without a full stop."))
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Sub-section"))],
        default="2",
        label=_("Level"),
        help_text=_("A section holds sub-sections."),
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        help_text = _("Divides a long page into sections.")
        template = "home/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text, caption and credit."""

    image = ImageBlock(label=_("Picture"), help_text=_("Describe the picture, or mark it as decorative."))
    caption = blocks.CharBlock(
        required=False, max_length=255, label=_("Caption"), help_text=_("Shown below the picture.")
    )
    credit = blocks.CharBlock(
        required=False, max_length=255, label=_("Credit"), help_text=_("Who made the picture or owns it.")
    )

    class Meta:
        label = _("Picture")
        icon = "image"
        help_text = _("A picture with a caption.")
        template = "home/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Words of a person, with the person's name and role."""

    text = blocks.TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the website adds them."))
    attribution = blocks.CharBlock(
        required=False, max_length=255, label=_("Attribution"), help_text=_("Who said or wrote it.")
    )
    role = blocks.CharBlock(
        required=False, max_length=255, label=_("Role"), help_text=_("For example: Minister of Foreign Affairs.")
    )

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        help_text = _("A quotation with its attribution.")
        template = "home/blocks/quote.html"


class KeyFigureBlock(blocks.StructBlock):
    """One figure, such as « 5 M — Marocains hispanophones »."""

    value = blocks.CharBlock(max_length=50, label=_("Figure"), help_text=_("With its unit, for example: 1.2 M€."))
    label = blocks.CharBlock(max_length=255, label=_("Label"), help_text=_("What the figure counts."))
    note = blocks.CharBlock(
        required=False, max_length=255, label=_("Note"), help_text=_("Source or year, in a few words.")
    )

    class Meta:
        label = _("Figure")
        icon = "order"


class KeyFiguresBlock(blocks.StructBlock):
    """A row of figures that sum up a relation."""

    title = blocks.CharBlock(required=False, max_length=255, label=_("Title"), help_text=_("Shown above the figures."))
    figures = blocks.ListBlock(KeyFigureBlock(), min_num=1, max_num=12, label=_("Figures"))

    class Meta:
        label = _("Key figures")
        icon = "order"
        help_text = _("A few figures shown large, side by side.")
        template = "home/blocks/key_figures.html"


class TimelineEventBlock(blocks.StructBlock):
    """One event of a timeline; the date may be known to the day, the month or the year."""

    date = blocks.DateBlock(label=_("Date"), help_text=_("Any day of the month or year when only that is known."))
    precision = blocks.ChoiceBlock(
        choices=[("day", _("Day")), ("month", _("Month")), ("year", _("Year"))],
        default="day",
        label=_("Precision"),
        help_text=_("How much of the date is certain."),
    )
    title = blocks.CharBlock(max_length=255, label=_("Title"), help_text=_("What happened, in a few words."))
    text = blocks.RichTextBlock(
        required=False, features=INLINE_FEATURES, label=_("Text"), help_text=_("More detail, if needed.")
    )

    class Meta:
        label = _("Event")
        icon = "date"


class TimelineBlock(blocks.StructBlock):
    """Dated events in the order given by the editor."""

    title = blocks.CharBlock(required=False, max_length=255, label=_("Title"), help_text=_("Shown above the timeline."))
    events = blocks.ListBlock(TimelineEventBlock(), min_num=1, label=_("Events"))

    class Meta:
        label = _("Timeline")
        icon = "history"
        help_text = _("Dated events, such as visits and agreements.")
        template = "home/blocks/timeline.html"


class DocumentDownloadBlock(blocks.StructBlock):
    """A document that readers can download."""

    document = DocumentChooserBlock(label=_("Document"), help_text=_("A PDF or an office file."))
    label = blocks.CharBlock(
        required=False, max_length=255, label=_("Link text"), help_text=_("Empty: the title of the document.")
    )

    class Meta:
        label = _("Document")
        icon = "doc-full"
        help_text = _("A link that downloads a document.")
        template = "home/blocks/document.html"


class PageLinkBlock(blocks.StructBlock):
    """A link to a page of this site; it leads to the reader's language where the page exists in it."""

    page = blocks.PageChooserBlock(label=_("Page"), help_text=_("In any language: readers get their own."))
    label = blocks.CharBlock(
        required=False, max_length=255, label=_("Link text"), help_text=_("Empty: the title of the page.")
    )

    class Meta:
        label = _("Page link")
        icon = "link"


class PageLinksBlock(blocks.StructBlock):
    """A list of links to related pages."""

    title = blocks.CharBlock(required=False, max_length=255, label=_("Title"), help_text=_("Shown above the links."))
    links = blocks.ListBlock(PageLinkBlock(), min_num=1, label=_("Links"))

    class Meta:
        label = _("Page links")
        icon = "list-ul"
        help_text = _("Links to related pages.")
        template = "home/blocks/page_links.html"


class VideoBlock(blocks.StructBlock):
    """A video kept by a video service."""

    video = EmbedBlock(
        label=_("Video address"), help_text=_("The address of the video's page, for example on YouTube.")
    )
    title = blocks.CharBlock(
        max_length=255, label=_("Title"), help_text=_("Read by screen readers: what the video shows.")
    )
    caption = blocks.CharBlock(
        required=False, max_length=255, label=_("Caption"), help_text=_("Shown below the video.")
    )

    class Meta:
        label = _("Video")
        icon = "media"
        help_text = _("A video from a video service.")
        template = "home/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    """A boxed text that must not be missed."""

    tone = blocks.ChoiceBlock(
        choices=[("info", _("Information")), ("warning", _("Warning")), ("success", _("Good news"))],
        default="info",
        label=_("Tone"),
        help_text=_("Sets the colour and the icon on the website."),
    )
    title = blocks.CharBlock(required=False, max_length=255, label=_("Title"), help_text=_("A few words."))
    text = blocks.RichTextBlock(features=[*INLINE_FEATURES, "ol", "ul"], label=_("Text"), help_text=_("Keep it short."))

    class Meta:
        label = _("Call-out")
        icon = "warning"
        help_text = _("A box that draws attention.")
        template = "home/blocks/callout.html"


class BodyStreamBlock(blocks.StreamBlock):
    """Everything that may stand in the body of a page."""

    heading = HeadingBlock()
    rich_text = blocks.RichTextBlock(
        features=RICH_TEXT_FEATURES,
        label=_("Text"),
        icon="pilcrow",
        help_text=_("Paragraphs, lists and links."),
        template="home/blocks/rich_text.html",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    key_figures = KeyFiguresBlock()
    timeline = TimelineBlock()
    document = DocumentDownloadBlock()
    page_links = PageLinksBlock()
    video = VideoBlock()
    callout = CalloutBlock()
    table = TableStructBlock()

    class Meta:
        label = _("Body")


BODY_BLOCKS = tuple(BodyStreamBlock().child_blocks)

"""The type ``Image`` and what belongs to it."""

from enum import Enum

import graphene
from graphql import GraphQLResolveInfo

from api.errors import BadUserInput
from api.images.loaders import ImageValue
from api.images.presets import LARGEST, PRESET_DESCRIPTIONS, ImagePreset
from api.images.renditions import RenditionValue, rendition_of_preset, rendition_of_size


class ImageFormat(Enum):
    """File formats that pictures come in."""

    WEBP = "webp"
    AVIF = "avif"
    JPEG = "jpeg"
    PNG = "png"


_FORMAT_DESCRIPTIONS = {
    ImageFormat.WEBP: "WebP: small, and read by every current browser.",
    ImageFormat.AVIF: "AVIF: smaller still, slower to make.",
    ImageFormat.JPEG: "JPEG: for e-mail and old programs; transparent parts turn white.",
    ImageFormat.PNG: "PNG: without loss, large.",
}


def _preset_description(preset: ImagePreset | None) -> str:
    if preset is None:
        return "Named sizes of pictures. None enlarges a picture; cropping keeps its focal point."
    return PRESET_DESCRIPTIONS[preset]


def _format_description(file_format: ImageFormat | None) -> str:
    return "File formats of pictures." if file_format is None else _FORMAT_DESCRIPTIONS[file_format]


ImagePresetEnum = graphene.Enum.from_enum(ImagePreset, description=_preset_description)
ImageFormatEnum = graphene.Enum.from_enum(ImageFormat, description=_format_description)


class FocalPoint(graphene.ObjectType):
    """The part of a picture that matters most, as a point."""

    x = graphene.Float(required=True, description="From the left edge, 0 to 1 of the width.")
    y = graphene.Float(required=True, description="From the top edge, 0 to 1 of the height.")


class ImageRendition(graphene.ObjectType):
    """A picture in one size and format. The file is made when its address is first fetched."""

    url = graphene.String(required=True, description="Absolute address of the file.")
    width = graphene.Int(required=True, description="Width in pixels.")
    height = graphene.Int(required=True, description="Height in pixels.")
    src_set = graphene.String(
        required=True, description="The same picture in several widths, for the attribute `srcset`."
    )


class Image(graphene.ObjectType):
    """A picture as it is used in one place."""

    id = graphene.ID(required=True, description="Identifies this use of the picture: its file, alt and credit.")
    alt = graphene.String(
        required=True, description="Alternative text, in the language of the page; empty for decoration."
    )
    credit = graphene.String(required=True, description="Who made the picture or owns it; may be empty.")
    width = graphene.Int(required=True, description="Width of the original in pixels.")
    height = graphene.Int(required=True, description="Height of the original in pixels.")
    focal_point = graphene.Field(
        FocalPoint, description="The centre of what must stay visible; null where none was chosen."
    )
    rendition = graphene.Field(
        ImageRendition,
        required=True,
        description="The picture in a named size.",
        preset=graphene.Argument(
            ImagePresetEnum, required=True, default_value=ImagePreset.CARD, description="The named size."
        ),
        format=graphene.Argument(
            ImageFormatEnum, required=True, default_value=ImageFormat.WEBP, description="The file format."
        ),
    )
    resized = graphene.Field(
        ImageRendition,
        description=(
            "The whole picture scaled to a width or a height, or cropped to both around its focal point. Sizes are "
            f"rounded up to one of a few steps, so the answer's size may differ; at most {LARGEST}. "
            "Null, with an error, for a size that is none."
        ),
        width=graphene.Argument(graphene.Int, description="Width in pixels."),
        height=graphene.Argument(graphene.Int, description="Height in pixels."),
        format=graphene.Argument(
            ImageFormatEnum, required=True, default_value=ImageFormat.WEBP, description="The file format."
        ),
    )

    @staticmethod
    def resolve_focal_point(image: ImageValue, info: GraphQLResolveInfo) -> dict[str, float] | None:
        x, y = image.row["focal_point_x"], image.row["focal_point_y"]
        if x is None or y is None or not image.width or not image.height:
            return None
        # Wagtail keeps the centre of the focal area in pixels.
        return {"x": round(x / image.width, 4), "y": round(y / image.height, 4)}

    @staticmethod
    def resolve_rendition(
        image: ImageValue,
        info: GraphQLResolveInfo,
        preset: ImagePreset,
        format: ImageFormat,  # noqa: A002 - the argument's public name
    ) -> RenditionValue:
        return rendition_of_preset(image, preset, format.value, info.context.request)

    @staticmethod
    def resolve_resized(
        image: ImageValue,
        info: GraphQLResolveInfo,
        format: ImageFormat,  # noqa: A002 - the argument's public name
        width: int | None = None,
        height: int | None = None,
    ) -> RenditionValue:
        if width is None and height is None:
            raise BadUserInput("Give a width, a height or both.")
        for name, size in (("width", width), ("height", height)):
            if size is not None and not 1 <= size <= LARGEST:
                raise BadUserInput(f"The {name} must lie between 1 and {LARGEST}.")
        return rendition_of_size(image, width, height, format.value, info.context.request)

"""Pictures and documents for the demonstration, and what is known of its video without asking anybody."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.images import get_image_model
from wagtail.models import Collection

from home.models import CustomDocument, CustomImage
from regions.demo.drawing import picture_draw
from regions.demo.pdf import pdf_make
from regions.demo.reader import media_facts, page_texts

CREDIT = "Diwan"
_JPEG_QUALITY = 90


def media_load_all(*, owner: Any, say: Callable[[str], None]) -> tuple[dict[str, int], int]:
    """Make the pictures and documents that are missing. Return primary keys by ``image:key`` and ``document:key``.

    They are found again by the name of their file, so an editor may give them another title.
    """
    collection = Collection.get_first_root_node()
    ids: dict[str, int] = {}
    created = 0
    for key, facts in media_facts()["images"].items():
        image = CustomImage.objects.filter(file__contains=f"/demo-{key}-drawing").order_by("pk").first()
        if image is None:
            say(f"  drawing {key} …")
            image = _image_make(key=key, facts=facts, owner=owner, collection=collection)
            created += 1
        ids[f"image:{key}"] = image.pk
    for key, facts in media_facts()["documents"].items():
        text = page_texts(facts["language"])["document"]
        pk, is_new = document_load(facts=facts, text=text, owner=owner)
        ids[f"document:{key}"] = pk
        created += is_new
    return ids, created


def document_load(*, facts: Mapping[str, Any], text: Mapping[str, Any], owner: Any) -> tuple[int, bool]:
    """The document of ``facts`` (title, filename), made of ``text`` (title, paragraphs) where it is missing.

    Return its primary key, and whether it is new.
    """
    stem, _dot, _extension = facts["filename"].rpartition(".")
    document = CustomDocument.objects.filter(file__contains=f"/demo-{stem}").order_by("pk").first()
    if document is not None:
        return document.pk, False
    return _document_make(facts=facts, text=text, owner=owner).pk, True


def _image_make(*, key: str, facts: Mapping[str, Any], owner: Any, collection: Collection) -> Any:
    width, height = facts["size"]
    picture = picture_draw(drawing=facts["drawing"], size=(width, height), arguments=facts.get("arguments", {}))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    x, y, share = facts["focal_point"]
    return get_image_model().objects.create(
        title=facts["title"],
        credit=CREDIT,
        collection=collection,
        uploaded_by_user=owner,
        file=ContentFile(buffer.getvalue(), name=f"demo-{key}-drawing.jpg"),
        width=width,
        height=height,
        file_size=buffer.tell(),
        focal_point_x=round(x * width),
        focal_point_y=round(y * height),
        focal_point_width=round(share * width),
        focal_point_height=round(share * height),
    )


def _document_make(*, facts: Mapping[str, Any], text: Mapping[str, Any], owner: Any) -> CustomDocument:
    if facts["filename"].endswith(".pdf"):
        content = pdf_make(title=text["title"], paragraphs=text["paragraphs"])
    else:
        content = "\n\n".join([text["title"], *text["paragraphs"], ""]).encode()
    return CustomDocument.objects.create(
        title=facts["title"],
        collection=Collection.get_first_root_node(),
        uploaded_by_user=owner,
        file=ContentFile(content, name=f"demo-{facts['filename']}"),
        file_size=len(content),
    )


def video_store(*, url: str, title: str) -> None:
    """Keep the player of a YouTube video, which the demonstration shows on machines without a network too."""
    video_id = url.rpartition("=")[2]
    player = (
        f'<iframe width="480" height="270" src="https://www.youtube-nocookie.com/embed/{video_id}" '
        f'title="{title}" allowfullscreen></iframe>'
    )
    Embed.objects.get_or_create(
        hash=get_embed_hash(url),
        defaults={
            "url": url,
            "type": "video",
            "html": player,
            "title": title,
            "provider_name": "YouTube",
            "author_name": "NASA",
            "width": 480,
            "height": 270,
        },
    )

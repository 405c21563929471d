"""Pictures: what is promised of a size is what its address renders, and promising writes nothing."""

import io
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage
from PIL.ExifTags import Base

from home.models import CustomImage, CustomRendition
from tests.asking import ask, body_of, codes_of, post
from tests.bodies import private_collection
from tests.factories import ImageFactory, SiteTree

SIZE = "{ url width height srcSet }"


def image_make(tree: SiteTree, *, width: int = 1000, height: int = 700, **fields: Any) -> CustomImage:
    """A picture on the French page of Mexico."""
    drawn = {} if "file" in fields else {"file__width": width, "file__height": height}
    image: CustomImage = ImageFactory(**drawn, **fields)
    page = tree.country["fr", "MX"]
    page.image, page.image_alt = image, "Le drapeau"
    page.save()
    return image


def image_ask(fields: str) -> dict[str, Any]:
    answer: dict[str, Any] = ask('{ country(code: "MX") { image {' + fields + "} } }")["country"]["image"]
    return answer


def fetched(url: str) -> tuple[str, tuple[int, int]]:
    """Media type and size in pixels of what an absolute address renders."""
    assert url.startswith("http://testserver/images/")
    response = Client().get(url.removeprefix("http://testserver"))
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    with PillowImage.open(io.BytesIO(content)) as picture:
        return response.headers["Content-Type"], picture.size


def sources(src_set: str) -> list[tuple[str, int]]:
    """Address and width of each candidate of a srcset."""
    found = re.findall(r"(\S+) (\d+)w(?:, |$)", src_set)
    assert ", ".join(f"{url} {width}w" for url, width in found) == src_set
    return [(url, int(width)) for url, width in found]


def test_alternative_text_credit_size_and_focal_point(site_tree: SiteTree) -> None:
    image_make(
        site_tree,
        credit="The archive",
        focal_point_x=250,
        focal_point_y=350,
        focal_point_width=10,
        focal_point_height=10,
    )
    answer = image_ask("alt credit width height focalPoint { x y }")
    assert answer == {
        "alt": "Le drapeau",
        "credit": "The archive",
        "width": 1000,
        "height": 700,
        "focalPoint": {"x": 0.25, "y": 0.5},
    }


def test_a_picture_without_a_focal_point_has_none(site_tree: SiteTree) -> None:
    image_make(site_tree)
    assert image_ask("focalPoint { x }") == {"focalPoint": None}


def test_two_uses_of_a_picture_have_two_ids(site_tree: SiteTree) -> None:
    image = image_make(site_tree)
    other = site_tree.country["fr", "BR"]
    other.image, other.image_alt = image, "Un drapeau"
    other.save()
    query = '{ a: country(code: "MX") { image { id alt } } b: country(code: "BR") { image { id alt } } }'
    answer = ask(query)
    assert answer["a"]["image"]["id"] != answer["b"]["image"]["id"]
    assert ask(query) == answer


@pytest.mark.parametrize(
    "focal_point",
    [{}, {"focal_point_x": 900, "focal_point_y": 100, "focal_point_width": 120, "focal_point_height": 90}],
    ids=["centre", "corner"],
)
def test_every_preset_renders_as_promised(site_tree: SiteTree, focal_point: dict[str, int]) -> None:
    image_make(site_tree, **focal_point)
    presets = ("THUMBNAIL", "CARD", "HERO", "SOCIAL", "CONTENT", "ORIGINAL")
    answer = image_ask(" ".join(f"{name}: rendition(preset: {name}, format: JPEG) {SIZE}" for name in presets))
    sizes = {}
    for name in presets:
        rendition = answer[name]
        size = (rendition["width"], rendition["height"])
        assert fetched(rendition["url"]) == ("image/jpeg", size)
        candidates = sources(rendition["srcSet"])
        assert (rendition["url"], rendition["width"]) in candidates
        assert len({width for _, width in candidates}) == len(candidates)
        for url, width in candidates:
            assert fetched(url)[1][0] == width
        sizes[name] = (size, [width for _, width in candidates])
    if not focal_point:
        # Nothing is enlarged: 1000 by 700 gives at most 1000 by 562 of 16:9, and 1000 by 418 of 12:5.
        assert sizes["THUMBNAIL"] == ((160, 160), [160, 320])
        assert sizes["CARD"] == ((640, 360), [320, 480, 640, 960, 1000])
        assert sizes["HERO"][0] == (1000, 418)
        assert sizes["SOCIAL"][0] == (1000, 526)
        assert sizes["CONTENT"] == ((960, 672), [320, 480, 640, 960, 1000])
        assert sizes["ORIGINAL"] == ((1000, 700), [1000])


def test_a_picture_taken_with_the_camera_held_upright(site_tree: SiteTree) -> None:
    lying, raw = PillowImage.new("RGB", (600, 400), "green"), io.BytesIO()
    exif = PillowImage.Exif()
    exif[Base.Orientation] = 6
    lying.save(raw, "JPEG", exif=exif)
    image = image_make(site_tree, file=ContentFile(raw.getvalue(), "upright.jpg"))
    image.refresh_from_db()
    assert (image.width, image.height) == (400, 600)
    image.title = "Saved again"
    image.save()
    answer = image_ask(
        "width height a: rendition(preset: ORIGINAL) { url width height } b: resized(width: 160) " + SIZE
    )
    assert (answer["width"], answer["height"]) == (400, 600)
    for name, size in (("a", (400, 600)), ("b", (160, 240))):
        assert (answer[name]["width"], answer[name]["height"]) == size
        assert fetched(answer[name]["url"])[1] == size


def test_formats(site_tree: SiteTree) -> None:
    image_make(site_tree, width=200, height=100)
    formats = {"WEBP": "image/webp", "AVIF": "image/avif", "JPEG": "image/jpeg", "PNG": "image/png"}
    fields = " ".join(f"{name}: rendition(preset: THUMBNAIL, format: {name}) {{ url }}" for name in formats)
    answer = image_ask(fields)
    for name, media_type in formats.items():
        assert fetched(answer[name]["url"])[0] == media_type


def test_the_default_is_a_card_in_webp(site_tree: SiteTree) -> None:
    image_make(site_tree)
    answer = image_ask(f"a: rendition {SIZE} b: rendition(preset: CARD, format: WEBP) {SIZE}")
    assert answer["a"] == answer["b"]


@pytest.mark.parametrize(
    ("arguments", "size", "widths"),
    [
        ("width: 480", (480, 336), [480, 640, 800, 960]),
        ("width: 481", (640, 448), [640, 800, 960, 1000]),
        ("width: 2560", (1000, 700), [1000]),
        ("height: 240", (342, 240), [342, 457, 685]),
        ("width: 320, height: 320", (320, 320), [320, 640]),
        ("width: 300, height: 100", (320, 160), [320, 640]),
        ("width: 1, height: 1", (80, 80), [80, 160]),
    ],
)
def test_other_sizes_come_in_steps(
    site_tree: SiteTree, arguments: str, size: tuple[int, int], widths: list[int]
) -> None:
    image_make(site_tree)
    answer = image_ask(f"resized({arguments}, format: PNG) {SIZE}")["resized"]
    assert (answer["width"], answer["height"]) == size
    assert fetched(answer["url"]) == ("image/png", size)
    assert [width for _, width in sources(answer["srcSet"])] == widths


def test_sizes_out_of_bounds_are_refused(site_tree: SiteTree) -> None:
    image_make(site_tree)
    for arguments in ("", "(width: 0)", "(width: -1)", "(height: 2561)", "(width: 2147483647)", "(width: null)"):
        response = post({"query": '{ country(code: "MX") { image { alt resized' + arguments + " { url } } } }"})
        assert codes_of(response) == ["BAD_USER_INPUT"], arguments
        assert body_of(response)["data"] == {"country": {"image": {"alt": "Le drapeau", "resized": None}}}


def test_nobody_chooses_a_size_by_hand(site_tree: SiteTree) -> None:
    image_make(site_tree)
    url = image_ask("rendition { url }")["rendition"]["url"].removeprefix("http://testserver")
    assert "fill-640x360" in url
    assert Client().get(url.replace("fill-640x360", "fill-641x360")).status_code == 403
    assert CustomRendition.objects.count() == 0


def test_reading_writes_nothing_and_looks_at_no_file(site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    image_make(site_tree)
    monkeypatch.setattr(CustomImage, "get_rendition", None)
    monkeypatch.setattr(CustomImage, "open_file", None)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        image_ask(f"rendition {SIZE} a: rendition(preset: HERO) {SIZE} resized(width: 100) {SIZE}")
    assert CustomRendition.objects.count() == 0
    assert {query["sql"].split()[0] for query in captured.captured_queries} == {"SELECT"}


def test_a_picture_below_a_private_collection_is_not_there(site_tree: SiteTree) -> None:
    image_make(site_tree, collection=private_collection())
    assert ask('{ country(code: "MX") { title image { alt } } }') == {"country": {"title": "Mexique", "image": None}}


def test_an_address_given_before_the_collection_became_private(site_tree: SiteTree, admin_client: Client) -> None:
    image = image_make(site_tree)
    address = image_ask("rendition(preset: THUMBNAIL, format: JPEG) { url }")["rendition"]["url"]
    fetched(address)
    path = address.removeprefix("http://testserver")
    assert Client().get(path).headers["Cache-Control"] == "max-age=3600, public"

    image.collection = private_collection()
    image.save()
    assert Client().get(path).status_code == 404
    # Whoever is signed in may see it, and no cache between may keep it.
    shown = admin_client.get(path)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-store")
    assert Client().get(path.replace(f"/{image.pk}/", f"/{image.pk + 1}/")).status_code == 403

"""Pictures: upright, of two sizes, and nothing of a camera's left in them."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from terrain.files import pictures
from tests.files.brought import huge_png, photo, png

MARKS = (
    b"Exif",
    b"GPS",
    b"Telephone-Maker",
    b"taken-at-home",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"XMP ",
)


def read(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_nothing_of_the_camera_is_left_in_any_form(kind: str) -> None:
    content = photo(kind=kind)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825), "the photo that was made has a place"
    drawn = pictures.picture("photo", io.BytesIO(content))
    for form in (drawn.page, drawn.small):
        assert [mark for mark in MARKS if mark in form] == []
        image = read(form)
        assert dict(image.getexif()) == {}
        assert {"exif", "xmp", "comment", "icc_profile", "gps"} & image.info.keys() == set()


def test_a_photo_taken_on_its_side_is_upright() -> None:
    drawn = pictures.picture("photo.jpg", io.BytesIO(photo(800, 600, orientation=6)))
    image = read(drawn.page).convert("RGB")
    assert (drawn.width, drawn.height) == image.size == (600, 800)
    red, blue = image.getpixel((300, 100)), image.getpixel((300, 700))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 150, "the left half, red, is on top"
    assert blue[2] > 150


def test_there_are_two_sizes_and_a_small_picture_is_not_blown_up() -> None:
    large = pictures.picture("photo.jpg", io.BytesIO(photo(4000, 3000, orientation=1)))
    assert (large.width, large.height) == (2048, 1536)
    assert read(large.small).size == (640, 480)
    little = pictures.picture("p.png", io.BytesIO(png(40, 30)))
    assert (little.width, little.height) == read(little.small).size == (40, 30)


def test_what_is_transparent_stays_so() -> None:
    drawn = pictures.picture("logo.png", io.BytesIO(png(alpha=True)))
    assert drawn.type == "image/webp"
    assert read(drawn.page).mode == "RGBA"


def test_a_hundred_megapixels_are_refused_before_they_are_drawn() -> None:
    content = huge_png(10_000, 10_000)
    assert len(content) < 50_000
    with pytest.raises(ValidationError, match="too many pixels"):
        pictures.picture("wall.png", io.BytesIO(content))


@pytest.mark.parametrize("cut", [40, 400, 5000])
def test_a_picture_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(ValidationError, match="cannot be read"):
        pictures.picture("photo.jpg", io.BytesIO(photo()[:-cut] if cut < 5000 else photo()[:300]))

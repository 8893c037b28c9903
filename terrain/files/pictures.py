"""Pictures, drawn anew in two sizes: upright, and without anything that a camera or a program wrote beside them."""

import io
import struct
import threading
import warnings
from dataclasses import dataclass
from typing import IO

import pillow_heif
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MOST_PIXELS = 64_000_000
PAGE = 2048
"""Pixels of the longer side, at most, as it is opened large."""
SMALL = 640
"""The same among others, on a page."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF", "AVIF")
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    OverflowError,
    struct.error,
)

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_one_at_a_time = threading.Lock()
"""A large picture takes a quarter of a gigabyte while it is drawn."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: `page` and `small` in the same type, `width` and `height` those of `page`."""

    type: str
    width: int
    height: int
    page: bytes
    small: bytes


def picture(name: str, content: IO[bytes], most_pixels: int = MOST_PIXELS) -> Picture:
    """The picture in this file; raises ValidationError, with a sentence, where it cannot be drawn."""
    try:
        with _one_at_a_time:
            content.seek(0)
            with Image.open(content, formats=FORMATS) as opened:
                if opened.width * opened.height > most_pixels:
                    raise Image.DecompressionBombError
                return _drawn(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise ValidationError(
            _(
                "“%(name)s” has too many pixels: %(most)s millions at most. Make it smaller, then send it again."
            )
            % {"name": name, "most": most_pixels // 1_000_000},
            "pixels",
        ) from None
    except BROKEN:
        raise ValidationError(
            _("“%(name)s” is a picture that cannot be read: it is broken, or was cut short.")
            % {"name": name},
            "broken",
        ) from None


def _drawn(opened: Image.Image) -> Picture:
    is_photo = opened.format in ("JPEG", "MPO", "HEIF")
    if opened.format == "JPEG":
        opened.draft(
            None, (2 * PAGE, 2 * PAGE)
        )  # Decoded at a fraction of its size, which takes a fraction of memory.
    upright = ImageOps.exif_transpose(opened)
    plain = _in_common_colours(upright)
    plain.thumbnail((PAGE, PAGE), Image.Resampling.LANCZOS)
    plain.info = {}
    small = plain.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    small.info = {}
    as_jpeg = is_photo and plain.mode == "RGB"
    return Picture(
        "image/jpeg" if as_jpeg else "image/webp",
        plain.width,
        plain.height,
        _written(plain, as_jpeg),
        _written(small, as_jpeg),
    )


def _in_common_colours(image: Image.Image) -> Image.Image:
    """The same picture in sRGB, with transparency only where it has some."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        target = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            return (
                ImageCms.profileToProfile(
                    image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=target
                )
                or image
            )
        except (ImageCms.PyCMSError, OSError):
            pass  # A broken profile is no reason to lose the picture.
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _written(image: Image.Image, as_jpeg: bool) -> bytes:
    out = io.BytesIO()
    if as_jpeg:
        image.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    else:
        image.save(out, "WEBP", quality=88, method=3)
    return out.getvalue()

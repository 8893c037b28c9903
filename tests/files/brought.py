"""Files made by the tests, byte by byte: what people bring, and what they should not."""

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

GPS = 0x8825
ORIENTATION = 0x0112
LYON = {
    1: "N",
    2: (IFDRational(45), IFDRational(45), IFDRational(32)),
    3: "E",
    4: (IFDRational(4), IFDRational(49), IFDRational(58)),
}


def photo(width: int = 800, height: int = 600, orientation: int = 6, kind: str = "JPEG") -> bytes:
    """A photo as a telephone takes it: on its side, with the place, the maker and a comment; red on its left half."""
    image = Image.new("RGB", (width, height), "royalblue")
    image.paste((200, 30, 30), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Telephone-Maker"
    exif[GPS] = LYON
    out = io.BytesIO()
    options = {"comment": b"taken-at-home"} if kind == "JPEG" else {}
    image.save(out, kind, exif=exif.tobytes(), **options)
    return out.getvalue()


def png(width: int = 40, height: int = 30, alpha: bool = False) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if alpha else "RGB", (width, height), (10, 120, 80, 90)[: 4 if alpha else 3]).save(
        out, "PNG"
    )
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A real PNG of one colour, in grey of one bit: a few kilobytes for a hundred megapixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    rows = zlib.compress((b"\0" + b"\0" * (width // 8)) * height, 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(pages: int = 2, width: int = 595, height: int = 842) -> bytes:
    """A PDF with a dark square at the top of each page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (pages, b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))),
        b"<< /Length 38 >>\nstream\n0.1 0.3 0.2 rg 40 700 120 100 re f    \nendstream",
        *(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 3 0 R >>" % (width, height)
            for _ in range(pages)
        ),
    ]
    out, places = b"%PDF-1.4\n", []
    for n, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(out))
    )


def zipped(name: str = "a.txt", content: bytes = b"bonjour", times: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(times):
            file.writestr(f"{n}-{name}", content)
    return out.getvalue()


def named(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def got(client: Client, path: str) -> Any:
    """What is answered at this address, read to its end, so that its file is closed."""
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer

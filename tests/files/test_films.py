"""Films: known by what is in them, without the place where they were taken, played from anywhere."""

import pytest
from django.core.exceptions import ValidationError

from terrain.attachments.attaching import attach
from terrain.files.keeping import keep
from terrain.files.models import File
from tests.cast import Cast
from tests.files.brought import got, named

HERE = b"+45.7640+004.8357+175.200/"


def box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content


def film(brand: bytes = b"isom", place: bytes = HERE, late: bool = False) -> bytes:
    """The boxes of a film as a telephone writes them, with where it was: `late`, after the pictures."""
    begins = box(b"ftyp", brand + bytes(8))
    spoken = box(b"\xa9xyz", len(place).to_bytes(2, "big") + b"\x15\xc7" + place)
    keyed = box(b"meta", b"com.apple.quicktime.location.ISO6709" + box(b"data", place))
    index = box(b"moov", box(b"mvhd", bytes(100)) + box(b"udta", spoken) + keyed)
    pictures = box(b"mdat", b"\x01" * 5000)
    return begins + (pictures + index if late else index + pictures)


def kept(cast: Cast, content: bytes, name: str = "film.mp4") -> File:
    file = keep(cast.loic, named(name, content))
    attach(cast.answer(cast.in_open), [file])
    return file


def read(cast: Cast, file: File) -> bytes:
    answer = cast.client(cast.ines).get(f"/files/{file.uid}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"qt  "])
def test_where_it_was_taken_is_taken_out_and_nothing_else(cast: Cast, brand: bytes, late: bool) -> None:
    before = film(brand, late=late)
    file = kept(cast, before)
    after = read(cast, file)
    assert file.is_film
    assert b"45.76" not in after
    assert b"\xa9xyz" not in after
    assert len(after) == len(before)
    assert after.count(b"\x01" * 5000) == 1
    assert box(b"mvhd", bytes(100)) in after


@pytest.mark.parametrize("size", [0, 1, 7, 2**31])
def test_boxes_that_lie_about_their_size_end_nothing(cast: Cast, size: int) -> None:
    content = box(b"ftyp", b"isom" + bytes(8)) + size.to_bytes(4, "big") + b"moov" + HERE + bytes(40)
    assert len(read(cast, kept(cast, content))) == len(content)


def test_a_program_is_no_film(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        keep(cast.loic, named("film.mp4", b"MZ" + bytes(500)))


def test_it_is_shown_under_its_message(cast: Cast) -> None:
    file = kept(cast, film())
    page = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert f'<video class="film" controls playsinline preload="metadata" src="/files/{file.uid}"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=100-", (100, None)),
        ("bytes=-50", (-50, None)),
        ("bytes=20-9999999", (20, None)),
    ],
)
def test_a_part_of_it_is_sent_to_who_asks_for_it(
    cast: Cast, asked: str, said: tuple[int, int | None]
) -> None:
    file = kept(cast, film())
    whole = read(cast, file)
    answer = cast.client(cast.ines).get(f"/files/{file.uid}", headers={"range": asked})
    first, last = said[0] % len(whole), len(whole) - 1 if said[1] is None else said[1]
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    content = b"".join(answer.streaming_content)
    assert content == whole[first : last + 1]
    assert answer["Content-Length"] == str(len(content))


def test_what_is_not_there_is_not_sent(cast: Cast) -> None:
    file = kept(cast, film())
    ask = cast.client(cast.ines).get
    assert ask(f"/files/{file.uid}", headers={"range": "bytes=9999999-"}).status_code == 416
    for other in ("bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes"):
        answer = ask(f"/files/{file.uid}", headers={"range": other})
        assert answer.status_code == 200
        b"".join(answer.streaming_content)
    assert got(cast.client(cast.marek), f"/files/{file.uid}").status_code == 200, "the space is open"
    hidden = keep(cast.samira, named("film.mp4", film()))
    attach(cast.first(cast.in_secret), [hidden])
    assert got(cast.client(cast.marek), f"/files/{hidden.uid}").status_code == 404

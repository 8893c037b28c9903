"""Bringing files: told by what is in them, refused in a sentence where they would harm, and found by nobody else."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.files import jobs, receiving
from terrain.files.keeping import clean_name
from terrain.files.models import File
from tests.cast import Cast
from tests.files.brought import got, huge_png, named, pdf, photo, png, zipped

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BOMB = zipped("zeros", b"\0" * 30_000_000, times=4)

REFUSED = {
    "too large": ("film.mov", b"\0" * 3000, "trop lourd"),
    "empty": ("rien.txt", b"", "est vide"),
    "a program named as a PDF": ("facture.pdf", b"MZ\x90\0" + b"\0" * 400, "n’est pas ce que dit son nom"),
    "a page named as a photo": (
        "photo.jpg",
        b"<html><script>1</script></html>",
        "n’est pas ce que dit son nom",
    ),
    "a program named as text": ("notes.txt", b"\x7fELF" + b"\0" * 400, "n’est pas ce que dit son nom"),
    "a text named as a document": ("note.docx", b"bonjour", "n’est pas ce que dit son nom"),
    "an SVG with a script": ("plan.svg", SVG, "dessin SVG"),
    "the same under another name": ("plan.txt", SVG, "dessin SVG"),
    "the same, in two bytes a sign": ("plan.txt", SVG.decode().encode("utf-16"), "dessin SVG"),
    "a zip bomb": ("dossier.zip", BOMB, "bien trop lourd une fois ouvert"),
    "a broken zip": ("dossier.zip", zipped()[:-30], "abîmé"),
    "a hundred megapixels": ("mur.png", huge_png(10_000, 10_000), "trop de pixels"),
    "a photo cut short": ("photo.jpg", photo()[:900], "image illisible"),
    "a broken PDF": ("plan.pdf", b"%PDF-1.7\n" + b"\x93" * 500, "PDF illisible"),
}


@pytest.fixture
def loic(cast: Cast) -> Client:
    client = cast.client(cast.loic)
    client.cookies["language"] = "fr"
    return client


def bring(client: Client, upload: SimpleUploadedFile) -> Any:
    return client.post("/files", {"file": upload})


def kept_below(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("what", REFUSED)
def test_what_harms_is_refused_in_a_sentence_and_nothing_is_kept(
    what: str, loic: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content, says = REFUSED[what]
    if what == "too large":
        monkeypatch.setattr(receiving, "MOST", 1000)
        monkeypatch.setattr("terrain.files.keeping.MOST", 1000)
    answer = bring(loic, named(name, content))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert f"«\u202f{name}\u202f»" in answer.content.decode()
    assert not File.unscoped.exists()
    assert kept_below(Path(settings.MEDIA_ROOT)) == []


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("photo.jpg", photo(), "image/jpeg"),
        ("capture.png", png(), "image/webp"),
        ("plan.pdf", pdf(), "application/pdf"),
        ("dossier.zip", zipped(), "application/zip"),
        ("notes.txt", "Réglage à 176 °C".encode(), None),
        ("mesures.csv", b"a;b\n1;2\n", None),
    ],
)
def test_what_people_bring_is_kept(loic: Client, name: str, content: bytes, kind: str | None) -> None:
    answer = bring(loic, named(name, content))
    assert answer.status_code == 200, answer.content.decode()
    file = File.unscoped.get()
    assert file.name == name
    assert file.is_whole
    assert kind in (None, file.type)
    assert f'value="{file.uid}"' in answer.content.decode()


def test_no_byte_of_where_a_photo_was_taken_is_kept(loic: Client, settings: Any) -> None:
    bring(loic, named("photo.jpg", photo()))
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 2
    assert all(b"Telephone-Maker" not in path.read_bytes() for path in kept)
    assert all(dict(Image.open(io.BytesIO(path.read_bytes())).getexif()) == {} for path in kept)


def test_only_who_brought_it_finds_a_file_that_hangs_on_nothing(cast: Cast, loic: Client) -> None:
    bring(loic, named("photo.jpg", photo()))
    uid = File.unscoped.get().uid
    for path in (f"/files/{uid}", f"/files/{uid}/page", f"/files/{uid}/small"):
        assert got(loic, path).status_code == 200
        for other in (cast.samira, cast.claire, cast.marek):
            assert cast.client(other).get(path).status_code == 404
        assert cast.client().get(path).status_code == 302
    assert cast.client(cast.samira).delete(f"/files/{uid}").status_code == 404
    assert loic.delete(f"/files/{uid}").status_code == 204
    assert loic.get(f"/files/{uid}").status_code == 404


def test_a_file_is_sent_so_that_no_browser_runs_it(loic: Client) -> None:
    bring(loic, named("page.html", b"<html><script>alert(1)</script></html>"))
    answer = loic.get(f"/files/{File.unscoped.get().uid}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"<html><script>alert(1)</script></html>"


def test_a_picture_asked_again_is_not_sent_again(loic: Client) -> None:
    bring(loic, named("photo.jpg", photo()))
    path = f"/files/{File.unscoped.get().uid}/small"
    first = got(loic, path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert loic.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_first_page_of_a_pdf_is_drawn_by_the_worker(loic: Client) -> None:
    bring(loic, named("plan.pdf", pdf(pages=3)))
    file = File.unscoped.get()
    assert (file.page_count, file.is_shown) == (3, False)
    assert loic.get(f"/files/{file.uid}/page").status_code == 404
    (job,) = ProcrastinateJob.objects.filter(task_name="files.draw_first_page")
    jobs.draw_first_page(**job.args)
    file.refresh_from_db()
    assert (file.width, file.height) == (1131, 1600)
    with default_storage.open(f"{file.uid}/page") as content, Image.open(content) as page:
        assert page.size == (1131, 1600)
        dark, white = page.convert("L").getpixel((190, 180)), page.convert("L").getpixel((900, 1200))
        assert isinstance(dark, int)
        assert isinstance(white, int)
        assert dark < 120 < 250 < white


def test_a_page_of_any_size_is_drawn_within_bounds(loic: Client) -> None:
    bring(loic, named("affiche.pdf", pdf(1, 14_000, 14_000)))
    file = File.unscoped.get()
    jobs.draw_first_page(file.pk)
    file.refresh_from_db()
    assert (file.width, file.height) == (1200, 1200)


@pytest.mark.parametrize(("status", "says"), [(0, ""), (1, "porte un virus"), (2, "pu être examiné")])
def test_a_command_looks_for_viruses(
    loic: Client, settings: Any, tmp_path: Path, status: int, says: str
) -> None:
    seen = tmp_path / "seen"
    program = f"import shutil, sys; shutil.copy(sys.argv[1], {str(seen)!r}); sys.exit({status})"
    settings.SCAN_COMMAND = [sys.executable, "-c", program]
    answer = bring(loic, named("notes.txt", b"bonjour"))
    assert seen.read_bytes() == b"bonjour"
    assert answer.status_code == (422 if status else 200)
    assert says in answer.content.decode()
    assert File.unscoped.exists() == (status == 0)


def test_what_hangs_on_nothing_for_a_week_is_swept_away(loic: Client, settings: Any) -> None:
    bring(loic, named("old.png", png()))
    bring(loic, named("new.png", png()))
    File.unscoped.filter(name="old.png").update(brought_at="2026-01-01T00:00Z")
    jobs.sweep(0)
    assert [file.name for file in File.unscoped.all()] == ["new.png"]
    (job,) = ProcrastinateJob.objects.filter(task_name="files.erase")
    jobs.erase(**job.args)
    assert len(kept_below(Path(settings.MEDIA_ROOT))) == 2
    assert len(list(Path(settings.MEDIA_ROOT).iterdir())) == 1


def test_a_name_is_only_a_name() -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\photos\\été 2026.jpg") == "été 2026.jpg"
    assert clean_name("facture\u202efdp.exe") == "facturefdp.exe"
    assert clean_name("a\r\nSet-Cookie: b.txt") == "aSet-Cookie: b.txt"
    assert clean_name("...") == "file"
    assert len(clean_name("é" * 300 + ".pdf")) <= 120
    assert clean_name("é" * 300 + ".pdf").endswith("….pdf")


def test_a_refusal_speaks_english_too(cast: Cast) -> None:
    client = cast.client(cast.ines)
    with translation.override("en"):
        answer = client.post("/files", {"file": named("plan.svg", SVG)}, headers={"Accept-Language": "en"})
    assert "is an SVG drawing" in answer.content.decode()

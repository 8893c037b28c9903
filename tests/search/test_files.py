"""Files are found by their name, by what their pictures show, and by their text, wherever the worker can read it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.attachments.attaching import attach, describe
from terrain.conversations.models import Message
from terrain.conversations.withdrawing import withdraw
from terrain.files.keeping import keep
from terrain.files.models import File
from terrain.people.models import Person
from terrain.search import filing, jobs
from terrain.search.answering import answer
from terrain.search.models import Filed
from tests.cast import Cast
from tests.files.brought import png
from tests.search import papers

SAID = "Le couple de serrage est de 45 newtons"


def hung(message: Message, name: str, content: bytes) -> File:
    """A file on a message, brought by its author, and read by the worker."""
    assert message.author
    file = keep(message.author, SimpleUploadedFile(name, content))
    attach(message, [file])
    jobs.read_file(file_id=file.pk)
    return file


def found(typed: str, reader: Person) -> list[str]:
    """The names of the files that are found."""
    sections = answer(typed, reader, "files").sections
    return [each.title for section in sections for each in section.found]


FILES = {
    "consigne.pdf": papers.pdf(SAID),
    "consigne.docx": papers.docx("Atelier 2", SAID),
    "consigne.xlsx": papers.xlsx("Atelier 2", SAID),
    "consigne.pptx": papers.pptx("Atelier 2", SAID),
    "consigne.odt": papers.odt("Atelier 2", SAID),
    "consigne.txt": SAID.encode(),
    "consigne.csv": f"poste;valeur\n4;{SAID}\n".encode("cp1252"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_found_by_its_text(cast: Cast, name: str) -> None:
    hung(cast.first(cast.in_open), name, FILES[name])
    assert found("couples serrage", cast.ines) == [name]
    assert found('"serrage est de 45"', cast.ines) == [name]
    page = cast.client(cast.ines).get("/search", {"q": "serrage"}).content.decode()
    assert "couple de <mark>serrage</mark> est de 45" in page


def test_a_file_is_found_by_its_name_before_it_is_read(cast: Cast) -> None:
    file = keep(cast.samira, SimpleUploadedFile("Fiche_de-réglage.v2.pdf", papers.pdf("x")))
    attach(cast.first(cast.in_open), [file])
    assert found("fiche reglage", cast.ines) == ["Fiche_de-réglage.v2.pdf"]
    assert ProcrastinateJob.objects.filter(task_name="search.read_file", args={"file_id": file.pk}).exists()


def test_a_picture_is_found_by_what_it_shows_now(cast: Cast) -> None:
    message = cast.first(cast.in_open)
    file = hung(message, "lot.png", png())
    assert found("aubépine", cast.ines) == []
    describe(message, {str(file.uid): "Une aubépine en fleur"})
    assert found("aubepine fleurs", cast.ines) == ["lot.png"]
    describe(message, {str(file.uid): "Un rosier"})
    assert found("aubépine", cast.ines) == []


def test_a_file_is_found_by_those_alone_who_read_what_it_hangs_on(cast: Cast) -> None:
    hung(cast.first(cast.in_secret), "consigne.docx", FILES["consigne.docx"])
    keep(cast.samira, SimpleUploadedFile("serrage-brouillon.txt", b"serrage"))
    assert found("serrage", cast.loic) == ["consigne.docx"]
    for stranger in (cast.claire, cast.ines, cast.marek):
        assert found("serrage", stranger) == []
    assert found("brouillon", cast.samira) == [], "what hangs nowhere yet is nowhere"


def test_a_withdrawn_message_takes_the_words_of_its_files_along(cast: Cast) -> None:
    hung(cast.answer(cast.in_open), "consigne.docx", FILES["consigne.docx"])
    withdraw(cast.answer(cast.in_open), cast.loic)
    assert found("serrage", cast.ines) == []
    assert not Filed.unscoped.exists()


BOMB = '<!DOCTYPE d [<!ENTITY a "serrage serrage"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bombe.docx", papers.docx("&b;", head=BOMB)),
        ("dehors.docx", papers.docx("&a;", head=OUTSIDE)),
        ("coupe.docx", papers.zipped({"word/document.xml": "<w:p><w:t>serrage"})),
        ("vide.docx", papers.zipped({"a": ""})),
        ("serre.docx", papers.docx("<w:t>" * 1000 + "x")),
        ("long.txt", b"mot " * 2_000_000),
        ("signes.txt", bytes(range(256)) * 40),
        ("distincts.txt", " ".join(f"é{n:x}" for n in range(60_000)).encode()),
    ],
)
def test_a_file_that_cannot_be_read_is_found_by_its_name(cast: Cast, name: str, content: bytes) -> None:
    file = hung(cast.first(cast.in_open), name, content)
    assert found(name.split(".")[0], cast.ines) == [name]
    kept = Filed.unscoped.get(file=file)
    assert kept.text is not None
    assert len(kept.text) <= 300_000
    assert "root" not in kept.text
    assert filing.unread(10) == []


def test_a_part_that_bursts_is_read_to_a_bound(cast: Cast) -> None:
    large = papers.docx("serrage", *["espace " * 1000] * 6000)
    assert len(large) < 1_000_000
    hung(cast.first(cast.in_open), "grand.docx", large)
    assert found("serrage", cast.ines) == ["grand.docx"]


def test_files_that_nobody_told_of_are_read_all_the_same(cast: Cast) -> None:
    file = keep(cast.samira, SimpleUploadedFile("consigne.docx", FILES["consigne.docx"]))
    attach(cast.first(cast.in_open), [file])
    jobs.read_files(timestamp=0)
    assert found("serrage", cast.ines) == ["consigne.docx"]

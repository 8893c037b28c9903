"""A picture of oneself: on one's page for whom one chooses, and nowhere for anybody else."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.files import jobs
from terrain.files.models import File
from terrain.people.about import Audience
from terrain.portraits.models import Portrait
from tests.cast import Cast
from tests.files.brought import got, named, pdf, photo, png


def show(client: Client, audience: str, content: bytes | None = None, name: str = "moi.jpg") -> Any:
    carried = {"picture": named(name, content)} if content else {}
    return client.post("/me/portrait", {"audience": audience, **carried})


def seen_by(cast: Cast, reader: str) -> bool:
    """Whether this person's view of Ines's page has her picture, and its address answers them."""
    client = cast.client(getattr(cast, reader))
    address = f"/files/{Portrait.unscoped.get(person=cast.ines).file.uid}/small"
    on_page = address in client.get(f"/people/{cast.ines.pk}").content.decode()
    answers = got(client, address).status_code == 200
    assert on_page == answers, "what is not shown is not found either"
    return on_page


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.EVERYBODY, {"ines", "samira", "loic", "marek"}),
        (Audience.SPACES, {"ines", "samira", "loic"}),
        (Audience.UNIT, {"ines"}),
        (Audience.ME, {"ines"}),
    ],
)
def test_it_is_seen_by_its_audience_alone(cast: Cast, audience: str, readers: set[str]) -> None:
    assert show(cast.client(cast.ines), audience, photo()).status_code == 302
    assert {who for who in ("ines", "samira", "loic", "marek") if seen_by(cast, who)} == readers
    assert Client().get(f"/files/{Portrait.unscoped.get().file.uid}/small").status_code == 302, "to the door"


def test_another_takes_its_place_and_the_one_before_is_erased(cast: Cast, settings: Any) -> None:
    client = cast.client(cast.ines)
    show(client, "everybody", photo())
    first = Portrait.unscoped.get().file
    show(client, "everybody", png(), "autre.png")
    assert Portrait.unscoped.get().file.name == "autre.png"
    assert not File.unscoped.filter(pk=first.pk).exists()
    job = ProcrastinateJob.objects.get(task_name="files.erase")
    jobs.erase(**job.args)
    assert not (Path(settings.MEDIA_ROOT) / str(first.uid) / "small").exists()


def test_others_see_it_without_its_being_sent_again(cast: Cast) -> None:
    client = cast.client(cast.ines)
    show(client, "me", photo())
    file = Portrait.unscoped.get().file
    assert not seen_by(cast, "samira")
    assert show(client, "everybody").status_code == 302
    assert seen_by(cast, "samira")
    assert Portrait.unscoped.get().file == file


def test_taken_away_it_is_nowhere(cast: Cast) -> None:
    client = cast.client(cast.ines)
    show(client, "everybody", photo())
    assert client.delete("/me/portrait").status_code == 302
    assert not Portrait.unscoped.exists()
    assert not File.unscoped.exists()
    assert client.delete("/me/portrait").status_code == 302, "twice is once"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("moi.jpg", None, "Choose a picture first."),
        ("plan.pdf", pdf(), "“plan.pdf” is not a picture."),
        ("moi.jpg", b"MZ" + b"\0" * 90, "does not hold what its name says"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(
    cast: Cast, name: str, content: bytes | None, said: str
) -> None:
    answer = show(cast.client(cast.ines), "unit", content, name)
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (422, True)
    assert '<option value="unit" selected>' in page, "what was chosen is not lost"
    assert not Portrait.unscoped.exists()
    assert not File.unscoped.exists()


def test_it_does_not_say_where_it_was_taken(cast: Cast) -> None:
    client = cast.client(cast.ines)
    show(client, "everybody", photo())
    assert b"Exif" not in got(client, f"/files/{Portrait.unscoped.get().file.uid}/page").content

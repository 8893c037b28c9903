"""What a browser asks for by itself: the service worker, and what puts Terrain on a screen."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from terrain.people.models import Person
from tests.cast import Cast
from tests.house.addresses import said_by

ICONS = Path(settings.ROOT) / "web/static/web/icons"


def test_the_worker_reaches_the_whole_site_and_is_asked_anew_each_time(cast: Cast) -> None:
    answer = cast.client().get("/worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_it_listens_to_no_request_of_a_page(cast: Cast) -> None:
    heard = re.findall(r'addEventListener\("(\w+)"', said_by(cast.client().get("/worker.js")))
    assert sorted(heard) == [
        "activate",
        "install",
        "message",
        "notificationclick",
        "push",
        "pushsubscriptionchange",
    ]


def test_the_manifest_says_the_same_in_the_language_of_who_asks(cast: Cast) -> None:
    passer_by = cast.client().get("/manifest.webmanifest")
    assert passer_by.headers["Content-Type"] == "application/manifest+json"
    said = passer_by.json()
    assert said["name"] == "Ateliers Rivoire · Terrain"
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    assert said["description"] == "The intranet of those who work here."
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    french = cast.client(cast.samira).get("/manifest.webmanifest").json()
    assert (french["lang"], french["description"]) == ("fr", "L’intranet des personnes qui travaillent ici.")


def test_its_icons_are_as_large_as_it_says(cast: Cast) -> None:
    icons = cast.client().get("/manifest.webmanifest").json()["icons"]
    assert {(each["sizes"], each["purpose"]) for each in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for each in icons:
        name = re.search(r"icons/([\w-]+)\.", each["src"])
        assert name
        with Image.open(ICONS / f"{name[1]}.png") as drawn:
            assert f"{drawn.width}x{drawn.height}" == each["sizes"]
            corner = drawn.convert("RGBA").getpixel((0, 0))
            assert isinstance(corner, tuple)
            assert (corner[3] == 255) == (each["purpose"] == "maskable"), "cut by the system, or by itself"


@pytest.mark.parametrize("path", ["/enter", "/"])
def test_every_page_leads_to_both(cast: Cast, path: str) -> None:
    client = cast.client() if path == "/enter" else cast.client(cast.samira)
    head = said_by(client.get(path)).split("</head>")[0]
    assert '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">' in head
    assert re.search(r'<link rel="apple-touch-icon" href="/static/web/icons/180-apple\.\w+\.png">', head)

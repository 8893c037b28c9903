"""A search that one keeps shows what is new in it, to oneself and to a program that knows its address."""

import re

from terrain.conversations.replying import reply
from terrain.search.models import SavedSearch
from terrain.search.saved import MOST, new_since
from tests.cast import Cast


def test_what_is_new_is_shown_until_one_has_looked(cast: Cast) -> None:
    client = cast.client(cast.ines)
    client.post("/search/saved", {"q": "sonde"})
    client.post("/search/saved", {"q": "sonde"})
    (kept,) = SavedSearch.objects.all()
    assert new_since(kept) == []
    assert "Nothing new." in client.get("/search/saved").content.decode()
    reply(cast.in_open, cast.loic, "<p>Une autre sonde.</p>")
    assert "Une autre sonde." in client.get("/search/saved").content.decode()
    client.post("/search/looked", {"q": "sonde"})
    assert "Une autre sonde." not in client.get("/search/saved").content.decode()
    client.delete("/search/saved?q=sonde")
    assert not SavedSearch.objects.exists()


def test_a_kept_search_finds_what_its_person_may_read_and_nobody_else_sees_it(cast: Cast) -> None:
    SavedSearch.objects.create(person=cast.ines, words="palettiseur")
    reply(cast.in_secret, cast.loic, "<p>Le palettiseur.</p>")
    assert new_since(SavedSearch.objects.get()) == []
    for somebody in (cast.samira, cast.claire, cast.marek):
        client = cast.client(somebody)
        assert "palettiseur" not in client.get("/search/saved").content.decode()
        assert client.post("/search/looked", {"q": "palettiseur"}).status_code == 404
        client.delete("/search/saved?q=palettiseur")
    assert SavedSearch.objects.exists()


def test_its_feed_is_read_at_an_address_that_nobody_guesses(cast: Cast) -> None:
    client = cast.client(cast.ines)
    client.post("/search/saved", {"q": "sonde de:loic"})
    (address,) = re.findall(r'href="(/search/saved/[^"]+)"', client.get("/search/saved").content.decode())
    feed = cast.client().get(address)
    assert feed.status_code == 200
    assert "La sonde est décalée." in feed.content.decode()
    assert cast.client().get(address[:-1] + ("A" if address[-1] != "A" else "B")).status_code == 404
    cast.ines.left_on = "2020-01-01"
    cast.ines.save()
    assert cast.client().get(address).status_code == 404


def test_a_few_are_kept(cast: Cast) -> None:
    client = cast.client(cast.ines)
    for n in range(MOST + 3):
        client.post("/search/saved", {"q": f"mot{n}"})
    assert SavedSearch.objects.count() == MOST
    assert client.post("/search/saved", {"q": ""}).status_code == 302

"""What is searched in vain by five people is shown, and nobody's searches are listed by anybody."""

import re
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from terrain.people.models import Person
from terrain.search import jobs
from terrain.search.missing import Missed, wanted
from tests.cast import Cast, person


def look_in_vain(cast: Cast, somebody: Person, words: str) -> None:
    """Look for something, and let the page tell that it found nothing."""
    client = cast.client(somebody)
    assert "data-missing" in client.get("/search", {"q": words}).content.decode()
    assert client.post("/search/missing", {"q": words}).status_code == 204


def everybody(cast: Cast) -> list[Person]:
    return [cast.samira, cast.loic, cast.ines, cast.claire, cast.marek]


def test_five_people_make_it_shown_with_the_way_to_write_it(cast: Cast) -> None:
    for somebody in everybody(cast)[:4]:
        look_in_vain(cast, somebody, "Prime d’intéressement")
        look_in_vain(cast, somebody, "prime d’INTERESSEMENT")
    page = cast.client(cast.marek).get("/search/missing").content.decode()
    assert "interessement" not in page
    look_in_vain(cast, cast.marek, "prime d’intéressement")
    assert [tuple(each) for each in wanted()] == [("prime interessement", 5)]
    page = cast.client(cast.marek).get("/search/missing").content.decode()
    assert "5 people or more" in page
    assert re.search(r"/posts/new\?draft=&amp;title=prime(%20|\+)interessement", page)
    written = cast.client(cast.marek).get("/posts/new?draft=&title=prime%20interessement").content.decode()
    assert 'value="prime interessement"' in written


def test_people_are_counted_by_fives(cast: Cast) -> None:
    for n in range(9):
        look_in_vain(cast, person(f"Renfort {n}"), "télétravail")
    assert [each.people for each in wanted()] == [5]


def test_what_was_found_or_means_nothing_is_not_counted(cast: Cast) -> None:
    client = cast.client(cast.ines)
    for words in ("scelleuse", "de:personnequinestpas", "", "de:moi", "x"):
        client.post("/search/missing", {"q": words})
    assert not Missed.objects.exists()


def test_a_get_counts_nothing(cast: Cast) -> None:
    for somebody in everybody(cast):
        cast.client(somebody).get("/search", {"q": "télétravail"})
        cast.client(somebody).get("/search", {"q": "télétravail"}, headers={"part": "live"})
    assert not Missed.objects.exists()


def test_nobodys_searches_can_be_listed(cast: Cast) -> None:
    """No table that search keeps of looking names a person, but for the searches that one keeps oneself."""
    look_in_vain(cast, cast.marek, "télétravail")
    (row,) = Missed.objects.values()
    assert set(row) == {"mark", "words", "on"}
    assert len(row["mark"]) == 64
    naming = {
        model.__name__
        for model in apps.get_app_config("search").get_models()
        for field in model._meta.get_fields()
        if field.related_model is Person
    }
    assert naming == {"SavedSearch"}


def test_after_ninety_days_it_is_forgotten(cast: Cast) -> None:
    for somebody in everybody(cast):
        look_in_vain(cast, somebody, "télétravail")
    Missed.objects.update(on=timezone.localdate() - timedelta(days=90))
    assert wanted() == []
    jobs.learn_all(timestamp=0)
    assert not Missed.objects.exists()

"""A profile says who somebody is and what they do, and nothing of what they read."""

import re
from datetime import timedelta

from django.utils import timezone

from terrain.conversations.reading import read_up_to
from terrain.people.models import Person
from tests.cast import Cast

BY_CHANCE = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')


def test_a_profile_says_who_where_and_with_whom(cast: Cast) -> None:
    page = cast.client(cast.ines).get(f"/people/{cast.samira.pk}").content.decode()
    for said in ("Samira Benali", "Conditionneuse", "Atelier 2", "Claire Fontaine", "mailto:samira.benali@"):
        assert said in page
    managed = cast.client(cast.ines).get(f"/people/{cast.claire.pk}").content.decode()
    assert "Samira Benali" in managed
    assert "Loïc Morvan" in managed


def test_a_profile_shows_what_its_reader_may_read(cast: Cast) -> None:
    path = f"/people/{cast.samira.pk}"
    seen_by_ines = cast.client(cast.ines).get(path).content.decode()
    assert cast.in_open.title in seen_by_ines
    assert cast.in_closed.title not in seen_by_ines
    assert cast.secret.name not in seen_by_ines
    seen_by_loic = cast.client(cast.loic).get(path).content.decode()
    assert cast.in_closed.title in seen_by_loic
    assert cast.secret.name in seen_by_loic


def test_nobody_sees_how_far_another_has_read(cast: Cast) -> None:
    """The pages of the others are the same whether Claire has read everything or nothing."""
    browsers = [cast.client(each) for each in (cast.samira, cast.loic, cast.ines, cast.marek)]
    paths = [
        *("/", f"/people/{cast.claire.pk}", f"/spaces/{cast.open.pk}", f"/spaces/{cast.open.pk}/members"),
        f"/conversations/{cast.in_open.pk}",
    ]

    def pages() -> list[str]:
        found = [browser.get(path).content.decode() for browser in browsers for path in paths]
        return [BY_CHANCE.sub("", page) for page in found]

    def is_new_to_claire() -> bool:
        page = cast.client(cast.claire).get("/").content.decode()
        return f'<li class="talk card new" id="c{cast.in_open.pk}">' in page

    before = pages()
    assert is_new_to_claire()
    read_up_to(cast.in_open, cast.claire, 2)
    assert pages() == before
    assert not is_new_to_claire()


def test_who_has_left_is_said_to_have_left_and_what_they_wrote_stays(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(left_on=timezone.localdate())
    page = cast.client(cast.ines).get(f"/people/{cast.samira.pk}").content.decode()
    assert "no longer works here" in page
    assert cast.in_open.title in page


def test_who_will_leave_one_day_works_here_until_then(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(left_on=timezone.localdate() + timedelta(days=60))
    page = cast.client(cast.ines).get(f"/people/{cast.samira.pk}").content.decode()
    assert "no longer works here" not in page


def test_me_is_my_own_profile_with_the_way_to_my_settings(cast: Cast) -> None:
    mine = cast.client(cast.loic).get("/me").content.decode()
    assert "<h1>Loïc Morvan</h1>" in mine
    assert 'href="/settings"' in mine
    assert 'href="/settings"' not in cast.client(cast.ines).get(f"/people/{cast.loic.pk}").content.decode()

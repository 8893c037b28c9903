"""What one tells of oneself: each thing reaches its audience, and outside it nothing of it is found anywhere."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrain.people.about import FIELDS, NAMES, About, Audience, about, folded, tell_about, topics_of
from terrain.people.models import Person
from terrain.spaces.models import Membership
from tests.cast import Cast

WORDS = {name: f"zq{name}{'x' * n}" for n, name in enumerate(NAMES) if name != "zone"}
"""One word for each field, that is nowhere else and in no other."""


def fill_in(cast: Cast, person: Person, **fields: str) -> int:
    """What the page answers to who fills it in."""
    return cast.client(person).post("/me/profile", fields).status_code


def reaches(owner: Person, audience: str, reader: Person) -> bool:
    """Whether it should, said in the plainest way."""
    if owner == reader or audience == "everybody":
        return True
    if audience == "unit":
        return owner.unit_id is not None and owner.unit_id == reader.unit_id
    spaces = [
        set(Membership.objects.filter(person=each).values_list("space", flat=True))
        for each in (owner, reader)
    ]
    return audience == "spaces" and not spaces[0].isdisjoint(spaces[1])


def test_a_page_is_filled_in_and_read(cast: Cast) -> None:
    assert (
        fill_in(
            cast, cast.loic, does="Je règle la ligne 4.", topics="soudure,  Scelleuse ; soudure", phone="06 1"
        )
        == 302
    )
    page = cast.client(cast.samira).get(f"/people/{cast.loic.pk}").content.decode()
    for said in ("Je règle la ligne 4.", ">soudure</a>", ">Scelleuse</a>", 'href="tel:061"'):
        assert said in page
    assert fill_in(cast, cast.loic, does="") == 302
    assert not About.unscoped.exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_outside_its_audience_nothing_of_a_field_is_anywhere(cast: Cast, data: st.DataObject) -> None:
    owner = data.draw(st.sampled_from([cast.samira, cast.ines, cast.marek]), label="owner")
    chosen = {name: data.draw(st.sampled_from(Audience.values), label=name) for name in WORDS}
    About.unscoped.all().delete()
    tell_about(owner, {name: (word, chosen[name]) for name, word in WORDS.items()})
    for reader in (cast.samira, cast.loic, cast.ines, cast.claire, cast.marek):
        browser = cast.client(reader)
        profile = browser.get(f"/people/{owner.pk}").content.decode()
        for name, word in WORDS.items():
            expected = reaches(owner, chosen[name], reader)
            assert (word in profile) == expected, f"{name} for {chosen[name]}, read by {reader}"
            found = browser.get("/people", {"q": word[:6] + word[6:].upper()}).content.decode()
            assert (f'href="/people/{owner.pk}"' in found.partition('class="people"')[2]) == expected
            others = (
                browser.get("/people").content.decode()
                + browser.get(f"/spaces/{cast.open.pk}/members").content.decode()
            )
            assert word not in others


def test_the_time_zone_is_an_hour_and_sets_one_s_own(cast: Cast) -> None:
    assert fill_in(cast, cast.loic, zone="Asia/Tokyo", zone_audience="unit") == 302
    assert "it is" in cast.client(cast.samira).get(f"/people/{cast.loic.pk}").content.decode()
    assert (
        "it is"
        not in cast.client(cast.ines).get(f"/people/{cast.loic.pk}").content.decode().partition("<main")[2]
    )
    assert Person.objects.get(pk=cast.loic.pk).zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("topics", ",".join("abcdefghijklm"), "Twelve topics at most"),
        ("topics", "x" * 41, "A topic is a word or two"),
        ("place", "x" * 121, "This has 120 characters at most."),
        ("zone", "Mars/Olympus", "Choose a place from the list."),
        ("does", "a\x01b", "This is not text"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_the_rest_stays(
    cast: Cast, field: str, typed: str, said: str
) -> None:
    sent = {"does": "Je règle.", "contact": "talkie 7", field: typed}
    answer = cast.client(cast.loic).post("/me/profile", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "talkie 7" in page
    assert not About.unscoped.exists()


def test_an_audience_that_does_not_exist_is_refused(cast: Cast) -> None:
    assert fill_in(cast, cast.loic, does="Je règle.", does_audience="friends") == 422


def test_what_comes_from_the_register_is_marked_and_is_nobody_s_to_type(cast: Cast) -> None:
    page = cast.client(cast.loic).get("/me/profile").content.decode()
    register = page.partition("From the staff register")[2]
    for said in (
        "Loïc Morvan",
        "Régleur",
        "Atelier 2",
        "Claire Fontaine, manager",
        "loic.morvan@rivoire.example",
    ):
        assert said in register
    fill_in(cast, cast.loic, name="Quelqu’un", title="Directeur", does="Je règle.")
    assert Person.objects.get(pk=cast.loic.pk).title == "Régleur"


def test_one_sees_all_that_one_tells_and_to_whom(cast: Cast) -> None:
    tell_about(cast.loic, {"phone": ("06 1", Audience.ME)})
    assert "only me" in cast.client(cast.loic).get("/me").content.decode()
    assert list(about(cast.loic, cast.loic)) == ["phone"]
    assert about(cast.loic, cast.samira) == {}


def test_topics_are_words_each_once_in_the_order_they_were_typed() -> None:
    assert topics_of("#Soudure, colle;\nsoudure ,, Œillets") == ["Soudure", "colle", "Œillets"]
    assert folded("ŒILLETS à Éléonore") == "oeillets a eleonore"
    assert {field.name for field in FIELDS} == set(NAMES)

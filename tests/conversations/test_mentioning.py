"""Mentioning: naming somebody by @, among those who may read the message, and nobody else."""

import uuid

import pytest

from terrain.conversations.editing import edit
from terrain.conversations.models import Mention, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.pace import TooManyNamed
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.direct.talking import begin
from terrain.people.models import Person
from terrain.spaces.models import Space
from tests.cast import Cast, person

REL = 'rel="noopener noreferrer nofollow"'


def named(message: Message) -> set[str]:
    return {each.person.name for each in Mention.objects.filter(message=message).select_related("person")}


def link(who: Person, words: str = "") -> str:
    return f'<a href="/people/{who.pk}" {REL}>{words or f"@{who.name}"}</a>'


def test_a_name_typed_in_full_becomes_a_link(cast: Cast) -> None:
    for typed in ("@Inès Duarte", "@ines duarte", "@INÈS DUARTE"):
        said = reply(cast.in_open, cast.loic, f"<p>Avec {typed}, demain.</p>")
        assert said.body == f"<p>Avec {link(cast.ines, typed)}, demain.</p>"
        assert named(said) == {"Inès Duarte"}
        said.refresh_from_db()
        assert link(cast.ines, typed) in said.body


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Maëlle L’Hostis", "@Maelle L'Hostis"),
        ("Séamus O'Brien", "@Séamus O’Brien"),
        ("Anne-Lise Brun", "@anne-lise brun"),
        ("Élise", "@Élise"),
        ("阿部 健", "@阿部 健"),
    ],
)
def test_apostrophes_accents_and_scripts_are_as_people_type_them(cast: Cast, name: str, typed: str) -> None:
    somebody = Person.objects.create(name=name, email="a@rivoire.example", password="!")
    said = reply(cast.in_open, cast.loic, f"<p>{typed} : merci</p>")
    assert named(said) == {name}
    assert link(somebody, typed) in said.body


def test_who_is_chosen_may_be_called_by_their_first_name(cast: Cast) -> None:
    said = reply(cast.in_open, cast.loic, f"<p>{link(cast.ines, '@Inès')} et {link(cast.claire)}</p>")
    assert named(said) == {"Inès Duarte", "Claire Fontaine"}
    assert link(cast.ines, "@Inès") in said.body


def test_a_link_says_the_name_of_whom_it_leads_to(cast: Cast) -> None:
    said = reply(
        cast.in_open, cast.loic, f"<p>{link(cast.ines, '@Claire Fontaine')}, {link(cast.ines, '@')}</p>"
    )
    assert named(said) == {"Claire Fontaine"}
    assert said.body == f"<p>{link(cast.claire)}, @</p>"


def test_nobody_who_cannot_read_it_is_named_or_learns_of_it(cast: Cast) -> None:
    for conversation in (cast.in_closed, cast.in_secret):
        said = reply(conversation, cast.loic, f"<p>@Marek Nowak et {link(cast.ines)} et @Samira Benali</p>")
        assert named(said) == {"Samira Benali"}
        assert said.body == f"<p>@Marek Nowak et @Inès Duarte et {link(cast.samira)}</p>"
    between = begin(cast.loic, [cast.ines], "<p>@Inès Duarte, sans @Samira Benali</p>")
    assert named(between.messages.get(number=1)) == {"Inès Duarte"}


def test_who_has_left_is_not_named(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ines.pk).update(left_on="2020-01-01")
    assert named(reply(cast.in_open, cast.loic, f"<p>@Inès Duarte {link(cast.ines)}</p>")) == set()


def test_a_name_that_two_people_bear_is_chosen_from_the_list(cast: Cast) -> None:
    other = Person.objects.create(name="Inès Duarte", email="autre@rivoire.example", password="!")
    assert named(reply(cast.in_open, cast.loic, "<p>@Inès Duarte</p>")) == set()
    assert (
        Mention.objects.filter(message=reply(cast.in_open, cast.loic, f"<p>{link(other)}</p>")).get().person
        == other
    )


@pytest.mark.parametrize(
    "words",
    [
        "ecrire a a@Inès Duarte",
        "<code>@Inès Duarte</code>",
        '<a href="https://x.example">@Inès Duarte</a>',
        "@Inèse",
    ],
)
def test_what_is_no_name_names_nobody(cast: Cast, words: str) -> None:
    said = reply(cast.in_open, cast.loic, f"<p>{words}</p>")
    assert named(said) == set()
    assert "/people/" not in said.body


def test_an_edit_names_others_and_a_withdrawal_nobody(cast: Cast) -> None:
    said = reply(cast.in_open, cast.loic, "<p>@Inès Duarte</p>")
    edit(said, cast.loic, "<p>@Claire Fontaine</p>")
    assert named(said) == {"Claire Fontaine"}
    said.refresh_from_db()
    assert link(cast.claire) in said.body
    edit(said, cast.loic, said.body.replace("<p>", "<p>Bonjour "))
    assert named(said) == {"Claire Fontaine"}
    edit(said, cast.loic, "<p>Personne</p>")
    assert named(said) == set()
    edit(said, cast.loic, "<p>@Claire Fontaine</p>")
    withdraw(said, cast.loic)
    assert not Mention.objects.filter(message=said).exists()


def test_the_list_offers_those_who_may_read_and_only_them(cast: Cast) -> None:
    def offered(who: Person, path: str, words: str) -> str:
        return cast.client(who).get(path, {"q": words}).content.decode()

    assert f'data-address="/people/{cast.ines.pk}"' in offered(
        cast.loic, f"/conversations/{cast.in_open.pk}/suggestions", "ines"
    )
    assert "@Marek Nowak" in offered(cast.loic, f"/spaces/{cast.open.pk}/suggestions", "mar")
    assert "@Marek Nowak" in offered(cast.loic, "/suggestions/people", "nowak")
    assert offered(cast.loic, f"/conversations/{cast.in_closed.pk}/suggestions", "ines").strip() == ""
    assert offered(cast.loic, f"/spaces/{cast.closed.pk}/suggestions", "ines").strip() == ""
    answer = cast.client(cast.loic).get("/suggestions/people", {"q": "ines", "of": cast.claire.pk})
    assert answer.content.decode().strip() == ""
    assert cast.client(cast.marek).get(f"/conversations/{cast.in_closed.pk}/suggestions").status_code == 404
    # A closed space is known by its name; who belongs to it is not told outside.
    assert cast.client(cast.marek).get(f"/spaces/{cast.closed.pk}/suggestions").status_code == 404


def test_a_mention_of_a_thousand_people_is_refused_and_the_text_stays(cast: Cast) -> None:
    crowd = [person(f"Renfort {n}") for n in range(60)]
    body = "<p>" + " ".join(link(each) for each in crowd) + "</p>"
    for who in (cast.loic, cast.claire):
        client, key = cast.client(who), str(uuid.uuid4())
        for path, fields in [
            (f"/conversations/{cast.in_open.pk}/messages", {}),
            ("/posts/new", {"space": cast.open.pk}),
        ]:
            answer = client.post(path, {"body": body, "key": key, **fields})
            assert answer.status_code == 429, path
            assert "named more than fifty people" in answer.content.decode()
            assert "Renfort 59" in answer.content.decode()
    assert not Mention.objects.filter(person__in=crowd).exists()


def test_fifty_people_in_ten_minutes_whoever_one_is(cast: Cast) -> None:
    crowd = [person(f"Renfort {n}") for n in range(51)]
    for each in crowd[:50]:
        reply(cast.in_open, cast.claire, f"<p>{link(each)}</p>")
    with pytest.raises(TooManyNamed):
        reply(cast.in_open, cast.claire, f"<p>{link(crowd[50])}</p>")
    reply(cast.in_open, cast.loic, f"<p>{link(crowd[50])}</p>")


def test_fifty_posts_a_minute_are_slowed_alike_and_the_text_stays(cast: Cast) -> None:
    for who in (cast.samira, cast.claire, cast.ines):
        client, statuses = cast.client(who), []
        for number in range(50):
            words = {"body": f"<p>Le message {number}</p>", "key": str(uuid.uuid4())}
            path = ("/posts/new", f"/conversations/{cast.in_open.pk}/messages")[number % 2]
            answer = client.post(path, {"space": cast.open.pk, **words})
            statuses.append(answer.status_code)
            if answer.status_code == 429:
                assert "within a minute" in answer.content.decode()
                assert f"Le message {number}" in answer.content.decode()
        written = statuses.count(302)
        assert written <= 20
        assert statuses.count(429) == 50 - written


def test_somebody_is_named_in_a_space_that_they_may_read_when_it_is_written(cast: Cast) -> None:
    closed = Space.unscoped.get(pk=cast.closed.pk)
    said = open_conversation(closed, cast.loic, "<p>@Claire Fontaine @Inès Duarte</p>").messages.get(number=1)
    assert named(said) == {"Claire Fontaine"}

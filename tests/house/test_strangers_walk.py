"""The stranger's walk: every address of the house, as somebody outside, so that a forgotten scope is found here."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.http import HttpResponse
from django.test import Client

from terrain.conversations.models import Following
from terrain.hosting.hosting import volunteer
from terrain.people.models import Person
from terrain.reports.deciding import set_aside
from terrain.reports.reasons import Reason
from terrain.spaces.joining import join, leave
from terrain.spaces.models import JoinRequest, Membership, Space
from tests.cast import Cast
from tests.house.addresses import SCOPED, Address, addresses, between_two, said_by, things

METHODS = ("GET", "POST", "DELETE")
NOT_THERE = {404, 405}

SEEN_BY_NAME = {
    ("space", "GET"): "a closed space shows its name, its sentence and the way to ask",
    ("membership", "POST"): "one may ask to join it",
    ("membership", "DELETE"): "and take that back",
}
"""What a closed space answers to somebody outside, and why; a secret one answers nothing."""

KEPT = {
    (
        "thanks",
        "GET",
    ): "thanks are said to somebody, who keeps the words, and learns nothing more of the conversation",
    ("thanks", "DELETE"): "who gave them may take them back",
    ("thanks_hiding", "POST"): "and who received them may hide them",
    ("thanks_hiding", "DELETE"): "and show them again",
}
"""What somebody keeps who has left a space, and why."""

FOR_EVERYBODY = {
    # name: what GET, POST and DELETE answer to somebody signed in, with nothing to see.
    "feed": (200, 405, 405),
    "spaces": (200, 405, 405),
    "new_space": (200, 422, 405),
    "space_names": (200, 405, 405),
    "handovers": (200, 405, 405),
    "agenda": (200, 302, 405),
    "agenda_file": (404, 405, 405),
    "people": (200, 405, 405),
    "person": (200, 405, 405),
    "unit": (200, 405, 405),
    "chart": (200, 405, 405),
    "chart_of": (200, 405, 405),
    "me": (200, 405, 405),
    "own_portrait": (200, 422, 302),
    "own_profile": (200, 302, 405),
    "settings": (200, 302, 405),
    "choose_password": (405, 422, 405),
    "language": (405, 302, 405),
    "leave": (405, 302, 405),
    "enter": (302, 302, 405),
    "enter_password": (200, 422, 405),
    "enter_as": (405, 404, 405),
    "link": (410, 410, 405),
    "files": (405, 422, 405),
    "new_post": (200, 422, 405),
    "notices": (200, 405, 405),
    "new_notice": (200, 422, 405),
    "direct": (200, 405, 405),
    "new_direct": (200, 302, 405),
    "thanks_to": (200, 302, 405),
    "contributions": (200, 422, 405),
    "shared_contributions": (404, 405, 404),
    "suggested_people": (200, 405, 405),
    "suggested_emojis": (200, 405, 405),
    "suggested_topics": (200, 405, 405),
    "topics": (200, 405, 405),
    "topic": (200, 405, 405),
    "topic_following": (405, 302, 302),
    "drafts": (200, 302, 405),
    "who_knows": (200, 405, 405),
    "being_found": (405, 302, 302),
    "catch_up": (200, 302, 405),
    "ideas": (404, 405, 405),  # those of a space are asked for, which is none of theirs
    "new_idea": (200, 422, 405),
    "late_answers": (200, 405, 405),
    "owed": (200, 405, 405),
    "for_you_thing": (405, 404, 405),
    "saved": (200, 405, 405),
    "search": (200, 405, 405),
    "search_missing": (200, 204, 405),
    "saved_searches": (200, 302, 302),
    "searches_looked": (405, 404, 405),
    "saved_search_atom": (404, 405, 405),
    "person_followings": (405, 302, 302),
    "person_muting": (405, 302, 302),
    "desk": (200, 405, 405),
    "first_month": (405, 405, 302),
    "hosts": (200, 405, 405),
    "guarantees": (200, 405, 405),
    "for_you": (200, 405, 302),
    "attention": (405, 422, 405),
    "new_addresses": (405, 302, 405),
    "stop_mails": (404, 404, 405),
    "worker": (200, 405, 405),
    "manifest": (200, 405, 405),
    "push_token": (200, 405, 405),
    "push_devices": (405, 422, 405),
    "push_answers": (405, 404, 405),
    "reports": (200, 405, 405),
    "stewards": (200, 405, 405),
    "orders": (200, 404, 405),
    "order": (404, 404, 405),
    "log": (200, 405, 405),
    "log_csv": (200, 405, 405),
    "log_atom": (404, 405, 405),
    "health": (200, 200, 200),
}
"""The addresses that name nothing that has a scope: open to all, and silent about what is hidden."""

PUBLIC = {
    "enter": "the door",
    "enter_password": "the door",
    "enter_as": "the demo's door",
    "link": "the door, by a link from a mail",
    "language": "the door speaks the language that one chooses",
    "agenda_file": "asked by a calendar program, at an address that nobody guesses",
    "log_atom": "asked by a feed reader, at an address that nobody guesses",
    "stop_mails": "asked from a mail, at an address that nobody guesses",
    "worker": "asked by the browser itself, the same for everybody",
    "manifest": "asked by the browser itself: the name of the organisation, which the door says too",
    "saved_search_atom": "asked by a feed reader, at an address that nobody guesses",
    "health": "asked by whoever watches over the machine",
}
"""The only addresses that answer before anybody has signed in, and why."""


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, path: str, cast: Cast, space: Space) -> HttpResponse:
    """Ask an address with what forms and links of this house carry, all of it pointing into `space`."""
    inside = things(cast, space, cast.samira)
    carried: dict[str, Any] = {
        "space": space.pk,
        "conversation": inside["conversations"],
        "reply_to": inside["messages"],
        "person": cast.marek.pk,
        "number": 1,
        "emoji": "👍",
        "language": "en",
        "to": inside["people"],
        "body": "Je passais par là.",
        "q": "aubepine",
        "around": 1,
        "reason": "unlawful",
        "words": "Je passais par là, et je l’ai lu.",
    }
    given = {"GET": {**carried, "name": "Projet Aubepine"}, "POST": carried, "DELETE": b""}[method]
    cookies, client.cookies = client.cookies, SimpleCookie(client.cookies)
    answer: HttpResponse = getattr(client, method.lower())(path, given)
    # Who went out by this address is still in at the next.
    client.cookies = cookies
    return answer


def hidden_words(cast: Cast, space: Space) -> list[str]:
    """What nobody outside may ever read of this space."""
    if space == cast.secret:
        return ["Aubépine", "Pas un mot", "repreneur", "jeudi soir", "parle à personne"]
    return ["Essai de vendredi", "On tente", "film de 40"]


def inside_of(space: Space) -> dict[str, int]:
    """How much there is in a space, of everything."""
    counts = {}
    with connection.cursor() as cursor:
        for table in ("message", "following", "reading"):
            cursor.execute(
                f"select count(*) from conversations_{table} x join conversations_conversation c"
                " on c.id = x.conversation_id where c.space_id = %s",
                [space.pk],
            )
            counts[table] = cursor.fetchone()[0]
        cursor.execute(
            "select count(*) from conversations_reaction r join conversations_message m on m.id = r.message_id"
            " join conversations_conversation c on c.id = m.conversation_id where c.space_id = %s",
            [space.pk],
        )
        counts["reaction"] = cursor.fetchone()[0]
    return counts | {
        "conversation": space.conversations.count(),
        "membership": Membership.objects.filter(space=space).count(),
    }


def walk(cast: Cast, stranger: Person, space: Space, but: dict[tuple[str, str], str]) -> list[str]:
    """What this space gives away to somebody outside it, address by address."""
    client, given_away, before = cast.client(stranger), [], inside_of(space)
    for message_by in (cast.samira, cast.loic):
        for address in addresses():
            path = address.of(things(cast, space, message_by))
            for method in METHODS:
                with undone():
                    answer = ask(client, method, path, cast, space)
                    text = said_by(answer)
                    said = [word for word in hidden_words(cast, space) if word in text]
                    changed = inside_of(space) != before
                is_scoped = not SCOPED.isdisjoint(address.things)
                answers = is_scoped and answer.status_code not in NOT_THERE
                if said or changed or (answers and (address.name, method) not in but):
                    given_away.append(f"{method} {path}: {answer.status_code} {said or ''} {changed or ''}")
    return given_away


def test_whoever_is_outside_finds_nothing_of_a_secret_space(cast: Cast) -> None:
    assert walk(cast, cast.marek, cast.secret, but={}) == []


def test_whoever_is_outside_finds_of_a_closed_space_only_its_name(cast: Cast) -> None:
    assert walk(cast, cast.marek, cast.closed, but=SEEN_BY_NAME) == []


def test_having_asked_to_join_opens_nothing_yet(cast: Cast) -> None:
    join(cast.closed, cast.ines)
    assert JoinRequest.objects.filter(space=cast.closed, person=cast.ines).exists()
    assert walk(cast, cast.ines, cast.closed, but=SEEN_BY_NAME) == []


@pytest.mark.parametrize("who", ["samira", "claire", "ines", "marek"])
def test_nobody_finds_a_direct_conversation_that_they_are_not_in(cast: Cast, who: str) -> None:
    """Every address and every method, as their manager, as a colleague, as somebody outside: whoever it is."""
    here = between_two(cast)
    first, client, given_away = here.messages.get(number=1), cast.client(getattr(cast, who)), []
    for address in addresses():
        inside = things(cast, cast.open, cast.samira)
        path = address.of({**inside, "conversations": here.pk, "messages": first.pk})
        for method in METHODS:
            with undone():
                answer = ask(client, method, path, cast, cast.open)
                answers = {"conversations", "messages", "direct"} & set(address.things)
                if "tiroir" in said_by(answer) or (answers and answer.status_code not in NOT_THERE):
                    given_away.append(f"{method} {path}: {answer.status_code}")
                if here.messages.count() != 1 or here.participations.count() != 2:
                    given_away.append(f"{method} {path} changed it")
    assert given_away == []


def test_a_manager_sees_no_more_than_anybody(cast: Cast) -> None:
    assert walk(cast, cast.claire, cast.secret, but={}) == []


def test_who_has_left_a_space_no_longer_finds_what_they_wrote_there(cast: Cast) -> None:
    leave(cast.secret, cast.samira)
    assert Following.objects.filter(person=cast.samira, conversation=cast.in_secret).exists()
    assert walk(cast, cast.samira, cast.secret, but=KEPT) == []


def test_a_member_finds_each_of_these_addresses(cast: Cast) -> None:
    """Else the walk above would prove nothing: it might ask for what nobody has."""
    volunteer(cast.secret, cast.loic)
    Person.objects.filter(pk=cast.loic.pk).update(joined_at=Now())  # A host may welcome who has just come.
    volunteer(cast.secret, cast.samira)
    client, missing = cast.client(cast.loic), []
    own, anothers = (things(cast, cast.secret, each) for each in (cast.loic, cast.samira))
    for address in addresses():
        if not SCOPED.isdisjoint(address.things):
            answers = set[int]()
            for here, is_aside in ((own, False), (anothers, False), (own, True)):
                with undone():
                    if is_aside:
                        set_aside(cast.answer(cast.in_secret), cast.samira, Reason.UNLAWFUL, "Contre la loi.")
                    answers |= {
                        ask(client, each, address.of(here), cast, cast.secret).status_code for each in METHODS
                    }
                if not answers <= NOT_THERE:
                    break
            else:
                missing.append(address.path)
    assert missing == []


def test_a_closed_space_tells_whoever_is_outside_how_to_ask(cast: Cast) -> None:
    page = cast.client(cast.marek).get(f"/spaces/{cast.closed.pk}").content.decode()
    assert "Réglages de la ligne 4" in page
    assert "Ask to join" in page
    assert cast.loic.name not in page


def test_who_belongs_to_a_closed_space_is_not_told_outside(cast: Cast) -> None:
    profile = f"/people/{cast.loic.pk}"
    assert cast.closed.name in cast.client(cast.claire).get(profile).content.decode()
    outside = cast.client(cast.marek).get(profile).content.decode()
    assert cast.closed.name not in outside
    assert cast.open.name in outside


@pytest.mark.parametrize("address", addresses(), ids=lambda each: each.name)
def test_each_address_is_within_a_scope_or_stands_in_the_table(address: Address) -> None:
    assert SCOPED.isdisjoint(address.things) == (address.name in FOR_EVERYBODY)


def test_what_is_open_to_all_answers_as_the_table_says(cast: Cast) -> None:
    client, found = cast.client(cast.marek), {}
    here = things(cast, cast.secret, cast.samira)
    for address in addresses():
        if address.name in FOR_EVERYBODY:
            answers = []
            for method in METHODS:
                with undone():
                    answers.append(ask(client, method, address.of(here), cast, cast.secret).status_code)
            found[address.name] = tuple(answers)
    assert found == FOR_EVERYBODY


def test_before_signing_in_every_address_leads_to_the_door(cast: Cast) -> None:
    client, open_doors = cast.client(), set()
    here = things(cast, cast.open, cast.samira)
    for address in addresses():
        for method in METHODS:
            with undone():
                answer = ask(client, method, address.of(here), cast, cast.open)
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/enter?next="):
                open_doors.add(address.name)
            assert cast.in_open.title not in answer.content.decode()
    assert open_doors == set(PUBLIC)


def test_the_door_says_nothing_of_who_is_here(cast: Cast) -> None:
    client = cast.client()
    for email in (cast.samira.email, "nobody@rivoire.example"):
        with undone():
            page = client.post("/enter", {"email": email})
        assert page.status_code == 200
        assert page.content.decode().replace(str(email), "").find(cast.samira.name) == -1

"""Who is told that a conversation changed: whoever may read it, and nobody else."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terrain.conversations import editing, reacting
from terrain.conversations.models import Conversation
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.notifications.notification import tell_of
from terrain.people.models import Person
from terrain.spaces.joining import leave, let_in
from terrain.spaces.models import Membership, Openness, Space
from tests.cast import Cast
from tests.live.pages import Event, Live, Page

pytestmark = pytest.mark.django_db(transaction=True)


def changed(conversation: Conversation) -> Event:
    return "changed", {"conversation": conversation.pk, "space": conversation.space_id}


def fence(cast: Cast, pages: Sequence[Page]) -> list[list[Event]]:
    """What each page was told until now: everybody is told of an open space, and what comes in turn comes before.

    Twice, for within one round what concerns members comes after what concerns everybody.
    """
    told: list[list[Event]] = [[] for _ in pages]
    for _ in range(2):
        said = open_conversation(cast.open, cast.samira, "<p>Vous entendez ?</p>")
        told = [before + page.until(changed(said)) for before, page in zip(told, pages, strict=True)]
    return told


@contextmanager
def listening(live: Live, cast: Cast, *persons: Person) -> Iterator[list[Page]]:
    """A page of each of these people, which has heard all that was said before."""
    with ExitStack() as opened:
        pages = [opened.enter_context(live.page_of(person)) for person in persons]
        fence(cast, pages)
        yield pages


def test_what_changes_in_a_closed_space_is_told_to_its_members_alone(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.claire, cast.ines) as (member, stranger):
        reply(cast.in_closed, cast.loic, "<p>176 °C tient.</p>")
        assert member.next() == changed(cast.in_closed)
        assert fence(cast, [stranger]) == [[]]


def test_what_changes_in_a_secret_space_is_told_to_its_members_alone(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.samira, cast.claire) as (member, stranger):
        reply(cast.in_secret, cast.loic, "<p>Jeudi, donc.</p>")
        assert member.next() == changed(cast.in_secret)
        assert fence(cast, [stranger]) == [[]]


def test_what_changes_in_an_open_space_is_told_to_everybody(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.marek) as [page]:
        reply(cast.in_open, cast.loic, "<p>Elle tient.</p>")
        assert page.next() == changed(cast.in_open)


def test_each_thing_that_happens_in_a_conversation_is_told(live: Live, cast: Cast) -> None:
    answer = cast.answer(cast.in_closed)
    with listening(live, cast, cast.claire) as [page]:
        editing.edit(answer, cast.loic, "<p>Avec le film de 50.</p>")
        assert page.next() == changed(cast.in_closed)
        reacting.react(answer, cast.samira, "👍")
        assert page.next() == changed(cast.in_closed)
        reacting.take_back(answer, cast.samira, "👍")
        assert page.next() == changed(cast.in_closed)
        reply(cast.in_closed, cast.samira, "<p>Merci !</p>", answer)
        assert page.next() == changed(cast.in_closed)
        opened = open_conversation(cast.closed, cast.samira, "<p>Et lundi ?</p>")
        assert page.next() == changed(opened)


def test_what_a_transaction_takes_back_is_told_to_nobody(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.loic) as [page]:
        with transaction.atomic():
            reply(cast.in_closed, cast.loic, "<p>Rien.</p>")
            transaction.set_rollback(True)
        assert fence(cast, [page]) == [[]]


def test_who_joins_hears_from_then_on_and_who_leaves_no_longer(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.ines) as [page]:
        reply(cast.in_closed, cast.loic, "<p>Avant.</p>")
        assert fence(cast, [page]) == [[]]
        let_in(cast.closed, cast.ines)
        reply(cast.in_closed, cast.loic, "<p>Pendant.</p>")
        assert page.next() == changed(cast.in_closed)
        leave(cast.closed, cast.ines)
        reply(cast.in_closed, cast.loic, "<p>Après.</p>")
        assert fence(cast, [page]) == [[]]


def test_a_space_that_closes_is_told_to_its_members_alone_from_then_on(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.ines, cast.marek) as (member, stranger):
        closing = Space.unscoped.create(name="Bientôt fermé", openness=Openness.OPEN)
        Membership.objects.create(space=closing, person=cast.ines)
        let_in(closing, cast.ines)
        conversation = open_conversation(closing, cast.samira, "<p>Encore ouvert.</p>")
        assert stranger.next() == changed(conversation)
        Space.unscoped.filter(pk=closing.pk).update(openness=Openness.CLOSED)
        reply(conversation, cast.samira, "<p>Entre nous.</p>")
        told_member, told_stranger = fence(cast, [member, stranger])
        assert told_stranger == []
        assert told_member[-1] == changed(conversation)


def test_all_pages_of_a_person_hear(live: Live, cast: Cast) -> None:
    with listening(live, cast, cast.claire, cast.claire) as (at_work, on_the_phone):
        reply(cast.in_closed, cast.loic, "<p>Ici et là.</p>")
        assert at_work.next() == on_the_phone.next() == changed(cast.in_closed)


OPENNESS = st.sampled_from(list(Openness))


@st.composite
def company(draw: st.DrawFn) -> tuple[int, list[tuple[Openness, set[int]]], list[tuple[int, int, bool]]]:
    """How many people; spaces with who belongs to them; and what happens: (space, person, whether they move).

    A person who moves leaves the space where they belong to it, and is let in where they do not; one who does not
    move says something there.
    """
    size = draw(st.integers(1, 4))
    persons = st.integers(0, size - 1)
    spaces = draw(st.lists(st.tuples(OPENNESS, st.sets(persons)), min_size=1, max_size=3))
    happenings = st.tuples(st.integers(0, len(spaces) - 1), persons, st.booleans())
    return size, spaces, draw(st.lists(happenings, min_size=6, max_size=16))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(company())
def test_nobody_is_told_of_a_conversation_outside_their_scope(
    live: Live,
    cast: Cast,
    drawn: tuple[int, list[tuple[Openness, set[int]]], list[tuple[int, int, bool]]],
) -> None:
    size, places, happenings = drawn
    persons: list[Person] = [Person.objects.create(name=f"Personne {i}") for i in range(size)]
    spaces = [Space.unscoped.create(name=f"Espace {i}", openness=place[0]) for i, place in enumerate(places)]
    for space, (_, members) in zip(spaces, places, strict=True):
        for i in members:
            let_in(space, persons[i])
    conversations = [open_conversation(space, cast.samira, "<p>Dites.</p>") for space in spaces]

    with listening(live, cast, *persons) as pages:
        may_hear: list[set[int]] = [set() for _ in persons]
        must_hear: list[set[int]] = [set() for _ in persons]
        for s, p, moves in happenings:
            if moves:
                belongs = Membership.objects.filter(space=spaces[s], person=persons[p]).exists()
                (leave if belongs else let_in)(spaces[s], persons[p])
                continue
            before = [conversations[s].pk in _readable(person) for person in persons]
            reply(conversations[s], cast.samira, "<p>Voilà.</p>")
            for i, may in enumerate(before):
                if may:
                    may_hear[i].add(conversations[s].pk)
                    must_hear[i].add(conversations[s].pk)
        # Whoever joins between a reply and its round may read it by then, and may hear of it.
        for i, person in enumerate(persons):
            may_hear[i] |= _readable(person)
        told = fence(cast, pages)

    for i, events in enumerate(told):
        heard = {data["conversation"] for name, data in events if name == "changed"}
        assert heard <= may_hear[i]
        still_readable = _readable(persons[i])
        assert must_hear[i] & still_readable <= heard


def _readable(person: Person) -> set[int]:
    """What the one door shows."""
    return set(Conversation.visible_to(person).values_list("pk", flat=True))


def test_that_something_waits_is_told_to_whom_it_waits_for_and_hides_no_other_change(
    live: Live, cast: Cast
) -> None:
    with listening(live, cast, cast.samira, cast.ines) as (author, stranger):
        said = reply(cast.in_closed, cast.loic, "<p>176 °C tient.</p>")
        tell_of(said.pk)
        heard = [author.next(), author.next()]
        assert changed(cast.in_closed) in heard
        assert ("changed", {"conversation": 0, "space": None}) in heard
        assert fence(cast, [stranger]) == [[]]

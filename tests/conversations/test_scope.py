"""Nothing outside somebody's scope is ever in a page of theirs, and all that is inside can be reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from terrain.conversations.editing import edit
from terrain.conversations.following import follow
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import OFFERED, react
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.people.models import Person
from terrain.spaces.closing import NOTICE, announce_closing, close_what_is_due
from terrain.spaces.joining import join, let_in
from terrain.spaces.models import Openness, Space
from terrain.spaces.opening import open_space

MARK = re.compile(r"zq\d+qz")
PEOPLE = 3
who = st.integers(0, PEOPLE - 1)


@dataclass(frozen=True)
class Said:
    """A conversation: who opens it, who answers what, who edits, who reacts, follows and reads."""

    opener: int
    answers: list[tuple[int, int | None, bool]]
    gestures: list[int]


@dataclass(frozen=True)
class Place:
    """A space: for whom it is, who opens it, who else belongs to it, who asks to, and what is said there."""

    openness: Openness
    opener: int
    members: set[int]
    asking: set[int]
    said: list[Said]
    closes: bool
    """Whether it closes, where it was open, once the first of it is said."""


said = st.builds(
    Said,
    who,
    st.lists(st.tuples(who, st.none() | st.integers(0, 2), st.booleans()), max_size=2),
    st.lists(who, max_size=2),
)
places = st.lists(
    st.builds(
        Place,
        st.sampled_from(list(Openness)),
        who,
        st.sets(who, max_size=1),
        st.sets(who, max_size=2),
        st.lists(said, min_size=1, max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)

marks = count(1)


@dataclass
class World:
    """What has been said, and who may see each marked word."""

    people: list[Person] = field(default_factory=list)
    spaces: list[Space] = field(default_factory=list)
    belongs: dict[int, set[int]] = field(default_factory=dict)
    """The people of each space, by their ids."""
    for_whom: dict[str, set[int]] = field(default_factory=dict)
    """Each marked word, and the ids of those who may see it."""
    open_to_all: set[int] = field(default_factory=set)
    """The conversations that everybody reads."""
    kept: dict[int, dict[str, str]] = field(default_factory=dict)
    """For each space, the addresses where its words are to be found."""

    def mark(self, seen_by: set[int]) -> str:
        """A word like no other, which only these people may see."""
        word = f"zq{next(marks)}qz"
        self.for_whom[word] = seen_by
        return word

    def everybody(self) -> set[int]:
        """The ids of all."""
        return {each.pk for each in self.people}


def built(drawn: list[Place]) -> World:
    """The world that was drawn, made by the verbs; whoever may not write in a space is let in for as long."""
    world = World()
    world.people = [
        Person.objects.create(name=f"Personne {'ABC'[number]}", password="!") for number in range(PEOPLE)
    ]
    for place in drawn:
        belongs = {world.people[each].pk for each in {place.opener, *place.members}}
        knows = belongs if place.openness == Openness.SECRET else world.everybody()
        reads = world.everybody() if place.openness == Openness.OPEN else belongs
        opener = world.people[place.opener]
        space = open_space(world.mark(knows), world.mark(knows), place.openness, opener)
        for each in place.members - {place.opener}:
            let_in(space, world.people[each])
        if place.openness == Openness.CLOSED:
            for each in place.asking - place.members - {place.opener}:
                join(space, world.people[each])
        world.spaces.append(space)
        world.belongs[space.pk] = belongs
        for number, each_said in enumerate(place.said):
            if number == 1 and place.closes and place.openness == Openness.OPEN:
                announce_closing(space, opener, world.mark(reads))
                Conversation.unscoped.filter(title__startswith="This space is").update(
                    title=world.mark(reads)
                )
                world.open_to_all |= set(
                    Conversation.unscoped.filter(space=space).values_list("pk", flat=True)
                )
                close_what_is_due(timezone.now() + NOTICE)
                space.refresh_from_db()
                reads = belongs
            conversation = _say(world, space, each_said, reads)
            if space.openness == Openness.OPEN:
                world.open_to_all.add(conversation.pk)
    return world


def _say(world: World, space: Space, said: Said, reads: set[int]) -> Conversation:
    """Somebody may have written before they left: who writes need not belong any more."""
    opener = world.people[said.opener]
    conversation = open_conversation(
        space, opener, f"<p>{world.mark(reads)}</p>", title=world.mark(reads) + " " + world.mark(reads)
    )
    messages = [Message.unscoped.get(conversation=conversation)]
    for author, answered, changed in said.answers:
        to = messages[answered % len(messages)] if answered is not None else None
        message = reply(conversation, world.people[author], f"<p>{world.mark(reads)}</p>", reply_to=to)
        if changed:
            message = edit(message, world.people[author], f"<p>{world.mark(reads)}</p>")
        messages.append(message)
    for each in said.gestures:
        follow(conversation, world.people[each])
        react(messages[-1], world.people[each], OFFERED[each])
        read_up_to(conversation, world.people[each], len(messages))
    return conversation


def listed(world: World) -> Iterator[str]:
    """The pages that anybody opens, whatever is in them."""
    yield from ("/", "/spaces", "/people", "/me", "/posts/new", "/spaces/new", "/nowhere")
    yield from (f"/people/{person.pk}" for person in world.people)
    yield from (f"/spaces/names?name={space.name}" for space in world.spaces)
    yield from (f"/spaces?q={space.about}" for space in world.spaces)


def look(client: Client, path: str) -> tuple[int, set[str]]:
    """The status of a page, and the marked words in it but those that were asked for."""
    answer = client.get(path)
    page = answer.content.decode()
    own = f'value="{path.split("=")[-1]}"'
    return answer.status_code, set(MARK.findall(page.replace(own, "")))


def check(world: World, reader: Person) -> None:
    """Open every page as this person."""
    client, here = Client(), reader.pk
    client.force_login(reader)
    allowed = {word for word, seen_by in world.for_whom.items() if here in seen_by}
    reached: set[str] = set()

    def open_page(path: str, expected: int) -> None:
        status, words = look(client, path)
        assert words <= allowed, f"{path} shows {reader} what they may not see"
        assert status == expected, f"{path} answers {status} to {reader}"
        reached.update(words)

    for path in listed(world):
        open_page(path, 404 if path == "/nowhere" else 200)
    for space in world.spaces:
        belongs = here in world.belongs[space.pk]
        knows = belongs or space.openness != Openness.SECRET
        reads = belongs or space.openness == Openness.OPEN
        open_page(f"/spaces/{space.pk}", 200 if knows else 404)
        open_page(f"/spaces/{space.pk}/members", 200 if reads else 404)
        open_page(f"/posts/new?space={space.pk}", 200)
        for conversation in Conversation.unscoped.filter(space=space).order_by("pk"):
            found = f"/conversations/{conversation.pk}"
            reads = belongs or conversation.pk in world.open_to_all
            open_page(found, 200 if reads else 404)
            for message in Message.unscoped.filter(conversation=conversation).order_by("pk"):
                mine = reads and message.author_id == here
                open_page(f"{found}?reply_to={message.pk}", 200 if reads else 404)
                open_page(f"/messages/{message.pk}", 302 if reads else 404)
                open_page(f"/messages/{message.pk}/edits", 200 if reads else 404)
                open_page(f"/messages/{message.pk}/edit", 200 if mine else 404)
    _no_reply_crosses(world, client, here)
    assert reached == allowed, f"{reader} cannot reach {allowed - reached}"


def _no_reply_crosses(world: World, client: Client, here: int) -> None:
    """A message that is outside cannot be quoted into a conversation that is inside."""
    inside = Conversation.visible_to(Person(pk=here)).order_by("pk").first()
    if inside is None:
        return
    for message in Message.unscoped.exclude(conversation=inside).order_by("pk")[:4]:
        _, words = look(client, f"/conversations/{inside.pk}?reply_to={message.pk}")
        assert all(here in world.for_whom[word] for word in words)


@pytest.mark.django_db
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # A small world that fails says enough; to find the smallest would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(places)
def test_nothing_outside_is_seen_and_all_that_is_inside_is_reached(drawn: list[Place]) -> None:
    with transaction.atomic():
        world = built(drawn)
        for reader in world.people:
            check(world, reader)
        transaction.set_rollback(True)

"""A world where every word is a mark with its readers: whatever shows a mark to anybody else leaks."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from terrain.agenda.event import invite
from terrain.attachments.attaching import attach
from terrain.conversations.editing import edit
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.conversations.versions import say_also
from terrain.direct.talking import begin
from terrain.drafts.draft import keep as keep_draft
from terrain.files.keeping import keep as keep_file
from terrain.links.models import Preview
from terrain.outcomes.outcome import conclude
from terrain.people.about import tell_about
from terrain.people.models import Person
from terrain.polls.poll import ask
from terrain.saving.models import Saved
from terrain.sharing.share import share
from terrain.spaces.joining import join, let_in
from terrain.spaces.keeping import change
from terrain.spaces.menu import Link, as_kept
from terrain.spaces.models import Openness, Space
from terrain.spaces.opening import open_space
from terrain.thanks.thanking import left, thank
from tests.files.brought import png

MARK = re.compile(r"zq\d+qz")
PEOPLE, SPACES, TALKS, DIRECT = 24, 9, 5, 6

Readers = frozenset[int]


@dataclass(frozen=True)
class Address:
    """A path, and who is answered there."""

    path: str
    readers: Readers


@dataclass
class World:
    """Everybody, everything that was said, who may see each mark, and every address of what has a scope."""

    chance: random.Random
    people: list[Person] = field(default_factory=list)
    readers_of: dict[str, Readers] = field(default_factory=dict)
    """Each mark, and the ids of those who may see it."""
    addresses: list[Address] = field(default_factory=list)
    spaces: dict[int, tuple[Space, Readers, Readers]] = field(default_factory=dict)
    """Each space by its id: itself, who belongs to it, and who may read it."""
    conversations: list[tuple[Conversation, Readers]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def everybody(self) -> Readers:
        return frozenset(each.pk for each in self.people)

    def mark(self, *seen_by: Readers) -> str:
        """A word like no other, for those who are among all of these."""
        word = f"zq{next(self._numbers)}qz"
        self.readers_of[word] = frozenset.intersection(*seen_by)
        return word

    def at(self, path: str, readers: Readers) -> None:
        self.addresses.append(Address(path, readers))

    def some(self, ids: Readers) -> Person:
        """One of these people."""
        pk = self.chance.choice(sorted(ids))
        return next(each for each in self.people if each.pk == pk)


def built(seed: int) -> World:
    """The world of this seed, made by the verbs."""
    world = World(random.Random(seed))
    for number in range(PEOPLE):
        world.people.append(Person.objects.create(name=f"Personne {chr(65 + number)}", password="!"))
    for number in range(SPACES):
        _space(world, list(Openness)[number % 3], world.people[number])
    _tell_about_oneself(world)
    for space, belongs, reads in list(world.spaces.values()):
        for _ in range(TALKS):
            author = world.some(belongs)
            talk = open_conversation(space, author, _words(world, reads), title=world.mark(reads))
            _talk(world, talk, reads, belongs)
    for _ in range(DIRECT):
        several = world.chance.sample(world.people, world.chance.randint(2, 4))
        here = frozenset(each.pk for each in several)
        talk = begin(several[0], several[1:], _words(world, here), title=world.mark(here))
        world.at(f"/direct/{talk.pk}/people", here)
        _talk(world, talk, here, here)
    _share(world)
    _write_drafts(world)
    return world


def _words(world: World, readers: Readers) -> str:
    """What somebody says: a mark, a topic that is one too, a link, and the name of somebody, who may be outside."""
    named = world.chance.choice(world.people)
    marks = world.mark(readers), world.mark(readers), world.mark(readers)
    return f'<p>{marks[0]} #{marks[1]} @{named.name} <a href="https://a.example/{marks[2]}">la page</a></p>'


def _space(world: World, openness: Openness, opener: Person) -> None:
    members = world.chance.sample(world.people, 5)
    belongs = frozenset({opener.pk, *(each.pk for each in members)})
    knows = belongs if openness == Openness.SECRET else world.everybody
    reads = world.everybody if openness == Openness.OPEN else belongs
    space = open_space(world.mark(knows), world.mark(knows), openness, opener)
    for each in members:
        let_in(space, each)
    for each in world.chance.sample(world.people, 2):
        if openness == Openness.CLOSED and each.pk not in belongs:
            join(space, each)
    menu = as_kept([Link(f"https://a.example/{world.mark(reads)}", world.mark(reads))])
    change(space, opener, {"rules": world.mark(reads), "menu": menu})
    change(space, opener, {"rules": world.mark(reads)})
    world.spaces[space.pk] = space, belongs, reads
    here = f"/spaces/{space.pk}"
    world.at(here, knows)
    for each in ("members", "history", "suggestions", "rules"):
        world.at(f"{here}/{each}", reads)
    for each in ("menu", "words"):
        world.at(f"{here}/{each}", belongs)


def _tell_about_oneself(world: World) -> None:
    for each in world.people:
        known = frozenset[int]().union(*(here for _, here, _ in world.spaces.values() if each.pk in here))
        told = {
            "does": (world.mark(world.everybody), "everybody"),
            "phone": (world.mark(known | {each.pk}), "spaces"),
            "place": (world.mark(frozenset({each.pk})), "me"),
        }
        tell_about(each, told)
        for page in ("", "/thanks"):
            world.at(f"/people/{each.pk}{page}", world.everybody)


def _talk(world: World, talk: Conversation, reads: Readers, belongs: Readers) -> None:
    first = Message.unscoped.get(conversation=talk)
    messages = [first]
    for _ in range(world.chance.randint(1, 3)):
        to = world.chance.choice(messages)
        messages.append(reply(talk, world.some(belongs), _words(world, reads), reply_to=to))
    changed = world.chance.choice(messages)
    assert changed.author
    edit(changed, changed.author, _words(world, reads))
    say_also(first, _author(first), "en", f"<p>{world.mark(reads)}</p>")
    _hang_things_on(world, first, reads, belongs)
    if talk.space_id:
        conclude(talk, _author(first), f"On garde le réglage de {world.mark(reads)}")
    world.conversations.append((talk, reads))
    here = f"/conversations/{talk.pk}"
    for each in ("", "/acts", "/suggestions", "/outcomes", "?around=2"):
        world.at(here + each, reads)
    world.at(here + "/shares", reads if talk.space_id else frozenset())
    for message in messages:
        _addresses_of(world, message, reads)


def _addresses_of(world: World, message: Message, reads: Readers) -> None:
    here, author = f"/messages/{message.pk}", frozenset({_author(message).pk})
    for each in ("", "/acts", "/edits", "/reactions", "/passages", "/thanks"):
        world.at(here + each, reads)
    for each in ("/edit", "/version", "/withdrawal"):
        world.at(here + each, reads & author)
    world.at(f"/conversations/{message.conversation_id}?reply_to={message.pk}", reads)


def _hang_things_on(world: World, message: Message, reads: Readers, belongs: Readers) -> None:
    """A picture, a poll, an event, a preview, thanks, and a place among what somebody saved."""
    author = _author(message)
    name = f"{world.mark(reads)}.png"
    picture = keep_file(author, SimpleUploadedFile(name, png()))
    attach(message, [picture], {str(picture.uid): world.mark(reads)})
    for each in ("", "/small"):
        world.at(f"/files/{picture.uid}{each}", reads)
    poll = ask(message, [world.mark(reads), world.mark(reads)], world.mark(reads))
    world.at(f"/polls/{poll.pk}", reads)
    event = invite(
        message, timezone.now() + timedelta(days=30), "Europe/Paris", place=f"salle {world.mark(reads)}"
    )
    for each in ("", "/event.ics"):
        world.at(f"/events/{event.pk}{each}", reads)
    address = f"https://b.example/{world.mark(reads)}"
    Preview.unscoped.create(
        message=message, address=address, place=1, title=world.mark(reads), sentence=world.mark(reads)
    )
    giver = world.some(belongs)
    if giver != author and left(giver):
        both = frozenset({giver.pk, author.pk})
        thanks = thank(giver, author, f"Merci pour {world.mark(reads | both)}", message)
        world.at(f"/thanks/{thanks.pk}", reads | both)
        quiet = thank(giver, author, f"Merci pour {world.mark(both)}", message, True) if left(giver) else None
        if quiet:
            world.at(f"/thanks/{quiet.pk}", both)
    Saved.objects.get_or_create(message=message, person=world.some(belongs))


def _share(world: World) -> None:
    """What is said in a space, brought into another, with words for those who read both."""
    for talk, reads in world.conversations:
        space, belongs, reads_there = world.chance.choice(list(world.spaces.values()))
        both = reads & belongs
        if talk.space_id in (None, space.pk) or not both:
            continue
        share(talk, space, world.some(both), world.mark(reads, reads_there))


def _write_drafts(world: World) -> None:
    for each in world.people:
        mine = frozenset({each.pk})
        key = UUID(int=world.chance.getrandbits(128), version=4)
        keep_draft(each, key, {"body": [world.mark(mine)], "title": [world.mark(mine)]}, "post")
        world.at(f"/posts/new?draft={key}", world.everybody)


def _author(message: Message) -> Person:
    assert message.author
    return message.author

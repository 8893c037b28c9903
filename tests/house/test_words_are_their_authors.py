"""A walk through every address as every role: nobody but its author changes what a message says."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from terrain.conversations.models import Edit, Message, SettingAside, Version, Withdrawal
from terrain.conversations.versions import say_also
from terrain.files.models import File
from terrain.hosting.hosting import volunteer
from terrain.people.models import Person
from terrain.spaces.models import Space
from tests.cast import Cast
from tests.house.addresses import addresses, between_two, said_by, things
from tests.house.test_strangers_walk import METHODS, ask, undone

ROLES = {
    "loic": "a colleague of every space, who answers, hosts it, and is in the direct conversation",
    "claire": "the manager of who writes",
    "ines": "a member of the open space, of another unit",
    "marek": "somebody outside",
    "passer-by": "somebody who has not come in",
}


def words(of: int | None) -> dict[str, list[tuple[Any, ...]]]:
    """All that the messages of one person say, and what is kept beside it; in its place, or set aside, whole."""
    aside = {each.message_id: each for each in SettingAside.objects.select_related("message")}
    quoted = {int(pk): words for each in aside.values() for pk, words in each.passages.items()}
    said, titles = [], []
    for each in Message.unscoped.filter(author=of).select_related("conversation"):
        kept, here = aside.get(each.pk), each.conversation
        passage = quoted.get(each.pk, each.passage)
        said.append((each.pk, kept.body if kept else each.body, each.language, passage, each.edited_at))
        if each.number == 1:
            titles.append((here.pk, kept.title if kept else here.title, here.author_id))
    versions = Version.objects.filter(message__author=of).values_list("message", "language", "body")
    moved = [
        (pk, kept.other["language"], kept.other["body"])
        for pk, kept in aside.items()
        if kept.other and kept.message.author_id == of
    ]
    asked = {
        "said": said,
        "titles": titles,
        "versions": [*versions, *moved],
        "edits": Edit.objects.filter(message__author=of).values_list("pk", "body"),
        "pictures": File.unscoped.filter(attachment__message__author=of).values_list("pk", "alt"),
        "withdrawn": Withdrawal.objects.filter(message__author=of).values_list("message"),
    }
    return {name: sorted(rows, key=str) for name, rows in asked.items()}


def walk(cast: Cast, who: Person | None, space: Space, author: Person) -> list[str]:
    """The addresses and methods by which this person changed what the author's messages say."""
    client, changing = cast.client(who), []
    for address in addresses():
        for method in METHODS:
            with undone():
                path = address.of(things(cast, space, author))
                before = words(author.pk)
                said_by(ask(client, method, path, cast, space))
                if words(author.pk) != before:
                    changing.append(f"{method} {address.name}")
    return changing


@pytest.fixture
def told(cast: Cast) -> Cast:
    """The cast, where Samira's words have all that words can have, and Loïc looks after the spaces."""
    for conversation in (cast.in_open, cast.in_closed, cast.in_secret):
        say_also(cast.first(conversation), cast.samira, "en", "<p>It has been sticking since Monday.</p>")
        assert conversation.space
        volunteer(conversation.space, cast.loic)
    return cast


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_the_author_changes_a_message(told: Cast, role: str) -> None:
    who = getattr(told, role, None)
    changing = [
        f"{each} in {space}"
        for space in (told.open, told.closed, told.secret)
        for each in walk(told, who, space, told.samira)
    ]
    assert changing == [], f"{role}: {ROLES[role]}"


def test_the_author_does(told: Cast) -> None:
    """Else the walk above would prove nothing: they change what they said, and say more."""
    changes = {"POST edit", "POST version", "DELETE version", "POST withdrawal", "POST alts"}
    says_more = {"POST new_post", "POST messages", "POST new_direct"}
    assert set(walk(told, told.samira, told.open, told.samira)) == changes | says_more


def test_nobody_in_a_direct_conversation_changes_the_words_of_another(cast: Cast) -> None:
    here = between_two(cast)
    first = here.messages.get(number=1)
    other = here.participations.exclude(person=cast.loic).get().person
    client, changing = Client(), []
    client.force_login(other)
    for address in addresses():
        for method in METHODS:
            with undone():
                inside = things(cast, cast.open, cast.samira)
                path = address.of(
                    {**inside, "conversations": here.pk, "messages": first.pk, "direct": here.pk}
                )
                before = words(cast.loic.pk)
                said_by(ask(client, method, path, cast, cast.open))
                if words(cast.loic.pk) != before:
                    changing.append(f"{method} {address.name}")
    assert changing == []
    with transaction.atomic():
        assert client.get(f"/messages/{first.pk}").status_code == 302, "who is in it reads it"

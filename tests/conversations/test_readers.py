"""How many have read: a number for who opened a conversation, and nothing for anybody else."""

import re

from terrain.conversations.opening import open_conversation
from terrain.conversations.reading import read_up_to
from terrain.direct.talking import begin
from terrain.people.models import Person
from tests.cast import Cast, person

READ = re.compile(r"(\d+)\xa0?\s?people have read this")


def said(cast: Cast, reader: Person, pk: int) -> list[str]:
    """What the page of the conversation tells this reader of how many have read it."""
    return READ.findall(cast.client(reader).get(f"/conversations/{pk}").content.decode())


def test_who_opened_it_alone_sees_how_many_have_read_it(cast: Cast) -> None:
    here = open_conversation(cast.open, cast.ines, "<p>Qui a la clé du local ?</p>")
    for number in range(4):
        read_up_to(here, person(f"Lectrice {'ABCD'[number]}"), 1)
    assert said(cast, cast.ines, here.pk) == [], "of fewer than five, the number alone would tell who"
    read_up_to(here, cast.loic, 1)
    assert said(cast, cast.ines, here.pk) == ["5"]
    assert said(cast, cast.loic, here.pk) == []
    assert said(cast, cast.samira, here.pk) == []


def test_who_left_the_house_counts_no_more(cast: Cast) -> None:
    here = open_conversation(cast.open, cast.ines, "<p>Qui a la clé du local ?</p>")
    readers = [person(f"Lecteur {'ABCDEF'[number]}") for number in range(6)]
    for each in readers:
        read_up_to(here, each, 1)
    assert said(cast, cast.ines, here.pk) == ["6"]
    readers[0].delete()
    assert said(cast, cast.ines, here.pk) == ["5"]


def test_what_is_said_directly_counts_nobody(cast: Cast) -> None:
    others = [person(f"Lecteur {'ABCDEF'[number]}") for number in range(6)]
    here = begin(cast.ines, others, "<p>Entre nous.</p>")
    for each in others:
        read_up_to(here, each, 1)
    assert said(cast, cast.ines, here.pk) == []

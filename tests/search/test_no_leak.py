"""Ten thousand times, somebody looks for something: nothing is shown that is not theirs to read."""

import random

import pytest
from django.db import connection

from terrain.attachments.models import Attachment
from terrain.search import jobs
from terrain.search.answering import answer
from tests.house.world import MARK, World, built

PAIRS, SEED = 10_000, 20_261_201


@pytest.fixture
def world(db: None) -> World:
    made = built(SEED)
    jobs.read_files(timestamp=0)
    jobs.learn_all(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return made


def typed(mark: str, chance: random.Random) -> str:
    """What somebody may type who has heard of a mark, or of nothing."""
    beginning = mark[: chance.randint(3, len(mark))]
    return chance.choice(
        [
            mark, mark, mark.upper(), f'"{mark}"', f"la page {mark}", beginning, mark[:-1] + "x", mark[1:],
            f"in:{mark}", f"in:{beginning} page", f"page avant:2100 {mark}", f"{mark} de:personne", "a.example",
            "page", "png", "de:personne", "kind:post", "dans:zq", f"kind:file {mark}",
        ]
    )  # fmt: skip


def test_ten_thousand_pairs_of_a_person_and_a_search(world: World) -> None:
    chance, found, read = random.Random(SEED), [], 0
    marks = sorted(world.readers_of)
    assert Attachment.unscoped.exists()
    for _ in range(PAIRS):
        person, mark = chance.choice(world.people), chance.choice(marks)
        words, sort = (
            typed(mark, chance),
            chance.choice(["", "", "messages", "conversations", "files", "spaces", "people"]),
        )
        here = answer(words, person, sort, chance.choice([1, 1, 1, 2]), is_typing=chance.random() < 0.3)
        shown = " ".join(
            f"{each.title_marked} {each.excerpt} {each.title} {each.text} {each.who} {each.where} {each.address}"
            for section in here.sections
            for each in section.found
        )
        said = f"{shown} {here.instead}".replace("<mark>", "").replace("</mark>", "")
        seen = set(MARK.findall(said))
        read += len(seen)
        found += [(words, sort, each) for each in seen if person.pk not in world.readers_of[each]]
    assert found == []
    assert read > PAIRS, "most of them found something"


def test_a_search_of_what_one_may_not_read_says_the_same_as_of_what_is_nowhere(world: World) -> None:
    hidden = next(mark for mark, readers in world.readers_of.items() if len(readers) == 1)
    (reader,) = world.readers_of[hidden]
    stranger = next(each for each in world.people if each.pk != reader)
    there, nowhere = answer(hidden, stranger), answer("zq000000qz", stranger)
    assert (there.sections, there.instead, there.is_partly) == (
        nowhere.sections,
        nowhere.instead,
        nowhere.is_partly,
    )

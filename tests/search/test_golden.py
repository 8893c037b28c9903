"""Sixty questions to the demo company, in French and English: the answer is among the first five, accents or not."""

import random
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from terrain.people.about import folded
from terrain.people.models import Person
from terrain.search import spelling
from terrain.search.answering import answer
from tests.demo.moment import A_TUESDAY
from tests.search.questions import ALL

pytestmark = pytest.mark.django_db

FIRST = 5
TYPOS = 4447


@pytest.fixture(scope="module")
def reader(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Person]:
    """Somebody of the demo company."""
    from terrain.demo.planting import plant

    with django_db_blocker.unblock(), transaction.atomic():
        plant(A_TUESDAY)
        spelling.learn_all()
        yield Person.objects.get(name="Inès Fabre")
        transaction.set_rollback(True)


def missed(questions: dict[str, str], reader: Person) -> list[str]:
    """The questions whose answer is not among the first five."""
    return [
        typed
        for typed, title in questions.items()
        if not re.search(title, "\n".join(first(typed, reader)), re.MULTILINE)
    ]


def first(typed: str, reader: Person) -> list[str]:
    """The titles of the first five things found, as the page shows them."""
    found = [each.title for section in answer(typed, reader).sections for each in section.found]
    return found[:FIRST]


def wrong(typed: str, chance: random.Random) -> str:
    """The same with one wrong letter in its longest word: one left out, doubled, swapped with the next, or another."""
    word = max(re.findall(r"[^\W\d_]+", typed), key=len)
    at = chance.randrange(1, len(word) - 1)
    slip = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("aeinrst") + word[at + 1 :],
        ]
    )
    return typed.replace(word, slip, 1)


def test_the_answer_is_among_the_first_five(reader: Person) -> None:
    lost = missed(ALL, reader)
    assert len(lost) <= len(ALL) * 0.10, lost


def test_it_is_without_accents(reader: Person) -> None:
    lost = missed({folded(typed): title for typed, title in ALL.items()}, reader)
    assert len(lost) <= len(ALL) * 0.20, lost


def test_it_is_with_a_wrong_letter(reader: Person) -> None:
    chance = random.Random(TYPOS)
    lost = missed({wrong(typed, chance): title for typed, title in ALL.items()}, reader)
    assert len(lost) <= len(ALL) * 0.20, lost


def test_it_is_without_accents_and_with_a_wrong_letter(reader: Person) -> None:
    chance = random.Random(TYPOS + 1)
    lost = missed({wrong(folded(typed), chance): title for typed, title in ALL.items()}, reader)
    assert len(lost) <= len(ALL) * 0.20, lost

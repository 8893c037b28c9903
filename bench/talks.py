"""What a conversation costs as it grows: a reply by its followers, its page by its messages.

Both of a pair are done in turn, round after round, in a database of their own, each with its own commit.
"""

from collections.abc import Callable
from itertools import count

import click
from django.conf import settings
from django.test import Client

from bench import databases
from bench.reporting import Row, report
from bench.turns import in_turn
from terrain.config import preparing
from terrain.conversations.models import Conversation, Following
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.people.models import Person
from terrain.spaces.models import Openness
from terrain.spaces.opening import open_space

FOLLOWERS, SHORT, LONG = 1000, 20, 400
MOST_BY_FOLLOWERS, MOST_BY_LENGTH = 1.3, 3.0
WORDS = "<p>The probe of the sealer reads three degrees too many since Monday, and nobody has touched it.</p>"

_numbers = count(1)


@click.command("talks")
@click.option("--rounds", type=click.IntRange(3), default=60, show_default=True, help="The median counts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def talks_command(rounds: int, as_json: bool) -> None:
    """Measure a reply with and without a thousand followers, and the pages of a short and of a long conversation."""
    preparing.lay_out_statics()
    name = databases.named("talks")
    databases.make(name)
    try:
        with databases.using(name):
            rows = measure(rounds)
    finally:
        databases.forget(name)
    report(
        "talks", rows, as_json, [f"{rounds} rounds, each of a pair in turn; milliseconds are the median's."]
    )


def measure(rounds: int) -> list[Row]:
    """Both pairs, in the database in use, which is empty."""
    Person.objects.bulk_create(
        Person(name=f"Somebody {number}", password="!") for number in range(1, FOLLOWERS + 2)
    )
    author, *others = Person.objects.order_by("pk")
    space = open_space("The sealer", "What it does, and why.", Openness.OPEN, author)
    quiet, followed, short, lasting = (open_conversation(space, author, WORDS) for _ in range(4))
    Following.objects.bulk_create(Following(conversation=followed, person=each) for each in others)
    for here, messages in ((short, SHORT), (lasting, LONG)):
        for _ in range(messages - 1):
            reply(here, others[next(_numbers) % len(others)], WORDS)
    alone, with_all = _ms(rounds, lambda: _answer(quiet, others), lambda: _answer(followed, others))
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0].replace("*", "127.0.0.1")})
    client.force_login(author)
    few, many = _ms(rounds, lambda: _read(client, short), lambda: _read(client, lasting))
    return [
        Row("reply, no follower", "talks", alone, "ms"),
        Row(
            f"reply, {FOLLOWERS:,} followers",
            "talks",
            with_all,
            "ms",
            alone,
            aim=f"≤ {MOST_BY_FOLLOWERS}",
        ),
        Row(f"page, {SHORT} messages", "talks", few, "ms"),
        Row(f"page, {LONG} messages", "talks", many, "ms", few, aim=f"< {MOST_BY_LENGTH}"),
    ]


def _answer(conversation: Conversation, people: list[Person]) -> None:
    reply(conversation, people[next(_numbers) % len(people)], WORDS)


def _read(client: Client, conversation: Conversation) -> None:
    answer = client.get(f"/conversations/{conversation.pk}?end")
    assert answer.status_code == 200, f"the page answered {answer.status_code}"


def _ms(rounds: int, *doing: Callable[[], None]) -> list[float]:
    return [1000 * seconds for seconds in in_turn(rounds, *doing)]

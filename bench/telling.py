"""How long the worker takes to tell: a thousand people of a message, five thousand by mail, and in their digests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click
from django.core import mail
from django.db import connection
from django.test import override_settings

from bench import databases
from bench.reporting import Row, report
from bench.turns import in_turn
from terrain.conversations.models import Conversation
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.notifications.bundling import Bundle, send_due
from terrain.notifications.digest import Digest
from terrain.notifications.digest import send_due as send_digests
from terrain.notifications.level import How, Level
from terrain.notifications.models import Mail, Notification
from terrain.notifications.outbox import post_due
from terrain.notifications.telling import tell
from terrain.people.models import Person
from terrain.spaces.models import Membership, Openness
from terrain.spaces.opening import open_space

FOLLOWERS, PEOPLE, SPACES = 1000, 5000, 20
MOST_SECONDS_TO_TELL, MOST_SECONDS_TO_MAIL = 5, 60
MORNING = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
WORDS = "<p>The probe of the sealer reads three degrees too many since Monday, and nobody has touched it.</p>"


@click.command("telling")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="The median counts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def telling_command(rounds: int, as_json: bool) -> None:
    """Measure telling a thousand people of a message, and five thousand by a mail and by a digest each."""
    name = databases.named("telling")
    databases.make(name)
    try:
        with (
            databases.using(name),
            override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"),
        ):
            rows = measure(rounds)
    finally:
        databases.forget(name)
    report(
        "telling",
        rows,
        as_json,
        [f"{rounds} rounds; the median counts. Mails go to a server that takes all."],
    )


def measure(rounds: int) -> list[Row]:
    """All three, in the database in use, which is empty."""
    mail.outbox = []
    Person.objects.bulk_create(
        Person(name=f"Somebody {number}", email=f"{number}@terrain.example", password="!")
        for number in range(1, PEOPLE + 1)
    )
    author, *others = Person.objects.order_by("pk")
    space = open_space("The sealer", "What it does, and why.", Openness.OPEN, author)
    here, everywhere = (open_conversation(space, author, WORDS) for _ in range(2))
    for followed, people in ((here, others[:FOLLOWERS]), (everywhere, others)):
        Level.objects.bulk_create(Level(person=each, conversation=followed, how=How.ALL) for each in people)
    (telling,) = in_turn(rounds, lambda: _tell(here, author, FOLLOWERS))
    (mailing,) = in_turn(rounds, lambda: _mail(everywhere, author))
    _fill(others)
    (digesting,) = in_turn(rounds, _digest)
    return [
        Row(f"telling {FOLLOWERS:,} of a message", "", telling, "s", aim=f"< {MOST_SECONDS_TO_TELL} s"),
        Row(f"a mail to each of {PEOPLE:,}", "", mailing, "s", aim=f"< {MOST_SECONDS_TO_MAIL} s"),
        Row(f"a digest to each of {PEOPLE:,}", "", digesting, "s", aim=f"< {MOST_SECONDS_TO_MAIL} s"),
    ]


def _tell(here: Conversation, author: Person, people: int) -> None:
    told = tell(reply(here, author, WORDS).pk, MORNING)
    assert told == people, f"{told} were told"


def _mail(here: Conversation, author: Person) -> None:
    """Everything that is due is made and sent: one mail each."""
    Notification.objects.all().delete()
    Mail.objects.all().delete()
    _tell(here, author, PEOPLE - 1)
    mail.outbox.clear()
    noon = MORNING + timedelta(hours=4)
    Bundle.objects.update(due_at=noon)
    send_due(noon)
    while post_due(noon):
        pass
    assert len(mail.outbox) == PEOPLE - 1, f"{len(mail.outbox)} mails were sent"


def _fill(people: Sequence[Person]) -> None:
    """Everybody belongs to five of twenty spaces for a month; in each, thirty conversations of three messages."""
    author, since = people[0], MORNING - timedelta(days=30)
    # Each by somebody else: a person opens a few in a day.
    spaces = [open_space(f"Line {n}", "What it does.", Openness.OPEN, people[-1 - n]) for n in range(SPACES)]
    Membership.objects.bulk_create(
        Membership(person=each, space=spaces[(n + 4 * k) % SPACES], joined_at=since)
        for n, each in enumerate(people[1:-SPACES])
        for k in range(5)
    )
    for space in spaces:
        for n in range(30):
            here = open_conversation(space, author, WORDS, title=f"Number {n}")
            for who in people[1:3]:
                reply(here, who, WORDS)
    # It was all said a day before the digests are made.
    with connection.cursor() as cursor:
        cursor.execute("update conversations_message set written_at = %s", [MORNING - timedelta(days=1)])
        cursor.execute(
            "update conversations_conversation set last_activity_at = %s", [MORNING - timedelta(days=1)]
        )
        cursor.execute("analyze")


def _digest() -> None:
    """Everybody's is due at once, with twelve conversations in it."""
    Mail.objects.all().delete()
    Digest.objects.all().delete()
    mail.outbox.clear()
    week = MORNING - timedelta(days=7)
    Digest.objects.bulk_create(
        Digest(person_id=pk, due_at=MORNING, since=week) for pk in Person.objects.values_list("pk", flat=True)
    )
    send_digests(MORNING)
    while post_due(MORNING):
        pass
    assert len(mail.outbox) >= PEOPLE - 3 - SPACES, f"{len(mail.outbox)} digests were sent"
    assert "Number" in str(mail.outbox[0].body)

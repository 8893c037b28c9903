"""What Terrain promises to its people: ten lines, each with the test that holds it and a look at this installation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terrain.trust import looking

Look = Callable[[], str]
"""Looks whether a promise is kept here, and changes nothing; "" where it is, else a sentence for who keeps Terrain
running."""


@dataclass(frozen=True)
class Guarantee:
    """One promise: its key, what it says, the test of the project that holds it, and how it is looked at here."""

    key: str
    says: Promise
    test: str
    look: Look


GUARANTEES = (
    Guarantee(
        "published",
        _("What you write is published at once. Nobody approves it first."),
        "tests/trust/test_guarantees.py",
        looking.nothing_waits_for_approval,
    ),
    Guarantee(
        "words",
        _("Nobody but you changes your words, whatever their role."),
        "tests/house/test_words_are_their_authors.py",
        looking.words_have_one_author,
    ),
    Guarantee(
        "name",
        _("Nobody acts in your name: one session, one person."),
        "tests/trust/test_guarantees.py",
        looking.sessions_are_their_persons,
    ),
    Guarantee(
        "direct",
        _(
            "A direct conversation is read by those who are in it. Where the law orders more, two stewards open it, "
            "and whoever is in it is told."
        ),
        "tests/house/test_no_leak.py",
        looking.direct_stays_direct,
    ),
    Guarantee(
        "spaces",
        _("What is said in a closed or secret space is read by its members alone."),
        "tests/house/test_strangers_walk.py",
        looking.closed_stays_closed,
    ),
    Guarantee(
        "reading",
        _("What you read is for your eyes. Others see numbers, from five people on."),
        "tests/house/test_layers.py",
        looking.reading_is_written_down_once,
    ),
    Guarantee(
        "leaving",
        _("You leave any space when you want to, your unit’s too."),
        "tests/spaces/test_by_chart.py",
        looking.anybody_leaves,
    ),
    Guarantee(
        "points",
        _("No points, no ranking, no count of days: you are thanked, not measured."),
        "tests/trust/test_guarantees.py",
        looking.nothing_is_scored,
    ),
    Guarantee(
        "power",
        _("Every act of power stands in the public log, with who did it."),
        "tests/trust/test_log.py",
        looking.the_log_is_whole,
    ),
    Guarantee(
        "for good",
        _("Nobody takes a line out of that log unseen."),
        "tests/trust/test_log.py",
        looking.the_log_is_for_good,
    ),
)


class Looked(models.Model):
    """What the last look at a promise found on this installation; `found` is "" where it was kept."""

    key = models.CharField(max_length=20, primary_key=True)
    found = models.TextField(blank=True)
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "trust_looked"

    def __str__(self) -> str:
        return f"{self.key}: {self.found or 'kept'}"

    @property
    def is_kept(self) -> bool:
        return not self.found


def look() -> list[tuple[Guarantee, Looked]]:
    """Look at all of them now, and remember what was found; what a look tries is not done."""
    return [(each, _remember(each, _look(each))) for each in GUARANTEES]


def last_looked() -> dict[str, Looked]:
    """What was found the last time, by the key of the promise."""
    return Looked.objects.in_bulk()


def _look(guarantee: Guarantee) -> str:
    with transaction.atomic():
        found = guarantee.look()
        transaction.set_rollback(True)
    return found


def _remember(guarantee: Guarantee, found: str) -> Looked:
    looked, _is_new = Looked.objects.update_or_create(
        key=guarantee.key, defaults={"found": found, "looked_at": timezone.now()}
    )
    return looked

"""What is searched in vain: words that five people or more looked for and nobody wrote, and never who they are.

Of a search in vain the words are kept, with a mark that is made of the person and the words by a secret of this
installation: it counts two people as two, and lists nobody's searches. Words of fewer than five people are shown to
nobody, and all are forgotten after 90 days.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils import timezone

from terrain.people.about import folded
from terrain.people.models import Person
from terrain.search.question import Question

LEAST = 5
"""People who must have looked for the same before anybody sees that."""
KEPT = timedelta(days=90)
LONGEST = 80
MOST_SHOWN = 50


class Missed(models.Model):
    """Somebody looked for these words in vain; `mark` tells that it was one person, and not which."""

    mark = models.CharField(max_length=64, primary_key=True)
    words = models.CharField(max_length=LONGEST)
    on = models.DateField()

    class Meta:
        db_table = "search_missed"
        constraints: ClassVar = []
        indexes: ClassVar = [models.Index(fields=["words"], name="search_missed_words")]


class Wanted(NamedTuple):
    """Words that are missing, and about how many looked for them: 5, 10, 15, always fewer than there are."""

    words: str
    people: int


def miss(question: Question, person: Person) -> None:
    """Count that this person found nothing; the same words of the same person count once."""
    words = " ".join(folded(each.text) for each in question.terms)
    if not 2 < len(words) <= LONGEST:
        return
    mark = hmac.new(
        settings.SECRET_KEY.encode(), f"search.missed\0{person.pk}\0{words}".encode(), hashlib.sha256
    )
    Missed.objects.update_or_create(
        mark=mark.hexdigest(), defaults={"words": words, "on": timezone.localdate()}
    )


def wanted() -> Sequence[Wanted]:
    """What five people or more looked for in vain lately, the most wanted first."""
    since = timezone.localdate() - KEPT
    rows = Missed.objects.filter(on__gt=since).values_list("words").annotate(people=Count("mark"))
    asked = rows.filter(people__gte=LEAST).order_by("-people", "words")[:MOST_SHOWN]
    return [Wanted(words, people - people % LEAST) for words, people in asked]


def forget() -> None:
    """Forget what was looked for more than 90 days ago."""
    Missed.objects.filter(on__lte=timezone.localdate() - KEPT).delete()

"""What somebody tells of themselves, each thing to an audience of its own; outside it, nothing of it is anywhere."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terrain.people.person import Person

TOPICS = "topics"
MOST_TOPICS, LONGEST_TOPIC = 12, 40


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("everybody")
    SPACES = "spaces", _("people of my spaces")
    UNIT = "unit", _("my unit")
    ME = "me", _("only me")


@dataclass(frozen=True)
class Field:
    """One thing that somebody can tell: its name, how long it may be, and to whom it goes unless they say otherwise."""

    name: str
    label: str | Promise
    icon: str
    hint: str | Promise = ""
    longest: int = 120
    audience: str = Audience.EVERYBODY


FIELDS = (
    Field("does", _("What I do"), "wrench", _("In a few words, as you would say it at lunch"), 300),
    Field(
        TOPICS,
        _("Ask me about"),
        "circle-question-mark",
        _("Words with commas between: welding, pay slips, Excel"),
        MOST_TOPICS * (LONGEST_TOPIC + 2),
    ),
    Field("languages", _("Languages"), "languages", _("French, Polish, a little Portuguese")),
    Field("place", _("Where to find me"), "map-pin", _("Building B, second floor")),
    Field("zone", _("Time zone"), "clock"),
    Field("phone", _("Phone"), "phone", "", 40, Audience.UNIT),
    Field("contact", _("Another way to reach me"), "at-sign", "", 120, Audience.UNIT),
)
NAMES = tuple(field.name for field in FIELDS)

Reaches = Callable[[Person], Q]
"""From a reader, which of the things told to this audience reach them."""

_reaches: dict[str, Reaches] = {
    Audience.EVERYBODY: lambda reader: Q(),
    Audience.UNIT: lambda reader: Q(person__unit=reader.unit_id) if reader.unit_id else Q(pk__in=()),
}


def reaches(audience: Audience) -> Callable[[Reaches], Reaches]:
    """Say whom an audience reaches that is only known above."""

    def register(rule: Reaches) -> Reaches:
        _reaches[audience] = rule
        return rule

    return register


def reached(reader: Person) -> Q:
    """Which rows with a `person` and an `audience` reach this reader: their own, and what others tell them."""
    found = Q(person=reader)
    for audience, rule in _reaches.items():
        found |= Q(audience=audience) & rule(reader)
    return found


class AboutQuerySet(models.QuerySet["About"]):
    def visible_to(self, reader: Person) -> Self:
        """What reaches this reader: their own, and what others tell to an audience that they are of."""
        return self.filter(reached(reader))

    def saying(self, word: str) -> Self:
        """Where this word is, accents and capitals aside."""
        return self.filter(plain__contains=folded(word))


class About(models.Model):
    """One thing that somebody tells, to an audience; `plain` is the same without accents and capitals, to be found."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    field = models.CharField(max_length=12)
    value = models.TextField()
    plain = models.TextField()
    audience = models.CharField(max_length=9, choices=Audience.choices)

    unscoped = AboutQuerySet.as_manager()

    class Meta:
        db_table = "people_about"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "field", name="people_about_once"),
            models.CheckConstraint(condition=~Q(value=""), name="people_about_says_something"),
            models.CheckConstraint(condition=Q(field__in=NAMES), name="people_about_field"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="people_about_audience"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["plain"], name="people_about_words", opclasses=["gin_trgm_ops"])
        ]

    @classmethod
    def visible_to(cls, reader: Person) -> AboutQuerySet:
        """The only door to what people tell of themselves."""
        return cls.unscoped.all().visible_to(reader)


def about(somebody: Person, reader: Person) -> dict[str, About]:
    """What somebody tells that reaches the reader, by the field's name; one question."""
    return {each.field: each for each in About.visible_to(reader).filter(person=somebody)}


@transaction.atomic
def tell_about(person: Person, told: Mapping[str, tuple[str, str]]) -> None:
    """Tell these things of oneself, each a value and its audience by the field's name; an empty value is nothing."""
    for name, (value, audience) in told.items():
        if value:
            About.unscoped.update_or_create(
                person=person,
                field=name,
                defaults={"value": value, "plain": folded(value), "audience": audience},
            )
        else:
            About.unscoped.filter(person=person, field=name).delete()


def topics_of(value: str) -> list[str]:
    """The topics in what somebody typed, with commas, semicolons or lines between, each once."""
    typed = value.replace(";", ",").replace("\n", ",").replace("#", "").split(",")
    topics: dict[str, str] = {}
    for topic in filter(None, (" ".join(each.split()) for each in typed)):
        topics.setdefault(folded(topic), topic)
    return list(topics.values())


def folded(words: str) -> str:
    """The same without accents and capitals: "Éléonore" is "eleonore"."""
    parted = unicodedata.normalize("NFKD", words.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    return "".join(each for each in parted if not unicodedata.combining(each)).casefold()

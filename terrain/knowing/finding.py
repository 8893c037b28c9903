"""Who knows about something: by what people say one can ask them, and by the answers they gave, as the reader reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from terrain.conversations.models import Conversation, Message
from terrain.people.about import TOPICS, folded, topics_of
from terrain.people.models import About, Person

MOST = 5
FEW_WORDS = 6

ANSWERED = """
    select a.author_id, count(distinct a.conversation_id) from ({answers}) a
    where a.author_id in (select id from people_person where left_on is null or left_on > current_date)
        and not exists (select from knowing_optout o where o.person_id = a.author_id)
    group by a.author_id order by 2 desc, 1 limit %s
"""


class OptOut(models.Model):
    """Somebody does not want to be found by what they know."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "knowing_optout"
        constraints: ClassVar = []


class Words(Func):
    """The words of a text of ours, HTML or not, without accents: as the indexes of this folder hold them."""

    function = "knowing_words"
    output_field = SearchVectorField()


@dataclass(frozen=True)
class Knows:
    """Somebody who may know: the topics of theirs that were asked for, and in how many conversations they answered."""

    person: Person
    topics: Sequence[str]
    answered: int


def who_knows(words: str, reader: Person) -> list[Knows]:
    """Five people at most who may know, never the reader: who says so first, then who answered; three questions."""
    asked = folded(words).split()[:FEW_WORDS]
    if not asked:
        return []
    topics = _saying(asked, reader)
    answered = _answering(" ".join(asked), reader)
    found = sorted({*topics, *answered}, key=lambda pk: (pk not in topics, -answered.get(pk, 0), pk))[:MOST]
    people = Person.objects.filter(pk__in=found).select_related("unit").in_bulk()
    return [Knows(people[pk], topics.get(pk, ()), answered.get(pk, 0)) for pk in found if pk in people]


def _saying(asked: Sequence[str], reader: Person) -> dict[int, list[str]]:
    """The topics that hold one of the words, of those who tell them to the reader, by the person's id."""
    stems = [_stem(word) for word in asked]
    said = Q()
    for stem in stems:
        said |= Q(plain__contains=stem)
    telling = (
        About.visible_to(reader)
        .filter(said, field=TOPICS, person__in=Person.objects.present())
        .exclude(person=reader)
        .exclude(person__in=OptOut.objects.values("person"))
    )
    found = {}
    for pk, value in telling.order_by("pk").values_list("person", "value")[:200]:
        if meant := [each for each in topics_of(value) if any(stem in folded(each) for stem in stems)]:
            found[pk] = meant
    return found


def _answering(words: str, reader: Person) -> dict[int, int]:
    """In how many conversations of others, that the reader may read, people answered about these words, by their id."""
    query = SearchQuery(words, config="french")
    given = (
        Message.visible_to(reader)
        .standing()
        .filter(number__gt=1)
        .exclude(author=None)
        .exclude(author=reader)
        .exclude(conversation__author=F("author"))
    )
    about = Conversation.visible_to(reader).alias(words=Words("title")).filter(words=query)
    saying = given.alias(words=Words("body")).filter(words=query)
    answers = saying.values("author_id", "conversation_id").union(
        given.filter(conversation__in=about.values("pk")).values("author_id", "conversation_id")
    )
    sql, params = answers.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED.format(answers=sql), [*params, 4 * MOST])
        return dict(cursor.fetchall())


def _stem(word: str) -> str:
    """A word without the mark of its plural."""
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


def opt_out(person: Person) -> None:
    """Be found no longer."""
    OptOut.objects.get_or_create(person=person)


def opt_in(person: Person) -> None:
    """Be found again."""
    OptOut.objects.filter(person=person).delete()

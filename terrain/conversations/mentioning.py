"""Mentioning: naming somebody by @ in a message; only who may read it is ever named, or learns of it."""

from collections.abc import Collection, Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.conversations.message import Message
from terrain.conversations.naming import Found, Piece, after, folded
from terrain.people.models import Person
from terrain.people.person import PersonQuerySet
from terrain.spaces.models import Openness, Space

LOOKED_UP = 40
"""Names typed in full that are looked up in one message; those that are chosen from the list have no such limit."""


class Mention(models.Model):
    """A message names somebody."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mentioned_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_mention"
        constraints: ClassVar = [
            models.UniqueConstraint("message", "person", name="conversations_mention_once")
        ]


def readers_of(conversation: Conversation) -> PersonQuerySet:
    """Everybody who works here and may read the conversation."""
    present: PersonQuerySet = Person.objects.present()
    if conversation.is_kept_open:
        return present
    if conversation.space is not None:
        return readers_in(conversation.space)
    return present.filter(pk__in=conversation.participations.values("person"))


def readers_in(space: Space) -> PersonQuerySet:
    """Everybody who works here and may read what is said in this space."""
    present: PersonQuerySet = Person.objects.present()
    return present if space.openness == Openness.OPEN else present.filter(memberships__space=space)


def suggested(readers: PersonQuerySet, words: str, most: int) -> list[Person]:
    """The first of these people whose name holds these words, the best known by how it begins."""
    found = readers.select_related("unit")
    for word in words.split():
        found = found.filter(name__unaccent__icontains=word)
    begins = models.Case(models.When(name__unaccent__istartswith=words.strip(), then=0), default=1)
    return list(found.order_by(begins, "name", "pk")[:most])


class Known:
    """The people named in a message, among those who may read it."""

    def __init__(self, found: Collection[Piece], readers: PersonQuerySet) -> None:
        chosen = {piece.chosen for piece in found if piece.chosen is not None}
        # A link whose words are another's name is those words alone.
        in_words = sorted(found, key=lambda piece: piece.chosen is not None)
        typed = list(_first_words(piece.words for piece in in_words))
        wanted = Q(pk__in=chosen)
        for word in typed[:LOOKED_UP]:
            wanted |= Q(name__unaccent__istartswith=word)
        people = list(readers.filter(wanted).only("pk", "name").order_by("pk")) if chosen or typed else []
        self._chosen = {each.pk: each for each in people if each.pk in chosen}
        self._by_name: dict[str, list[Person]] = {}
        for each in people:
            self._by_name.setdefault(folded(each.name), []).append(each)
        self._longest = max((len(each.name) for each in people), default=0)
        self.named: set[int] = set()

    def chosen(self, piece: Piece) -> str | None:
        """The address of whom a link names, where its words still are their name or its beginning."""
        person = self._chosen.get(piece.chosen or 0)
        said = folded((piece.words or "").removeprefix("@"))
        if person is None or not said or not f"{folded(person.name)} ".startswith(f"{said} "):
            return None
        self.named.add(person.pk)
        return _address(person)

    def typed(self, words: str) -> list[Found]:
        """Who is named in full in these words; a name that two people bear names nobody."""
        found = []
        for start in after("@", words):
            for end in range(min(len(words), start + self._longest + 2), start, -1):
                people = self._by_name.get(folded(words[start:end]), ())
                if len(people) == 1 and not words[end : end + 1].isalnum():
                    self.named.add(people[0].pk)
                    found.append(Found(start - 1, end, _address(people[0])))
                    break
        return found


def _first_words(texts: Iterable[str | None]) -> Iterable[str]:
    for words in filter(None, texts):
        for start in after("@", words):
            if first := words[start : start + 40].split(" ")[0].split("\n")[0].rstrip(".,;:!?)…»"):
                yield first


def _address(person: Person) -> str:
    return f"/people/{person.pk}"


def keep(message: Message, named: Collection[int]) -> None:
    """Let these people be the ones whom the message names."""
    Mention.objects.filter(message=message).exclude(person__in=named).delete()
    Mention.objects.bulk_create(
        [Mention(message=message, person_id=pk) for pk in named], ignore_conflicts=True
    )

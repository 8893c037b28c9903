"""What the operators narrow a search to: whose, where, of which kind, before when; and what cannot be understood."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from terrain.conversations.kinds import all_kinds
from terrain.people.about import folded
from terrain.people.models import Person
from terrain.search import compiling
from terrain.search.names import SearchName
from terrain.search.question import Question, day
from terrain.search.words import Compiled
from terrain.spaces.models import Space
from terrain.web import moments

PEOPLE, SPACES, CONVERSATIONS, MESSAGES, FILES = "people", "spaces", "conversations", "messages", "files"
SORTS = {
    **dict.fromkeys(("person", "people", "personne", "personnes"), PEOPLE),
    **dict.fromkeys(("space", "spaces", "espace", "espaces"), SPACES),
    **dict.fromkeys(("conversation", "conversations"), CONVERSATIONS),
    **dict.fromkeys(("file", "files", "fichier", "fichiers"), FILES),
}
"""What `kind:` may name beside the kinds of conversation."""
ONESELF = {"me", "moi"}
MOST = 50
"""People or spaces that one name may mean."""

M = TypeVar("M", bound=Model)


@dataclass
class Narrowing:
    """What is left of everything: None where an operator says nothing."""

    by: list[int] | None = None
    within: list[int] | None = None
    kind: str | None = None
    before: datetime | None = None
    sort: str = ""
    """One of the five sorts of things, where `kind:` names it."""
    faults: list[str] = field(default_factory=list)

    @property
    def concerns_what_is_said(self) -> bool:
        """Whether it leaves people and spaces out, which nobody wrote on a day."""
        return any(each is not None for each in (self.by, self.within, self.kind, self.before))

    @property
    def is_narrow(self) -> bool:
        """Whether it is somebody's, somewhere, or of a kind."""
        return any(each is not None for each in (self.by, self.within, self.kind))

    def of(self, conversation: str, author: str, written_at: str, is_by_day: bool = False) -> Q:
        """The same as a condition, given the names of these fields; with `is_by_day` its day alone."""
        if is_by_day:
            return Q() if self.before is None else Q(**{f"{written_at}__lt": self.before})
        narrow = Q()
        if self.by is not None:
            narrow &= Q(**{f"{author}__in": self.by})
        if self.within is not None:
            narrow &= Q(**{f"{conversation}__space__in": self.within})
        if self.kind is not None:
            narrow &= Q(**{f"{conversation}__kind": self.kind})
        if self.before is not None:
            narrow &= Q(**{f"{written_at}__lt": self.before})
        return narrow


def narrowed(question: Question, reader: Person) -> Narrowing:
    """What this reader's operators mean; what means nothing says so, and finds nothing."""
    here, said = Narrowing(), question.said
    if who := said.get("by"):
        here.by = [reader.pk] if folded(who) in ONESELF else _named(Person.objects.all(), who)
        if not here.by:
            here.faults.append(_("Nobody here is called “%(name)s”.") % {"name": who})
    if where := said.get("within"):
        here.within = _named(Space.visible_to(reader), where)
        if not here.within:
            here.faults.append(_("You see no space called “%(name)s”.") % {"name": where})
    if what := said.get("kind"):
        name = folded(what)
        here.sort, here.kind = SORTS.get(name, ""), None if name in SORTS else _kinds().get(name)
        if not here.sort and here.kind is None:
            here.faults.append(
                _("“%(kind)s” is no kind of thing here. There are: %(kinds)s.")
                % {"kind": what, "kinds": _listed(str(each.label) for each in all_kinds())}
            )
    if when := said.get("before"):
        if first := day(when):
            here.before = datetime.combine(first, time(), moments.zone(reader.zone))
        else:
            here.faults.append(
                _("“%(given)s” is not a date: write it as 2026-11-30 or 30/11/2026.") % {"given": when}
            )
    return here


def _named(things: "QuerySet[M]", words: str) -> list[int]:
    """The ids of those in whose name each word begins one."""
    query = compiling.name(words)
    if not query:
        return []
    found = things.alias(said=SearchName("name")).filter(said=Compiled(query)).order_by("pk")
    return list(found.values_list("pk", flat=True)[:MOST])


def _kinds() -> dict[str, str]:
    """Each kind of conversation by its name, and by what it is called in each language."""
    names = {each.name: each.name for each in all_kinds()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {folded(str(each.label)): each.name for each in all_kinds()}
    return names


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(sorted(dict.fromkeys(label.lower() for label in labels)))

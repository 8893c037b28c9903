"""One's own drafts, with where each goes on: only what its author may still read is named."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse

from terrain.conversations.excerpts import excerpt
from terrain.conversations.kinds import Kind, kinds
from terrain.conversations.kinds import kind as kind_named
from terrain.conversations.models import Conversation
from terrain.conversations.writing import is_html
from terrain.drafts.keeping import kept_at
from terrain.drafts.models import Draft
from terrain.people.models import Person
from terrain.spaces.models import Space
from terrain.web import asked, markup, moments


class Shown(NamedTuple):
    """A draft in the list."""

    draft: Draft
    kind: type[Kind] | None
    """None for a reply."""
    title: str
    words: str
    answers: str | None
    """The title of the conversation that it answers, where that can still be answered."""
    space: str | None
    to: str
    """Where one goes on with it."""
    kept: str
    due: str
    """When it publishes itself; nothing where it does not."""


def listed(person: Person) -> Sequence[Shown]:
    """Every draft of this person: what publishes itself, the soonest first, then the others, the latest first."""
    drafts = list(Draft.of(person).order_by(F("due_at").asc(nulls_last=True), "-kept_at", "-pk"))
    titles = dict(
        Conversation.visible_to(person)
        .filter(
            Q(space=None) | Q(space__in=Space.readable_by(person).living()),
            pk__in={each.conversation_id for each in drafts},
        )
        .values_list("pk", "title")
    )
    wanted = {pk for each in drafts for value in each.fields.get("space", ()) if (pk := asked.number(value))}
    spaces = dict(Space.readable_by(person).filter(pk__in=wanted).values_list("pk", "name"))
    return [_shown(each, titles, spaces, person) for each in drafts]


def _shown(draft: Draft, titles: dict[int, str], spaces: dict[int, str], person: Person) -> Shown:
    sent = draft.sent
    body = str(sent.get("body", ""))
    answers = titles.get(draft.conversation_id) if draft.conversation_id else None
    return Shown(
        draft=draft,
        kind=kind_named(draft.kind),
        title=str(sent.get("title", "")).strip(),
        words=excerpt(markup.clean(body) if is_html(body) else markup.from_text(body)),
        answers=answers,
        space=spaces.get(asked.number(sent.get("space")) or 0),
        to=_goes_on(draft, can_answer=answers is not None),
        kept=kept_at(draft, person),
        due=moments.day(draft.due_at, person.zone) if draft.due_at else "",
    )


def _goes_on(draft: Draft, can_answer: bool) -> str:
    """Where its form is; of a reply to what can no longer be read, where one begins a conversation."""
    named = {"draft": [str(draft.key)]}
    if can_answer:
        return f"{reverse('conversation', args=[draft.conversation_id])}?{urlencode(named, doseq=True)}#write"
    kind = kind_named(draft.kind) or kinds()[0]
    to = {"to": draft.fields["to"]} if draft.fields.get("to") else {}
    return f"{reverse(kind.compose)}?{urlencode(to | named, doseq=True)}"

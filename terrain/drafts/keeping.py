"""The forms in which people write, kept: the note at their foot, and what they held when one comes back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.conversations.resuming import Begun, keeps
from terrain.drafts.models import Draft
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web import moments
from terrain.web.rendering import fragment, fragment_once


@keeps
class Kept:
    """Asks for one's own drafts where one writes; `?draft=` names one of them, or, empty, none."""

    def nothing(self) -> Begun:
        return Begun(note=empty_note())

    def begun(
        self, request: PersonRequest, kind: str, conversation: int | None, same: Mapping[str, Sequence[str]]
    ) -> Begun | None:
        own = Draft.of(request.user)
        if (named := request.GET.get("draft")) is not None:
            draft = own.filter(key=key).first() if (key := as_key(named)) else None
        else:
            alike = own.filter(kind=kind, conversation=conversation)
            draft = next((each for each in alike if _is_same(each, same)), None)
        return Begun(draft.sent, note(draft, request.user)) if draft else None


def _is_same(draft: Draft, same: Mapping[str, Sequence[str]]) -> bool:
    return all(sorted(draft.fields.get(name, ())) == sorted(values) for name, values in same.items())


def as_key(text: str) -> UUID | None:
    """The key that a form goes by; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def empty_note(refused: str = "") -> Markup:
    """The note of a form of which nothing is kept; with a sentence where it could not be."""
    return fragment_once("drafts/_empty_note.html", refused=refused)


def note(draft: Draft, person: Person) -> Markup:
    """Says at the foot of a form when it was kept, and lets one discard it."""
    return fragment("drafts/_note.html", draft=draft, when=kept_at(draft, person))


def kept_at(draft: Draft, person: Person) -> str:
    """When it was kept, in this person's time."""
    here = moments.zone(person.zone)
    if draft.kept_at.astimezone(here).date() == timezone.now().astimezone(here).date():
        return _("Kept at %(hour)s") % {"hour": moments.hour(draft.kept_at, person.zone)}
    return _("Kept on %(day)s") % {"day": moments.day(draft.kept_at, person.zone)}

"""The forms in which people write, kept: the note at their foot, and what they held when one comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.conversations.naming import unlinked
from terrain.conversations.resuming import Begun, keeps
from terrain.drafts.draft import Fields, TooLong, TooMany, keep
from terrain.drafts.later import plan
from terrain.drafts.models import Draft, Template
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web import asked, moments
from terrain.web.prepared import Given
from terrain.web.rendering import fragment, fragment_once


@keeps
class Kept:
    """Asks for one's own drafts where one writes; `?draft=` names one of them, or, empty, none."""

    def nothing(self) -> Begun:
        return Begun(note=empty_note())

    def begun(
        self, request: PersonRequest, kind: str, conversation: int | None, same: Mapping[str, Sequence[str]]
    ) -> Begun | None:
        if pk := asked.number(request.GET.get("template")):
            found = Template.visible_to(request.user).filter(pk=pk).select_related("message__conversation")
            return next((Begun(as_begun(each), empty_note()) for each in found), None)
        own = Draft.of(request.user)
        if (named := request.GET.get("draft")) is not None:
            draft = own.filter(key=key).first() if (key := as_key(named)) else None
        else:
            alike = own.filter(kind=kind, conversation=conversation)
            draft = next((each for each in alike if _is_same(each, same)), None)
        return Begun(draft.sent, note(draft, request.user)) if draft else None

    def answers(self, person: Given, conversation: OuterRef) -> QuerySet[Draft]:
        return Draft.objects.filter(person=person, conversation=conversation)

    def later(self, form: forms.Form) -> Markup:
        return fragment("drafts/_later.html", form=form)

    def plan(self, request: PersonRequest, kind: str, due: datetime, held: Fields) -> HttpResponse:
        key = as_key(request.POST.get("key", "")) or uuid4()
        try:
            draft = keep(request.user, key, {**written(request.POST), **held}, kind)
        except (TooMany, TooLong) as refused:
            raise ValidationError(why_not(refused)) from None
        if draft is None:
            return redirect("drafts")
        plan(draft, due)
        return redirect(reverse("drafts") + f"#{draft.key}")


NOT_WRITTEN = {"csrfmiddlewaretoken", "_method", "place", "blank", "key", "later"}


def written(sent: QueryDict) -> Fields:
    """What was written in a form, of all that it sends."""
    return {name: [str(each) for each in values] for name, values in sent.lists() if name not in NOT_WRITTEN}


def as_begun(template: Template) -> QueryDict:
    """The form of a conversation that begins as this one did, its words alone: whom it names is chosen anew."""
    sent = QueryDict(mutable=True)
    sent["title"] = template.message.conversation.title
    sent["body"] = unlinked(template.message.body)
    sent["space"] = str(template.message.conversation.space_id)
    sent["template"] = str(template.pk)
    sent["key"] = str(uuid4())
    return sent


def why_not(refused: TooMany | TooLong) -> str:
    """Why a form is not kept, in a sentence."""
    if isinstance(refused, TooMany):
        return _("Two hundred drafts are kept: discard some, and this one is.")
    return _("This is too long to be kept before it is published.")


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

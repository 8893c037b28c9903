"""Publishing later: a draft that publishes itself at the moment that its author chose."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict

from terrain.conversations.composing import Composed
from terrain.conversations.conversation import Conversation
from terrain.conversations.kinds import kind as kind_named
from terrain.drafts.draft import Draft
from terrain.people.models import Person
from terrain.web.refusing import Refused

STILL = timedelta(minutes=1)
"""What somebody is writing in waits until they have stopped for as long."""
TOO_FAST = 429


def plan(draft: Draft, due_at: datetime) -> None:
    """Let it publish itself at this moment, which is to come."""
    Draft.objects.filter(pk=draft.pk).update(due_at=due_at, hindrance="")


def unplan(draft: Draft) -> None:
    """Let it wait for its author again."""
    Draft.objects.filter(pk=draft.pk).update(due_at=None)


def due(at: datetime | None = None) -> Sequence[int]:
    """The ids of the drafts whose moment has come, the earliest first."""
    now = at or timezone.now()
    come = Draft.objects.filter(due_at__lte=now, kept_at__lte=now - STILL, person__left_on=None)
    return list(come.order_by("due_at", "pk").values_list("pk", flat=True))


def publish(draft_id: int) -> Conversation | None:
    """Publish a draft as its author would; None where nothing is to be published, any more or yet.

    What its form refuses stays a draft, with the sentence that says why, in its author's language.
    """
    with transaction.atomic():
        found = Draft.objects.filter(pk=draft_id).exclude(due_at=None).select_related("person").first()
        if found is None:
            return None
        # In the order of who keeps a draft: first the person, then what is theirs.
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=found.person_id)
        draft = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id, due_at__lte=Now()).first()
        kind = kind_named(draft.kind) if draft else None
        if draft is None or kind is None:
            return None
        with translation.override(found.person.language or translation.get_language()):
            composed = Composed.of(found.person, kind, draft.sent, MultiValueDict())
            try:
                if composed.is_valid():
                    with transaction.atomic():
                        return composed.publish()
                hindrance = " ".join(_sentences(composed))
            except ValidationError as refused:
                hindrance = " ".join(refused.messages)
            except Refused as refused:
                if refused.status == TOO_FAST:
                    return None
                hindrance = str(refused)
        Draft.objects.filter(pk=draft.pk).update(due_at=None, hindrance=hindrance)
        return None


def _sentences(composed: Composed) -> list[str]:
    forms = [composed.form, *composed.carried.values()]
    return [str(sentence) for form in forms for errors in form.errors.values() for sentence in errors]

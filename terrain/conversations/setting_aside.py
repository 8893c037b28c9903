"""A message set aside: its words leave their place, whole, and come back to it as they were.

Why, by whom and for how long is decided in an upper folder; here is only what it does. The words are moved, not
hidden: nothing that reads messages can show, find, quote or export them while they are kept here.
"""

from typing import Any, ClassVar, TypedDict

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now

from terrain.conversations import additions
from terrain.conversations.conversation import Conversation
from terrain.conversations.events import SetAside
from terrain.conversations.message import Message
from terrain.conversations.opening import first_words
from terrain.conversations.versions import Version
from terrain.people.models import Person
from terrain.web import markup
from terrain.web.events import tell

UNTITLED = "…"
"""The title of a conversation whose words are all set aside."""


class OtherLanguage(TypedDict):
    language: str
    body: str


class SettingAside(models.Model):
    """The words of a message, kept out of sight: its body, the title that they gave to its conversation ("" where it
    did not open it), what it says in its other language, and the passages of it that others quote, by their ids.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="setting_aside")
    body = models.TextField()
    title = models.TextField(blank=True)
    other: "models.JSONField[OtherLanguage | None, OtherLanguage | None]" = models.JSONField(null=True)
    passages: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    set_aside_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_setting_aside"
        constraints: ClassVar = []

    @classmethod
    def of(cls, person: Person) -> "models.QuerySet[SettingAside]":
        """What is set aside of somebody's own words, where they may still read the conversation."""
        return cls.objects.filter(message__in=Message.visible_to(person).filter(author=person))


@transaction.atomic
def set_aside(message: Message) -> bool:
    """Take the words of a message out of sight; whether it was done: not twice, and not to what was withdrawn."""
    here = Conversation.unscoped.select_for_update(no_key=True).get(pk=message.conversation_id)
    said = Message.unscoped.standing().filter(pk=message.pk).first()
    if said is None:
        return False
    other = Version.objects.filter(message=said).values("language", "body").first()
    quoting = Message.unscoped.filter(reply_to=said).exclude(passage="")
    SettingAside.objects.create(
        message=said,
        body=said.body,
        title=here.title if said.number == 1 else "",
        other=OtherLanguage(language=other["language"], body=other["body"]) if other else None,
        passages={str(pk): passage for pk, passage in quoting.values_list("pk", "passage")},
    )
    Version.objects.filter(message=said).delete()
    Message.unscoped.filter(reply_to=said).update(version=F("version") + 1, passage="")
    Message.unscoped.filter(pk=said.pk).update(body="", version=F("version") + 1)
    if said.number == 1:
        # A title is its author's words too.
        next_one = Message.unscoped.standing().filter(conversation=here).order_by("number").first()
        title = first_words(markup.to_text(next_one.body)) if next_one else UNTITLED
        Conversation.unscoped.filter(pk=here.pk).update(title=title or UNTITLED)
    tell(SetAside(here.pk, here.space_id, said.pk))
    additions.changed(here.pk, here.space_id)
    return True


@transaction.atomic
def give_back(message: Message) -> bool:
    """Put the words of a message back where they stood, word for word; whether they were set aside."""
    here = Conversation.unscoped.select_for_update(no_key=True).get(pk=message.conversation_id)
    kept = SettingAside.objects.filter(message=message).first()
    if kept is None:
        return False
    kept.delete()
    Message.unscoped.filter(pk=message.pk).update(body=kept.body, version=F("version") + 1)
    if kept.other:
        Version.objects.create(message_id=message.pk, **kept.other)
    for pk, passage in kept.passages.items():
        # Who quoted it may have taken their own words back meanwhile.
        quoting = Message.unscoped.standing().filter(pk=int(pk), reply_to=message.pk)
        quoting.update(passage=passage, version=F("version") + 1)
    changes: dict[str, Any] = {"title": kept.title} if kept.title else {}
    if changes:
        Conversation.unscoped.filter(pk=here.pk).update(**changes)
    additions.changed(here.pk, here.space_id)
    return True

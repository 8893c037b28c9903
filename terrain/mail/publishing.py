"""Publishing what a mail says: by the forms and the verbs of a page, so that nothing is asked less, or allowed more."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from terrain.attachments.models import MOST
from terrain.conversations import parts
from terrain.conversations.composing import Composed
from terrain.conversations.conversation import LONGEST_TITLE, Conversation
from terrain.conversations.forms import MessageForm
from terrain.conversations.message import Message
from terrain.conversations.replying import reply
from terrain.files.keeping import drop, keep
from terrain.files.models import File
from terrain.mail.incoming import Incoming
from terrain.people.models import Person
from terrain.posts.kind import Post
from terrain.web import markup


@dataclass
class Brought:
    """The files of a mail: those that were kept, and why the others were not, in sentences."""

    files: list[File] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@contextmanager
def brought(person: Person, found: Incoming) -> Iterator[Brought]:
    """Keep the files of a mail while it is published; those that then hang on nothing are let go at once."""
    kept = Brought()
    try:
        for each in found.attachments:
            if len(kept.files) == MOST:
                kept.refused.append(_("A message carries %(most)s files at most.") % {"most": MOST})
                break
            try:
                kept.files.append(
                    keep(person, SimpleUploadedFile(each.name, each.content, each.content_type))
                )
            except ValidationError as refused:
                kept.refused.extend(refused.messages)
        yield kept
    finally:
        drop(list(File.unscoped.loose().filter(pk__in=[each.pk for each in kept.files])))


def say(
    conversation: Conversation, person: Person, found: Incoming, files: Sequence[File], key: UUID
) -> Message:
    """Reply in a conversation that this person may read.

    Raises ValidationError where the page's form would say what is wrong; and what `reply` raises.
    """
    sent = _sent(found, files, key)
    carried = parts.carried(sent, MultiValueDict(), person, replying=True)
    form = MessageForm(sent, carried=carried)
    _refuse_what_is_wrong(form, *carried.values())
    return reply(
        conversation,
        person,
        form.cleaned_data["body"],
        key=key,
        then=lambda message: parts.keep(message, carried),
    )


def begin(space_id: int, person: Person, found: Incoming, files: Sequence[File], key: UUID) -> Conversation:
    """Begin a conversation in a space, its subject being the title; raises as `say` does."""
    sent = _sent(found, files, key)
    sent["space"] = str(space_id)
    sent["title"] = _title(found.subject)
    composed = Composed.of(person, Post, sent, MultiValueDict())
    _refuse_what_is_wrong(composed.form, *composed.carried.values())
    return composed.publish()


def _sent(found: Incoming, files: Sequence[File], key: UUID) -> QueryDict:
    """What a page would have sent."""
    sent = QueryDict(mutable=True)
    sent["body"], sent["key"] = found.html, str(key)
    sent.setlist("files", [str(each.uid) for each in files])
    return sent


def _title(subject: str) -> str:
    """A subject as a title, cut at a word where it is longer than one may be."""
    title = markup.on_one_line(subject)
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _refuse_what_is_wrong(*asked: forms.Form) -> None:
    """Raises ValidationError with all the sentences of these forms."""
    sentences = [str(said) for form in asked for errors in form.errors.values() for said in errors]
    if sentences:
        raise ValidationError(sentences)

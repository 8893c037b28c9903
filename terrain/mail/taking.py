"""Taking a mail: from its bytes to a message in a conversation, or to a sentence for who sent it, or to nothing.

Nobody is ever answered but a person of this Terrain, at the address that it knows of them; and only where it is certain
that they wrote: the receiving host vouches for it, or the mail came to a secret address that is theirs.
"""

from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from terrain.conversations.models import Conversation
from terrain.conversations.pace import TooManyMessages, refuse_flood
from terrain.mail import taken
from terrain.mail.answering import not_published, without_files
from terrain.mail.incoming import LARGEST, Incoming, read
from terrain.mail.publishing import begin, brought, say
from terrain.mail.taken import Outcome
from terrain.notifications.addresses import Leads, Secret, part_of, read_secret, read_space
from terrain.notifications.mails import host
from terrain.people.models import Person
from terrain.web.refusing import Refused

HEAD = 64 * 1024
"""Bytes that tell whom to answer where a mail is too large to be read."""

NOWHERE = ""
"""Where an address of this Terrain leads that is nobody's and no space's."""

Where = Conversation | int
"""A conversation to reply in, or the id of a space to begin one in."""


def take(raw: bytes, recipient: str = "", size: int = 0, at: datetime | None = None) -> Outcome:
    """Take a mail; `recipient` is the address that it was delivered to, where that is known.

    Of one that is larger than is read, its first bytes and its whole `size` will do. What is LATER is to be handed over
    again.
    """
    size = max(size, len(raw))
    found = read(raw if size <= LARGEST else raw[:HEAD], settings.MAIL_TRUSTED)
    if found.is_automatic or _is_own(found):
        return Outcome.LEFT
    person = Person.objects.present().at(found.sender).first() if found.sender else None
    if person is None:
        return Outcome.LEFT
    at = at or timezone.now()
    with translation.override(person.language or settings.LANGUAGE_CODE):
        outcomes = {
            _take_at(part, person, found, size, taken.key_of(found, raw, person.pk, part), at)
            for part in _parts(found, recipient)
        }
    in_order = (Outcome.LATER, Outcome.PUBLISHED, Outcome.ANSWERED)
    return next((each for each in in_order if each in outcomes), Outcome.LEFT)


def _is_own(found: Incoming) -> bool:
    """Whether Terrain itself sent this, and it came back."""
    part = part_of(found.sender)
    ours = found.message_id.startswith(("<told-", "<digest-", "<answer-")) and found.message_id.endswith(
        f"@{host()}>"
    )
    return ours or found.sender == _sender() or bool(part and read_secret(part))


def _sender() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def _parts(found: Incoming, recipient: str) -> list[str]:
    """What tells apart the addresses of this Terrain that it was sent to; of those that lead nowhere, one is enough."""
    sent_to = [recipient.lower()] if part_of(recipient) is not None else list(found.recipients)
    parts = dict.fromkeys(part for each in sent_to if (part := part_of(each)) is not None)
    known = [part for part in parts if read_secret(part) or read_space(part) is not None]
    bare = {_sender(), settings.MAIL_ADDRESS.replace("+*", "").replace("-*", "")}
    return known or ([NOWHERE] if parts or bare.intersection(sent_to) else [])


def _take_at(part: str, person: Person, found: Incoming, size: int, key: UUID, at: datetime) -> Outcome:
    """Take a mail of this person at one address."""
    secret, said = read_secret(part), found.authentication
    is_own = secret is not None and secret.person_id == person.pk
    if not is_own and not said.vouches_for(found.sender):
        return Outcome.LEFT
    if before := taken.outcome_of(key):
        return before
    try:
        where = _where(part, secret, person, found, size)
    except ValidationError as refused:
        with taken.once(key, at) as taking:
            if taking:
                # Words that somebody else wrote are not sent on.
                words = not said.refutes()
                taking.outcome = not_published(person, found, refused.messages, at, words)
        return Outcome(taking.outcome) if taking else taken.outcome_of(key) or Outcome.LEFT
    try:
        refuse_flood(person)
        return _publish(where, person, found, key, at)
    except TooManyMessages:
        return Outcome.LATER


def _where(part: str, secret: Secret | None, person: Person, found: Incoming, size: int) -> Where:
    """Where it is to be published; raises ValidationError, with a sentence, where it is not."""
    if found.authentication.refutes():
        raise ValidationError(
            _(
                "A mail that bears your name came to an address that is yours alone; the mail server that took it in"
                " says that somebody else sent it. Nothing of it was published. If you did not write it, make new"
                " addresses, in your settings."
            )
        )
    if size > LARGEST:
        raise ValidationError(
            _(
                "Your mail has %(size)s MB: %(most)s MB at most are read. Bring larger files in the page itself, where"
                " each may have 100 MB."
            )
            % {"size": -(-size // 1_000_000), "most": LARGEST // (1024 * 1024)}
        )
    if found.is_cut:
        raise ValidationError(
            _("Your mail is too long to be published whole. Could it be said in two, or brought as a file?")
        )
    if secret is None:
        space_id = read_space(part)
        if space_id is None:
            raise ValidationError(
                _("Nothing is published at the address to which you wrote: is it cut short?")
            )
        return space_id
    if secret.person_id != person.pk:
        raise ValidationError(
            _("The address to which you wrote is somebody else’s: only they can write there. Use your own.")
        )
    if not secret.is_current:
        raise ValidationError(
            _("You have made new addresses since, so the one to which you wrote is closed. Use the new one.")
        )
    if secret.leads is Leads.SPACE:
        return secret.thing_id
    conversation = Conversation.visible_to(person).filter(pk=secret.thing_id).first()
    if conversation is None:
        raise ValidationError(
            _("You are no longer among those who read this conversation, so nothing was published in it.")
        )
    return conversation


def _publish(where: Where, person: Person, found: Incoming, key: UUID, at: datetime) -> Outcome:
    """Publish it, or tell its author why not; raises TooManyMessages."""
    with brought(person, found) as kept, taken.once(key, at) as taking:
        if taking is None:
            return taken.outcome_of(key) or Outcome.LEFT
        try:
            with transaction.atomic():
                if isinstance(where, Conversation):
                    here = say(where, person, found, kept.files, key).conversation_id
                else:
                    here = begin(where, person, found, kept.files, key).pk
        except TooManyMessages:
            raise
        except (ValidationError, Refused) as refused:
            why = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            taking.outcome = not_published(person, found, [*why, *kept.refused], at)
        else:
            taking.outcome = Outcome.PUBLISHED
            if kept.refused:
                without_files(person, found, kept.refused, here, at)
        return Outcome(taking.outcome)

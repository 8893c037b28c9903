"""Mails that wait to be sent: tried again where the server does not take them, out of quiet hours, and never lost."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any, ClassVar

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from terrain.notifications.hours import Attention, attention_of_all
from terrain.people.models import Person

KEPT = timedelta(days=2)
"""How long it is known that a mail was sent: so as to send no more than six in a day."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
BATCH = 100
"""Mails sent at one call of the server."""
FAULTS = (SMTPException, OSError)
TROUBLED = 5
"""Attempts after which whoever keeps Terrain running is told."""


class Mail(models.Model):
    """A mail to somebody, to be sent at `due_at`; its words are forgotten once it is sent."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    headers: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """None once it was sent."""
    sent_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    trouble = models.TextField(blank=True)
    """What the server said the last time."""

    class Meta:
        db_table = "notifications_mail"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_at=None, sent_at__isnull=False)
                | models.Q(due_at__isnull=False, sent_at=None),
                name="notifications_mail_is_sent_or_due",
            )
        ]
        indexes: ClassVar = [
            models.Index("due_at", name="notifications_mail_due", condition=models.Q(sent_at=None)),
            models.Index("person", "sent_at", name="notifications_mail_sent"),
        ]


def sent_to_all(people: Collection[int], since: datetime) -> Mapping[int, Sequence[datetime]]:
    """When each of these people was sent mails after then, the earliest first; those on their way count as made.

    Whoever was sent none is left out; one question.
    """
    when = Coalesce("sent_at", "made_at")
    found = Mail.objects.filter(person__in=people).annotate(when=when).filter(when__gt=since)
    sent: dict[int, list[datetime]] = {}
    for person, moment in found.order_by("when").values_list("person", "when"):
        sent.setdefault(person, []).append(moment)
    return sent


def post_due(at: datetime | None = None) -> int:
    """Send what is due; how many were taken by the server."""
    at = at or timezone.now()
    due = list(Mail.objects.filter(sent_at=None, due_at__lte=at).order_by("due_at", "pk")[:BATCH])
    attentions = attention_of_all({each.person_id for each in due})
    posted, server = 0, get_connection()
    try:
        for number, mail in enumerate(due):
            try:
                # One call for all of them, and a new one after a fault.
                server.open()
            except FAULTS as fault:
                # Nobody answers: so it is for all that wait, and each waits its time.
                for each in due[number:]:
                    _put_off(each, attentions[each.person_id], fault, at)
                break
            posted += _post(mail, attentions[mail.person_id], server, at)
    finally:
        _hang_up(server)
    return posted


@transaction.atomic
def _post(mail: Mail, attention: Attention, server: BaseEmailBackend, at: datetime) -> bool:
    """Send one, in a transaction of its own: whoever stops Terrain between two of them sends none twice."""
    held = Mail.objects.filter(pk=mail.pk, sent_at=None, due_at__lte=at)
    if not held.select_for_update(skip_locked=True).values_list("pk").first():
        return False
    person = attention.person
    if not person.email or not person.is_active:
        held.delete()
        return False
    if attention.hours.is_quiet(at):
        held.update(due_at=attention.hours.rings_at(at))
        return False
    try:
        _send(mail, person.email, server)
    except FAULTS as fault:
        _hang_up(server)
        _put_off(mail, attention, fault, at)
        return False
    gone: dict[str, Any] = {"subject": "", "text": "", "html": "", "headers": {}, "trouble": ""}
    held.update(due_at=None, sent_at=at, **gone)
    return True


def _send(mail: Mail, address: str, server: BaseEmailBackend) -> None:
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[address], headers=mail.headers, connection=server
    )
    message.attach_alternative(mail.html, "text/html")
    message.send()


def _put_off(mail: Mail, attention: Attention, fault: Exception, at: datetime) -> None:
    """The server did not take it: it waits twice as long as the time before, and out of quiet hours."""
    wait = min(FIRST_WAIT * 2**mail.attempts, LONGEST_WAIT)
    Mail.objects.filter(pk=mail.pk, sent_at=None).update(
        due_at=attention.hours.rings_at(at + wait),
        attempts=mail.attempts + 1,
        trouble=f"{type(fault).__name__}: {fault}"[:500],
    )


def _hang_up(server: BaseEmailBackend) -> None:
    with suppress(*FAULTS):
        server.close()


@dataclass(frozen=True)
class Trouble:
    """How many mails the server has refused five times or more, and what it said last; they are tried again."""

    count: int
    said: str


def in_trouble() -> Trouble | None:
    """The mails that do not leave; None where all do."""
    refused = Mail.objects.filter(sent_at=None, attempts__gte=TROUBLED).order_by("-attempts", "pk")
    first = refused.first()
    return Trouble(refused.count(), first.trouble) if first else None


def sweep(at: datetime | None = None) -> None:
    """Forget that mails were sent, two days after."""
    Mail.objects.filter(sent_at__lt=(at or timezone.now()) - KEPT).delete()

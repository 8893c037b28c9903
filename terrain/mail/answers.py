"""Answers to who sent a mail: at once, five a day at most, and tried again where the server refuses."""

from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any, ClassVar

from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils import timezone

from terrain.mail.incoming import Incoming
from terrain.notifications.outbox import FIRST_WAIT, LONGEST_WAIT, TROUBLED, Trouble
from terrain.people.models import Person

A_DAY = 5
"""Answers to one person in 24 hours: two machines that answer each other soon stop."""
KEPT = timedelta(days=2)
AT_ONCE = 200
FORMER, LONGEST_NAME = 10, 250
"""Mails named before the one that is answered, and the characters that their names may have."""


class Answer(models.Model):
    """An answer to somebody, to be sent at `due_at`; its words are forgotten once it is sent."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    headers: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """None once it was sent."""
    attempts = models.IntegerField(default=0)
    trouble = models.TextField(blank=True)
    """What the server said the last time."""

    class Meta:
        db_table = "mail_answer"
        constraints: ClassVar = []
        indexes: ClassVar = [
            models.Index("due_at", name="mail_answer_due", condition=models.Q(due_at__isnull=False)),
            models.Index("person", "made_at", name="mail_answer_made"),
        ]


def may_answer(person: Person, at: datetime) -> bool:
    """Whether this person got fewer than five answers in the 24 hours before."""
    return Answer.objects.filter(person=person, made_at__gt=at - timedelta(days=1)).count() < A_DAY


def answer(person: Person, to: Incoming, subject: str, text: str, html: str, host: str, at: datetime) -> None:
    """Let this be sent to somebody, in the thread of the mail that they sent."""
    headers = {
        # RFC 3834: whatever reads this does not answer it; the second is for Exchange, which reads no other.
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
    }
    if _is_name(to.message_id):
        known = [each for each in to.references if _is_name(each)][-FORMER:]
        headers |= {"In-Reply-To": to.message_id, "References": " ".join([*known, to.message_id])}
    made = Answer(person=person, subject=subject, text=text, html=html, made_at=at, due_at=at)
    made.save()
    made.headers = headers | {"Message-ID": f"<answer-{made.pk}@{host}>"}
    made.save(update_fields=["headers"])


def _is_name(message_id: str) -> bool:
    """Whether a mail's own name can be said again in a header: some programs put anything there."""
    return message_id.isascii() and 0 < len(message_id) <= LONGEST_NAME


def post_due(at: datetime | None = None) -> int:
    """Send the answers that are due; how many were taken by the server."""
    at = at or timezone.now()
    due = Answer.objects.filter(due_at__lte=at).order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(_post(pk, at) for pk in list(due[:AT_ONCE]))


@transaction.atomic
def _post(pk: int, at: datetime) -> bool:
    waiting = Answer.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    made = waiting.filter(pk=pk, due_at__lte=at).first()
    if made is None:
        return False
    person = made.person
    if not person.email or not person.is_active:
        made.delete()
        return False
    try:
        message = EmailMultiAlternatives(made.subject, made.text, to=[person.email], headers=made.headers)
        message.attach_alternative(made.html, "text/html")
        message.send()
    except (SMTPException, OSError) as fault:
        made.due_at = at + min(FIRST_WAIT * 2**made.attempts, LONGEST_WAIT)
        made.attempts += 1
        made.trouble = f"{type(fault).__name__}: {fault}"[:500]
        made.save(update_fields=["due_at", "attempts", "trouble"])
        return False
    gone: dict[str, Any] = {"subject": "", "text": "", "html": "", "headers": {}, "trouble": ""}
    Answer.objects.filter(pk=pk).update(due_at=None, **gone)
    return True


def in_trouble() -> Trouble | None:
    """The answers that do not leave; None where all do."""
    refused = Answer.objects.filter(due_at__isnull=False, attempts__gte=TROUBLED).order_by("-attempts", "pk")
    first = refused.first()
    return Trouble(refused.count(), first.trouble) if first else None


def forget(at: datetime) -> None:
    """Forget that answers were sent, two days after."""
    Answer.objects.filter(due_at=None, made_at__lt=at - KEPT).delete()

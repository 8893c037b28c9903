"""The record of what is saved for later."""

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from terrain.conversations.models import Message
from terrain.people.models import Person


class Saved(models.Model):
    """Somebody saved a message for later."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "saving_saved"
        constraints: ClassVar = [models.UniqueConstraint("person", "message", name="saving_saved_once")]
        indexes: ClassVar = [models.Index(F("person"), F("saved_at").desc(), name="saving_saved_latest")]

"""What was changed of a space: by whom, when, and what was there before."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from terrain.people.models import Person
from terrain.spaces.space import Space


class Part(models.TextChoices):
    """What can change of a space."""

    NAME = "name", pgettext_lazy("of a space", "Its name")
    ABOUT = "about", pgettext_lazy("of a space", "What it is for")
    RULES = "rules", pgettext_lazy("of a space", "Its house rules")
    MENU = "menu", pgettext_lazy("of a space", "Its menu")
    ARCHIVING = "archiving", pgettext_lazy("of a space", "Whether it is archived")
    OPENNESS = "openness", pgettext_lazy("of a space", "For whom it is")


KEPT = (Part.NAME, Part.ABOUT, Part.RULES, Part.MENU)
"""What its members keep, each a column of its row: what it said before can be put back."""


class Change(models.Model):
    """One change of one part of a space: what it said, what it says, by whom and when."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="changes")
    part = models.CharField(max_length=10, choices=Part.choices)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "spaces_change"
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(part__in=Part.values), name="spaces_change_of_a_part"),
        ]

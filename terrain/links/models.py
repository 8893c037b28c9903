"""A preview: what a page that a message links to tells of itself."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from terrain.conversations.models import Message
from terrain.files.models import File, hangs_on
from terrain.people.models import Person


class PreviewQuerySet(models.QuerySet["Preview"]):
    def visible_to(self, person: Person) -> Self:
        """What stands under the messages that this person may read."""
        return self.shown().filter(message__in=Message.visible_to(person).standing())

    def shown(self) -> Self:
        """Those that told something, and that the author of the message left there."""
        return self.filter(taken_away_at=None).exclude(title="")


class Preview(models.Model):
    """A link of a message, in its place among them; without a title where its page told nothing."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="previews", db_index=False)
    address = models.TextField()
    place = models.IntegerField()
    title = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    file = models.OneToOneField(File, on_delete=models.SET_NULL, null=True, related_name="preview")
    fetched_at = models.DateTimeField(db_default=Now())
    taken_away_at = models.DateTimeField(null=True)

    unscoped = PreviewQuerySet.as_manager()

    class Meta:
        db_table = "links_preview"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("message", "address", name="links_preview_once"),
            models.CheckConstraint(
                condition=Q(address__startswith="http"), name="links_preview_is_of_the_web"
            ),
        ]

    @classmethod
    def visible_to(cls, person: Person) -> PreviewQuerySet:
        """The only door to previews for a page: those of what this person may read."""
        return cls.unscoped.all().visible_to(person)


@hangs_on
def pictured(person: Person | None) -> PreviewQuerySet:
    return Preview.unscoped.all() if person is None else Preview.visible_to(person)

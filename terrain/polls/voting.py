"""Voting: a vote can be changed while the poll is open; one in a secret poll is counted once, without a name."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from terrain.conversations import additions
from terrain.people.models import Person
from terrain.polls.poll import Choice, Poll
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.refusing import Refused


class Vote(models.Model):
    """Somebody chose this, for all to see."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="votes", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    cast_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "polls_vote"
        constraints: ClassVar = [models.UniqueConstraint("choice", "person", name="polls_vote_once")]


class Voter(models.Model):
    """Somebody has voted in a secret poll; what, nobody knows: no moment is kept, nor any order of the votes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "polls_voter"
        constraints: ClassVar = [models.UniqueConstraint("poll", "person", name="polls_voter_once")]


class PollClosed(Refused):
    sentence = _("This poll is closed: its votes are counted, and no more are taken.")


class AlreadyVoted(Refused):
    sentence = _("You have voted. A secret vote has no name on it, so it can’t be changed.")


@transaction.atomic
def vote(choice: Choice, person: Person) -> None:
    """Choose this; in a poll that takes one answer, rather than what one chose before. Raises PollClosed, AlreadyVoted.

    It is for the caller to have found the choice in the person's scope.
    """
    poll = _open(choice)
    if poll.is_secret:
        _, is_first = Voter.objects.get_or_create(poll=poll, person=person)
        if not is_first:
            raise AlreadyVoted
        Choice.objects.filter(pk=choice.pk).update(secret_count=F("secret_count") + 1)
    else:
        if not poll.takes_several:
            Vote.objects.filter(choice__poll=poll, person=person).exclude(choice=choice).delete()
        Vote.objects.get_or_create(choice=choice, person=person)
    additions.changed(poll.conversation_id, poll.conversation.space_id)


@transaction.atomic
def take_back(choice: Choice, person: Person) -> None:
    """No longer choose this. Raises PollClosed, AlreadyVoted in a secret poll."""
    poll = _open(choice)
    if poll.is_secret:
        raise AlreadyVoted
    Vote.objects.filter(choice=choice, person=person).delete()
    additions.changed(poll.conversation_id, poll.conversation.space_id)


def _open(choice: Choice) -> Poll:
    # Two votes of one person at once wait for each other here.
    poll = (
        Poll.objects.select_for_update(of=("self",), no_key=True)
        .select_related("conversation")
        .get(pk=choice.poll_id)
    )
    refuse_if_archived(poll.conversation.space_id)
    if not poll.is_open():
        raise PollClosed
    return poll

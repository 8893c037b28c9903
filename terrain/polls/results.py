"""What came of polls so far, as one reader sees it: asked for all the polls of a page at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch

from terrain.people.models import Person
from terrain.polls.models import Choice, Poll, Vote, Voter


@dataclass(frozen=True)
class Answer:
    """A choice with its votes; `share` in percent of those who voted, rounded."""

    choice: Choice
    votes: int
    share: int
    is_own: bool


@dataclass(frozen=True)
class Results:
    """A poll as a reader sees it; `voters` people have voted."""

    poll: Poll
    answers: Sequence[Answer]
    voters: int
    has_voted: bool
    is_open: bool

    @property
    def may_vote(self) -> bool:
        """Whether a press still counts: in a secret poll, once."""
        return self.is_open and not (self.poll.is_secret and self.has_voted)


def results(conversations: Collection[int], person: Person) -> dict[int, Results]:
    """The polls of these conversations, by their id, with what this person chose."""
    own = Vote.objects.filter(choice=OuterRef("pk"), person=person)
    choices = Choice.objects.annotate(counted=Count("votes"), is_own=Exists(own)).order_by("place")
    votes = Vote.objects.filter(choice__poll=OuterRef("pk"))
    polls = Poll.objects.filter(conversation__in=conversations).annotate(
        named=Count("choices__votes__person", distinct=True),
        nameless=Count("voters", distinct=True),
        voted=Exists(votes.filter(person=person)),
        voted_in_secret=Exists(Voter.objects.filter(poll=OuterRef("pk"), person=person)),
    )
    return {poll.pk: _of(poll) for poll in polls.prefetch_related(Prefetch("choices", choices))}


def _of(poll: Poll) -> Results:
    voters = poll.nameless if poll.is_secret else poll.named  # type: ignore[attr-defined]
    answers = [_answer(choice, voters) for choice in poll.choices.all()]
    has_voted = poll.voted or poll.voted_in_secret  # type: ignore[attr-defined]
    return Results(poll, answers, voters, has_voted, poll.is_open())


def _answer(choice: Choice, voters: int) -> Answer:
    votes = choice.secret_count or choice.counted  # type: ignore[attr-defined]
    return Answer(choice, votes, round(100 * votes / voters) if voters else 0, choice.is_own)  # type: ignore[attr-defined]


def who_chose(poll: Poll) -> list[tuple[Choice, list[Person]]]:
    """Each choice of a poll that is not secret, with who chose it, in alphabetical order."""
    votes = Vote.objects.select_related("person").order_by("person__name", "person")
    choices = poll.choices.prefetch_related(Prefetch("votes", votes))
    return [(choice, [each.person for each in choice.votes.all()]) for choice in choices]

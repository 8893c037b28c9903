"""What is said in the benchmarks' organisations: conversations, messages, reactions, reading positions.

Messages are written in the order of time, as they would have come: those of a conversation lie scattered.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.carried import Carried
from bench.company import Company, Space, moment, uid
from bench.copying import NULL, copy
from bench.phrases import ENGLISH, FRENCH, Phrases
from terrain.conversations.reacting import OFFERED

TWENTY = 40
"""Every so many conversations has exactly twenty messages: as many as the page that is measured."""

HOURS = [1, 1, 1, 1, 1, 3, 8, 20, 40, 45, 42, 35, 18, 30, 42, 40, 34, 22, 10, 6, 5, 5, 3, 2]
DAYS = [10, 11, 10, 10, 8, 1.5, 1]
LONGEST = 400
TYPESET = {"fr": FRENCH.typeset(), "en": ENGLISH.typeset()}
PLAIN = {"fr": FRENCH, "en": ENGLISH}

Said = tuple[float, int, int, int, int]
"""A message: when, in which conversation, its number, its author, the number that it replies to or 0."""


@dataclass
class Conversation:
    """A conversation as it is being filled."""

    id: int
    space: Space
    opened_at: float
    length: int
    last_at: float
    authors: dict[int, int]
    """Each author and the number of their last message."""
    opener: int = 0
    version: int = 0


class Talk:
    """Everything that is said in a company."""

    def __init__(self, company: Company) -> None:
        self.company, self.chance = company, company.chance
        self.conversations = list(self._conversations())
        self.said = self._said()
        self.reactions: list[str] = []
        self.edits: list[str] = []
        self.carried = Carried(company, random.Random(company.size.messages))

    def _conversations(self) -> Iterator[Conversation]:
        """The conversations in the order in which they were opened, more of them as time goes on."""
        company, chance, wanted = self.company, self.chance, self.company.size.conversations
        opened = sorted(self._opening() for _ in range(wanted))
        spaces = chance.choices(company.spaces, [each.weight for each in company.spaces], k=wanted)
        lengths = _lengths(chance, wanted, company.size.messages)
        for i, (at, space, length) in enumerate(zip(opened, spaces, lengths, strict=True), 1):
            space.conversations += 1
            space.first = space.first or at
            yield Conversation(i, space, at, length, at, {})

    def _opening(self) -> float:
        """A moment of a working day, most likely; twice as likely at the end as at the beginning."""
        since, until, chance = self.company.since, self.company.until, self.chance
        while True:
            share = chance.random()
            if chance.random() > (1 + share) / 2:
                continue
            at = since + (until - since) * share
            there = datetime.fromtimestamp(at, UTC)
            if chance.random() * 45 < HOURS[there.hour] and chance.random() * 11 < DAYS[there.weekday()]:
                return at

    def _said(self) -> list[Said]:
        said: list[Said] = []
        for each in self.conversations:
            said.extend(self._messages(each))
        said.sort()
        return said

    def _messages(self, conversation: Conversation) -> Iterator[Said]:
        """The messages of a conversation: a few voices in turn, quick at first, then slower."""
        chance, until, length = self.chance, self.company.until, conversation.length
        space = conversation.space
        most = 2 * min(length, 2 + int(chance.expovariate(0.4)))
        drawn = chance.choices(space.members, cum_weights=space.shares, k=most)
        voices = list(dict.fromkeys(drawn))[: most // 2]
        author = conversation.opener = voices[0]
        at, before = conversation.opened_at, 0
        for number in range(1, length + 1):
            if number > 1:
                if len(voices) > 1:
                    author = voices[int(chance.random() * len(voices))]
                    if author == before:
                        author = voices[int(chance.random() * len(voices))]
                at += min(chance.lognormvariate(7.3, 1.6), (until - at) / 2)
            reply_to = 0
            if number > 1 and chance.random() < 0.45:
                reply_to = number - 1 if chance.random() < 0.6 else 1 + int(chance.random() * (number - 1))
            conversation.authors[author] = number
            yield at, conversation.id, number, author, reply_to
            before = author
        conversation.last_at = at
        space.last = max(space.last, at)

    def write(self) -> None:
        """Bring it all in."""
        columns = "id uid conversation_id author_id number body written_at edited_at reply_to_id version"
        copy("conversations_message", columns.split(), self._message_lines())
        columns = "id uid space_id kind title author_id opened_at last_activity_at message_count voice_count"
        columns += " version"
        copy("conversations_conversation", columns.split(), map(self._conversation_line, self.conversations))
        copy("conversations_reaction", "id message_id person_id emoji reacted_at".split(), self.reactions)
        self.carried.write()
        copy("conversations_edit", "id message_id body made_at".split(), self.edits)
        columns = "id conversation_id person_id followed_at"
        copy("conversations_following", columns.split(), self._following_lines())
        columns = "id conversation_id person_id number read_at"
        copy("conversations_reading", columns.split(), self._reading_lines())

    def _message_lines(self) -> Iterator[str]:
        chance, conversations = self.chance, self.conversations
        ids: list[list[int]] = [[] for _ in range(len(conversations) + 1)]
        for i, (at, conversation_id, number, author, reply_to) in enumerate(self.said, 1):
            here, own = conversations[conversation_id - 1], ids[conversation_id]
            own.append(i)
            said = body(chance, TYPESET[here.space.language], number == 1)
            said += self.carried.by(i, at, author, here.space)
            written_at, edited_at, version = moment(at), NULL, 1
            if chance.random() < 0.25:
                version += self._react(i, at, here.space)
            if chance.random() < 0.03:
                version += 1
                edited_at = moment(min(at + 120 + chance.expovariate(1 / 900), self.company.until))
                before = body(chance, TYPESET[here.space.language], False)
                self.edits.append(f"{len(self.edits) + 1}\t{i}\t{before}\t{edited_at}")
            here.version += version if number == 1 else 1
            replied = own[reply_to - 1] if reply_to else NULL
            yield (
                f"{i}\t{uid(chance)}\t{conversation_id}\t{author}\t{number}\t{said}\t{written_at}\t{edited_at}"
                f"\t{replied}\t{version}"
            )

    def _react(self, message: int, at: float, space: Space) -> int:
        """A few members put a sign on it; returns how many did."""
        chance = self.chance
        wanted = min(1 + int(chance.expovariate(0.7)), len(space.members), 12)
        people = chance.sample(space.members, wanted)
        for person in people:
            emoji = OFFERED[min(int(chance.expovariate(0.6)), len(OFFERED) - 1)]
            reacted_at = moment(min(at + chance.expovariate(1 / 7200), self.company.until))
            self.reactions.append(f"{len(self.reactions) + 1}\t{message}\t{person}\t{emoji}\t{reacted_at}")
        return len(people)

    def _conversation_line(self, here: Conversation) -> str:
        chance, words = self.chance, PLAIN[here.space.language]
        title = words.title.format(subject=chance.choice(words.subjects), object=chance.choice(words.objects))
        return (
            f"{here.id}\t{uid(chance)}\t{here.space.id}\tpost"
            f"\t{title}\t{here.opener}\t{moment(here.opened_at)}\t{moment(here.last_at)}"
            f"\t{here.length}\t{len(here.authors)}\t{here.version}"
        )

    def _following_lines(self) -> Iterator[str]:
        """Whoever writes follows, and now and then somebody who only reads."""
        i = 0
        for here in self.conversations:
            following = list(here.authors)
            if self.chance.random() < 0.3:
                other = self.chance.choice(here.space.members)
                following += [other] if other not in here.authors else []
            for person in following:
                i += 1
                yield f"{i}\t{here.id}\t{person}\t{moment(here.opened_at)}"

    def _reading_lines(self) -> Iterator[str]:
        """Whoever wrote has read as far at least; others have read it, or part of it."""
        chance, i = self.chance, 0
        for here in self.conversations:
            members = here.space.members
            others = chance.sample(members, min(len(members), int(chance.expovariate(1 / 7))))
            read = dict.fromkeys(others, 1) | here.authors
            for person, least in read.items():
                number = here.length if chance.random() < 0.75 else chance.randint(least, here.length)
                i += 1
                yield f"{i}\t{here.id}\t{person}\t{number}\t{moment(here.last_at)}"


def _lengths(chance: random.Random, conversations: int, messages: int) -> list[int]:
    """How many messages each conversation has: many one or two, a few hundreds, and `messages` in all."""
    spread = 1.1
    middle = math.log(messages / conversations - 0.85) - spread**2 / 2
    lengths = [
        min(max(int(chance.lognormvariate(middle, spread)), 1), LONGEST) if i % TWENTY else 20
        for i in range(conversations)
    ]
    free = [i for i in range(conversations) if i % TWENTY]
    surplus = sum(lengths) - messages
    while surplus:
        i = chance.choice(free)
        step = 1 if surplus < 0 else -1
        if 1 <= lengths[i] + step <= LONGEST:
            lengths[i] += step
            surplus += step
    return lengths


def body(chance: random.Random, words: Phrases, first: bool) -> str:
    """A message as clean HTML: mostly a sentence or two, now and then a long one or a list."""
    length = 1 + int(chance.expovariate(0.55)) + (2 if first else 0)
    sentences = chance.choices(words.sentences, k=min(length, 14))
    if length > 3 and chance.random() < 0.12:
        items = "".join(f"<li>{each}</li>" for each in sentences[1:])
        return f"<p>{sentences[0]}</p><ul>{items}</ul>"
    return "".join(f"<p>{' '.join(sentences[i : i + 3])}</p>" for i in range(0, len(sentences), 3))

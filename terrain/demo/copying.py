"""The company into its tables, by COPY: many rows at once, their counters true from the start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection

from terrain.demo.company import UnitText
from terrain.demo.people import Somebody
from terrain.demo.readers import Following, Reading
from terrain.demo.spaces import Place
from terrain.demo.talk import Said, Talk
from terrain.web.copying import copy

NUMBERED = (
    *("people_unit", "people_person", "spaces_space", "spaces_membership"),
    *("conversations_conversation", "conversations_message", "conversations_reaction"),
    *("conversations_following", "conversations_reading"),
)

SPACE = "id uid name about openness opened_by_id opened_at member_count conversation_count last_activity_at".split()


@dataclass
class Copier:
    """Writes rows with numbers and names of its own, always the same for the same company."""

    rng: Random

    def units(self, units: Sequence[UnitText], opened_at: datetime) -> dict[str, int]:
        """The units, parents before children; gives the number of each by its name."""
        first = _next("people_unit")
        numbers = {unit.name: first + index for index, unit in enumerate(units)}
        copy(
            "people_unit",
            "id uid name parent_id opened_at".split(),
            (
                (numbers[unit.name], self._uid(), unit.name, unit.parent and numbers[unit.parent], opened_at)
                for unit in units
            ),
        )
        return numbers

    def people(self, everybody: Sequence[Somebody], units: dict[str, int]) -> dict[Somebody, int]:
        """The people, none of whom has a password; gives the number of each."""
        first = _next("people_person")
        numbers = {somebody: first + index for index, somebody in enumerate(everybody)}
        copy(
            "people_person",
            "id uid name email title unit_id manager_id joined_at left_on language theme zone password".split(),
            (
                (
                    *(numbers[one], self._uid(), one.name, one.email, one.title, units[one.unit]),
                    *(one.manager and numbers[one.manager], one.joined_at, one.left_on, one.language, ""),
                    *(one.zone, UNUSABLE_PASSWORD_PREFIX + f"{self.rng.getrandbits(160):040x}"),
                )
                for one in everybody
            ),
        )
        return numbers

    def spaces(
        self, places: Sequence[Place], talks: Sequence[Talk], people: dict[Somebody, int]
    ) -> dict[Place, int]:
        """The spaces with their counters, and their members; gives the number of each space."""
        first, seat = _next("spaces_space"), _next("spaces_membership")
        numbers = {place: first + index for index, place in enumerate(places)}
        moved = {place: [talk.moved_at for talk in talks if talk.place is place] for place in places}
        copy(
            "spaces_space",
            SPACE,
            (
                (
                    *(numbers[place], self._uid(), place.name, place.about, place.openness),
                    *(people[place.opener], place.opened_at, len(place.members), len(moved[place])),
                    max(moved[place], default=place.opened_at),
                )
                for place in places
            ),
        )
        seats = [(place, who, since) for place in places for who, since in place.members.items()]
        seats.sort(key=lambda taken: taken[2])
        copy(
            "spaces_membership",
            "id space_id person_id joined_at".split(),
            ((seat + n, numbers[place], people[who], since) for n, (place, who, since) in enumerate(seats)),
        )
        return numbers

    def conversations(
        self, talks: Sequence[Talk], places: dict[Place, int], people: dict[Somebody, int]
    ) -> dict[Talk, int]:
        """The conversations with their counters, in the order in which they were opened; gives their numbers."""
        first = _next("conversations_conversation")
        numbers = {talk: first + index for index, talk in enumerate(talks)}
        copy(
            "conversations_conversation",
            "id uid space_id kind title author_id opened_at last_activity_at message_count voice_count version".split(),
            (
                (
                    *(numbers[talk], self._uid(), places[talk.place], "post", talk.title),
                    *(people[talk.said[0].author], talk.opened_at, talk.moved_at),
                    *(len(talk.said), len(talk.voices), 1),
                )
                for talk in talks
            ),
        )
        return numbers

    def messages(self, talks: dict[Talk, int], people: dict[Somebody, int]) -> dict[Said, int]:
        """The messages, in the order in which they were written; gives the number of each."""
        first = _next("conversations_message")
        told = [(talk, n, said) for talk in talks for n, said in enumerate(talk.said, 1)]
        told.sort(key=lambda one: one[2].at)
        numbers = {said: first + index for index, (_, _, said) in enumerate(told)}
        copy(
            "conversations_message",
            "id uid conversation_id author_id number body written_at reply_to_id version".split(),
            (
                (
                    *(numbers[said], self._uid(), talks[talk], people[said.author], n, said.body, said.at),
                    *(said.reply_to and numbers[talk.said[said.reply_to - 1]], 1),
                )
                for talk, n, said in told
            ),
        )
        return numbers

    def signs(self, messages: dict[Said, int], people: dict[Somebody, int]) -> int:
        """The reactions; gives how many."""
        first = _next("conversations_reaction")
        put = [(messages[said], people[who], emoji, at) for said in messages for who, emoji, at in said.signs]
        put.sort(key=lambda sign: sign[3])
        copy(
            "conversations_reaction",
            "id message_id person_id emoji reacted_at".split(),
            ((first + n, *sign) for n, sign in enumerate(put)),
        )
        return len(put)

    def followings(
        self, followings: Iterable[Following], talks: dict[Talk, int], people: dict[Somebody, int]
    ) -> None:
        """Who follows which conversation."""
        first = _next("conversations_following")
        copy(
            "conversations_following",
            "id person_id conversation_id followed_at".split(),
            ((first + n, people[who], talks[talk], at) for n, (who, talk, at) in enumerate(followings)),
        )

    def readings(
        self, readings: Iterable[Reading], talks: dict[Talk, int], people: dict[Somebody, int]
    ) -> None:
        """How far each has read."""
        first = _next("conversations_reading")
        copy(
            "conversations_reading",
            "id person_id conversation_id number read_at".split(),
            (
                (first + n, people[who], talks[talk], far, at)
                for n, (who, talk, far, at) in enumerate(readings)
            ),
        )

    def _uid(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)


def count_on() -> None:
    """Let the tables number what comes next after what was copied, and let PostgreSQL know what it holds."""
    with connection.cursor() as cursor:
        for table in NUMBERED:
            cursor.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), (select coalesce(max(id), 1) from {table}))"
            )
            cursor.execute(f"analyze {table}")


def _next(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max(id), 0) + 1 from {table}")
        return int(cursor.fetchone()[0])

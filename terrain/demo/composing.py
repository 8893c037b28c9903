"""The conversations that are composed from scenes: day after day, in the rhythm of those who speak."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from terrain.demo import days
from terrain.demo.people import Somebody
from terrain.demo.rhythm import WEEK, Clock, growth, moment_in_shift, season, when_free, working_days
from terrain.demo.scenes import Scene, Scenes, Told, scenes
from terrain.demo.signs import sprinkle
from terrain.demo.spaces import Place
from terrain.demo.speaking import Speakers
from terrain.demo.talk import Said, Talk
from terrain.demo.typography import spaced
from terrain.web import markup

WORKING_DAYS_A_MONTH = 21.5
SETTLING = 60
"""Days until a new space is as lively as it will be."""
SKIPPED = 0.2
"""How often an optional line is not said."""
REST = 40
"""Days for which a scene that was just told is not told again."""
LONG_REST = 120
"""The same where its title is always the same."""


def composed_talks(
    everybody: Sequence[Somebody], places: Sequence[Place], clock: Clock, rng: Random
) -> Iterator[Talk]:
    """What else was said, in every space that has scenes."""
    speakers = Speakers(everybody)
    spaces: Mapping[str, Place] = {place.name: place for place in places}
    first = min(clock.day_of(place.opened_at) for place in places)
    for told in scenes():
        teller = Teller(told, spaces[told.space], speakers, clock, rng)
        yield from teller.talks(first)


@dataclass
class Teller:
    """Tells the scenes of one space, the ones that were told longest ago first."""

    scenes: Scenes
    place: Place
    speakers: Speakers
    clock: Clock
    rng: Random
    told_on: dict[int, date] = field(default_factory=dict)

    def talks(self, first: date) -> Iterator[Talk]:
        """Every conversation of this space from the day on which it opened, up to now."""
        opened = self.clock.day_of(self.place.opened_at)
        owed = 0.0
        for days_ago in range((self.clock.today - opened).days, -1, -1):
            day = self.clock.days_ago(days_ago)
            settled = min(1.0, 0.4 + 0.6 * (day - opened).days / SETTLING)
            a_day = self.scenes.a_month / WORKING_DAYS_A_MONTH * WEEK[day.weekday()] * season(day)
            owed += a_day * growth(day, first, self.clock.today) * settled * self.rng.uniform(0.2, 1.8)
            while owed >= 1:
                owed -= 1
                if talk := self._talk(day):
                    yield talk

    def _talk(self, day: date) -> Talk | None:
        scene = self._next_scene(day)
        if scene is None:
            return None
        opener = self._one(scene, scene.by, self.clock.at(day, 12), [])
        if opener is None:
            return None
        at = moment_in_shift(opener.shift, day, self.clock, self.rng)
        if not self.place.opened_at < at < self.clock.now or not opener.is_here(at):
            return None
        said = list(self._said(scene, opener, at))
        told = Told(self.rng)
        title = self._words(told, scene.title, opener, opener, day, at)
        for message, line in said:
            message.body = self._body(told, line, message, opener, day)
        talk = Talk(self.place, title, [message for message, _ in said])
        sprinkle(talk, self.clock, self.rng)
        return talk

    def _next_scene(self, day: date) -> Scene | None:
        """The scene that fits the day and was told longest ago, give or take; None where all were told lately."""
        long_ago = day - timedelta(days=600)
        fitting = [
            (self.told_on.get(index, long_ago).toordinal() + self.rng.randrange(REST), index)
            for index, scene in enumerate(self.scenes.all)
            if scene.fits(day.month, (self.clock.today - day).days)
            and self.told_on.get(index, long_ago)
            < day - timedelta(days=REST if "{" in scene.title else LONG_REST)
        ]
        if not fitting:
            return None
        index = min(fitting)[1]
        self.told_on[index] = day
        return self.scenes.all[index]

    def _one(self, scene: Scene, who: str, at: datetime, voices: Sequence[Somebody]) -> Somebody | None:
        """Somebody for this part; who has a part of their own in the scene is kept for it."""
        if who in self.speakers.by_name:
            return self.speakers.one(who, self.place, at, self.rng)
        kept = [self.speakers.by_name[line.who] for line in scene.lines if line.who in self.speakers.by_name]
        return self.speakers.one(who, self.place, at, self.rng, [*voices, *kept])

    def _said(self, scene: Scene, opener: Somebody, at: datetime) -> Iterator[tuple[Said, str]]:
        """The messages up to now with their words still to be drawn; the last ones may not be written yet."""
        said: list[Said] = []
        day = self.clock.day_of(at)
        by_label: dict[str, Somebody] = {}
        for line in scene.lines:
            if line.is_optional and self.rng.random() < SKIPPED:
                continue
            speaker = self._speaker(scene, line.who, opener, said, by_label, at)
            if speaker is None:
                return
            if said:
                at = self._answered(speaker, at, working_days(day, line.days))
            if at >= self.clock.now or not speaker.is_here(at):
                return
            said.append(Said(speaker, at, "", self._reply_to(line.who, said)))
            yield said[-1], line.words

    def _speaker(
        self,
        scene: Scene,
        who: str,
        opener: Somebody,
        said: Sequence[Said],
        by_label: dict[str, Somebody],
        at: datetime,
    ) -> Somebody | None:
        """Who says the line: a label met before is the same person, unless a colleague of theirs goes on."""
        if who in ("", "opener"):
            return opener
        known = by_label.get(who)
        is_a_guest = who in self.speakers.units and who not in self.place.units
        if known is not None and (known is not said[-1].author or is_a_guest or known.name == who):
            return known
        found = self._one(scene, who, at, [opener, *(message.author for message in said)])
        if found is not None:
            by_label[who] = found
        return found

    def _answered(self, speaker: Somebody, before: datetime, day: date) -> datetime:
        """A moment after the message before, and on that day at the earliest."""
        if self.clock.day_of(before) < day:
            return moment_in_shift(speaker.shift, day, self.clock, self.rng)
        late = timedelta(minutes=self.rng.lognormvariate(3.6, 1.1))
        at = when_free(speaker.shift, before + late, self.clock, self.rng)
        return max(at, before + timedelta(minutes=1))

    def _reply_to(self, who: str, said: Sequence[Said]) -> int | None:
        """Some quote the message that they answer, above all who comes back to it later."""
        if not said:
            return None
        likely = 0.3 if who == "opener" and len(said) > 1 else 0.15
        return self.rng.randint(max(1, len(said) - 1), len(said)) if self.rng.random() < likely else None

    def _words(
        self, told: Told, words: str, speaker: Somebody, opener: Somebody, day: date, at: datetime
    ) -> str:
        words = told.words(words.replace("{opener}", opener.first_name), speaker.gender)
        return spaced(days.said(words, day, at, self.clock))

    def _body(self, told: Told, line: str, message: Said, opener: Somebody, day: date) -> str:
        words = self._words(told, line, message.author, opener, day, message.at)
        return markup.clean(markup.from_text(words))

"""Who speaks in a composed scene: somebody of the unit, trade or name that the scene asks for, who is there then."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from random import Random

from terrain.demo.people import Somebody
from terrain.demo.spaces import Place


class Speakers:
    """Everybody, to be chosen from; the more somebody likes to write, the more often."""

    def __init__(self, everybody: Sequence[Somebody]) -> None:
        self.everybody = everybody
        self.units = {somebody.unit for somebody in everybody}
        self.by_name = {somebody.name: somebody for somebody in everybody}

    def one(
        self, who: str, place: Place, at: datetime, rng: Random, but: Sequence[Somebody] = ()
    ) -> Somebody | None:
        """Somebody who answers to `who` at that moment, or None where there is nobody."""
        found = [
            somebody
            for somebody in self.who_answer_to(who, place)
            if somebody not in but
            and somebody.is_here(at)
            and (place.is_open or place.members.get(somebody, at) < at)
        ]
        return rng.choices(found, [somebody.voice for somebody in found])[0] if found else None

    @lru_cache(maxsize=4096)  # noqa: B019 - as long-lived as one planting
    def who_answer_to(self, who: str, place: Place) -> Sequence[Somebody]:
        """The people of this unit, trade or name; for a trade, those of the space's own units first."""
        if who == "other":
            # The scenes in which anybody may speak are in French.
            return [one for one in self.everybody if one in place.members and one.language != "en"]
        if who == "newcomer":
            return [one for one in self.who_answer_to("other", place) if not one.has_a_story]
        if who in self.by_name:
            return [self.by_name[who]]
        if who in self.units:
            return [somebody for somebody in self.everybody if somebody.unit == who]
        trade = re.compile(rf"\b{re.escape(who)}", re.IGNORECASE)
        found = [somebody for somebody in self.everybody if trade.search(somebody.title)]
        return [somebody for somebody in found if somebody.unit in place.units] or found

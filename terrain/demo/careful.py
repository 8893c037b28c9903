"""The conversations that were written one by one, with the moments that their files ask for.

A conversation `starts` so many minutes ago ("12m"), at an hour some days ago ("2d 10:05"), or on the last such day of
the year ("07-08 15:25"). A message comes `after` the one before, `at` an hour so many working days after the first
("+1 08:05"), or so long `ago`. What would fall on a week-end moves to the Friday before; where the hour of planting
would put messages in the wrong order, the conversation starts as many days earlier as it takes.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from terrain.demo import days
from terrain.demo.company import HERE
from terrain.demo.people import Somebody
from terrain.demo.rhythm import Clock, working_days
from terrain.demo.signs import put
from terrain.demo.spaces import Place
from terrain.demo.talk import Said, Talk
from terrain.demo.typography import spaced, spaced_html
from terrain.web import markup

Told = Mapping[str, Any]
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}


def careful_texts() -> list[Told]:
    """Every conversation written with care, as it stands in its file."""
    files = sorted((HERE / "conversations").glob("*.toml"))
    return [talk for file in files for talk in tomllib.loads(file.read_text("utf-8"))["conversation"]]


def careful_talks(
    everybody: Sequence[Somebody], places: Sequence[Place], clock: Clock, rng: Random
) -> list[Talk]:
    """Those conversations with their people and moments; whoever speaks had come before."""
    by_name = {somebody.name: somebody for somebody in everybody}
    spaces = {place.name: place for place in places}
    talks = [_talk(told, by_name, spaces, clock, rng) for told in careful_texts()]
    for talk in talks:
        for said in talk.said:
            said.author.was_here_by(said.at)
        talk.place.was_open_by(talk.opened_at)
        for said in talk.said:
            if not talk.place.is_open or said is talk.said[0]:
                talk.place.belongs(said.author, said.at - timedelta(hours=1))
    for told, talk in zip(careful_texts(), talks, strict=True):
        _sign(told, talk, everybody, by_name, clock, rng)
    return talks


def _talk(
    told: Told, by_name: Mapping[str, Somebody], spaces: Mapping[str, Place], clock: Clock, rng: Random
) -> Talk:
    moments = _moments(told, clock)
    opened_on = clock.day_of(moments[0])
    seconds = [timedelta(seconds=rng.randrange(40)) for _ in moments]

    def words(text: str, at: datetime) -> str:
        return days.said(text, opened_on, at, clock)

    said = [
        Said(
            author=by_name[message["by"]],
            at=at - late,
            body=_body(message, lambda text, at=at: words(text, at)),
            reply_to=message.get("reply_to"),
        )
        for message, at, late in zip(told["message"], moments, seconds, strict=True)
    ]
    return Talk(spaces[told["space"]], spaced(words(told["title"], moments[0])), said)


def _body(message: Told, words: Any) -> str:
    if "html" in message:
        lines = "".join(line.strip() for line in words(message["html"]).splitlines())
        return markup.clean(spaced_html(lines))
    return markup.clean(markup.from_text(spaced(words(message["body"].strip()))))


def _moments(told: Told, clock: Clock) -> list[datetime]:
    for earlier in range(400):
        moments = _tried(told, clock, earlier)
        if all(one < next_ for one, next_ in zip(moments, [*moments[1:], clock.now], strict=True)):
            return moments
    raise ValueError(f"no day fits the conversation {told['title']}")


def _tried(told: Told, clock: Clock, earlier: int) -> list[datetime]:
    moments: list[datetime] = [_start(told["starts"], clock, earlier)]
    opened_on = clock.day_of(moments[0])
    for message in told["message"][1:]:
        if "ago" in message:
            moment = _not_on_a_week_end(clock.now - _long(message["ago"]), moments[-1], clock)
        elif "at" in message:
            offset, hour = message["at"].split()
            moment = clock.at(working_days(opened_on, int(offset)), _hours(hour))
        else:
            moment = moments[-1] + _long(message["after"])
        moments.append(moment)
    return moments


def _start(starts: str, clock: Clock, earlier: int) -> datetime:
    if " " not in starts:
        return clock.now - _long(starts) - timedelta(days=earlier)
    when, hour = starts.split()
    if when.endswith("d"):
        day = clock.days_ago(int(when[:-1]) + earlier)
    else:
        month, of_month = map(int, when.split("-"))
        before = clock.days_ago(earlier)
        day = date(before.year, month, of_month)
        day = day if day <= before else day.replace(year=before.year - 1)
    return clock.at(_before_the_week_end(day), _hours(hour))


def _before_the_week_end(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _not_on_a_week_end(moment: datetime, after: datetime, clock: Clock) -> datetime:
    day = clock.day_of(moment)
    friday = moment - timedelta(days=max(day.weekday() - 4, 0))
    same_week_end = clock.today.weekday() > 4
    return moment if same_week_end or friday <= after else friday


def _long(words: str) -> timedelta:
    return int(words[:-1]) * UNITS[words[-1]]


def _hours(hour: str) -> float:
    whole, minutes = hour.split(":")
    return int(whole) + int(minutes) / 60


def _sign(
    told: Told,
    talk: Talk,
    everybody: Sequence[Somebody],
    by_name: Mapping[str, Somebody],
    clock: Clock,
    rng: Random,
) -> None:
    for message, said in zip(told["message"], talk.said, strict=True):
        for emoji, who in message.get("reactions", {}).items():
            if isinstance(who, int):
                put(emoji, who, said, talk.place, everybody, clock, rng)
            else:
                put(emoji, len(who), said, talk.place, [by_name[name] for name in who], clock, rng)

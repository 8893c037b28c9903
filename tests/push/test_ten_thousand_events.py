"""Ten thousand events: no push in quiet hours, none lost, none twice, whatever devices and their services do."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from terrain.conversations.models import Message
from terrain.notifications.events import Told as Event
from terrain.notifications.hours import Attention
from terrain.notifications.models import Notification
from terrain.notifications.notification import forget
from terrain.people.models import Person
from terrain.push import due, pushing
from terrain.push.device import Device
from terrain.push.models import Due
from terrain.push.saying import Push
from terrain.push.sending import Outcome, Sender
from tests.cast import Cast, person
from tests.push.told import signed_in_device

ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "")
HOLIDAYS = {date(2026, 4, 6)}
EVENTS, PEOPLE, STEP = 10_000, 40, timedelta(minutes=15)
Told = tuple[int, int]
"""A device, and the notification that it was pushed."""


def is_quiet(who: Person, kept: Attention, now: datetime) -> bool:
    """What is promised, said anew."""
    here = now.astimezone(ZoneInfo(who.zone or "Europe/Paris"))
    if kept.at_week_ends and here.isoweekday() > 5:
        return True
    if kept.on_holidays and here.date() in HOLIDAYS:
        return True
    minutes = (here.hour * 60 + here.minute - kept.quiet_from.hour * 60 - kept.quiet_from.minute) % 1440
    quiet = (kept.quiet_until.hour - kept.quiet_from.hour) * 60 + (
        kept.quiet_until.minute - kept.quiet_from.minute
    )
    return minutes < quiet % 1440


class Whims(Sender):
    """Push services that take what comes, refuse it, are silent, or have never heard of it."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance
        self.taken: list[Push] = []
        self.away: set[int] = set()
        self.is_calm = False

    def send(self, pushes: Sequence[Push], at: datetime, within: float = 0) -> list[tuple[Push, Outcome]]:
        answered = []
        for push in pushes:
            outcome = self._outcome(push)
            if outcome is not None:
                answered.append((push, outcome))
            if outcome and outcome.is_taken:
                self.taken.append(push)
        return answered

    def _outcome(self, push: Push) -> Outcome | None:
        if push.device.pk in self.away and not self.is_calm:
            return Outcome(0, "It does not answer.")
        if self.is_calm:
            return Outcome(201)
        statuses = [201] * 85 + [500] * 5 + [429] * 5 + [410] + [None] * 4
        status = self.chance.choice(statuses)
        after = timedelta(hours=self.chance.randrange(20)) if status == 429 else timedelta(0)
        return Outcome(status, "because", after) if status else None


def test_ten_thousand_events_are_pushed_once_each_and_never_in_quiet_hours(cast: Cast) -> None:
    """Two weeks in which clocks change in Europe and in Australia, people their places, and devices their minds."""
    chance = random.Random(20_261_201)
    begins = datetime(2026, 3, 25, tzinfo=UTC)
    people = [person(f"Personne {n:03}") for n in range(PEOPLE)]
    by_pk = {each.pk: each for each in people}
    kept: dict[int, Attention] = {}
    for each in people:
        hours = [time(chance.randrange(24), chance.choice((0, 30))) for _ in range(2)]
        if (hours[1].hour - hours[0].hour) % 24 > 20:
            hours = [time(19), time(8)]
        kept[each.pk] = Attention.objects.create(
            person=each,
            quiet_from=hours[0],
            quiet_until=hours[1],
            at_week_ends=chance.random() < 0.7,
            on_holidays=chance.random() < 0.7,
        )
        signed_in_device(each)
    said = [
        Message.unscoped.create(conversation=cast.in_open, number=n, author=cast.loic, body="<p>Dit.</p>")
        for n in range(3, 4 + EVENTS // PEOPLE)
    ]
    pairs = chance.sample([(who, what) for who in people for what in said], EVENTS)
    events = sorted(
        ((begins + timedelta(minutes=chance.randrange(14 * 1440)), who, what) for who, what in pairs),
        key=lambda event: event[0],
    )
    services, left, now = Whims(chance), list(reversed(events)), begins
    owed: dict[Told, bool] = {}
    """What each device has to be told: whether it was told, as its service says."""
    waits: defaultdict[int, list[Notification]] = defaultdict(list)
    while left or Due.objects.exists():
        assert now < begins + timedelta(days=40)
        services.is_calm = not left  # At the end they all come back, so that the rest is told.
        while left and left[-1][0] <= now:
            _, who, what = left.pop()
            told = Notification.objects.create(
                person=who, message=what, conversation=cast.in_open, why="all", told_at=now
            )
            waits[who.pk].append(told)
            if due.begin(Event((who.pk,), now, what.pk)):
                theirs = Device.objects.filter(person=who).values_list("pk", flat=True)
                owed |= {(device, told.pk): False for device in theirs}
        if chance.random() < 0.05:
            who = chance.choice(people)
            who.zone = chance.choice(ZONES)
            who.save(update_fields=["zone"])
        if left and chance.random() < 0.03:
            signed_in_device(chance.choice(people))
        if left and chance.random() < 0.02:
            Device.objects.filter(
                pk=chance.choice(list(Device.objects.values_list("pk", flat=True)))
            ).delete()
        if left and chance.random() < 0.10:
            who = chance.choice(people)
            read_up_to = chance.randrange(3, 4 + EVENTS // PEOPLE)
            forget(cast.in_open.pk, person=who.pk, message__number__lte=read_up_to)
        if chance.random() < 0.05:
            services.away ^= {chance.choice(list(Device.objects.values_list("pk", flat=True)))}
        pushing.push_due(now, services)
        for push in services.taken:
            who = by_pk[push.device.person_id]
            assert not is_quiet(who, kept[who.pk], now), f"{who} at {now}"
            assert push.told, "no push tells nothing"
            for pk in push.told:
                assert owed[push.device.pk, pk] is False, "none twice"
                owed[push.device.pk, pk] = True
        services.taken = []
        now += STEP
    standing = set(Notification.objects.values_list("pk", flat=True))
    devices = set(Device.objects.values_list("pk", flat=True))
    lost = [
        (device, pk)
        for (device, pk), was_told in owed.items()
        if not was_told and pk in standing and device in devices
    ]
    assert lost == [], "none is lost: untold is only what was read before, or whose device is gone"
    assert sum(owed.values()) > EVENTS / 2, "much was told"
    assert len(standing) < EVENTS, "and some was read"

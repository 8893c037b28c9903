"""The rhythm of the demo company's days, weeks and months."""

from collections import Counter
from datetime import date, timedelta

from terrain.demo.making import Made
from terrain.demo.rhythm import public_holidays, season, working_days


def test_working_days_step_over_week_ends() -> None:
    friday = date(2026, 11, 20)
    assert working_days(friday, 1) == date(2026, 11, 23)
    assert working_days(friday, -5) == date(2026, 11, 13)
    assert working_days(friday, 0) == friday


def test_holidays_that_move_follow_easter() -> None:
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)} <= public_holidays(2026)


def test_august_and_christmas_are_quiet() -> None:
    assert season(date(2026, 8, 12)) < 0.3
    assert season(date(2026, 12, 28)) < 0.3
    assert season(date(2026, 10, 6)) == 1


def _messages(made: Made) -> list[tuple[date, float]]:
    return [
        (made.clock.day_of(said.at), made.clock.hour_of(said.at)) for talk in made.talks for said in talk.said
    ]


def test_fourteen_months_of_it(made: Made) -> None:
    days = [day for day, _ in _messages(made)]
    assert timedelta(days=410) < made.clock.today - min(days) < timedelta(days=440)
    assert 1_300 <= len(made.talks) <= 2_500
    assert 5_000 <= len(days) <= 10_000


def test_people_write_on_working_days(made: Made) -> None:
    week = Counter(day.weekday() for day, _ in _messages(made))
    busiest_of_the_week_end = max(week[5], week[6])
    assert min(week[day] for day in range(5)) > 5 * busiest_of_the_week_end > 0


def test_people_write_in_their_shifts(made: Made) -> None:
    hours = Counter(int(hour) for _, hour in _messages(made))
    assert hours[5] > hours[4] + hours[3]  # the morning shift comes
    assert hours[9] > 3 * hours[19]
    assert sum(hours[hour] for hour in (22, 23, 0, 1, 2, 3)) > 50  # nights are not empty


def test_there_is_more_every_season_and_less_in_august(made: Made) -> None:
    months = Counter((day.year, day.month) for day, _ in _messages(made))
    assert months[2026, 10] > 1.3 * months[2026, 3] > 1.3 * months[2025, 12]
    assert months[2026, 8] < 0.6 * months[2026, 7]
    assert months[2026, 8] < 0.6 * months[2026, 9]


def test_few_write_a_lot_and_most_a_little(made: Made) -> None:
    counts = sorted(Counter(said.author for talk in made.talks for said in talk.said).values())
    n = len(counts)
    gini = sum((2 * rank - n - 1) * count for rank, count in enumerate(counts, 1)) / (n * sum(counts))
    assert 0.5 < gini < 0.7
    assert n > 170

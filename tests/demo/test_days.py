"""Days that a text leaves open."""

from datetime import date, datetime

import pytest

from terrain.demo.days import said
from terrain.demo.rhythm import Clock
from tests.demo.moment import A_TUESDAY, PARIS

CLOCK = Clock(A_TUESDAY, PARIS)
OPENED_ON = date(2026, 11, 3)
WRITTEN_AT = datetime(2026, 11, 24, 12, 2, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{jour -3}", "jeudi"),
        ("{Jour -1}", "Lundi"),
        ("{day 4}", "Monday"),
        ("{date 30j}", "3 décembre"),
        ("{date 28j}", "1er décembre"),
        ("{date 25}", "8 décembre"),
        ("{mois -240j}", "mars"),
        ("de {mois -60}", "de septembre"),
        ("point de {mois -85}", "point d’août"),
        ("{année -365j}", "2025"),
        ("{semaine +5}", "45"),
        ("{heure 90}", "14 h"),
        ("{heure 60}", "13 h 30"),
        ("{ans 1945}", "81"),
        ("{lot}", "{lot}"),
    ],
)
def test_a_day_is_said_in_words(text: str, expected: str) -> None:
    assert said(text, OPENED_ON, WRITTEN_AT, CLOCK) == expected

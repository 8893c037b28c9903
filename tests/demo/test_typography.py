"""French spaces."""

import re

import pytest

from terrain.demo.making import Made
from terrain.demo.typography import NARROW, WHOLE, grouped, spaced, spaced_html
from terrain.web import markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quoi ?", "Quoi_?"),
        ("« Oui ! »", "«_Oui_!_»"),
        ("à 10 h 30 : 1 400 pièces", "à 10~h~30~: 1_400 pièces"),
        ("25 %, 3 €, 20 °C, 0,3 mm", "25~%, 3~€, 20~°C, 0,3~mm"),
        ("18 heures, la presse 4", "18 heures, la presse 4"),
        ("What now? Nothing: 1,900.", "What now? Nothing: 1,900."),
    ],
)
def test_spaces_before_high_marks_do_not_break(text: str, expected: str) -> None:
    assert spaced(text) == expected.replace("_", NARROW).replace("~", WHOLE)


def test_tags_are_left_alone() -> None:
    assert spaced_html('<a href="x ?y">Oui ?</a>') == f'<a href="x ?y">Oui{NARROW}?</a>'


def test_numbers_are_grouped() -> None:
    assert grouped(12400) == f"12{NARROW}400"
    assert grouped(400) == "400"


def test_nothing_written_has_a_plain_space_before_a_high_mark(made: Made) -> None:
    wrong = re.compile(r"[ \u00a0][;!?»]|[ \u202f]:|«[ \u00a0]|&nbsp;[;!?»]")
    for talk in made.talks:
        for text in (talk.title, *(markup.to_text(said.body) for said in talk.said)):
            assert not wrong.search(text), text


def test_every_body_is_clean_html_that_cleaning_leaves_alone(made: Made) -> None:
    for talk in made.talks:
        for said in talk.said:
            assert said.body == markup.clean(said.body)
            assert not markup.is_empty(markup.to_text(said.body))


def test_titles_fit(made: Made) -> None:
    assert all(0 < len(talk.title) <= 160 for talk in made.talks)


def test_nothing_is_left_open(made: Made) -> None:
    for talk in made.talks:
        for text in (talk.title, *(said.body for said in talk.said)):
            assert not re.search(r"[{}|]|<[^a-z/]", text), text

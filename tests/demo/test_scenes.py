"""The scenes, and the grammar in which they are written."""

from random import Random

import pytest

from terrain.demo.making import Made
from terrain.demo.scenes import Told, scenes
from terrain.demo.speaking import Speakers
from terrain.demo.typography import NARROW


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("<oui|non>", {"oui", "non"}),
        ("{n:4-6} et {n}", {"4 et 4", "5 et 5", "6 et 6"}),
        ("{n:1000-1400*200}", {f"1{NARROW}000", f"1{NARROW}200", f"1{NARROW}400"}),
        ("{n:2014-2015#}", {"2014", "2015"}),
        ("{b:0,8-1,1}", {"0,8", "0,9", "1,0", "1,1"}),
        ("{x:bleu/rouge}", {"bleu", "rouge"}),
        ("venu{e}", {"venue"}),
    ],
)
def test_what_is_open_is_drawn(text: str, among: set[str]) -> None:
    drawn = {Told(Random(seed)).words(text, "f") for seed in range(60)}
    assert drawn == among


def test_a_man_speaks_without_the_e() -> None:
    assert Told(Random(1)).words("venu{e}", "m") == "venu"


def test_a_range_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="neither a range nor a choice"):
        Told(Random(1)).words("{n:4}", "m")


def test_every_space_has_scenes_of_its_own(made: Made) -> None:
    assert {told.space for told in scenes()} == {place.name for place in made.places}


def test_somebody_answers_to_every_part(made: Made) -> None:
    speakers = Speakers(made.people)
    places = {place.name: place for place in made.places}
    for told in scenes():
        for scene in told.all:
            for who in (scene.by, *(line.who for line in scene.lines)):
                if who not in ("", "opener"):
                    assert speakers.who_answer_to(who, places[told.space]), (told.space, scene.title, who)


def test_a_reader_of_a_hundred_conversations_meets_no_sentence_more_than_a_few_times(made: Made) -> None:
    latest = sorted(made.talks, key=lambda talk: talk.moved_at, reverse=True)[:100]
    bodies = [said.body for talk in latest for said in talk.said if len(said.body) > 30]
    assert max(bodies.count(body) for body in bodies) <= 2

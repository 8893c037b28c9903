"""Where they talk."""

from collections import Counter

from terrain.demo.making import Made


def test_25_spaces_some_closed_and_some_secret(made: Made) -> None:
    openness = Counter(place.openness for place in made.places)
    assert sum(openness.values()) == 25
    assert openness["closed"] >= 2
    assert openness["secret"] >= 1


def test_members_come_once_the_space_is_there_and_they_are(made: Made) -> None:
    for place in made.places:
        assert place.opener in place.members
        for somebody, since in place.members.items():
            assert place.opened_at <= since < made.clock.now
            assert somebody.joined_at <= since


def test_only_members_write_or_react_where_it_is_not_open(made: Made) -> None:
    for talk in made.talks:
        if talk.place.is_open:
            continue
        for said in talk.said:
            assert talk.place.members[said.author] <= said.at
            for somebody, _, at in said.signs:
                assert talk.place.members[somebody] <= at


def test_every_space_has_conversations(made: Made) -> None:
    talks = Counter(talk.place.name for talk in made.talks)
    assert all(talks[place.name] for place in made.places)

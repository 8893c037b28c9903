"""Muting and following people: what a person lets into their feed, known to them alone."""

import pytest
from django.db import IntegrityError, transaction

from terrain.conversations.feed import feed
from terrain.conversations.following import follow, follow_person
from terrain.conversations.models import Conversation, Muting
from terrain.conversations.muting import Muted, is_muted, mute, muted_by, unmute
from terrain.conversations.opening import open_conversation
from terrain.people.models import Person
from terrain.spaces.joining import leave
from tests.cast import Cast


def feed_of(person: Person) -> set[int]:
    return {each.id for each in feed(person).listed}


@pytest.mark.parametrize("what", ["space", "conversation", "somebody"])
def test_what_is_muted_leaves_the_feed_and_comes_back(cast: Cast, what: str) -> None:
    thing: Muted = {"space": cast.open, "conversation": cast.in_open, "somebody": cast.samira}[what]
    assert cast.in_open.pk in feed_of(cast.ines)
    mute(thing, cast.ines)
    mute(thing, cast.ines)
    assert cast.in_open.pk not in feed_of(cast.ines)
    assert cast.in_open.pk in feed_of(cast.loic), "it is muted for one alone"
    unmute(thing, cast.ines)
    assert cast.in_open.pk in feed_of(cast.ines)


def test_what_is_muted_is_still_where_it_is(cast: Cast) -> None:
    mute(cast.open, cast.ines)
    client = cast.client(cast.ines)
    assert cast.in_open.title in client.get(f"/spaces/{cast.open.pk}").content.decode()
    assert client.get(f"/conversations/{cast.in_open.pk}").status_code == 200


def test_a_muted_conversation_that_is_followed_elsewhere_stays_out(cast: Cast) -> None:
    follow(cast.in_open, cast.marek)
    assert cast.in_open.pk in feed_of(cast.marek)
    mute(cast.in_open, cast.marek)
    assert cast.in_open.pk not in feed_of(cast.marek)


def test_following_it_again_ends_its_muting(cast: Cast) -> None:
    mute(cast.in_open, cast.ines)
    cast.client(cast.ines).post(f"/conversations/{cast.in_open.pk}/following")
    assert not is_muted(cast.in_open, cast.ines)


def test_what_is_muted_stands_in_ones_settings_alone(cast: Cast) -> None:
    client = cast.client(cast.ines)
    for where in (f"spaces/{cast.open.pk}", f"conversations/{cast.in_open.pk}", f"people/{cast.samira.pk}"):
        assert client.post(f"/{where}/muting").status_code == 302
    assert {str(each) for each in muted_by(cast.ines)} == {
        cast.open.name,
        cast.in_open.title,
        cast.samira.name,
    }
    page = client.get("/settings").content.decode()
    assert all(name in page for name in (cast.open.name, cast.in_open.title, cast.samira.name))
    assert "Muted" not in cast.client(cast.samira).get("/settings").content.decode()
    assert client.delete(f"/people/{cast.samira.pk}/muting").status_code == 302
    assert cast.samira.name not in client.get("/settings").content.decode()


def test_what_can_no_longer_be_read_is_no_longer_named(cast: Cast) -> None:
    mute(cast.in_secret, cast.loic)
    mute(cast.secret, cast.loic)
    leave(cast.secret, cast.loic)
    assert muted_by(cast.loic) == []


def test_the_database_takes_one_thing_at_a_time_once(cast: Cast) -> None:
    mute(cast.open, cast.ines)
    for wrong in ({"space": cast.open}, {}, {"space": cast.closed, "somebody": cast.samira}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Muting.objects.create(person=cast.ines, **wrong)


def test_what_somebody_opens_in_the_open_comes_to_who_follows_them(cast: Cast) -> None:
    assert feed_of(cast.marek) == set()
    follow_person(cast.samira, cast.marek)
    assert feed_of(cast.marek) == {cast.in_open.pk}, "and nothing of a closed space"
    new = open_conversation(cast.open, cast.samira, "<p>La sonde est arrivée.</p>", title="La sonde")
    [first, *_] = feed(cast.marek).listed
    assert (first.id, first.is_new) == (new.pk, True)


def test_a_page_offers_to_follow_somebody_and_to_stop(cast: Cast) -> None:
    client, where = cast.client(cast.marek), f"/people/{cast.samira.pk}"
    assert f'formaction="{where}/following"' in client.get(where).content.decode()
    client.post(f"{where}/following")
    assert "You follow" in client.get(where).content.decode()
    assert feed_of(cast.marek) == {cast.in_open.pk}
    client.delete(f"{where}/following")
    assert feed_of(cast.marek) == set()


def test_nobody_follows_themselves(cast: Cast) -> None:
    follow_person(cast.marek, cast.marek)
    cast.client(cast.marek).post(f"/people/{cast.marek.pk}/following")
    assert "You follow" not in cast.client(cast.marek).get("/me").content.decode()


def test_pages_of_a_feed_with_much_muted_still_follow_one_another(cast: Cast) -> None:
    Conversation.unscoped.bulk_create(
        Conversation(space=cast.open, kind="post", title=f"N° {n}", author=cast.loic) for n in range(50)
    )
    for each in Conversation.unscoped.filter(title__startswith="N° ").order_by("pk")[:25]:
        mute(each, cast.ines)
    seen, before = [], ""
    while True:
        page = feed(cast.ines, before)
        seen += [each.id for each in page.listed]
        if page.after is None:
            break
        before = page.after
    assert len(seen) == len(set(seen)) == 26

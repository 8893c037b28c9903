"""Notices: told to everybody in their audience, signed, answerable, and rarely compulsory."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from terrain.conversations import feed
from terrain.conversations.models import Conversation
from terrain.conversations.muting import mute
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.notices import notice
from terrain.notices.models import Notice
from terrain.people.models import Person
from terrain.spaces.archiving import StillAnswerable, archive
from terrain.spaces.models import Space
from tests.cast import Cast, person

WHY = "Les issues de secours du bâtiment B ont changé de côté."
A_MONTH_AGO = timedelta(days=31)


def sends(cast: Cast, who: Person, **fields: Any) -> Any:
    """What the form of a notice sends."""
    given = {
        "key": str(uuid.uuid4()),
        "space": cast.open.pk,
        "title": "Les issues de secours",
        "body": "<p>Le plan est à l’entrée.</p>",
        "audience": "members",
    }
    return cast.client(who).post("/notices/new", {**given, **fields})


def published(cast: Cast, who: Person, **fields: Any) -> Conversation:
    answer = sends(cast, who, **fields)
    assert answer.status_code == 302, answer.content.decode()
    return Conversation.unscoped.get(pk=answer.url.rsplit("/", 1)[-1])


def compelling(**fields: Any) -> dict[str, Any]:
    until = timezone.localdate() + timedelta(days=7)
    return {"voice": "la sécurité", "compulsory": "on", "reason": WHY, "until": f"{until}", **fields}


def settled(*spaces: Space) -> None:
    """These spaces have been there for long."""
    Space.unscoped.filter(pk__in=[each.pk for each in spaces]).update(
        opened_at=timezone.now() - timedelta(days=90)
    )
    for each in spaces:
        each.refresh_from_db()


def page(cast: Cast, who: Person, path: str) -> str:
    return str(cast.client(who).get(path).content.decode())


def in_feed(who: Person) -> set[int]:
    return {each.id for each in feed.feed(who).listed}


def test_it_is_signed_by_a_person_and_the_voice_they_speak_for(cast: Cast) -> None:
    here = published(cast, cast.samira, voice="la direction")
    shown = page(cast, cast.ines, f"/conversations/{here.pk}")
    assert "Samira Benali, for la direction" in shown
    assert "to the members of Vie de l’atelier" in shown
    assert "Samira Benali, for la direction" in page(cast, cast.ines, "/notices")
    assert "for la direction" in page(cast, cast.ines, "/")


def test_everybody_here_finds_it_in_their_feed_and_may_mute_it(cast: Cast) -> None:
    to_members = published(cast, cast.samira)
    to_all = published(cast, cast.samira, audience="everybody", title="À toutes et tous")
    assert in_feed(cast.marek) & {to_all.pk, to_members.pk} == {to_all.pk}
    assert {to_all.pk, to_members.pk} <= in_feed(cast.ines)
    mute(to_all, cast.marek)
    mute(to_members, cast.ines)
    assert to_all.pk not in in_feed(cast.marek)
    assert to_members.pk not in in_feed(cast.ines)


def test_it_is_new_until_it_is_read(cast: Cast) -> None:
    to_all = published(cast, cast.samira, audience="everybody")
    assert {each.id: each.is_new for each in feed.feed(cast.marek).listed}[to_all.pk]
    read_up_to(to_all, cast.marek, 1)
    assert not {each.id: each.is_new for each in feed.feed(cast.marek).listed}[to_all.pk]


def test_everybody_is_only_told_where_everybody_reads(cast: Cast) -> None:
    answer = sends(cast, cast.samira, space=cast.closed.pk, audience="everybody")
    assert answer.status_code == 422
    assert "Everybody is told where everybody reads" in answer.content.decode()
    here = published(cast, cast.samira, space=cast.closed.pk)
    assert here.pk not in in_feed(cast.ines)
    assert "Les issues de secours" not in page(cast, cast.ines, "/notices")


def test_who_is_told_answers_from_the_first_minute(cast: Cast) -> None:
    here = published(cast, cast.samira, audience="everybody")
    answer = cast.client(cast.marek).post(
        f"/conversations/{here.pk}/messages", {"body": "Et par l’escalier nord ?", "key": str(uuid.uuid4())}
    )
    assert answer.status_code == 302
    assert "Et par l’escalier nord ?" in page(cast, cast.samira, f"/conversations/{here.pk}")


def test_no_act_ends_its_answers_for_thirty_days(cast: Cast) -> None:
    settled(cast.open)
    here = published(cast, cast.loic)
    with pytest.raises(StillAnswerable):
        archive(cast.open, cast.samira)
    refused = cast.client(cast.samira).post(f"/spaces/{cast.open.pk}/archiving")
    assert "can be answered until then" in refused.content.decode()
    assert reply(here, cast.ines, "<p>Merci.</p>").pk
    archive(cast.open, cast.samira, timezone.now() + A_MONTH_AGO)


def test_how_many_read_it_is_shown_to_all_and_nothing_of_a_few(cast: Cast) -> None:
    for name in ("Un", "Deux", "Trois", "Quatre"):
        person(f"Lecteur {name}")
    here = published(cast, cast.samira, audience="everybody")
    audience = Person.objects.present().count() - 1
    assert audience >= 5
    for reader in (cast.loic, cast.ines):
        read_up_to(here, reader, 1)
    read_up_to(here, cast.samira, 1)
    said = f"read by 2 of {audience} ({200 // audience}%)"
    for who in (cast.samira, cast.marek, cast.ines):
        assert said in page(cast, who, f"/conversations/{here.pk}")
        assert said in page(cast, who, "/notices")
    few = published(cast, cast.samira, space=cast.closed.pk, title="Entre nous")
    read_up_to(few, cast.loic, 1)
    assert "read by" not in page(cast, cast.samira, f"/conversations/{few.pk}")


def test_who_left_the_house_is_of_no_audience(cast: Cast) -> None:
    for number in range(5):
        person(f"Lecteur {'ABCDE'[number]}")
    here = published(cast, cast.samira, audience="everybody")
    before = notice.rates([here.notice])[here.pk]
    read_up_to(here, cast.loic, 1)
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate())
    assert notice.rates([here.notice])[here.pk] == (0, before.of - 1)


def test_a_compulsory_one_stays_on_top_until_it_is_read_whatever_is_muted(cast: Cast) -> None:
    settled(cast.open)
    here = published(cast, cast.samira, **compelling())
    mute(cast.open, cast.ines)
    top = page(cast, cast.ines, "/").split('class="feed"')[0]
    assert "Les issues de secours" in top
    assert "to be read until" in top
    assert WHY in page(cast, cast.ines, f"/conversations/{here.pk}").replace("&#39;", "’")
    assert notice.to_read(cast.marek) == [], "who is not told"
    assert notice.to_read(cast.samira) == [], "who wrote it"
    read_up_to(here, cast.ines, 1)
    assert notice.to_read(cast.ines) == []
    assert notice.to_read(cast.loic, timezone.now() + timedelta(days=9)) == [], "it has an end"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": "C’est important"}, "Say in 20 characters at least why"),
        ({"until": ""}, "Until when? A day to come"),
        ({"until": "2020-01-01"}, "Until when? A day to come"),
        ({"until": "2190-01-01"}, "Until when? A day to come"),
        ({"until": "mardi"}, "Write a day, such as 2027-03-12."),
        ({"voice": ""}, "What is compulsory says for whom you speak."),
        ({"voice": "v" * 61}, "Say it in 60 characters at most."),
        ({"audience": "les chefs"}, "Choose to whom it is told."),
        ({"title": ""}, "Give it a title"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast: Cast, wrong: dict[str, str], said: str) -> None:
    settled(cast.open)
    answer = sends(cast, cast.samira, **compelling(**wrong))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert "Le plan est à l’entrée." in shown
    assert not Notice.unscoped.exists()


def test_two_a_month_are_compulsory_in_the_whole_house_and_no_more(cast: Cast) -> None:
    settled(cast.open, cast.secret)
    published(cast, cast.samira, **compelling())
    published(cast, cast.loic, **compelling(space=cast.secret.pk, title="Jeudi soir"))
    before = Conversation.unscoped.count()
    answer = sends(cast, cast.claire, **compelling())
    assert answer.status_code == 422
    assert "Two notices are compulsory this month already" in answer.content.decode()
    assert Conversation.unscoped.count() == before, "nothing is half published"
    assert "<b>2</b>" in page(cast, cast.marek, "/notices"), (
        "counted in public, even those that one cannot read"
    )
    assert published(cast, cast.claire, title="Sans obligation").pk
    Conversation.unscoped.filter(kind="notice").update(opened_at=timezone.now() - A_MONTH_AGO)
    assert notice.compulsory_this_month() == 0
    assert published(cast, cast.claire, **compelling()).pk


def test_in_a_space_that_settles_in_only_its_opener_makes_one_compulsory(cast: Cast) -> None:
    answer = sends(cast, cast.loic, **compelling())
    assert answer.status_code == 422
    assert "it is settling in" in answer.content.decode()
    assert published(cast, cast.samira, **compelling()).pk


def test_the_schema_knows_none_that_is_compulsory_without_a_reason(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.unscoped.create(
            conversation=cast.in_open, is_for_everybody=True, until=date(2027, 1, 1), reason="Parce que"
        )


def test_many_are_listed_in_pages(cast: Cast) -> None:
    for number in range(23):
        here = Conversation.unscoped.create(
            space=cast.open, author=cast.samira, title=f"Annonce {number}.", kind="notice"
        )
        notice.tell_everybody(here)
    first = page(cast, cast.ines, "/notices")
    assert "Annonce 22." in first
    assert "Annonce 2." not in first
    older = first.split('href="?before=')[1].split('"')[0]
    assert "Annonce 2." in page(cast, cast.ines, f"/notices?before={older}")

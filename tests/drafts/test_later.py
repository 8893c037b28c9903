"""Publishing later: what is ready publishes itself at the moment that its author chose, and not before."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from terrain.conversations.models import Conversation
from terrain.drafts import jobs, later
from terrain.drafts.models import Draft
from terrain.files.jobs import sweep
from terrain.files.keeping import keep as keep_file
from terrain.files.models import File, needed
from terrain.people.models import Person
from terrain.spaces.joining import leave
from tests.cast import Cast
from tests.files.brought import named, png

PARIS = ZoneInfo("Europe/Paris")


def sends(cast: Cast, person: Person, due: str, **fields: Any) -> Any:
    """What the form of a post sends, when one presses "Publish then"."""
    given = {
        "key": str(uuid.uuid4()),
        "space": cast.open.pk,
        "body": "<p>L’inventaire commence jeudi.</p>",
        "due": due,
        "later": "1",
    }
    return cast.client(person).post("/posts/new", {**given, **fields})


def tomorrow(hour: int = 8) -> datetime:
    there = timezone.now().astimezone(PARIS) + timedelta(days=1)
    return there.replace(hour=hour, minute=0, second=0, microsecond=0)


def planned(cast: Cast, person: Person, **fields: Any) -> Draft:
    answer = sends(cast, person, f"{tomorrow():%Y-%m-%dT%H:%M}", **fields)
    assert answer.status_code == 302
    assert answer.url.startswith("/drafts#")
    return Draft.of(person).exclude(due_at=None).get()


def come(draft: Draft) -> None:
    """Its moment has come, and nobody writes in it."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Draft.objects.filter(pk=draft.pk).update(due_at=an_hour_ago, kept_at=an_hour_ago)


def test_it_waits_for_its_moment_and_publishes_itself_once(cast: Cast) -> None:
    before = Conversation.unscoped.count()
    draft = planned(cast, cast.loic)
    assert draft.due_at == tomorrow()
    assert Conversation.unscoped.count() == before
    assert later.due() == []
    assert later.publish(draft.pk) is None, "not before"
    assert later.due(tomorrow() + timedelta(minutes=1)) == [draft.pk]
    come(draft)
    made = later.publish(draft.pk)
    assert made is not None
    assert (made.author, made.space, made.title) == (cast.loic, cast.open, "L’inventaire commence jeudi.")
    assert not Draft.of(cast.loic).exists()
    assert later.publish(draft.pk) is None
    assert Conversation.unscoped.count() == before + 1


def test_the_hour_is_that_of_the_clocks_where_one_is(cast: Cast) -> None:
    Person.objects.filter(pk=cast.loic.pk).update(zone="America/New_York")
    at = tomorrow()
    sends(cast, cast.loic, f"{at:%Y-%m-%dT%H:%M}")
    assert Draft.of(cast.loic).get().due_at == at.replace(tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("", "When? A day and an hour."),
        ("2020-01-01T08:00", "Choose a moment to come"),
        ("2190-01-01T08:00", "Choose a moment to come"),
        ("mardi", "Write a day and an hour"),
        ("2027-03-28T02:30", "That hour does not exist that day"),
    ],
)
def test_a_moment_that_is_none_is_refused_and_nothing_is_lost(cast: Cast, due: str, said: str) -> None:
    answer = sends(cast, cast.loic, due, title="L’inventaire")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "L’inventaire commence jeudi." in page
    assert not Draft.of(cast.loic).exclude(due_at=None).exists()


def test_to_publish_at_once_no_moment_is_asked(cast: Cast) -> None:
    given = {"key": str(uuid.uuid4()), "space": cast.open.pk, "body": "<p>Maintenant.</p>", "due": "mardi"}
    assert "/conversations/" in cast.client(cast.loic).post("/posts/new", given).url


def test_what_somebody_is_writing_in_waits_until_they_have_stopped(cast: Cast) -> None:
    draft = planned(cast, cast.loic)
    Draft.objects.filter(pk=draft.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert later.due() == []
    assert later.due(timezone.now() + later.STILL + timedelta(seconds=1)) == [draft.pk]


def test_one_sees_when_it_will_be_published_and_takes_that_back(cast: Cast) -> None:
    draft, client = planned(cast, cast.loic), cast.client(cast.loic)
    assert "Will be published on" in client.get("/drafts").content.decode()
    assert cast.client(cast.samira).delete(f"/drafts/{draft.key}/planning").status_code == 404
    assert client.delete(f"/drafts/{draft.key}/planning").status_code == 302
    assert "Will be published on" not in client.get("/drafts").content.decode()
    draft.refresh_from_db()
    assert draft.due_at is None


def test_who_left_the_space_meanwhile_is_told_why_and_keeps_the_words(cast: Cast) -> None:
    draft = planned(cast, cast.loic, space=cast.closed.pk)
    leave(cast.closed, cast.loic)
    come(draft)
    before = Conversation.unscoped.count()
    assert later.publish(draft.pk) is None
    assert Conversation.unscoped.count() == before
    page = cast.client(cast.loic).get("/drafts").content.decode()
    assert "It was not published when it was due: This space is not one in which you may write." in page
    assert "commence jeudi" in page
    assert later.due() == []


def test_nothing_is_published_for_who_has_left_the_house(cast: Cast) -> None:
    draft = planned(cast, cast.loic)
    come(draft)
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate())
    assert later.due() == []


def test_the_worker_publishes_what_is_due(cast: Cast) -> None:
    draft = planned(cast, cast.loic)
    come(draft)
    jobs.publish(draft_id=draft.pk)
    assert Conversation.unscoped.filter(author=cast.loic, title__startswith="L’inventaire").count() == 1


def test_its_picture_is_not_swept_away_meanwhile(cast: Cast) -> None:
    picture = keep_file(cast.loic, named("lot.png", png()))
    draft = planned(cast, cast.loic, files=[str(picture.uid)])
    File.unscoped.filter(pk=picture.pk).update(brought_at=timezone.now() - timedelta(days=30))
    assert needed() == {str(picture.uid)}
    sweep(timestamp=0)
    come(draft)
    made = later.publish(draft.pk)
    assert made is not None
    assert File.visible_to(cast.ines).filter(attachment__message__conversation=made).get() == picture
    assert needed() == set()


def test_without_scripts_a_picture_goes_along_too(cast: Cast) -> None:
    draft = planned(cast, cast.loic, new_files=named("lot.png", png()))
    picture = File.unscoped.get()
    assert draft.fields["files"] == [str(picture.uid)]
    come(draft)
    made = later.publish(draft.pk)
    assert made is not None
    assert File.visible_to(cast.ines).get() == picture


def test_where_no_draft_more_is_kept_it_says_so_and_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terrain.drafts.draft.MOST", 0)
    answer = sends(cast, cast.loic, f"{tomorrow():%Y-%m-%dT%H:%M}")
    assert answer.status_code == 422
    assert "Two hundred drafts are kept" in answer.content.decode()
    assert "L’inventaire commence jeudi." in answer.content.decode()

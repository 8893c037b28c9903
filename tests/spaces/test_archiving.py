"""An archived space is read and found, nothing is written in it, and any member wakes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terrain.conversations.composing import Composed
from terrain.conversations.editing import edit
from terrain.conversations.models import Conversation, Message, Reaction
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import react
from terrain.conversations.replying import reply
from terrain.spaces.archiving import QUIET, ArchivedSpace, archive, asks_what_to_become, wake
from terrain.spaces.changes import Part
from terrain.spaces.keeping import change
from terrain.spaces.models import Archiving, Change, Space
from terrain.spaces.settling import SETTLING, StillSettling
from tests.cast import Cast


def grown(space: Space, days: int = 31) -> None:
    """Make a space that old."""
    Space.unscoped.filter(pk=space.pk).update(opened_at=timezone.now() - timedelta(days=days))
    space.refresh_from_db()


def test_an_archived_space_is_read_and_offers_no_place_to_write(cast: Cast) -> None:
    grown(cast.open)
    browser = cast.client(cast.ines)
    assert browser.post(f"/spaces/{cast.open.pk}/archiving").headers["Location"] == f"/spaces/{cast.open.pk}"
    page = browser.get(f"/spaces/{cast.open.pk}").content.decode()
    assert "This space is archived." in page
    assert cast.ines.name in page
    assert cast.in_open.title in page
    assert "/posts/new?space=" not in page
    page = cast.client(cast.marek).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert "La sonde est décalée." in page
    assert 'id="write"' not in page
    assert "Any of its members can wake it." in page


def test_any_member_wakes_it_in_one_press(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    assert cast.client(cast.marek).delete(f"/spaces/{cast.open.pk}/archiving").status_code == 404
    assert "Wake it" in cast.client(cast.loic).get(f"/spaces/{cast.open.pk}").content.decode()
    cast.client(cast.loic).post(f"/spaces/{cast.open.pk}/archiving?_method=DELETE")
    assert not Archiving.objects.exists()
    assert 'id="write"' in cast.client(cast.marek).get(f"/conversations/{cast.in_open.pk}").content.decode()
    told = Change.objects.filter(part=Part.ARCHIVING).values_list("person", "after")
    assert list(told) == [(cast.loic.pk, ""), (cast.samira.pk, "archived")]
    assert (
        "It is archived." in cast.client(cast.marek).get(f"/spaces/{cast.open.pk}/history").content.decode()
    )


def test_the_verbs_refuse_to_write_in_it(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    first = cast.first(cast.in_open)
    for verb in (
        lambda: reply(cast.in_open, cast.loic, "<p>Encore.</p>"),
        lambda: open_conversation(cast.open, cast.loic, "<p>Encore.</p>"),
        lambda: edit(first, cast.samira, "<p>Autrement.</p>"),
        lambda: react(first, cast.loic, "👍"),
        lambda: change(cast.open, cast.loic, {Part.NAME: "Autre"}),
    ):
        with pytest.raises(ArchivedSpace):
            verb()
    assert Conversation.unscoped.filter(space=cast.open).count() == 1
    assert not Reaction.objects.exists()


def test_a_reply_from_a_page_that_was_open_before_is_refused_and_its_text_stays(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    answer = cast.client(cast.loic).post(
        f"/conversations/{cast.in_open.pk}/messages", {"body": "Trois mots à garder"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Trois mots à garder" in page
    assert "This space is archived" in page
    assert Message.unscoped.filter(conversation=cast.in_open).count() == 2


def test_a_conversation_begun_for_it_is_refused_and_its_text_stays(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    archive(cast.open, cast.samira)
    answer = browser.post("/posts/new", {"space": cast.open.pk, "body": "Trois mots à garder"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Trois mots à garder" in page
    assert "This space is archived" in page
    assert f'<option value="{cast.open.pk}"' not in page


def test_any_other_gesture_is_answered_with_the_reason_and_what_was_written(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    sent = {"name": "Un autre nom", "about": "", "seen": 0}
    answer = cast.client(cast.loic).post(f"/spaces/{cast.open.pk}/words", sent)
    assert answer.status_code == 422
    assert "This space is archived" in answer.content.decode()
    assert ">Un autre nom</textarea>" in answer.content.decode()


def test_archived_spaces_are_listed_apart_and_found(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    main = cast.client(cast.marek).get("/spaces").content.decode().split("<main")[1]
    assert main.index(cast.closed.name) < main.index("Archived") < main.index(cast.open.name)
    found = cast.client(cast.marek).get("/spaces", {"q": "vie atelier"}).content.decode().split("<main")[1]
    assert cast.open.name in found


def test_it_leaves_the_rail_and_comes_back(cast: Cast) -> None:
    def rail() -> str:
        page = cast.client(cast.loic).get("/people").content.decode()
        return page.split('aria-labelledby="my-spaces"')[1].split("</nav>")[0]

    assert cast.open.name in rail()
    archive(cast.open, cast.samira)
    assert cast.open.name not in rail()
    wake(cast.open, cast.loic)
    assert cast.open.name in rail()


def test_in_its_first_thirty_days_only_who_opened_it_archives_it(cast: Cast) -> None:
    path, browser = f"/spaces/{cast.open.pk}/archiving", cast.client(cast.loic)
    assert "settling in" in browser.get(f"/spaces/{cast.open.pk}").content.decode()
    answer = browser.post(path)
    assert answer.status_code == 422
    assert "it is settling in" in answer.content.decode()
    assert not Archiving.objects.exists()
    assert cast.client(cast.samira).post(path).status_code == 302
    wake(cast.open, cast.loic)
    grown(cast.open)
    assert "settling in" not in browser.get(f"/spaces/{cast.open.pk}").content.decode()
    assert browser.post(path).status_code == 302


def test_the_thirty_days_end_to_the_minute(cast: Cast) -> None:
    end = cast.open.opened_at + SETTLING
    with pytest.raises(StillSettling):
        archive(cast.open, cast.ines, end - timedelta(minutes=1))
    assert archive(cast.open, cast.ines, end).person == cast.ines


def test_a_space_quiet_for_120_days_asks_its_members_what_to_become(cast: Cast) -> None:
    long_ago = timezone.now() - QUIET - timedelta(days=1)
    Space.unscoped.filter(pk=cast.open.pk).update(last_activity_at=long_ago, opened_at=long_ago)
    page = cast.client(cast.ines).get(f"/spaces/{cast.open.pk}").content.decode()
    asked = page.split("Nothing has been said here for four months.")[1].split("</section>")[0]
    assert f'formaction="/spaces/{cast.open.pk}/archiving"' in asked
    assert f'href="/posts/new?space={cast.open.pk}"' in asked
    assert f'formaction="/spaces/{cast.open.pk}/hosting"' in asked
    assert "four months" not in cast.client(cast.marek).get(f"/spaces/{cast.open.pk}").content.decode()
    reply(cast.in_open, cast.loic, "<p>Toujours là.</p>")
    assert "four months" not in cast.client(cast.ines).get(f"/spaces/{cast.open.pk}").content.decode()


def test_a_day_sooner_it_asks_nothing(cast: Cast) -> None:
    moved = cast.open.last_activity_at
    assert not asks_what_to_become(cast.open, moved + QUIET)
    assert asks_what_to_become(cast.open, moved + QUIET + timedelta(minutes=1))


def test_composed_elsewhere_it_is_refused_the_same(cast: Cast) -> None:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from terrain.conversations.kinds import kinds

    archive(cast.open, cast.samira)
    sent = QueryDict(mutable=True)
    sent.update({"space": str(cast.open.pk), "body": "Encore", "title": "Encore"})
    composed = Composed.of(cast.loic, kinds()[0], sent, MultiValueDict())
    assert composed.is_valid()
    with pytest.raises(ArchivedSpace):
        composed.publish()

"""Handing a space over to its members: by who opened it or looks after it, in public, and for good."""

from datetime import UTC, datetime, timedelta

import pytest

from terrain.hosting.hosting import is_host, volunteer
from terrain.spaces.handing_over import NotInPublic, NotTheirsToHandOver, by_month, hand_over
from terrain.spaces.joining import leave
from terrain.spaces.models import HandOver, Openness, Space
from terrain.spaces.opening import open_space
from tests.cast import Cast
from tests.spaces.test_archiving import grown

WHY = "L’atelier s’en sert plus que moi."


def test_in_three_presses_a_space_is_its_members_and_everybody_is_told(cast: Cast) -> None:
    browser, path = cast.client(cast.samira), f"/spaces/{cast.open.pk}/handover"
    assert f'href="{path}"' in browser.get(f"/spaces/{cast.open.pk}").content.decode()
    assert "Why, in a sentence" in browser.get(path).content.decode()
    assert browser.post(path, {"why": WHY}).headers["Location"] == path
    for person in (cast.marek, cast.loic):
        page = cast.client(person).get(path).content.decode()
        assert all(said in page for said in (WHY, cast.samira.name, "Handed over to its members"))
        assert WHY in cast.client(person).get("/handed-over").content.decode()
    assert "handed over to its members in" in browser.get(f"/spaces/{cast.open.pk}").content.decode()
    assert (
        f'href="{path}">'
        not in browser.get(f"/spaces/{cast.open.pk}").content.decode().split('class="aside"')[0]
    )


def test_who_hands_it_over_no_longer_looks_after_it(cast: Cast) -> None:
    volunteer(cast.open, cast.samira)
    volunteer(cast.open, cast.ines)
    hand_over(cast.open, cast.samira, WHY)
    assert not is_host(cast.open.pk, cast.samira)
    assert is_host(cast.open.pk, cast.ines)


def test_it_is_done_once(cast: Cast) -> None:
    hand_over(cast.open, cast.samira, WHY)
    cast.client(cast.samira).post(f"/spaces/{cast.open.pk}/handover", {"why": "Encore."})
    assert HandOver.objects.get().why == WHY


def test_a_plain_member_and_an_opener_who_left_hand_nothing_over(cast: Cast) -> None:
    path = f"/spaces/{cast.open.pk}/handover"
    assert cast.client(cast.ines).post(path, {"why": WHY}).status_code == 404
    leave(cast.open, cast.samira)
    assert cast.client(cast.samira).get(path).status_code == 404
    with pytest.raises(NotTheirsToHandOver):
        hand_over(cast.open, cast.samira, WHY)


def test_in_its_first_thirty_days_nobody_forces_it_but_who_opened_it(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    path, browser = f"/spaces/{cast.open.pk}/handover", cast.client(cast.ines)
    answer = browser.post(path, {"why": WHY})
    assert answer.status_code == 422
    assert "it is settling in" in answer.content.decode()
    assert WHY in answer.content.decode()
    grown(cast.open)
    assert browser.post(path, {"why": WHY}).status_code == 302


def test_it_takes_a_reason(cast: Cast) -> None:
    answer = cast.client(cast.samira).post(f"/spaces/{cast.open.pk}/handover", {"why": " "})
    assert answer.status_code == 422
    assert "Say in a sentence why." in answer.content.decode()


def test_a_secret_space_is_not_handed_over_and_a_closed_one_only_by_name(cast: Cast) -> None:
    with pytest.raises(NotInPublic):
        hand_over(cast.secret, cast.samira, WHY)
    answer = cast.client(cast.samira).post(f"/spaces/{cast.secret.pk}/handover", {"why": WHY})
    assert answer.status_code == 422
    hand_over(cast.closed, cast.samira, WHY)
    page = cast.client(cast.marek).get(f"/spaces/{cast.closed.pk}/handover").content.decode()
    assert WHY in page
    assert cast.in_closed.title not in page


def test_one_that_has_become_secret_is_told_to_its_members_alone(cast: Cast) -> None:
    hand_over(cast.closed, cast.samira, WHY)
    Space.unscoped.filter(pk=cast.closed.pk).update(openness=Openness.SECRET)
    assert WHY not in cast.client(cast.marek).get("/handed-over").content.decode()
    assert WHY in cast.client(cast.claire).get("/handed-over").content.decode()
    assert by_month() == []


def test_the_figures_count_each_month_with_those_where_there_was_none(cast: Cast) -> None:
    now = datetime(2027, 2, 10, tzinfo=UTC)
    assert by_month(now) == []
    one, two = (open_space(f"Essai {n}", "", Openness.OPEN, cast.samira) for n in range(2))
    for space, at in (
        (cast.open, now),
        (one, now - timedelta(days=9)),
        (two, datetime(2026, 11, 20, tzinfo=UTC)),
    ):
        hand_over(space, cast.samira, WHY, at)
    counts = [(each.first.strftime("%Y-%m"), each.count) for each in by_month(now)]
    assert counts == [("2027-02", 2), ("2027-01", 0), ("2026-12", 0), ("2026-11", 1)]
    table = cast.client(cast.marek).get("/handed-over").content.decode().split("<tbody>")[1]
    assert "November" in table

"""Belonging to a space: joined where it is open, asked for where it is closed, let into where it is secret."""

import pytest
from django.utils import timezone

from terrain.spaces.joining import MembershipChanged, is_member, join, leave, let_in
from terrain.spaces.models import JoinRequest, Membership, Space
from terrain.web.events import hear
from tests.cast import Cast

told: list[MembershipChanged] = []


@hear(MembershipChanged)
def remember(event: MembershipChanged) -> None:
    told.append(event)


def members(space: Space) -> int:
    """How many members a space says that it has, which is how many it has."""
    space.refresh_from_db()
    assert space.member_count == Membership.objects.filter(space=space).count()
    return space.member_count


def test_an_open_space_is_joined_at_once_and_once(cast: Cast) -> None:
    before = members(cast.open)
    told.clear()
    for _ in range(2):
        join(cast.open, cast.marek)
        assert is_member(cast.open, cast.marek)
        assert members(cast.open) == before + 1
    assert told == [MembershipChanged(cast.marek.pk, cast.open.pk)]


def test_a_closed_space_is_asked_for_and_any_member_lets_in(cast: Cast) -> None:
    before = members(cast.closed)
    for _ in range(2):
        join(cast.closed, cast.marek)
    assert JoinRequest.objects.get(space=cast.closed).person == cast.marek
    assert not is_member(cast.closed, cast.marek)
    assert members(cast.closed) == before

    let_in(cast.closed, cast.marek)
    assert is_member(cast.closed, cast.marek)
    assert members(cast.closed) == before + 1
    assert not JoinRequest.objects.exists()


def test_a_member_who_asks_again_is_a_member(cast: Cast) -> None:
    join(cast.closed, cast.loic)
    assert not JoinRequest.objects.exists()
    assert is_member(cast.closed, cast.loic)


def test_a_secret_space_cannot_be_joined(cast: Cast) -> None:
    assert join(cast.secret, cast.marek) is None
    assert not is_member(cast.secret, cast.marek)
    assert not JoinRequest.objects.exists()


def test_leaving_is_leaving_and_what_was_written_stays(cast: Cast) -> None:
    before = members(cast.open)
    told.clear()
    for _ in range(2):
        leave(cast.open, cast.loic)
        assert not is_member(cast.open, cast.loic)
        assert members(cast.open) == before - 1
    assert told == [MembershipChanged(cast.loic.pk, cast.open.pk)]
    assert cast.answer(cast.in_open).author == cast.loic


def test_a_request_can_be_taken_back(cast: Cast) -> None:
    join(cast.closed, cast.marek)
    before = members(cast.closed)
    leave(cast.closed, cast.marek)
    assert not JoinRequest.objects.exists()
    assert members(cast.closed) == before


def test_the_whole_way_into_a_closed_space_page_by_page(cast: Cast) -> None:
    outside, inside = cast.client(cast.marek), cast.client(cast.claire)
    here, members_page = f"/spaces/{cast.closed.pk}", f"/spaces/{cast.closed.pk}/members"
    page = outside.get(here).content.decode()
    assert "Only its members read what is said here." in page
    assert "Ask to join" in page
    assert outside.post(f"{here}/membership").headers["Location"] == here
    assert "You asked to join: take it back" in outside.get(here).content.decode()
    assert outside.get(members_page).status_code == 404

    asking = inside.get(members_page).content.decode()
    assert "They ask to join" in asking
    assert f'name="person" value="{cast.marek.pk}"' in asking
    assert inside.post(f"{here}/people", {"person": cast.marek.pk}).headers["Location"] == members_page
    assert cast.in_closed.title in outside.get(here).content.decode()
    assert "Marek Nowak" in outside.get(members_page).content.decode()

    assert outside.post(f"{here}/membership?_method=DELETE").headers["Location"] == here
    assert cast.in_closed.title not in outside.get(here).content.decode()


def test_who_is_outside_lets_nobody_in_not_even_themself(cast: Cast) -> None:
    for space in (cast.open, cast.closed, cast.secret):
        answer = cast.client(cast.marek).post(f"/spaces/{space.pk}/people", {"person": cast.marek.pk})
        assert answer.status_code == 404
        assert not is_member(space, cast.marek)


def test_who_is_asking_is_the_members_business(cast: Cast) -> None:
    join(cast.closed, cast.marek)
    page = cast.client(cast.ines).get(f"/spaces/{cast.closed.pk}").content.decode()
    assert "Marek" not in page


def test_members_find_a_colleague_to_let_in(cast: Cast) -> None:
    page = cast.client(cast.loic).get(f"/spaces/{cast.secret.pk}/members?q=ines").content.decode()
    assert f'name="person" value="{cast.ines.pk}"' in page
    already = cast.client(cast.loic).get(f"/spaces/{cast.secret.pk}/members?q=samira").content.decode()
    assert "Nobody else is called that." in already


@pytest.mark.parametrize("whom", ["", "0", "²", "9" * 40, "nobody"])
def test_nobody_is_let_in_who_is_not_there(cast: Cast, whom: str) -> None:
    answer = cast.client(cast.loic).post(f"/spaces/{cast.secret.pk}/people", {"person": whom})
    assert answer.status_code == 404


def test_who_leaves_a_secret_space_is_not_led_back_to_it(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    answer = browser.post(f"/spaces/{cast.secret.pk}/membership?_method=DELETE")
    assert answer.headers["Location"] == "/spaces"
    assert browser.get(f"/spaces/{cast.secret.pk}").status_code == 404


def test_who_has_left_the_house_is_not_let_in(cast: Cast) -> None:
    cast.ines.left_on = timezone.localdate()
    cast.ines.save()
    answer = cast.client(cast.loic).post(f"/spaces/{cast.secret.pk}/people", {"person": cast.ines.pk})
    assert answer.status_code == 404

"""Looking after a space: volunteering for a term, five at most, and stepping down."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from terrain.conversations.care import cares_for
from terrain.hosting.hosting import TERM, NotAMember, TooManyHosts, hosted_by, step_down, volunteer
from terrain.hosting.looking import looked_after
from terrain.hosting.models import Hosting
from terrain.hosting.powers import MOST, POWERS
from terrain.spaces.joining import join, leave
from terrain.spaces.models import Space
from tests.cast import Cast, person


def test_any_member_volunteers_for_six_months_and_it_ends_by_itself(cast: Cast) -> None:
    now = timezone.now()
    term = volunteer(cast.open, cast.ines, at=now)
    assert term.until == now + TERM
    assert list(hosted_by(cast.ines, now)) == [cast.open]
    assert not hosted_by(cast.ines, now + TERM)
    assert cares_for(cast.ines, cast.in_open)
    assert not cares_for(cast.ines, cast.in_closed)


def test_volunteering_twice_is_once_and_near_its_end_it_is_six_months_more(cast: Cast) -> None:
    now = timezone.now()
    first = volunteer(cast.open, cast.ines, at=now)
    assert volunteer(cast.open, cast.ines, at=now + timedelta(days=9)).until == first.until
    late = first.until - timedelta(days=3)
    assert volunteer(cast.open, cast.ines, at=late).until == late + TERM
    assert Hosting.objects.count() == 1


def test_who_is_no_member_is_refused_and_a_sixth_too(cast: Cast) -> None:
    with pytest.raises(NotAMember):
        volunteer(cast.open, cast.marek)
    for name in ("Une Personne", "Deux Personnes", "Trois Personnes", "Quatre Personnes", "Cinq Personnes"):
        somebody = person(name)
        join(cast.open, somebody)
        volunteer(cast.open, somebody)
    with pytest.raises(TooManyHosts):
        volunteer(cast.open, cast.ines)
    answer = cast.client(cast.ines).post(f"/spaces/{cast.open.pk}/hosting")
    assert answer.status_code == 422
    assert "Five people look after this space already" in answer.content.decode()
    step_down(cast.open, somebody)
    assert volunteer(cast.open, cast.ines)


def test_the_database_lets_nobody_look_after_a_space_twice_at_once(cast: Cast) -> None:
    term = volunteer(cast.open, cast.ines)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hosting.objects.create(
            space=cast.open, person=cast.ines, since=term.since + timedelta(days=1), until=term.until
        )


def test_stepping_down_or_leaving_the_space_ends_the_term(cast: Cast) -> None:
    for end in (step_down, leave):
        volunteer(cast.open, cast.ines)
        end(cast.open, cast.ines)
        assert not hosted_by(cast.ines)
    join(cast.open, cast.ines)
    assert not hosted_by(cast.ines)
    assert volunteer(cast.open, cast.ines)


def test_a_space_without_a_host_for_14_days_calls_its_members(cast: Cast) -> None:
    path, call = f"/spaces/{cast.open.pk}", "Nobody looks after this space."
    assert call not in cast.client(cast.ines).get(path).content.decode()
    Space.unscoped.filter(pk=cast.open.pk).update(opened_at=timezone.now() - timedelta(days=20))
    assert call in cast.client(cast.ines).get(path).content.decode()
    assert call not in cast.client(cast.marek).get(path).content.decode()
    cast.client(cast.ines).post(f"{path}/hosting")
    page = cast.client(cast.claire).get(path).content.decode()
    assert call not in page
    assert "until" in page
    cast.client(cast.ines).delete(f"{path}/hosting")
    cast.open.refresh_from_db()
    just_alone = looked_after(cast.open, cast.claire)
    alone_for_long = looked_after(cast.open, cast.claire, timezone.now() + timedelta(days=15))
    assert just_alone
    assert not just_alone.calls
    assert alone_for_long
    assert alone_for_long.calls


def test_who_looks_after_a_closed_space_is_its_members_business(cast: Cast) -> None:
    volunteer(cast.closed, cast.claire)
    path = f"/spaces/{cast.closed.pk}"
    assert "Claire Fontaine" in cast.client(cast.loic).get(path).content.decode()
    assert "Claire Fontaine" not in cast.client(cast.ines).get(path).content.decode()


def test_the_powers_are_few_and_shown_to_everybody(cast: Cast) -> None:
    assert len(POWERS) <= MOST
    assert not {"edit", "delete", "ban"} & {power.key for power in POWERS}
    page = cast.client(cast.marek).get("/hosts").content.decode()
    assert all(str(power.name) in page for power in POWERS)

"""A unit's own space: the chart brings its people in, and whoever leaves stays away as long as they want."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terrain.people.models import Unit
from terrain.spaces.archiving import archive
from terrain.spaces.by_chart import AlreadyOfAUnit, NotSecretly, NoUnit, follow_the_chart, give_to_unit
from terrain.spaces.handing_over import hand_over
from terrain.spaces.jobs import chart
from terrain.spaces.joining import is_member, join, leave
from terrain.spaces.models import Membership, UnitSpace
from tests.cast import Cast, person


def test_a_unit_s_people_are_brought_in_and_those_of_the_units_below(cast: Cast) -> None:
    line = Unit.objects.create(name="Ligne 4", parent=cast.workshop)
    below, gone = person("Rose Petit", line), person("Ali Haddad", cast.workshop)
    gone.left_on = timezone.localdate() - timedelta(days=1)
    gone.save()
    answer = cast.client(cast.samira).post(f"/spaces/{cast.closed.pk}/unit")
    assert answer.headers["Location"] == f"/spaces/{cast.closed.pk}"
    assert is_member(cast.closed, below)
    assert not is_member(cast.closed, gone)
    assert not is_member(cast.closed, cast.ines)
    cast.closed.refresh_from_db()
    assert cast.closed.member_count == Membership.objects.filter(space=cast.closed).count()
    page = cast.client(below).get(f"/spaces/{cast.closed.pk}").content.decode()
    assert "The space of Atelier 2" in page
    assert cast.closed.name in page.split('aria-labelledby="my-spaces"')[1].split("</nav>")[0]


def test_whoever_comes_to_the_unit_later_is_brought_in_once(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    cast.marek.unit = cast.workshop
    cast.marek.save()
    assert follow_the_chart() == 1
    assert is_member(cast.open, cast.marek)
    assert follow_the_chart() == 0


def test_leaving_lasts_when_the_chart_comes_again(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    cast.client(cast.loic).delete(f"/spaces/{cast.open.pk}/membership")
    chart(0)
    assert not is_member(cast.open, cast.loic)
    join(cast.open, cast.loic)
    leave(cast.open, cast.loic)
    chart(0)
    assert not is_member(cast.open, cast.loic)


def test_who_comes_back_by_themselves_is_a_member_like_any_other(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    leave(cast.open, cast.loic)
    join(cast.open, cast.loic)
    assert is_member(cast.open, cast.loic)
    assert follow_the_chart() == 0


def test_any_member_ends_it_and_nobody_is_put_out(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    assert cast.client(cast.marek).delete(f"/spaces/{cast.open.pk}/unit").status_code == 404
    cast.client(cast.ines).delete(f"/spaces/{cast.open.pk}/unit")
    assert not UnitSpace.objects.exists()
    assert is_member(cast.open, cast.loic)
    person("Rose Petit", cast.workshop)
    assert follow_the_chart() == 0


def test_a_space_that_is_handed_over_is_no_unit_s_any_more(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    hand_over(cast.open, cast.samira, "Elle est à nous.")
    assert not UnitSpace.objects.exists()


def test_nobody_is_brought_into_an_archived_or_a_secret_space(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    archive(cast.open, cast.samira)
    person("Rose Petit", cast.workshop)
    assert follow_the_chart() == 0
    with pytest.raises(NotSecretly):
        give_to_unit(cast.secret, cast.samira)


def test_a_unit_has_one_space_and_a_space_one_unit(cast: Cast) -> None:
    give_to_unit(cast.open, cast.samira)
    with pytest.raises(AlreadyOfAUnit):
        give_to_unit(cast.closed, cast.samira)
    assert cast.client(cast.claire).post(f"/spaces/{cast.closed.pk}/unit").status_code == 422
    nowhere = person("Rose Petit")
    join(cast.open, nowhere)
    with pytest.raises(NoUnit):
        give_to_unit(cast.open, nowhere)


def test_in_its_first_thirty_days_only_who_opened_it_gives_it_to_a_unit(cast: Cast) -> None:
    answer = cast.client(cast.ines).post(f"/spaces/{cast.open.pk}/unit")
    assert answer.status_code == 422
    assert "it is settling in" in answer.content.decode()

"""The chart: a branch at a time, with its head first, whatever the size; as pages where there is no JavaScript."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from terrain.people.charting import chart, head_of
from terrain.people.models import Person, Unit
from tests.cast import Cast, person


def test_a_unit_shows_its_people_its_head_first_and_the_units_below(cast: Cast) -> None:
    line = Unit.objects.create(name="Ligne 4", parent=cast.workshop)
    person("Adèle Arnaud", line, manager=cast.claire)
    shown = chart(cast.workshop)
    assert [each.name for each in shown.people] == ["Claire Fontaine", "Loïc Morvan", "Samira Benali"]
    assert shown.head == cast.claire == head_of(line)
    assert [(each.unit, each.everybody) for each in shown.below] == [(line, 1)]
    assert head_of(cast.payroll) is None
    page = cast.client(cast.marek).get(f"/chart/{cast.workshop.pk}").content.decode()
    assert page.index("Claire Fontaine") < page.index("at its head") < page.index("Loïc Morvan")
    assert f'href="/chart/{line.pk}"' in page


def test_the_page_of_a_unit_names_its_head_and_leads_to_the_chart(cast: Cast) -> None:
    page = cast.client(cast.marek).get(f"/units/{cast.workshop.pk}").content.decode()
    assert "at its head" in page
    assert f'href="/chart/{cast.workshop.pk}"' in page


def test_who_has_left_is_neither_in_it_nor_at_its_head(cast: Cast) -> None:
    Person.objects.filter(pk=cast.claire.pk).update(left_on="2020-01-01")
    shown = chart(cast.workshop)
    assert shown.head is None
    assert cast.claire not in shown.people


def test_the_top_is_every_unit_that_is_in_no_other_or_the_only_one(cast: Cast) -> None:
    assert [each.unit for each in chart(None).below] == [cast.workshop, cast.payroll]
    whole = Unit.objects.create(name="Rivoire")
    Unit.objects.filter(pk__in=(cast.workshop.pk, cast.payroll.pk)).update(parent=whole)
    assert chart(None).unit == whole
    assert [each.everybody for each in chart(None).below] == [3, 1]


def test_a_branch_alone_is_what_an_open_chart_asks_for(cast: Cast) -> None:
    part = (
        cast.client(cast.marek).get(f"/chart/{cast.workshop.pk}", headers={"Part": "live"}).content.decode()
    )
    assert part.strip().startswith('<ul class="branch">')
    assert "<h1>" not in part


def test_a_branch_asks_as_much_for_one_unit_as_for_two_hundred(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            chart(cast.workshop)
        return len(questions)

    few = asked()
    for n in range(200):
        unit = Unit.objects.create(name=f"Ligne {n}", parent=cast.workshop)
        person(f"Renfort {n}", unit, manager=cast.claire)
    assert asked() == few == 3

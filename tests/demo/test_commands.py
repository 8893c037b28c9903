"""`terrain demo`."""

import pytest
from click.testing import CliRunner

from terrain.demo.commands import demo
from terrain.people.models import Person

pytestmark = pytest.mark.django_db


def test_it_plants_where_nobody_is_and_says_how_many() -> None:
    result = CliRunner().invoke(demo)
    assert result.exit_code == 0, result.output
    assert f"{Person.objects.count()} people in 20 units, 25 spaces" in result.output


def test_it_refuses_with_a_sentence_where_somebody_is() -> None:
    Person.objects.create(name="Somebody", email="somebody@example.org")
    result = CliRunner().invoke(demo)
    assert result.exit_code == 1
    assert "people are here already" in result.output
    assert Person.objects.count() == 1

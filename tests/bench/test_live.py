"""`terrain bench live`: a crowd of open pages is told, and what was made for it is gone afterwards."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from bench import databases
from bench.live import live

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_prints_what_it_measured_beside_the_floor_and_leaves_nothing() -> None:
    result = CliRunner().invoke(live, ["--streams", "40", "--rounds", "2", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["bench"] == "live"
    assert [row["what"] for row in found["rows"]] == ["last page told", "memory", "opening"]
    for row in found["rows"]:
        assert row["size"] == "40 streams"
        assert row["value"] > 0
        assert row["ratio"] == pytest.approx(row["value"] / row["floor"], rel=0.01)
    told = found["rows"][0]
    assert told["first_ms"] <= told["median_ms"] <= told["p99_ms"] <= told["value"] <= told["worst_ms"]
    with connection.cursor() as cursor:
        cursor.execute("select datname from pg_database where datname = %s", [databases.named("live")])
        assert cursor.fetchall() == []


def test_more_streams_than_the_machine_allows_are_refused_in_a_sentence() -> None:
    result = CliRunner().invoke(live, ["--streams", "999999999"])
    assert "open files" in str(result.exception)

"""What a benchmark prints."""

import json
import os
import platform

import pytest
from click.testing import CliRunner

from bench.commands import bench
from bench.reporting import Row, machine, report, table

pytestmark = pytest.mark.django_db


def test_the_machine_says_what_figures_depend_on() -> None:
    said = machine()
    assert f"{os.cpu_count()} cores" in said
    assert f"Python {platform.python_version()}" in said
    assert "PostgreSQL 1" in said
    assert "GB" in said


def test_a_row_in_json_is_as_scripts_expect_it(capsys: pytest.CaptureFixture[str]) -> None:
    report("pages", [Row("feed", "small", 600.0, "requests/s", 2000.0, 3.25, 9.5, 4, aim="≥ 0.30")], True)
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"bench", "machine", "rows"}
    assert found["rows"] == [
        {
            "what": "feed",
            "size": "small",
            "value": 600.0,
            "unit": "requests/s",
            "floor": 2000.0,
            "ratio": 0.3,
            "median_ms": 3.25,
            "p99_ms": 9.5,
            "queries": 4,
            "aim": "≥ 0.30",
        }
    ]


def test_a_table_leaves_out_what_nobody_measured() -> None:
    shown = table(
        [Row("a", "small", 1234.5, "rows").figures(), Row("b", "small", 2, "rows", queries=3).figures()]
    )
    assert shown.splitlines() == [
        "what  size   value  unit  queries",
        "a     small  1,234  rows",
        "b     small      2  rows        3",
    ]


def test_notes_do_not_disturb_who_reads_json(capsys: pytest.CaptureFixture[str]) -> None:
    report("fill", [], True, notes=["A note."])
    printed = capsys.readouterr()
    assert json.loads(printed.out)["rows"] == []
    assert printed.err == "A note.\n"


def test_every_benchmark_is_listed() -> None:
    shown = CliRunner().invoke(bench, ["--help"]).output
    assert all(f"\n  {name} " in shown for name in ("fill", "import", "live", "pages"))

"""`terrain bench log`: looking through the public log, beside reading it."""

import json

from bench import databases
from tests.bench.measuring import Measuring, run


def test_it_is_measured_beside_reading_and_its_database_is_gone(measuring: Measuring) -> None:
    done = run("log", "--rounds", "1", "--json")
    assert done.exit_code == 0, done.output
    reading, verifying = json.loads(done.stdout)["rows"]
    assert (reading["what"], verifying["what"]) == ("reading 100,000 entries", "verifying 100,000 entries")
    assert verifying["floor"] == reading["value"] > 0
    assert verifying["ratio"] > 0
    assert databases.label_of(databases.named("log")) is None

"""`terrain bench talks`: two pairs, each beside what it is compared with."""

import json

from bench import databases
from tests.bench.measuring import Measuring, run


def test_each_pair_is_measured_and_its_database_is_gone(measuring: Measuring) -> None:
    done = run("talks", "--rounds", "3", "--json")
    assert done.exit_code == 0, done.output
    rows = {row["what"]: row for row in json.loads(done.stdout)["rows"]}
    assert list(rows) == [
        "reply, no follower",
        "reply, 1,000 followers",
        "page, 20 messages",
        "page, 400 messages",
    ]
    assert rows["reply, 1,000 followers"]["floor"] == rows["reply, no follower"]["value"] > 0
    assert rows["page, 400 messages"]["floor"] == rows["page, 20 messages"]["value"] > 0
    assert rows["page, 400 messages"]["ratio"] > 0
    assert databases.label_of(databases.named("talks")) is None

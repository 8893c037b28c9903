"""`terrain import` and `terrain export`, as they are typed."""

import gzip
import json
import stat
from pathlib import Path

import pytest

from tests.archives.lines import read, said, workshop, write
from tests.config.installation import Installation

TYPES = "person unit space conversation message reply membership join_request reaction following edit".split()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A Terrain whose tables are there, the same for all tests of this file."""
    made = Installation(tmp_path_factory.mktemp("installation") / "home")
    result = made.run("manage", "migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    return made


def test_an_archive_comes_in_goes_out_and_changes_nothing_twice(
    installation: Installation, tmp_path: Path
) -> None:
    file = write(tmp_path / "archive.jsonl", workshop())
    dry = installation.run("import", file, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert (
        "Would come in: 2 people, 2 units, 1 space, 1 conversation, 2 messages, 1 reply link." in dry.stdout
    )

    result = installation.run("import", file, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    counts = dict.fromkeys(TYPES, 0)
    counts |= {"person": 2, "unit": 2, "space": 1, "conversation": 1, "message": 2, "reply": 1}
    assert json.loads(result.stdout) == {"in": counts, "new": counts, "skipped": []}
    assert result.stdout.count("\n") == 1

    again = installation.run("import", file)
    assert again.returncode == 0
    assert "Nothing of it is new" in again.stdout

    out = tmp_path / "out.jsonl.gz"
    result = installation.run("export", out)
    assert (result.returncode, result.stderr) == (0, "")
    assert (
        "2 people, 2 units, 1 space, 1 conversation, 2 messages, 1 reply link, 2 memberships" in result.stdout
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert len(read(out)) == 13

    refused = installation.run("export", out)
    assert refused.returncode == 1
    assert "is there already; --force replaces it" in refused.stderr
    forced = installation.run("export", out, "--force", "--json")
    assert json.loads(forced.stdout)["out"]["message"] == 2


def test_what_does_not_come_in_is_told_and_the_exit_status_says_so(
    installation: Installation, tmp_path: Path
) -> None:
    lines = [*workshop(), "{", said("m3", "nobody", "2026-03-02T12:00:00Z", body="?")]
    file = write(tmp_path / "archive.jsonl", lines)
    result = installation.run("import", file, "--json")
    assert result.returncode == 1
    told = json.loads(result.stdout)
    assert list(told) == ["in", "new", "skipped"]
    assert [each["line"] for each in told["skipped"]] == [8, 9]
    assert told["skipped"][1]["why"] == "its author “nobody” is nowhere in this archive"
    result = installation.run("import", file)
    assert result.returncode == 1
    assert "Did not come in: 2 lines.\n  line 8: this line is not JSON" in result.stdout


def test_a_gzip_that_ends_in_the_middle_is_named(installation: Installation, tmp_path: Path) -> None:
    whole = gzip.compress(write(tmp_path / "plain", workshop()).read_bytes())
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[:-20])
    result = installation.run("import", tmp_path / "cut.jsonl.gz")
    assert result.returncode == 1
    assert "Came in: nothing." in result.stdout
    assert "the file ends in the middle: it was not copied whole; nothing was taken in" in result.stdout


def test_somebodys_own_archive(installation: Installation, tmp_path: Path) -> None:
    installation.run("import", write(tmp_path / "archive.jsonl", workshop()))
    nobody = installation.run("export", tmp_path / "own.jsonl", "--for", "nobody@atelier.example")
    assert nobody.returncode == 1
    assert "nobody here has the address nobody@atelier.example" in nobody.stderr
    assert not (tmp_path / "own.jsonl").exists()
    result = installation.run("export", tmp_path / "own.jsonl", "--for", "Samira@atelier.example")
    assert result.returncode == 0, result.stderr
    followers = {record["person"] for record in read(tmp_path / "own.jsonl") if record["type"] == "following"}
    assert len(followers) == 1


def test_what_cannot_be_read_or_written_is_said_in_a_sentence(
    installation: Installation, tmp_path: Path
) -> None:
    for command in (
        ["import", tmp_path / "missing.jsonl"],
        ["import", tmp_path],
        ["export", tmp_path / "missing" / "out.jsonl"],
    ):
        result = installation.run(*map(str, command))
        assert result.returncode > 0
        assert "Traceback" not in result.stderr
        assert str(command[1]) in result.stderr

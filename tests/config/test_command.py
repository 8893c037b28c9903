"""The `terrain` command: quick to answer, and in sentences when it cannot."""

import subprocess
import time

import pytest

from tests.config.installation import TERRAIN, Installation


def test_help_answers_at_once_and_starts_nothing(installation: Installation) -> None:
    began = time.monotonic()
    result = installation.run("--help")
    assert time.monotonic() - began < 1
    assert result.returncode == 0
    names = ("up", "demo", "link", "import", "export", "bench", "doctor", "backup", "restore", "manage")
    assert all(f"\n  {name} " in result.stdout for name in names)
    assert not installation.home.exists()


def test_a_folder_that_is_new_is_prepared_by_whichever_command_comes_first(
    installation: Installation,
) -> None:
    result = installation.run("link", "nobody@example.com")
    assert result.returncode == 1
    assert "nobody@example.com" in result.stderr
    assert "Traceback" not in result.stderr


def test_django_commands_are_passed_on_as_typed(settled: Installation) -> None:
    assert "[X]" in settled.run("manage", "showmigrations", "people").stdout


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/terrain", "The database cannot be reached"),
        ("DATABASE_URL", "mysql://127.0.0.1/terrain", "DATABASE_URL is “mysql://127.0.0.1/terrain”"),
        ("PORT", "http", "PORT is “http”"),
        ("TERRAIN_HOME", "/dev/null/terrain", "TERRAIN_HOME is /dev/null/terrain"),
    ],
)
@pytest.mark.parametrize("command", [["up"], ["link", "a@example.com"], ["backup", "/dev/null/kept.tar"]])
def test_what_cannot_be_used_is_said_in_one_sentence(
    installation: Installation, command: list[str], setting: str, value: str, sentence: str
) -> None:
    result = installation.run(*command, **{setting: value})
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert sentence in result.stderr


def test_doctor_says_what_is_well_and_what_is_not(settled: Installation) -> None:
    result = settled.run("doctor")
    assert result.returncode == 0, result.stdout
    assert "up to date" in result.stdout
    assert "ILL" not in result.stdout
    result = settled.run("doctor", DATABASE_URL="postgres://nobody@127.0.0.1:1/terrain")
    assert result.returncode == 1
    assert "ILL   The database cannot be reached" in result.stdout


def test_a_reader_who_leaves_gets_no_complaint(settled: Installation) -> None:
    for command in ("--help", "doctor", "manage showmigrations"):
        result = subprocess.run(
            f"{TERRAIN} {command} | true",
            shell=True,
            env=settled.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.stderr == ""

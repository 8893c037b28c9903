"""The PostgreSQL that comes along: started where none runs, stopped by the last to use it, hard to upset."""

import os
import signal
import subprocess
import sys

import pytest

from tests.config.installation import Installation, eventually

HOLD = """
import sys
from terrain.config import postgres
with postgres.running():
    print("running", flush=True)
    sys.stdin.read()
"""

ASK = """
import psycopg
from terrain.config import environment, postgres
with postgres.running():
    named = environment.database()["default"]
    place = dict(host=named["HOST"], port=named["PORT"])
    with psycopg.connect(**place, user=named["USER"], dbname=named["NAME"]) as database:
        print(database.execute({question!r}).fetchone()[0])
"""


def ask(installation: Installation, question: str) -> str:
    result = installation.python(ASK.format(question=question))
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def hold(installation: Installation) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=installation.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdout.readline() == "running\n"
    return holder


def test_it_is_made_started_and_stopped_again(installation: Installation) -> None:
    assert ask(installation, "select current_user") == "terrain"
    assert installation.postmaster() is None
    assert ask(installation, "select current_setting('server_encoding')") == "UTF8"


def test_french_letters_fold_and_the_extensions_are_there(installation: Installation) -> None:
    assert ask(installation, "select upper('éàœç')") == "ÉÀŒÇ"
    found = "select count(*) from pg_available_extensions where name in ('unaccent', 'pg_trgm')"
    assert ask(installation, found) == "2"


def test_what_is_acknowledged_is_on_disk(installation: Installation) -> None:
    assert (
        ask(installation, "select current_setting('synchronous_commit') || current_setting('fsync')")
        == "onon"
    )


def test_nobody_else_on_the_machine_may_connect(installation: Installation) -> None:
    with hold(installation) as holder:
        place = installation.python(
            "from terrain.config import environment as e; print(e.socket_folder())"
        ).stdout
        mode = os.stat(os.path.join(place.strip(), ".s.PGSQL.5432")).st_mode
        holder.communicate()
    assert mode & 0o077 == 0


def test_the_last_of_two_commands_stops_it(installation: Installation) -> None:
    with hold(installation) as first, hold(installation) as second:
        running = installation.postmaster()
        first.communicate()
        assert running
        assert installation.postmaster() == running
        second.communicate()
    assert installation.postmaster() is None


def test_two_commands_that_make_it_at_once_share_it(installation: Installation) -> None:
    script = [sys.executable, "-c", ASK.format(question="select 7")]
    both = [
        subprocess.Popen(script, env=installation.environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [each.communicate()[0].strip() for each in both] == ["7", "7"]
    assert installation.postmaster() is None


def test_one_that_somebody_started_by_hand_is_left_alone(installation: Installation) -> None:
    with hold(installation) as holder:
        running = installation.postmaster()
        options = installation.home / "postgres" / "postmaster.opts"
        ours = options.read_text()
        options.write_text(ours.replace("--cluster-name=terrain", ""))
        holder.communicate()
    assert running
    assert installation.postmaster() == running
    options.write_text(ours)
    assert ask(installation, "select 7") == "7"
    assert installation.postmaster() is None


def test_what_a_crash_left_does_not_stop_a_start(installation: Installation) -> None:
    with hold(installation) as holder:
        running = installation.postmaster()
        assert running
        running.send_signal(signal.SIGKILL)
        eventually(lambda: not running.is_running() or running.status() == "zombie")
        holder.communicate()
    # By now another process has that number: ours.
    left = installation.home / "postgres" / "postmaster.pid"
    left.write_text("\n".join([str(os.getpid()), *left.read_text().splitlines()[1:]]))
    assert ask(installation, "select 7") == "7"


def test_a_folder_with_something_else_in_it_is_not_touched(installation: Installation) -> None:
    (installation.home / "postgres").mkdir(parents=True)
    (installation.home / "postgres" / "letters.txt").write_text("Dear Émilie,")
    result = installation.run("doctor")
    assert result.returncode == 1
    assert "holds something else" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_of_another_version_is_named_as_such(installation: Installation) -> None:
    (installation.home / "postgres").mkdir(parents=True)
    (installation.home / "postgres" / "PG_VERSION").write_text("15\n")
    result = installation.run("doctor")
    assert result.returncode == 1
    assert "made by PostgreSQL 15" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(installation: Installation) -> None:
    installation.home.mkdir(mode=0o500)
    result = installation.run("doctor")
    assert result.returncode == 1
    assert "permission denied" in result.stderr
    assert "Traceback" not in result.stderr

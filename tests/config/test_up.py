"""`terrain up`: three processes that start together, are kept running, and stop together."""

import os
import signal
import socket
import subprocess

import psutil
import pytest

from tests.config.installation import STOPPED, Installation, eventually


def tree(process: subprocess.Popen[str], installation: Installation) -> list[psutil.Process]:
    """The supervisor, all it started, and PostgreSQL with its own."""
    supervisor = psutil.Process(process.pid)
    postmaster = installation.postmaster()
    assert postmaster
    return [
        supervisor,
        *supervisor.children(recursive=True),
        postmaster,
        *postmaster.children(recursive=True),
    ]


def still_there(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def child(process: subprocess.Popen[str], word: str) -> psutil.Process:
    """The process of this kind."""
    children = psutil.Process(process.pid).children()
    return next(each for each in children if any(word in part for part in each.cmdline()))


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_leaves_nothing_running(settled: Installation, told: signal.Signals) -> None:
    with settled.up() as process:
        before = tree(process, settled)
        words = " ".join(part for each in before for part in each.cmdline())
        assert all(name in words for name in ("granian", "uvicorn", "terrain.config.working", "postgres"))
        process.send_signal(told)
        said, _ = process.communicate(timeout=STOPPED)
    assert process.returncode == 0, said
    assert still_there(before) == []


def test_an_open_stream_does_not_keep_it_from_stopping(settled: Installation) -> None:
    with settled.up() as process:
        before = tree(process, settled)
        with socket.create_connection(("127.0.0.1", settled.port + 1)) as stream:
            stream.sendall(b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            process.send_signal(signal.SIGINT)
            process.wait(timeout=STOPPED)
    assert still_there(before) == []


def test_the_address_is_what_it_says_last(settled: Installation) -> None:
    with settled.start() as process:
        assert process.stdout
        line = ""
        while "http://" not in line:
            line = process.stdout.readline()
            assert line, "it ended without an address"
        assert line == f"Terrain is open: http://127.0.0.1:{settled.port}\n"
        assert settled.answers()
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "Terrain has stopped.\n"


@pytest.mark.parametrize("beside", [0, 1])
def test_a_port_that_is_taken_is_said_before_anything_starts(settled: Installation, beside: int) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", settled.port + beside))
        taken.listen()
        result = settled.run("up")
    assert result.returncode == 1
    assert f"Port {settled.port + beside}" in result.stderr
    assert "Traceback" not in result.stderr
    assert settled.postmaster() is None


def test_a_second_one_on_the_same_folder_needs_another_port_and_leaves_the_first_alone(
    settled: Installation,
) -> None:
    with settled.up():
        assert settled.run("up").returncode == 1
        second = Installation(settled.home)
        with second.up():
            assert second.answers()
        assert settled.answers()
    assert settled.postmaster() is None


def test_the_port_on_the_command_line_goes_before_that_of_the_environment(settled: Installation) -> None:
    port = Installation(settled.home).port
    with settled.start("--port", str(port)) as process:
        eventually(Installation(settled.home, port).answers)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=STOPPED)
    assert process.returncode == 0, said


def test_a_process_that_ends_is_started_again(settled: Installation) -> None:
    with settled.up() as process:
        ended = [child(process, word) for word in ("granian", "terrain.config.working")]
        for each in ended:
            each.kill()
        eventually(lambda: psutil.Process(process.pid).children() and not still_there(ended))
        eventually(settled.answers)
        eventually(lambda: len(psutil.Process(process.pid).children()) == 3)


def test_postgresql_is_started_again_and_pages_come_back(settled: Installation) -> None:
    with settled.up():
        running = settled.postmaster()
        assert running
        running.kill()
        eventually(lambda: settled.postmaster() not in (None, running))
        eventually(settled.answers)


def test_killed_it_takes_its_processes_along_and_the_next_command_stops_postgresql(
    settled: Installation,
) -> None:
    with settled.up() as process:
        processes = [each for each in tree(process, settled) if each.name() != "postgres"]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        eventually(lambda: not still_there(processes), within=10)
        assert settled.postmaster()
        settled.run("doctor")
    assert settled.postmaster() is None


def test_ctrl_c_while_it_prepares_leaves_nothing_running(installation: Installation) -> None:
    with installation.start() as process:
        eventually(lambda: installation.postmaster() is not None)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=STOPPED) == 0
    eventually(lambda: installation.postmaster() is None, within=5)

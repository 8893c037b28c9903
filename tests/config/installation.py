"""A Terrain of one's own: an empty folder, two free ports, and the real command."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from terrain.config.processes import PATIENCE

TERRAIN = str(Path(sys.executable).with_name("terrain"))
STOPPED = PATIENCE + 35
"""Seconds within which it stops on the busiest machine: its processes, then PostgreSQL, asked twice."""


@dataclass
class Installation:
    """One Terrain, in its folder, as a person at a terminal has it."""

    home: Path
    port: int = field(default_factory=lambda: free_port())
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What its commands find in their environment."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("TERRAIN_", "DJANGO_"))
        }
        return kept | {
            "TERRAIN_HOME": str(self.home),
            "PORT": str(self.port),
            "DATABASE_URL": self.database_url,
            "PYTHONUNBUFFERED": "1",
        }

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """One command, to its end."""
        return self._run([TERRAIN, *map(str, arguments)], environment)

    def python(self, script: str) -> subprocess.CompletedProcess[str]:
        """One script in Python, to its end."""
        return self._run([sys.executable, "-c", script], {})

    def _run(self, command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """`terrain up`, in a session of its own."""
        return subprocess.Popen(
            [TERRAIN, "up", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def up(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """`terrain up`, once its pages are there; stopped at the end of the block, if it still runs."""
        with self.start(*arguments) as process:
            try:
                eventually(lambda: process.poll() is not None or (self.answers() and self.listens()))
                yield process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
                    process.wait(timeout=STOPPED)

    def answers(self) -> bool:
        """Whether the pages are there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                return bool(answer.read() == b"ok")
        except OSError:
            return False

    def listens(self) -> bool:
        """Whether its live streams can be asked for."""
        with socket.socket() as stream:
            return stream.connect_ex(("127.0.0.1", self.port + 1)) == 0

    def postmaster(self) -> psutil.Process | None:
        """The process of its PostgreSQL, if it runs."""
        try:
            pid = int((self.home / "postgres" / "postmaster.pid").read_text().split()[0])
            process = psutil.Process(pid)
            return process if process.name() == "postgres" else None
        except (OSError, psutil.Error):
            return None


def free_port() -> int:
    """A port that is free, and the next one too: of those that no system gives to a connection by itself meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000, 2)
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def eventually(is_so: object, within: float = 30) -> None:
    """Wait until it is so."""
    assert callable(is_so)
    until = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < until, f"not so within {within} seconds"
        time.sleep(0.05)

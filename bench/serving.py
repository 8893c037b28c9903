"""A server as `terrain up` starts it, on a port of its own and with a database of the benchmarks."""

import http.client
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from bench import databases
from terrain.config import environment, processes
from terrain.config.trouble import Trouble

HOST = "127.0.0.1"
OPENING = 30.0


@dataclass
class Server:
    """A server that answers."""

    port: int
    process: psutil.Process

    def get(self, path: str, headers: Mapping[str, str] = {}) -> tuple[int, Mapping[str, str], bytes]:
        """One request by itself: the status, the headers in small letters, and the body."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            line.request("GET", path, headers={"Host": self.name, **headers})
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            line.close()

    @property
    def name(self) -> str:
        """The host name to ask for."""
        return environment.HOSTS[0] if environment.HOSTS else f"{HOST}:{self.port}"

    def busy(self) -> float:
        """The seconds of processor that it has used, its children's included."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in family)


@contextmanager
def server(database: str, which: str = "web", application: str = "") -> Iterator[Server]:
    """The pages of this database ("web") or its streams ("live"), served while the block lasts.

    Another `application` may take their place, served in the same way.
    """
    port = _free_port()
    command = _on(port, next(each.command for each in processes.processes() if each.name == which))
    command[-1] = application or command[-1]
    with subprocess.Popen(
        command, env=databases.environment(database), stdin=subprocess.DEVNULL, start_new_session=True
    ) as process:
        found = Server(port, psutil.Process(process.pid))
        try:
            _wait(found)
            yield found
        finally:
            family = [found.process, *found.process.children(recursive=True)]
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                for each in family:
                    each.kill()


def _on(port: int, command: object) -> list[str]:
    assert isinstance(command, list)
    words = [str(word) for word in command]
    words[words.index("--port") + 1] = str(port)
    words[words.index("--host") + 1] = HOST
    return words


def _wait(server: Server) -> None:
    until = time.monotonic() + OPENING
    while True:
        try:
            if server.get("/health")[0] == 200:
                return
        except OSError:
            pass
        if time.monotonic() > until or not server.process.is_running():
            raise Trouble("The server of the benchmark does not answer; what it said is above.")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as place:
        place.bind((HOST, 0))
        return int(place.getsockname()[1])

"""Asks a web server for pages as quickly as it gives them, over connections that stay open.

Runs in a process of its own (`python -m bench.asking`), a line of JSON in for each line of JSON out, so that what
asks and what answers do not wait for each other's interpreter; bare sockets, so that asking costs little.
"""

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

HEAD_END = b"\r\n\r\n"


@dataclass
class Answers:
    """What came back in `seconds`: how long each answer took, and how busy the asking process was."""

    seconds: float
    taken: list[float]
    busy: float
    refused: str = ""


@dataclass
class Line:
    """An open connection, on which the same request is made again and again."""

    socket: socket.socket
    request: bytes
    asked_at: float = 0.0
    head: bytes = b""
    missing: int = -1

    def ask(self, now: float) -> None:
        """Send the request."""
        self.asked_at, self.head, self.missing = now, b"", -1
        self.socket.sendall(self.request)

    def hear(self) -> bool:
        """Take in what has come; whether the answer is whole. Raises OSError for any answer but 200."""
        came = self.socket.recv(1 << 18)
        if not came:
            raise ConnectionError("the server closed the connection")
        if self.missing >= 0:
            self.missing -= len(came)
            return self.missing == 0
        self.head += came
        end = self.head.find(HEAD_END)
        if end < 0:
            return False
        if self.head[9:12] != b"200":
            raise ConnectionError(self.head[: self.head.find(b"\r\n")].decode("latin-1"))
        lower = self.head[:end].lower()
        begins = lower.find(b"content-length:") + 15
        if begins < 15:
            # It comes in pieces, the last of which is empty.
            return self.head.endswith(b"0\r\n\r\n")
        length = int(lower[begins:].split(b"\r\n", 1)[0])
        self.missing = length - (len(self.head) - end - 4)
        return self.missing == 0


def ask(host: str, port: int, requests: Sequence[bytes], seconds: float) -> Answers:
    """Make each request on a connection of its own, over and over."""
    lines = [Line(socket.create_connection((host, port), timeout=30), request) for request in requests]
    waiting = selectors.DefaultSelector()
    for line in lines:
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(line.socket, selectors.EVENT_READ, line)
    taken: list[float] = []
    busy, began = time.process_time(), time.perf_counter()
    until = began + seconds
    try:
        for line in lines:
            line.ask(time.perf_counter())
        open_lines, ended = len(lines), began
        while open_lines:
            events = waiting.select(30)
            if not events:
                raise TimeoutError("no answer for 30 seconds")
            for key, _ in events:
                line = key.data
                if not line.hear():
                    continue
                now = time.perf_counter()
                taken.append(now - line.asked_at)
                ended = now
                if now < until:
                    line.ask(now)
                else:
                    open_lines -= 1
        return Answers(ended - began, taken, (time.process_time() - busy) / (ended - began))
    except OSError as fault:
        return Answers(time.perf_counter() - began, taken, 0.0, refused=str(fault) or type(fault).__name__)
    finally:
        waiting.close()
        for line in lines:
            line.socket.close()


@dataclass
class Asker:
    """The process that asks."""

    process: subprocess.Popen[str] = field(repr=False)

    def ask(self, host: str, port: int, requests: Sequence[bytes], seconds: float) -> Answers:
        """As `ask`, in that process."""
        order = {"host": host, "port": port, "requests": [each.decode("ascii") for each in requests]}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order | {"seconds": seconds}) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return Answers(**found)


@contextmanager
def asker() -> Iterator[Asker]:
    """A process that asks, while the block lasts."""
    command = [sys.executable, "-m", "bench.asking"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Asker(process)
        finally:
            process.kill()


def main() -> None:
    """Do what each line says until there are no more."""
    for order in sys.stdin:
        told = json.loads(order)
        requests = [each.encode("ascii") for each in told["requests"]]
        answers = ask(told["host"], told["port"], requests, told["seconds"])
        print(json.dumps(vars(answers)), flush=True)


if __name__ == "__main__":
    main()

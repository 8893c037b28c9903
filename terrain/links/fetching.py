"""Fetching a page or a picture of the outside world, for three seconds, a megabyte, and never from the inside.

A name is resolved once for each step, every address that it has must be public, and the connection goes to the very
address that was checked: a name that changes its mind meanwhile changes nothing.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from terrain.links.reachable import is_public

SECONDS = 3.0
MOST_BYTES = 1_000_000
MOST_STEPS = 5
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {
    "User-Agent": "Terrain (link preview)",
    "Accept": "text/html, image/*;q=0.8",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class Unreachable(Exception):
    """It is not fetched: it is private, too slow, too large, or does not answer as it should."""


@dataclass(frozen=True)
class Fetched:
    """What came: `address` is where it was found in the end, `is_whole` whether its end came too."""

    address: str
    type: str
    charset: str
    body: bytes
    is_whole: bool


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True)
class Fetcher:
    """Fetches; tests put in a resolver and a network of their own."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    connect: Callable[[str, int, float], socket.socket] = connect
    seconds: float = SECONDS

    def fetch(self, address: str) -> Fetched:
        """What is at this address, after redirects; raises Unreachable."""
        until = time.monotonic() + self.seconds
        for _ in range(MOST_STEPS):
            try:
                found = self._step(address, until)
            except (OSError, http.client.HTTPException, ValueError) as fault:
                raise Unreachable(str(fault)) from None
            if isinstance(found, Fetched):
                return found
            address = found
        raise Unreachable("it leads from one address to the next")

    def _step(self, address: str, until: float) -> Fetched | str:
        """What is at this address, or the address to which it leads."""
        parts, port = checked(address)
        host = parts.hostname or ""
        with self.connection(host, port, parts.scheme == "https", until) as connection:
            connection.request(
                "GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=HEADERS
            )
            answer = connection.getresponse()
            to = answer.getheader("Location")
            if answer.status in REDIRECTS and to:
                return urljoin(address, to)
            if answer.status != 200 or answer.getheader("Content-Encoding", "identity") != "identity":
                raise Unreachable(f"it answered {answer.status}")
            body = answer.read(MOST_BYTES + 1)
        if time.monotonic() > until:
            raise Unreachable("it is too slow")
        kind, charset = answer.headers.get_content_type(), answer.headers.get_content_charset("")
        return Fetched(address, kind, charset, body[:MOST_BYTES], len(body) <= MOST_BYTES)

    @contextmanager
    def connection(
        self, host: str, port: int, secure: bool, until: float
    ) -> Iterator[http.client.HTTPConnection]:
        """A connection to the address that was checked, shut when time is over, whatever goes on in it."""
        opened = self.connect(self._public_address(host, port, until), port, _left(until))
        held = [opened]
        watch = threading.Timer(_left(until), _shut, [held])
        watch.start()
        try:
            if secure:
                held[0] = secured = ssl.create_default_context().wrap_socket(
                    opened, server_hostname=host, do_handshake_on_connect=False
                )
                secured.do_handshake()
            connection = http.client.HTTPConnection(f"[{host}]" if ":" in host else host, port)
            connection.sock = held[0]
            yield connection
        finally:
            watch.cancel()
            held[0].close()

    def _public_address(self, host: str, port: int, until: float) -> str:
        resolving = ThreadPoolExecutor(1)  # The system's resolver knows no patience of ours.
        try:
            found = resolving.submit(self.resolve, host, port).result(_left(until))
        except TimeoutError:
            raise Unreachable("its name is not found in time") from None
        finally:
            resolving.shutdown(wait=False)
        if not found or not all(is_public(each) for each in found):
            raise Unreachable("it is not of the public Internet")
        return found[0]


def checked(address: str) -> tuple[SplitResult, int]:
    """An address in its parts, and its port; raises Unreachable where it is not a plain one of the web."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise Unreachable("it is no address of the web")
    port = parts.port or PORTS[parts.scheme]
    if port not in PORTS.values():
        raise Unreachable("it has a port of its own")
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    bare = f"[{host}]" if ":" in host else host
    path = _quoted(parts.path)
    return parts._replace(
        netloc=bare if parts.port is None else f"{bare}:{port}", path=path, query=_quoted(parts.query)
    ), port


def _quoted(text: str) -> str:
    return "".join(
        each if "!" <= each <= "~" else "".join(f"%{byte:02X}" for byte in each.encode()) for each in text
    )


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable("it is too slow")
    return left


def _shut(held: Sequence[socket.socket]) -> None:
    """End what goes on in a connection, from another thread; under TLS too, whose own way would wait."""
    with contextlib.suppress(OSError):
        socket.socket.shutdown(held[0], socket.SHUT_RDWR)

"""A push service of our own, on this machine: it holds the private half of each browser's keys, and checks everything.

What it gets is opened with the primitives of `cryptography` alone, after the words of RFC 8188, 8291 and 8292: none of
the code under test is asked.
"""

import base64
import json
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_bytes, token_urlsafe
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from terrain.links.fetching import Fetcher
from terrain.push.device import Subscription
from terrain.push.sending import Sender
from tests.links.outside import PUBLIC, certificate_for

HOST = "push.example"


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF of RFC 5869 with SHA-256, for at most one block."""

    def mac(key: bytes, data: bytes) -> bytes:
        made = hmac.HMAC(key, hashes.SHA256())
        made.update(data)
        return made.finalize()

    return mac(mac(salt, secret), info + b"\1")[:length]


@dataclass
class Browser:
    """What a browser keeps to itself of a subscription, and what it gives away."""

    path: str = field(default_factory=lambda: f"/wpush/{token_urlsafe(12)}")
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: token_bytes(16))
    host: str = HOST

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def subscription(self) -> Subscription:
        return Subscription(f"https://{self.host}{self.path}", to_text(self.point), to_text(self.auth))

    def opened(self, body: bytes) -> bytes:
        """The words of a push for this browser; cryptography raises where a bit of it is wrong."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender = body[21 : 21 + length]
        assert (length, sender[0]) == (65, 4), "an uncompressed point"
        sealed = body[21 + length :]
        assert len(sealed) <= size <= 4096, "one record"
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        secret = hkdf(
            self.auth,
            self.key.exchange(ec.ECDH(), theirs),
            b"WebPush: info\0" + self.point + sender,
            32,
        )
        key = hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        words = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert words[-1] == 2, "the last record"
        return words[:-1]


def claims_of(authorization: str) -> tuple[dict[str, Any], str]:
    """What a VAPID header claims, once its signature has been checked, and the key that signed it."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _, signature = given["t"].rpartition(".")
    head, claims = (json.loads(to_bytes(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    raw = to_bytes(signature)
    assert len(raw) == 64
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to_bytes(given["k"]))
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return claims, given["k"]


@dataclass
class Came:
    """A push as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    connection: tuple[str, int]


@dataclass
class Service:
    """Takes pushes, and answers each address as it is told to: 201 where nothing is said."""

    port: int
    came: list[Came] = field(default_factory=list)
    answers: defaultdict[str, list[tuple[int, dict[str, str]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    connected: list[str] = field(default_factory=list)
    hosts: dict[str, Sequence[str]] = field(default_factory=dict)
    patience: list[float] = field(default_factory=list)
    """How many seconds each connection was given."""
    is_away: bool = False
    largest: int = 4096

    def answer(self, browser: Browser, *statuses: int, **headers: str) -> None:
        """What this address answers to the next pushes, one after the other, then 201 again."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[browser.path] += [(status, named) for status in statuses]

    def sender(self) -> Sender:
        return Sender(Fetcher(self._resolve, self._connect))

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        return self.hosts.get(host, [PUBLIC])

    def _connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append(f"{address}:{port}")
        self.patience.append(seconds)
        if self.is_away:
            raise ConnectionRefusedError("nobody listens")
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def words_for(self, browser: Browser) -> list[dict[str, Any]]:
        """All that this browser was pushed, opened."""
        return [json.loads(browser.opened(each.body)) for each in self.came if each.path == browser.path]


@contextmanager
def service(certificate: Path) -> Iterator[Service]:
    """A push service at `push.example` and every other name of the certificate, by HTTPS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.came.append(Came(self.path, dict(self.headers.items()), body, self.client_address))
            told = taken.answers[self.path]
            status, headers = told.pop(0) if told else (201, {})
            if len(body) > taken.largest:
                status = 413
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            said = b"" if status < 300 else b"because"
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, address: Any) -> None:
            pass  # A connection that is closed while it is kept alive.

    with Server(("127.0.0.1", 0), Handler) as server:
        secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secured.load_cert_chain(certificate)
        server.socket = secured.wrap_socket(server.socket, server_side=True)
        taken = Service(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        yield taken
        server.shutdown()
        thread.join()


__all__ = ["HOST", "Browser", "Came", "Service", "certificate_for", "claims_of", "service"]

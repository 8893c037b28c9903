"""A small outside world: local servers behind public addresses, and the resolver and the network that lead there."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from terrain.links.fetching import Fetcher

PUBLIC = "93.184.215.14"
Answer = Callable[[str], Iterator[bytes]]
"""From the path that is asked, what is sent, piece by piece."""


def page(
    body: str | bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    content = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
    return head.encode() + content


@dataclass
class Outside:
    """Names and what they resolve to, one answer after the other; which addresses were connected to, and asked for."""

    port: int
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    resolved: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def fetcher(self, seconds: float = 3.0) -> Fetcher:
        return Fetcher(self.resolve, self.connect, seconds)


@contextmanager
def outside(answer: Answer, certificate: Path | None = None) -> Iterator[Outside]:
    """Serve what `answer` gives, at every address of the outside world; under TLS where there is a certificate."""
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if secured and certificate:
        secured.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:
        world = Outside(server.getsockname()[1])
        over = threading.Event()

        def serve(connection: socket.socket) -> None:
            with connection, suppress(OSError, IndexError):
                spoken = secured.wrap_socket(connection, server_side=True) if secured else connection
                with spoken:
                    path = spoken.recv(65536).split(b" ")[1].decode()
                    world.asked.append(path)
                    for piece in answer(path):
                        if over.is_set():
                            return
                        spoken.sendall(piece)

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=[connection], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield world
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        time.sleep(0.05)


def certificate_for(host: str, folder: Path) -> Path:
    """A certificate of this name, signed by itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path

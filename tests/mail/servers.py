"""A real Dovecot that keeps a mailbox, and a mail server that takes, refuses or hangs up.

Each listens on a free port of this machine alone, for as long as a test lasts.
"""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.config.installation import eventually

HOST = "127.0.0.1"
NAME, PASSWORD = "terrain@terrain.example", "s3cret:/@"
QUOTED = "terrain%40terrain.example:s3cret%3A%2F%40"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}
log_path = {folder}/log
listen = {host}
protocols = imap
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {account}
default_internal_group = {group}
default_login_user = {account}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={account} gid={group} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """A mailbox that a real IMAP server keeps, in Maildir."""

    folder: Path
    port: int
    tls_port: int
    account: str | None
    """Whom it runs as, where that is not ourselves."""

    def address(self, scheme: str = "imap", query: str = "?tls=0") -> SplitResult:
        """What `TERRAIN_MAIL_IN` would hold."""
        port = self.tls_port if scheme == "imaps" else self.port
        return urlsplit(f"{scheme}://{QUOTED}@{HOST}:{port}/INBOX{query}")

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    def deliver(self, raw: bytes, at: datetime | None = None) -> None:
        """Put a mail into the mailbox, as a mail server does."""
        number = len(list(self.folder.glob("mail/**/*,*")) + list(self.folder.glob("mail/new/*")))
        place = self.folder / f"mail/new/{number}{len(raw)}.{os.urandom(4).hex()}.terrain"
        place.write_bytes(raw)
        if at:
            os.utime(place, (at.timestamp(), at.timestamp()))
        if self.account:
            shutil.chown(place, self.account)

    def holds(self, name: str = "") -> list[str]:
        """The flags of each mail in a folder, the inbox where none is named; an empty text where it has none."""
        folder = self.folder / "mail" / (f".{name}" if name else "")
        kept = [*folder.glob("new/*"), *folder.glob("cur/*")]
        return sorted(each.name.partition(":2,")[2] for each in kept)

    def sent(self) -> list[int]:
        """The bytes that it sent over each connection that has ended."""
        log = (self.folder / "log").read_text().splitlines()
        return [int(line.partition("out=")[2].split()[0]) for line in log if "Logged out" in line]


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """One that serves nobody else; without one on this machine the test is skipped, where CI=true it fails."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        reason = "no Dovecot on this machine: scripts/mail-servers"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Beside the others' folders, which an account that is not ours could not enter.
    with tempfile.TemporaryDirectory(prefix="terrain-dovecot-") as made:
        account = "nobody" if os.geteuid() == 0 else None
        here = Dovecot(Path(made), free_port(), free_port(), account)
        _lay_out(here)
        process = subprocess.Popen(
            [program, "-F", "-c", f"{made}/dovecot.conf"],
            user=account,
            group=_group(account) if account else None,
            extra_groups=[] if account else None,
        )
        try:
            eventually(lambda: _answers(here.port))
            yield here
        finally:
            process.terminate()
            process.wait(20)


def _lay_out(here: Dovecot) -> None:
    for name in ("run", "mail/new", "mail/cur", "mail/tmp"):
        (here.folder / name).mkdir(parents=True)
    account = here.account or _own_account()
    (here.folder / "dovecot.conf").write_text(
        CONFIGURATION.format(
            folder=here.folder,
            host=HOST,
            port=here.port,
            tls_port=here.tls_port,
            account=account,
            group=_group(account),
            password=PASSWORD,
        )
    )
    certify(here.folder)
    if here.account:
        for each in (here.folder, *here.folder.rglob("*")):
            shutil.chown(each, here.account)


def _own_account() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def _group(account: str) -> str:
    import grp
    import pwd

    return grp.getgrgid(pwd.getpwnam(account).pw_gid).gr_name


def certify(folder: Path) -> None:
    """Write a certificate for this machine that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    private = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, private, serialization.NoEncryption()))


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as place:
        place.bind((HOST, 0))
        return int(place.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            return connection.recv(4) == b"* OK"
    except OSError:
        return False


@dataclass
class Sink:
    """A mail server that keeps what it takes; `says` is what it answers instead, "" where it hangs up."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    asked: list[tuple[str | None, list[str]]] = field(default_factory=list)
    """From whom to whom, of each mail that was offered, taken or not."""
    says: str | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.asked.append((envelope.mail_from, list(envelope.rcpt_tos)))
        if self.says is not None:
            if not self.says and server.transport:
                server.transport.abort()
            return self.says or "421 Gone"
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, EmailMessage, policy=default))
        return "250 Taken"


@contextmanager
def sink(settings: Any) -> Iterator[Sink]:
    """One to which this Terrain sends its mails."""
    here = Sink(free_port())
    server = Controller(here, hostname=HOST, port=here.port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = HOST, here.port, 10
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    try:
        yield here
    finally:
        server.stop()


def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this certificate be one of those that this machine believes."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert ssl.create_default_context().cert_store_stats()["x509_ca"] == 1

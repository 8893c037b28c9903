"""Mails as they arrive: bytes with the headers of a mail program, and those that the receiving host adds."""

from email.message import EmailMessage
from email.utils import make_msgid

from terrain.people.models import Person

ADDRESS = "terrain+*@terrain.example"
HOST = "mx.terrain.example"
VOUCHED, FORGED = "dmarc=pass", "dmarc=fail"
LARGE = 40_000_000


def letter(
    sender: Person | str,
    to: str,
    words: str = "La sonde est changée.",
    subject: str = "Re: La scelleuse chauffe",
    said: str = "",
    charset: str = "utf-8",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A mail of somebody, with what the receiving host `said` of its sender."""
    mail = EmailMessage()
    mail["From"] = f"{sender.name} <{sender.email}>" if isinstance(sender, Person) else sender
    mail["To"], mail["Subject"] = to, subject
    mail["Message-ID"] = make_msgid(domain="mail.example")
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(words, charset=charset, cte="8bit")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    on_arrival = f"Authentication-Results: {HOST}; {said} header.from=rivoire.example\r\n" if said else ""
    return on_arrival.encode() + bytes(mail)


def large(sender: Person, to: str, size: int = LARGE) -> bytes:
    """A mail of as many bytes, most of them a film."""
    return letter(sender, to, "Voici le film.", files=(("film.mp4", b"\0" * (size * 3 // 4)),))

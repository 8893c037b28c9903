"""The settings of this Terrain, read from the environment in one place, each with a default that works.

`docs/settings.md` is made from this file: `python -m terrain.config.environment > docs/settings.md`.
"""

import hashlib
import os
import secrets
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from terrain.config import setting, values

HOME = setting.read(
    "TERRAIN_HOME",
    "~/.terrain",
    "The folder where everything is kept: the database, files, keys. `make run` uses `./var`.",
    values.folder,
)
DATABASE_URL = setting.read(
    "DATABASE_URL",
    "",
    "A PostgreSQL of your own, 15 or later: `postgres://person:password@host:5432/name`. Where it is not "
    "set, Terrain starts the PostgreSQL that it brings along, under `TERRAIN_HOME`.",
    values.address("postgres", "postgresql"),
    shown="the PostgreSQL that comes along",
)
HOST = setting.read(
    "TERRAIN_HOST",
    "127.0.0.1",
    "The network address on which `terrain up` listens. `0.0.0.0` lets other machines in: put a reverse "
    "proxy with HTTPS in front.",
    str,
)
PORT = setting.read("PORT", "8000", "The port of the pages.", values.port)
LIVE_PORT = setting.read(
    "TERRAIN_LIVE_PORT",
    str(PORT + 1 if PORT < 65535 else PORT - 1),
    "The port of the live stream, which tells open pages that something changed.",
    values.port,
    shown="PORT + 1",
)
LIVE_URL = setting.read(
    "TERRAIN_LIVE_URL",
    "",
    "Where browsers find the live stream, when a reverse proxy serves it: `https://intranet.example/live`.",
    str,
    shown="the page's own host, on the live port",
)
SITE_URL = setting.read(
    "TERRAIN_SITE_URL",
    "",
    "The address that people type, such as `https://intranet.example`: links in mails start with it, and "
    "only its host name is answered.",
    values.site,
    shown="the address of the request",
)
HOSTS = setting.read(
    "TERRAIN_HOSTS",
    (urlsplit(SITE_URL).hostname or "") if SITE_URL else "",
    "The host names that are answered, separated by commas.",
    lambda given: tuple(each.strip() for each in given.split(",") if each.strip()),
    shown="the one of `TERRAIN_SITE_URL`, else any",
)
HTTPS = setting.read(
    "TERRAIN_HTTPS",
    "1" if SITE_URL.startswith("https:") else "0",
    "Whether people come by HTTPS: cookies are then sent by HTTPS alone, and the proxy's `X-Forwarded-Proto` "
    "is believed.",
    values.yes,
    shown="1 where `TERRAIN_SITE_URL` starts with https",
)
WEB_THREADS = setting.read(
    "TERRAIN_WEB_THREADS",
    "2",
    "How many pages one web process makes at a time; each holds a database connection. More of them wait for "
    "each other more than they help.",
    values.number,
)
WEB_PROCESSES = setting.read(
    "TERRAIN_WEB_PROCESSES", "1", "How many web processes `terrain up` starts.", values.number
)
ZONE = setting.read(
    "TERRAIN_ZONE",
    "Europe/Paris",
    "The time zone of whoever has not chosen one.",
    values.zone,
)
HOLIDAYS = setting.read(
    "TERRAIN_HOLIDAYS",
    "FR",
    "Whose public holidays nobody works on: a country’s two letters, with a region where one has its own: "
    "`FR`, `FR-57` (Alsace-Moselle), `CA-QC`, `GB-SCT`; `none` for none.",
    values.holidays,
)
DEMO = setting.read(
    "TERRAIN_DEMO",
    "0",
    "1 lets anybody choose at the door which person of the demo company to be, without a password. "
    "`terrain up --demo` sets it. Never with real people.",
    values.yes,
)
MAIL_URL = setting.read(
    "TERRAIN_MAIL_URL",
    "",
    "The mail server: `smtp://name:password@host:587` (STARTTLS), `smtps://…:465` (TLS), or "
    "`smtp://host:25?tls=0`.",
    values.address("smtp", "smtps"),
    shown="none: mails are written to the folder `mail` of `TERRAIN_HOME`",
)
MAIL_FROM = setting.read("TERRAIN_MAIL_FROM", "Terrain <terrain@localhost>", "Whom mails come from.", str)
MAIL_ADDRESS = setting.read(
    "TERRAIN_MAIL_ADDRESS",
    "",
    "The address at which people write by mail, `*` standing for what tells where: `terrain+*@example.org` where the "
    "mailbox `terrain` gets all that has a `+` after its name, or `*@terrain.example.org` where one mailbox gets "
    "all of a domain.",
    values.mail_address,
    shown="none: nobody writes by mail",
)
MAIL_IN = setting.read(
    "TERRAIN_MAIL_IN",
    "",
    "The mailbox in which those mails arrive, read each minute: `imaps://name:password@host/INBOX` (TLS), `imap://…` "
    "(STARTTLS), or `imap://…?tls=0`. What was taken is erased there. Not needed where the mail server hands them to "
    "`terrain mail take`.",
    values.address("imap", "imaps"),
    shown="none",
)
MAIL_TRUSTED = setting.read(
    "TERRAIN_MAIL_TRUSTED",
    "",
    "The name that the receiving mail server writes into `Authentication-Results`: what it found out about senders is "
    "then believed. It has to remove headers in its name that come from outside.",
    str.lower,
    shown="none: only secret addresses are believed",
)
FILES_URL = setting.read(
    "TERRAIN_FILES_URL",
    "",
    "Where what people attach is kept: `s3://key:secret@bucket` (Amazon's, `?region=eu-west-3`), or "
    "`s3://key:secret@bucket?endpoint=https://minio.example:9000` for any store that speaks as S3 does.",
    values.address("s3"),
    shown="the folder `files` of `TERRAIN_HOME`",
)
LINK_PREVIEWS = setting.read(
    "TERRAIN_LINK_PREVIEWS",
    "1",
    "0 where this Terrain may not ask the outside world: links are then shown without their title and picture.",
    values.yes,
)
SCAN_COMMAND = setting.read(
    "TERRAIN_SCAN_COMMAND",
    "",
    "A command that looks for viruses, given the path of each file as its last argument: `clamdscan --fdpass`. It ends "
    "with 0 where there is none, with 1 where there is one: the file is then refused.",
    shlex.split,
    shown="none",
)
_SECRET_KEY = setting.read(
    "TERRAIN_SECRET_KEY",
    "",
    "The key that signs cookies and forms; the same on every machine of one Terrain.",
    str,
    shown="made once, kept in `TERRAIN_HOME/secret_key`",
)
_PUSH_KEY = setting.read(
    "TERRAIN_PUSH_KEY",
    "",
    "The key by which push services know this Terrain: a private key of P-256, its 32 bytes in base64url; the same on "
    "every machine of one Terrain. Where it is another than before, each browser has to open Terrain once to be told "
    "again.",
    values.push_key,
    shown="made once, kept in `TERRAIN_HOME/push_key`",
)
DEBUG = setting.read(
    "TERRAIN_DEBUG", "0", "1 shows faults in full in the browser. Never with real people.", values.yes
)

EMBEDDED = HOME / "postgres"
"""The folder of the PostgreSQL that comes along."""

FILES = HOME / "files"
"""The folder of what people attach."""


def prepare_home(folder: Path = HOME) -> Path:
    """The folder where everything is kept, made where it is missing, for nobody else to read."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise unusable_home(fault) from None
    return folder


def unusable_home(fault: OSError) -> setting.UnusableSetting:
    """What to say where the folder where everything is kept cannot be used."""
    return setting.UnusableSetting(
        f"TERRAIN_HOME is {HOME}, which cannot be used: {(fault.strerror or '?').lower()}."
    )


def secret_key() -> str:
    """The key given by the environment, else the one of TERRAIN_HOME, made at the first call."""
    return _SECRET_KEY or _kept("secret_key", lambda: secrets.token_urlsafe(50))


def push_key() -> str:
    """The same for the key of web push."""
    return _PUSH_KEY or _kept("push_key", values.fresh_push_key)


def _kept(name: str, make: Callable[[], str]) -> str:
    kept = HOME / name
    try:
        if not kept.exists():
            prepare_home()
            fresh = kept.with_name(f"{name}.{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(make())
            try:
                # Two commands may start at once: the first one's key is the key.
                os.link(fresh, kept)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return kept.read_text().strip()
    except OSError as fault:
        raise unusable_home(fault) from None


def socket_folder(data: Path = EMBEDDED) -> Path:
    """Where the PostgreSQL that comes along listens: beside its data, or in /tmp where that is too long."""
    # The kernel's limit is 107 bytes on Linux, 103 on macOS.
    if len(os.fsencode(data / ".s.PGSQL.5432.lock")) <= 100 and "," not in str(data):
        return data
    return Path("/tmp") / f"terrain-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def database() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: what DATABASE_URL names, else the PostgreSQL that comes along. Starts nothing."""
    if DATABASE_URL:
        named = _named(DATABASE_URL)
    else:
        named = {"NAME": "terrain", "USER": "terrain", "HOST": str(socket_folder()), "PORT": "5432"}
    # A question that a connection asks again is planned once: planning costs more than answering here.
    named["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2, **named.get("OPTIONS", {})}
    return {"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None, **named}}


def _named(url: SplitResult) -> dict[str, Any]:
    options = dict(parse_qsl(url.query))
    host = options.pop("host", None) or unquote(url.hostname or "")
    return {
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or options.pop("port", "")),
        "OPTIONS": options,
    }


if __name__ == "__main__":
    print(setting.page(), end="")

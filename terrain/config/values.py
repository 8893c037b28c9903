"""What a setting may hold: each function reads one sort of value, or raises ValueError with what is expected."""

import base64
import binascii
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the curve P-256 has: its private keys are the numbers from 1 to below it."""


def port(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise ValueError("a port is a number from 1 to 65535")
    return int(given)


def yes(given: str) -> bool:
    if given.lower() not in {"1", "0", "true", "false", "yes", "no", "on", "off", ""}:
        raise ValueError("1 (yes) or 0 (no) is expected")
    return given.lower() in {"1", "true", "yes", "on"}


def number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        raise ValueError("a whole number above 0 is expected")
    return int(given)


def push_key(given: str) -> str:
    try:
        key = base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if given and not (len(key) == 32 and 0 < int.from_bytes(key) < P256):
        raise ValueError("a private key of P-256, 32 bytes in base64url, is expected")
    return given


def fresh_push_key() -> str:
    """A private key of P-256, made by chance."""
    key = 1 + secrets.randbelow(P256 - 1)
    return base64.urlsafe_b64encode(key.to_bytes(32)).decode().rstrip("=")


def folder(given: str) -> Path:
    return Path(given).expanduser().absolute()


def zone(given: str) -> str:
    try:
        return ZoneInfo(given).key
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("a time zone's name such as Europe/Paris is expected") from None


def holidays(given: str) -> str:
    from holidays import country_holidays  # known once it is asked for: it knows two hundred countries

    if given == "none":
        return ""
    country, _, region = given.partition("-")
    try:
        country_holidays(country, subdiv=region or None)
    except NotImplementedError:
        raise ValueError("a country such as FR, or one with its region such as FR-57, is expected") from None
    return given


def address(*schemes: str) -> Callable[[str], SplitResult | None]:
    def parse(given: str) -> SplitResult | None:
        if not given:
            return None
        parts = urlsplit(given)
        if parts.scheme not in schemes:
            known = " or ".join(f"{each}://" for each in schemes)
            raise ValueError(f"an address that starts with {known} is expected")
        parts.port  # noqa: B018 - refuses what is no port
        return parts

    return parse


def mail_address(given: str) -> str:
    """An address for many: `*` stands for what differs, before the @."""
    if given and not re.fullmatch(r"(?:[a-z0-9._]{1,17}[+-])?\*@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", given):
        raise ValueError(
            "an address in small letters with a * is expected, such as terrain+*@example.org or *@terrain.example.org"
        )
    return given


def site(given: str) -> str:
    parts = address("http", "https")(given)
    if parts and (not parts.hostname or parts.path.strip("/")):
        raise ValueError("the site's address is expected, such as https://intranet.example, with no path")
    return given.rstrip("/")

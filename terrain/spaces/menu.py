"""The menu of a space: links with their labels, that any member edits."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

MOST = 20
LONGEST_LABEL = 40
LONGEST_ADDRESS = 500


class Link(NamedTuple):
    """A line of the menu: `address` is of the web (http, https), or a path within Terrain."""

    address: str
    label: str

    @property
    def is_outside(self) -> bool:
        """Whether it leads out of Terrain."""
        return not self.address.startswith("/")


def links(menu: str) -> list[Link]:
    """The links of a menu, as it is kept: a line each, the address before the first space."""
    return [Link(*line.split(" ", 1)) for line in menu.splitlines()]


def as_kept(links: Sequence[Link]) -> str:
    """The same, the other way."""
    return "\n".join(f"{link.address} {link.label}" for link in links)


def is_safe(address: str) -> bool:
    """Whether an address leads to the web, or within Terrain; nothing else is followed, not even by mistake."""
    if any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False

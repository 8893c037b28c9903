"""How many bytes a browser fetches, compressed as the server sends them."""

import gzip
import re
from collections.abc import Mapping
from urllib.parse import urljoin

from bench.serving import Server

SCRIPT = re.compile(r'<script[^>]*\ssrc="([^"]+)"')
AT_ONCE = re.compile(r"""(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]*?\sfrom\s*)?["'](\.[^"']+)["']""")
LATER = re.compile(r"""\bimport\(\s*["'](\.[^"']+)["']""")


def page(server: Server, path: str, headers: Mapping[str, str]) -> tuple[int, int]:
    """The bytes of a page's HTML, and its compressed bytes: compressed here where the server leaves it to a proxy."""
    _, answered, body = server.get(path, {**headers, "Accept-Encoding": "gzip"})
    if answered.get("content-encoding") == "gzip":
        return len(gzip.decompress(body)), len(body)
    return len(body), len(gzip.compress(body, 6))


def scripts(server: Server, path: str, headers: Mapping[str, str]) -> tuple[int, int]:
    """The compressed bytes of JavaScript that a page loads at once, and of what it adds when it is needed."""
    html = server.get(path, headers)[2].decode()
    at_once: dict[str, int] = {}
    later: set[str] = set()
    _follow(server, SCRIPT.findall(html), at_once, later)
    added = dict(at_once)
    _follow(server, sorted(later), added, set())
    return sum(at_once.values()), sum(added.values()) - sum(at_once.values())


def _follow(server: Server, addresses: list[str], weights: dict[str, int], later: set[str]) -> None:
    """Weigh these scripts and all that they import at once; what they import later is gathered."""
    for address in addresses:
        if address in weights:
            continue
        status, answered, body = server.get(address, {"Accept-Encoding": "gzip"})
        if status != 200:
            raise LookupError(f"the script {address} answered {status}")
        weights[address] = len(body)
        text = (gzip.decompress(body) if answered.get("content-encoding") == "gzip" else body).decode()
        later.update(urljoin(address, each) for each in LATER.findall(text))
        _follow(server, [urljoin(address, each) for each in AT_ONCE.findall(text)], weights, later)

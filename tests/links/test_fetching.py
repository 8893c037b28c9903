"""The fetcher reaches the public Internet and nothing else, for three seconds and a megabyte."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from terrain.links.fetching import MOST_BYTES, Fetcher, Unreachable
from terrain.links.reachable import is_public
from tests.links.outside import PUBLIC, certificate_for, outside, page

INSIDE = [
    *(
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.0.0.8",
        "172.16.4.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
    ),
    *("224.0.0.251", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.7", "198.18.0.1", "192.0.0.8"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.8", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::a00:8"),
    *("2002:7f00:1::", "2002:0a00:0008::1", "2001:0:4136:e378::1", "::127.0.0.1", "not an address"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_the_inside_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_those_of_the_internet_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_never_connected_to(address: str) -> None:
    with outside(lambda path: iter([page("<title>Secret</title>")])) as world:
        world.names["inside.example"] = [[address]]
        world.names["both.example"] = [[PUBLIC, address]]
        for name in ("inside.example", "both.example"):
            with pytest.raises(Unreachable, match="public Internet"):
                world.fetcher().fetch(f"http://{name}/")
        assert world.connected == []


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "http://a.example:22/"),
        *(
            "http://a.example:8080/",
            "https://a.example:6379/",
            "http://me:secret@a.example/",
            "http:///nowhere",
        ),
        *("//a.example/", "javascript:alert(1)", "http://a.example:99999/", "http://[::1/", ""),
    ],
)
def test_only_plain_addresses_of_the_web_are_asked(address: str) -> None:
    with outside(lambda path: iter([page("<title>A</title>")])) as world:
        with pytest.raises(Unreachable):
            world.fetcher().fetch(address)
        assert world.connected == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://localhost/"],
)
def test_the_systems_own_resolver_leads_nowhere_inside(address: str) -> None:
    connected: list[str] = []

    def connect(ip: str, port: int, seconds: float) -> None:
        connected.append(ip)
        raise OSError

    with pytest.raises(Unreachable):
        Fetcher(connect=connect).fetch(address)  # type: ignore[arg-type]
    assert connected == []


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    with outside(lambda path: iter([page("<title>A</title>")])) as world:
        world.names["rebinds.example"] = [[PUBLIC], ["127.0.0.1"]]
        assert world.fetcher().fetch("http://rebinds.example/").body == b"<title>A</title>"
        assert world.resolved == ["rebinds.example"], (
            "asked once, so that it cannot answer otherwise the second time"
        )
        assert world.connected == [(PUBLIC, 80)]
        with pytest.raises(Unreachable, match="public Internet"):
            world.fetcher().fetch("http://rebinds.example/")
        assert len(world.connected) == 1


@pytest.mark.parametrize(
    "to",
    ["http://inside.example/", "http://a.example:8080/", "file:///etc/passwd", "http://[::ffff:127.0.0.1]/"],
)
def test_a_redirect_is_checked_like_the_first_address(to: str) -> None:
    with outside(lambda path: iter([page("", "302 Found", more=f"Location: {to}\r\n")])) as world:
        world.names["inside.example"] = [["10.0.0.8"]]
        world.names["::ffff:127.0.0.1"] = [["::ffff:127.0.0.1"]]
        with pytest.raises(Unreachable):
            world.fetcher().fetch("http://a.example/")
        assert world.connected == [(PUBLIC, 80)]


def test_a_redirect_is_followed() -> None:
    def answer(path: str) -> Iterator[bytes]:
        yield (
            page("", "301 Moved", more="Location: /new?a=é\r\n")
            if path == "/"
            else page("<title>New</title>")
        )

    with outside(answer) as world:
        fetched = world.fetcher().fetch("http://a.example/")
        assert (fetched.body, world.asked[0]) == (b"<title>New</title>", "/")
        assert world.resolved == ["a.example", "a.example"]


def test_addresses_that_lead_to_each_other_end() -> None:
    with outside(lambda path: iter([page("", "302 Found", more=f"Location: {path}x\r\n")])) as world:
        with pytest.raises(Unreachable, match="from one address to the next"):
            world.fetcher().fetch("http://a.example/")
        assert len(world.asked) == 5


def test_a_body_without_an_end_is_read_to_a_megabyte() -> None:
    def endless(path: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        yield from itertools.repeat(b"x" * 65536)

    with outside(endless) as world:
        fetched = world.fetcher(20).fetch("http://a.example/")
        assert (len(fetched.body), fetched.is_whole) == (MOST_BYTES, False)


@pytest.mark.parametrize("what", ["head", "body", "silence"])
def test_who_answers_drop_by_drop_is_left_in_time(what: str) -> None:
    def slow(path: str) -> Iterator[bytes]:
        if what == "body":
            yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"
        elif what == "head":
            yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        while True:
            time.sleep(0.1)
            yield b"" if what == "silence" else b"x"

    with outside(slow) as world:
        began = time.monotonic()
        with pytest.raises(Unreachable):
            world.fetcher(1.0).fetch("http://a.example/")
        assert time.monotonic() - began < 3, "bounded as a whole, not from piece to piece"


def test_a_slow_resolver_is_left_in_time() -> None:
    over = time.monotonic() + 2

    def resolve(host: str, port: int) -> list[str]:
        time.sleep(max(over - time.monotonic(), 0))
        return [PUBLIC]

    with pytest.raises(Unreachable, match="in time"):
        Fetcher(resolve=resolve, seconds=0.3).fetch("http://a.example/")
    assert time.monotonic() < over


def test_what_is_packed_is_not_unpacked() -> None:
    packed = page(b"\x1f\x8b", more="Content-Encoding: gzip\r\n")
    with outside(lambda path: iter([packed])) as world, pytest.raises(Unreachable):
        world.fetcher().fetch("http://a.example/")


def test_a_page_under_tls_must_be_that_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certificate_for("a.example", tmp_path)
    with outside(lambda path: iter([page("<title>Safe</title>")]), certificate) as world:
        with pytest.raises(Unreachable, match=r"self-signed|verify failed"):
            world.fetcher().fetch("https://a.example/")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert world.fetcher().fetch("https://a.example/").body == b"<title>Safe</title>"
        with pytest.raises(Unreachable, match="not valid for"):
            world.fetcher().fetch("https://b.example/")

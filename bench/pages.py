"""How quickly pages are served, beside the floor: a bare view behind the same server and middleware.

Floor and pages are asked in turn, round after round, and the median round counts: a machine is never alone.
"""

import re
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import click

from bench import databases, members, weighing
from bench.asking import Asker, asker
from bench.filling import fill, is_filled
from bench.members import Member
from bench.questions import asked
from bench.reporting import Row, report
from bench.serving import HOST, Server, server
from bench.sizes import SIZES, Size
from terrain.config import preparing
from terrain.config.trouble import Trouble

SHOWN = 20
LEAST_RATIO = 0.30
MOST_QUERIES = {"feed": 4, "conversation": 6}
MOST_GROWTH = 1.5
MOST_HTML, MOST_SCRIPT, MOST_EDITOR = 25, 60, 160


@dataclass
class Target:
    """A page that is asked for: one request for each connection, and what its rounds gave."""

    what: str
    paths: Sequence[str]
    cookies: Sequence[str]
    item: str = ""
    rates: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    server_busy: list[float] = field(default_factory=list)
    asker_busy: list[float] = field(default_factory=list)

    def requests(self, server: Server) -> list[bytes]:
        """The requests, as they go over the line."""
        return [
            f"GET {path} HTTP/1.1\r\nHost: {server.name}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n".encode()
            for path, cookie in zip(self.paths, self.cookies, strict=True)
        ]

    @property
    def rate(self) -> float:
        """Requests a second, of the median round."""
        return statistics.median(self.rates)

    @property
    def median_ms(self) -> float:
        """Milliseconds that half of the answers took at most."""
        return 1000 * statistics.median(self.taken)

    @property
    def p99_ms(self) -> float:
        """Milliseconds that 99 % of the answers took at most."""
        return 1000 * sorted(self.taken)[int(0.99 * (len(self.taken) - 1))]


@dataclass
class Bench:
    """A set of data with its server and the pages to ask for, the floor first."""

    size: Size
    server: Server
    targets: list[Target]
    queries: dict[str, tuple[int, int]]


@click.command("pages")
@click.option(
    "--rounds", type=click.IntRange(1), default=7, show_default=True, help="Rounds; the median counts."
)
@click.option(
    "--seconds", type=click.FloatRange(0.05), default=2.0, show_default=True, help="For each page in a round."
)
@click.option(
    "--connections", type=click.IntRange(1, 64), default=8, show_default=True, help="Open at the same time."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def pages_command(rounds: int, seconds: float, connections: int, as_json: bool) -> None:
    """Measure the feed and a conversation, with each set of data that is filled (the small one at least)."""
    preparing.lay_out_statics()
    if not is_filled(SIZES["small"]):
        fill(SIZES["small"])
    with ExitStack() as open_servers:
        benches = [_prepare(size, open_servers, connections) for size in SIZES.values() if is_filled(size)]
        with asker() as asking:
            _measure(benches, asking, rounds, seconds)
        rows = [row for bench in benches for row in _rows(bench)] + _growth(benches)
    notes = [f"{rounds} rounds of {seconds:g} s for each page, {connections} connections that stay open."]
    if len(benches) == 1:
        notes.append("The large set is not there: `terrain bench fill --size large` fills it.")
    report("pages", rows, as_json, notes)


def _prepare(size: Size, servers: ExitStack, connections: int) -> Bench:
    name = databases.named(size.name)
    with databases.using(name):
        preparing.migrate(lambda _: None)
        readers = members.typical(connections)
    if not readers:
        raise Trouble(
            f"Nobody in the set “{size.name}” has a conversation of {members.LENGTH} messages to read."
        )
    everybody: list[Member] = [readers[i % len(readers)] for i in range(connections)]
    cookies = [each.cookie for each in everybody]
    feed, conversation = "/", f"/conversations/{everybody[0].conversation}"
    queries = asked([feed, conversation], cookies[0], databases.environment(name))
    bench = Bench(
        size,
        servers.enter_context(server(name)),
        [
            Target("floor", ["/health"] * connections, ["nobody=here"] * connections),
            Target("feed", [feed] * connections, cookies, r'id="c\d+"'),
            Target(
                "conversation",
                [f"/conversations/{each.conversation}" for each in everybody],
                cookies,
                r'id="m\d+"',
            ),
        ],
        {"floor": (1, 1), "feed": queries[feed], "conversation": queries[conversation]},
    )
    for target in bench.targets:
        _look(bench.server, target)
    return bench


def _look(server: Server, target: Target) -> None:
    """Make sure that the pages are what they are said to be."""
    for path, cookie in zip(target.paths, target.cookies, strict=True):
        status, _, body = server.get(path, {"Cookie": cookie})
        if status != 200:
            raise Trouble(f"{path} answered {status} to a member who is signed in.")
        shown = len(re.findall(target.item, body.decode())) if target.item else SHOWN
        if shown != SHOWN:
            raise Trouble(f"{path} shows {shown} items instead of {SHOWN}.")


def _measure(benches: Sequence[Bench], asking: Asker, rounds: int, seconds: float) -> None:
    for number in range(rounds + 1):
        for bench in benches:
            for target in bench.targets:
                before = bench.server.busy()
                found = asking.ask(HOST, bench.server.port, target.requests(bench.server), seconds)
                if found.refused or not found.taken:
                    raise Trouble(f"The {target.what} was refused while it was measured: {found.refused}.")
                # The first round warms the server up, and does not count.
                if number == 0:
                    continue
                target.rates.append(len(found.taken) / found.seconds)
                target.taken += found.taken
                target.server_busy.append((bench.server.busy() - before) / found.seconds)
                target.asker_busy.append(found.busy)


def _rows(bench: Bench) -> list[Row]:
    floor, *pages = bench.targets
    size, server = bench.size.name, bench.server
    rows = [_row(floor, size, None, bench.queries["floor"], "")]
    for each in pages:
        aim = f"ratio ≥ {LEAST_RATIO:.2f}, queries ≤ {MOST_QUERIES[each.what]}"
        rows.append(_row(each, size, floor.rate, bench.queries[each.what], aim))
    for each in pages:
        signed_in = {"Cookie": each.cookies[0]}
        whole, compressed = weighing.page(server, each.paths[0], signed_in)
        most = f"< {MOST_HTML}" if each.what == "feed" else None
        rows.append(
            Row(
                f"{each.what}, HTML",
                size,
                compressed / 1000,
                "kB compressed",
                whole_kb=whole / 1000,
                aim=most,
            )
        )
    at_once, editor = weighing.scripts(server, "/", {"Cookie": pages[0].cookies[0]})
    rows.append(
        Row("JavaScript to read and react", size, at_once / 1000, "kB compressed", aim=f"< {MOST_SCRIPT}")
    )
    rows.append(Row("JavaScript of the editor", size, editor / 1000, "kB compressed", aim=f"< {MOST_EDITOR}"))
    return rows


def _row(target: Target, size: str, floor: float | None, queries: tuple[int, int], aim: str) -> Row:
    cold, warm = queries
    return Row(
        target.what,
        size,
        target.rate,
        "requests/s",
        floor=floor,
        median_ms=target.median_ms,
        p99_ms=target.p99_ms,
        queries=warm,
        queries_cold=cold,
        server_cores=statistics.median(target.server_busy),
        asker_cores=statistics.median(target.asker_busy),
        aim=aim or None,
    )


def _growth(benches: Sequence[Bench]) -> list[Row]:
    """How much longer a page takes with more data: the median of the largest set by that of the smallest."""
    if len(benches) < 2:
        return []
    small, large = benches[0], benches[-1]
    return [
        Row(
            f"{here.what}, {large.size.name} by {small.size.name}",
            large.size.name,
            here.median_ms / there.median_ms,
            "times the median",
            aim=f"≤ {MOST_GROWTH}",
        )
        for there, here in zip(small.targets, large.targets, strict=True)
        if here.what != "floor"
    ]

"""`terrain bench pages`: a real server, asked for real pages, and a row for each."""

import json

import pytest

from bench import databases
from bench.asking import ask, asker
from bench.serving import HOST, server
from tests.bench.measuring import Measuring, run

WHAT = [
    "floor",
    "feed",
    "conversation",
    "feed, HTML",
    "conversation, HTML",
    "JavaScript to read and react",
    "JavaScript of the editor",
]


def test_each_row_is_there_with_its_floor_and_its_queries(measuring: Measuring) -> None:
    done = run("pages", "--rounds", "1", "--seconds", "0.2", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["bench"] == "pages"
    rows = {row["what"]: row for row in found["rows"]}
    assert list(rows) == WHAT
    assert all(row["value"] > 0 for row in rows.values())
    for what in ("feed", "conversation"):
        assert rows[what]["floor"] == rows["floor"]["value"]
        assert rows[what]["median_ms"] <= rows[what]["p99_ms"]
        assert 1 <= rows[what]["queries"] <= rows[what]["queries_cold"]
    assert "--size large" in done.stderr


def test_a_refusal_is_no_answer(measuring: Measuring) -> None:
    with server(databases.named("small")) as served, asker() as asking:
        request = f"GET /nowhere HTTP/1.1\r\nHost: {served.name}\r\n\r\n".encode()
        found = asking.ask(HOST, served.port, [request], 0.1)
        here = ask(HOST, served.port, [request], 0.1)
    assert found.taken == here.taken == []
    assert found.refused
    assert found.refused == here.refused


@pytest.mark.parametrize("pieces", [1, 3, 50])
def test_an_answer_is_whole_however_it_comes(pieces: int) -> None:
    import socket
    import threading

    body = b"x" * 997
    heads = (
        b"HTTP/1.1 200 OK\r\ncontent-length: 997\r\n\r\n" + body,
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e5\r\n" + body + b"\r\n0\r\n\r\n",
    )
    answered = 0

    def serve(listening: socket.socket) -> None:
        nonlocal answered
        line, _ = listening.accept()
        with line:
            while line.recv(1000):
                answer = heads[answered % 2]
                step = len(answer) // pieces + 1
                for start in range(0, len(answer), step):
                    line.sendall(answer[start : start + step])
                answered += 1

    with socket.create_server((HOST, 0)) as listening:
        serving = threading.Thread(target=serve, args=[listening])
        serving.start()
        found = ask(HOST, listening.getsockname()[1], [b"GET / HTTP/1.1\r\n\r\n"], 0.1)
        serving.join(5)
    assert not found.refused
    assert len(found.taken) == answered > 1

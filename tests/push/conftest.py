"""A push service of the tests' own, and devices that are told by it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from terrain.people.models import Person
    from tests.cast import Cast
    from tests.push.service import Service


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of `push.example`, signed by itself."""
    from tests.push.service import HOST, certificate_for

    return certificate_for(HOST, tmp_path_factory.mktemp("push"))


@pytest.fixture
def pushed(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Service]":
    """The push service."""
    from tests.push.service import service

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with service(certificate) as taken:
        yield taken


@pytest.fixture
def told_at(cast: "Cast") -> "Callable[..., object]":
    """Has somebody sign in at a browser and say “Tell me here”; gives the browser, its device, and its client."""
    from tests.push.told import Told, tell_here

    def add(person: "Person", agent: str = "", **more: str) -> Told:
        return tell_here(cast.client(person), agent, **more)

    return add

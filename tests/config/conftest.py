"""A Terrain of one's own for each test, or for each file."""

from pathlib import Path

import pytest

from tests.config.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """A Terrain that has never been started."""
    return Installation(tmp_path / "home")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A Terrain whose tables are there, the same for all tests of a file."""
    made = Installation(tmp_path_factory.mktemp("settled") / "home")
    result = made.run("manage", "migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    return made

"""What every test stands on: a folder of its own, and a real PostgreSQL.

Without DATABASE_URL it is the one that comes along, kept under var/test from run to run; else databases named
test_… are made in the one that DATABASE_URL names. Two runs at once: TERRAIN_TEST_HOME names another folder.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import django
import pytest

# Before Django reads them: never the folder of a Terrain that somebody uses.
os.environ["TERRAIN_HOME"] = os.environ.get("TERRAIN_TEST_HOME") or str(
    Path(__file__).parents[1] / "var/test"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "terrain.config.settings"

from terrain.config import postgres

DATABASE = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up, and start PostgreSQL once, for the run and all its workers."""
    django.setup()
    if not hasattr(config, "workerinput"):
        config.stash[DATABASE] = ExitStack()
        config.stash[DATABASE].enter_context(postgres.running(lasting=False))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave PostgreSQL as it was."""
    if DATABASE in config.stash:
        config.stash[DATABASE].close()

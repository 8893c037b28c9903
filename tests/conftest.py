"""What every test stands on: a folder of its own, a real PostgreSQL, and no lenience.

Without DATABASE_URL it is the one that comes along, kept under var/test from run to run; else databases named
test_… are made in the one that DATABASE_URL names. Two runs at once: TERRAIN_TEST_HOME names another folder.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.conf import settings

# Before Django reads them: never the folder of a Terrain that somebody uses.
os.environ["TERRAIN_HOME"] = os.environ.get("TERRAIN_TEST_HOME") or str(
    Path(__file__).parents[1] / "var/test"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "terrain.config.settings"

from terrain.config import postgres

if TYPE_CHECKING:
    from tests.cast import Cast

DATABASE = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up, strict and quick; start PostgreSQL and lay out style, once for the run and all its workers."""
    be_strict_and_quick()
    django.setup()
    _shuffle_what_has_no_order()
    if not hasattr(config, "workerinput"):
        config.stash[DATABASE] = ExitStack()
        config.stash[DATABASE].enter_context(postgres.running(lasting=False))
        from terrain.config.preparing import lay_out_statics

        lay_out_statics()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave PostgreSQL as it was."""
    if DATABASE in config.stash:
        config.stash[DATABASE].close()


def be_strict_and_quick() -> None:
    """A name that a template does not have is a fault; a password's hash takes no time."""
    from jinja2 import StrictUndefined

    settings.TEMPLATES[0]["OPTIONS"]["undefined"] = StrictUndefined  # type: ignore[index]
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


def _shuffle_what_has_no_order() -> None:
    """Rows that nobody put in an order come in another one each time, as PostgreSQL is free to give them."""
    from django.db.models import OrderBy
    from django.db.models.functions import Random
    from django.db.models.sql.compiler import SQLCompiler

    in_order = SQLCompiler.get_order_by

    def get_order_by(compiler: SQLCompiler) -> list[Any]:
        order = in_order(compiler)
        asked = compiler.query
        if order or asked.subquery or asked.distinct or asked.combinator or asked.group_by is not None:
            return order
        by_chance = OrderBy(Random()).resolve_expression(asked)
        return [(by_chance, (*compiler.compile(by_chance), False))]

    SQLCompiler.get_order_by = get_order_by  # type: ignore[assignment, method-assign]


@pytest.fixture(autouse=True)
def _as_in_a_new_process() -> Iterator[None]:
    """No part of a page is kept from the test before, and no language."""
    from django.utils import translation

    from tests.kept import forget_pages

    forget_pages()
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _files_of_its_own(tmp_path: Path, settings: Any) -> None:
    """What a test brings along is in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _no_job_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test committed is flushed after it by Django; but jobs are in tables that Django does not know."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("truncate procrastinate_jobs cascade")


@pytest.fixture
def cast(db: None) -> "Cast":
    """Five people with a role each, three spaces and what is said there: see `tests/cast.py`."""
    from tests.cast import gather

    return gather()

"""The small set, filled once for the tests that look at it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.bench.measuring import Measuring


@pytest.fixture(scope="module")
def measuring(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Measuring]:
    """The benchmarks, with the small set filled by the command itself, beside the tests' own database."""
    from bench import databases  # Django has to be set up first

    with django_db_blocker.unblock():
        try:
            yield Measuring()
        finally:
            databases.forget(databases.named("small"))

"""The demo company is always the same."""

import pytest
from django.db import connection, transaction

from terrain.demo.copying import NUMBERED
from terrain.demo.planting import plant
from tests.demo.moment import A_TUESDAY

pytestmark = pytest.mark.django_db


def test_the_same_moment_gives_the_same_rows() -> None:
    assert _planted() == _planted()


def _planted() -> dict[str, str]:
    """What each table holds, in short, in a database where nobody was before."""
    with transaction.atomic(), connection.cursor() as cursor:
        plant(A_TUESDAY)
        held = {}
        for table in NUMBERED:
            cursor.execute(f"select count(*) || md5(string_agg(t::text, '|' order by id)) from {table} t")
            held[table] = cursor.fetchone()[0]
        transaction.set_rollback(True)
    assert all(len(digest) > 32 for digest in held.values())
    return held

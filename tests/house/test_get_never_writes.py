"""A GET never writes: the database refuses, and no page tries."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from terrain.accounts.links import make_link
from terrain.conversations.models import Message
from terrain.people.models import Unit
from terrain.web.reading import WroteWhileReading, is_question
from tests.cast import Cast
from tests.house.addresses import addresses, things

QUESTIONS = [
    "select 1",
    "  (select name from people_unit) union (select name from people_person)",
    'SELECT "people_unit"."name" FROM "people_unit" WHERE "people_unit"."name" = %s',
    "with candidate as (select 1) select * from candidate",
    "values (1), (2)",
    "explain select 1",
    "select updated_at, deleted, inserted from x",
    "select 'update of the week; insert into your diary'",
    "select 1;",
]
WRITES = [
    "insert into people_unit (name) values ('x')",
    'INSERT INTO "people_unit" ("name") VALUES (%s)',
    "update people_unit set name = 'x'",
    "delete from people_unit",
    "merge into people_unit using x on true when matched then delete",
    "truncate people_unit",
    "create table x ()",
    "drop table people_unit",
    "copy people_unit from stdin",
    "lock people_unit",
    "set session_replication_role = replica",
    "with gone as (delete from people_unit returning *) select * from gone",
    'with changed as (update "people_unit" set name = 1 returning *) select * from changed',
    "explain analyze delete from people_unit",
    "select * into x from people_unit",
    "select * from people_unit for update",
    "select * from people_unit for no key update of people_unit",
    "select * from people_unit for share",
    "select * from people_unit for key share",
    "select nextval('people_unit_id_seq')",
    "select setval('people_unit_id_seq', 1)",
    "select pg_notify('terrain', 'x')",
    "SELECT * FROM procrastinate_defer_jobs_v1(%s)",
    "select 1; delete from people_unit",
    "select 'it''s'; delete from people_unit",
    "/* select */ delete from people_unit",
]


@pytest.mark.parametrize("sql", QUESTIONS)
def test_a_question_passes(sql: str) -> None:
    assert is_question(sql)


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_does_not_however_it_hides(sql: str) -> None:
    assert not is_question(sql)


@login_not_required
def renames(request: HttpRequest) -> HttpResponse:
    Unit.objects.filter(name="Atelier 2").update(name="Atelier 3")
    return HttpResponse("done")


@login_not_required
def locks(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        list(Unit.objects.select_for_update())
    return HttpResponse("done")


urlpatterns = [path("renames", renames), path("locks", locks)]


@pytest.fixture
def with_views_that_write() -> Iterator[None]:
    """Two addresses more, of views that change something whatever they are asked by."""
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("address", ["/renames", "/locks"])
@pytest.mark.usefixtures("with_views_that_write")
def test_a_view_that_writes_fails_where_it_is_only_read(db: None, method: str, address: str) -> None:
    Unit.objects.create(name="Atelier 2")
    with pytest.raises(WroteWhileReading), transaction.atomic():
        getattr(Client(), method)(address)
    assert Unit.objects.get().name == "Atelier 2"


@pytest.mark.usefixtures("with_views_that_write")
def test_a_post_writes_as_it_likes(db: None) -> None:
    Unit.objects.create(name="Atelier 2")
    assert Client().post("/renames").content == b"done"
    assert Client().post("/locks").content == b"done"
    assert Unit.objects.get().name == "Atelier 3"


def written() -> int:
    """How many rows this transaction has written so far, by PostgreSQL's own count."""
    with connection.cursor() as cursor:
        cursor.execute("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def test_postgresql_counts_what_is_written(cast: Cast) -> None:
    before = written()
    Message.unscoped.filter(pk=cast.first(cast.in_open).pk).update(key=None)
    assert written() == before + 1


def test_no_page_writes_when_it_is_read(cast: Cast) -> None:
    pages, client, passer_by = [], cast.client(cast.loic), cast.client()
    here = things(cast, cast.secret, cast.loic) | {"enter": make_link(cast.loic)}
    before = written()
    for address in addresses():
        for browser, who in ((client, "loic"), (passer_by, "nobody")):
            for headers in ({}, {"part": "1"}):
                answer = browser.get(address.of(here), {"q": "loic", "name": "Projet"}, headers=headers)
                if answer.status_code == 200:
                    pages.append((address.name, who))
    assert written() == before
    assert {"feed", "space", "conversation", "people", "person", "edit", "edits", "members"} <= {
        name for name, who in pages if who == "loic"
    }
    assert {"enter", "link", "enter_password"} <= {name for name, who in pages if who == "nobody"}

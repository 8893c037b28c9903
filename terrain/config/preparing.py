"""What Terrain needs before it opens its door: tables up to date, style laid out, perhaps a demo company."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]


def prepare(say: Say, *, demo: bool) -> None:
    """Bring this Terrain up to date, telling what takes time; quick where there is nothing to do."""
    migrate(say)
    lay_out_statics()
    if demo and is_empty():
        from terrain.demo.planting import plant  # loads the whole company's text

        say("Planting the demo company …")
        plant()
    connection.close()


def migrations_missing() -> list[str]:
    """The migrations that this database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(say: Say) -> None:
    """Bring the tables up to date, one process at a time: several machines may start at once."""
    if not migrations_missing():
        return
    say("Bringing the database up to date …")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext('terrain migrate'))")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext('terrain migrate'))")


def lay_out_statics() -> None:
    """Copy style, scripts and fonts to where they are served from, named by their content, if any changed."""
    folder = Path(settings.STATIC_ROOT)
    known, now = folder / "laid-out", _statics()
    if known.exists() and known.read_text() == now:
        return
    folder.mkdir(parents=True, exist_ok=True)
    # Those of before stay: pages that are open ask for them.
    call_command("collectstatic", interactive=False, verbosity=0)
    known.write_text(now)


def _statics() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_empty() -> bool:
    """Whether nobody is here yet."""
    with connection.cursor() as cursor:
        cursor.execute("select not exists(select from people_person)")
        return bool(cursor.fetchone()[0])

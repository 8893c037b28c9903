"""Tables: their migrations are all there, can be undone, and bear names given by hand."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

OURS = [model for model in apps.get_models() if model.__module__.startswith("terrain.")]


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_table_is_named_by_hand_after_its_folder(model: Any) -> None:
    assert model._meta.original_attrs.get("db_table", "").startswith(f"{model._meta.app_label}_")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_key_is_generic(model: Any) -> None:
    assert model._meta.private_fields == []


def tables() -> set[tuple[object, ...]]:
    """Every column, index and constraint there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select table_name, column_name, data_type, is_nullable, column_default
            from information_schema.columns where table_schema = 'public'
            union all
            select tablename, indexname, indexdef, '', '' from pg_indexes where schemaname = 'public'
            union all
            select conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' from pg_constraint
            where connamespace = 'public'::regnamespace
            """
        )
        return set(cursor.fetchall())


def test_migrations_can_be_undone_and_done_again(db: None) -> None:
    before = tables()
    ours = {model._meta.app_label for model in OURS}
    call_command("migrate", "people", "zero", verbosity=0, interactive=False)
    for app in ours - {"people"}:
        call_command("migrate", app, "zero", verbosity=0, interactive=False)
    prefixes = tuple(f"{app}_" for app in ours)
    assert [row for row in tables() if str(row[0]).startswith(prefixes)] == []
    call_command("migrate", verbosity=0, interactive=False)
    assert tables() == before

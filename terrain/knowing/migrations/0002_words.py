"""The words of replies and titles, without accents, each in an index: asked for by `knowing.finding`."""

from django.db import migrations

UNACCENT = """
    select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'unaccent'
"""
WORDS = """
    create function knowing_words(body text) returns tsvector
    language sql immutable strict parallel safe as $$
        select to_tsvector('pg_catalog.french'::regconfig, {schema}.unaccent(
            '{schema}.unaccent'::regdictionary, regexp_replace(body, '<[^>]*>', ' ', 'g')))
    $$
"""


def make(apps, schema_editor):
    # An index's function finds nothing by itself: it has to say in which schema the extension lives.
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(UNACCENT)
        schema = cursor.fetchone()[0]
    schema_editor.execute(WORDS.format(schema=schema))


def drop(apps, schema_editor):
    schema_editor.execute("drop function knowing_words(text)")


class Migration(migrations.Migration):
    dependencies = [
        ("knowing", "0001_finding"),
        ("conversations", "0003_withdrawals"),
    ]

    operations = [
        migrations.RunPython(make, drop),
        migrations.RunSQL(
            "create index knowing_words_of_replies on conversations_message using gin (knowing_words(body))"
            " where number > 1",
            "drop index knowing_words_of_replies",
        ),
        migrations.RunSQL(
            "create index knowing_words_of_titles on conversations_conversation using gin (knowing_words(title))",
            "drop index knowing_words_of_titles",
        ),
    ]

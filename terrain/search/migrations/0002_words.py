"""Words are kept by the database itself, in the transaction that writes them, and go with what they stood for."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

UNACCENT = """
    select quote_ident(n.nspname), quote_ident(current_schema()) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'unaccent'
"""

ACCENTS = dict(zip("éèêëàâîïôûùç", "eeeeaaiiouuc", strict=True)) | {"œ": "oe", "æ": "ae"}

FUNCTIONS = """
    -- A text without HTML; what joins words parts them: l’atelier. PostgreSQL bounds what it compares at 1 MB.
    create function search_plain(said text) returns text language sql immutable strict parallel safe as $$
        select regexp_replace(left(said, 60000), '<[^>]*>|[''’‘ʼ`´]', ' ', 'g')
    $$;
    create function search_bare(said text) returns text language sql immutable strict parallel safe as $$
        select {schema}.unaccent('{schema}.unaccent'::regdictionary, {here}.search_plain(said))
    $$;
    -- Stems keep their accents; these are the ones of French, and none of them stands for a quote.
    create function search_accentless(stems text) returns text language sql immutable strict parallel safe as $$
        select {accentless}
    $$;
    -- The stems of a text in French, and in English without accents, each in its place.
    create function search_words(said text) returns tsvector language plpgsql immutable strict parallel safe as $$
    declare
        plain text := {here}.search_plain(said);
    begin
        return ({here}.search_accentless(to_tsvector('pg_catalog.french'::regconfig, plain)::text) || ' '
            || to_tsvector('pg_catalog.english'::regconfig,
                {schema}.unaccent('{schema}.unaccent'::regdictionary, plain))::text)::tsvector;
    end $$;
    -- The same of what is asked: either of the two; of a phrase, in its order.
    create function search_asked(asked text) returns tsquery language sql immutable strict parallel safe as $$
        select coalesce(string_agg(distinct '(' || stems || ')', ' | '), '')::tsquery from (values
            ({here}.search_accentless(plainto_tsquery('pg_catalog.french'::regconfig, {here}.search_plain(asked))::text)),
            (plainto_tsquery('pg_catalog.english'::regconfig, {here}.search_bare(asked))::text)) as of(stems)
        where stems <> ''
    $$;
    create function search_phrase(asked text) returns tsquery language sql immutable strict parallel safe as $$
        select coalesce(string_agg(distinct '(' || stems || ')', ' | '), '')::tsquery from (values
            ({here}.search_accentless(phraseto_tsquery('pg_catalog.french'::regconfig, {here}.search_plain(asked))::text)),
            (phraseto_tsquery('pg_catalog.english'::regconfig, {here}.search_bare(asked))::text)) as of(stems)
        where stems <> ''
    $$;
    -- Whether it is one of the small words that say nothing by themselves, in either language.
    create function search_is_small(asked text) returns boolean language sql immutable strict parallel safe as $$
        select numnode(plainto_tsquery('pg_catalog.french'::regconfig, {here}.search_plain(asked))) = 0
            or numnode(plainto_tsquery('pg_catalog.english'::regconfig, {here}.search_bare(asked))) = 0
    $$;
    -- A name, a part of which is typed; and the words of a text as they are written, but for accents.
    create function search_name(name text) returns tsvector language sql immutable strict parallel safe as $$
        select to_tsvector('pg_catalog.simple'::regconfig, translate({here}.search_bare(name), '-_./', '    '))
    $$;
"""
NO_FUNCTIONS = """
    drop function search_name(text), search_is_small(text), search_phrase(text), search_asked(text),
        search_words(text), search_accentless(text), search_bare(text), search_plain(text)
"""

KEYS = """
    alter table search_said
        add constraint search_said_message foreign key (message_id)
            references conversations_message (id) on delete cascade deferrable initially deferred;
    alter table search_filed
        add constraint search_filed_file foreign key (file_id)
            references files_file (id) on delete cascade deferrable initially deferred;
    alter table search_said alter column words set statistics 1000, alter column title set statistics 1000;
    alter table search_filed alter column words set statistics 1000, alter column name set statistics 1000;
"""
NO_KEYS = """
    alter table search_said drop constraint search_said_message;
    alter table search_filed drop constraint search_filed_file;
"""

ROWS = """
    select m.id, m.conversation_id, m.number, m.written_at,
        case when m.number = 1 then search_words(coalesce(c.title, '')) end,
        search_words(concat_ws(' ', case when m.number = 1 then c.title end, m.body, v.body))
    from {these} m
    left join conversations_conversation c on c.id = m.conversation_id
    left join conversations_version v on v.message_id = m.id
    where (m.body <> '' or m.number = 1)
"""
INTO = "insert into search_said (message_id, conversation_id, number, written_at, title, words)"

TRIGGERS = f"""
    -- All that is there, for a Terrain that is older than search, or that was filled past the triggers.
    create function search_fill() returns void language sql as $$
        delete from search_said;
        {INTO} {ROWS.format(these="conversations_message")};
        insert into search_filed (file_id, name)
            select id, search_words(translate(name, '-_./', '    ') || ' ' || alt) from files_file
            on conflict do nothing;
    $$;

    create function search_anew(this bigint) returns void language plpgsql as $$
    begin
        delete from search_said where message_id = this;
        {INTO} {ROWS.format(these="conversations_message")} and m.id = this;
    end $$;

    -- Words that few messages hold go from the list of words at once, with one that held them; a night brings back
    -- those that others hold.
    create function search_unlearn(before text, now text) returns void language sql as $$
        delete from search_word where messages <= 5 and word = any (
            tsvector_to_array(search_name(before)) ) and not word = any (tsvector_to_array(search_name(now)))
    $$;

    create function search_message_said() returns trigger language plpgsql as $$
    begin
        {INTO} {ROWS.format(these="new_rows")};
        return null;
    end $$;
    create trigger search_message_said after insert on conversations_message
        referencing new table as new_rows for each statement execute function search_message_said();

    create function search_message_changed() returns trigger language plpgsql as $$
    begin
        perform search_anew(new.id), search_unlearn(old.body, new.body);
        return null;
    end $$;
    create trigger search_message_changed after update on conversations_message for each row
        when (old.body is distinct from new.body or old.written_at is distinct from new.written_at)
        execute function search_message_changed();

    create function search_message_gone() returns trigger language plpgsql as $$
    begin
        perform search_unlearn(old.body, '');
        return null;
    end $$;
    create trigger search_message_gone after delete on conversations_message for each row
        execute function search_message_gone();

    create function search_title_changed() returns trigger language plpgsql as $$
    begin
        perform search_anew(id) from conversations_message where conversation_id = new.id and number = 1;
        perform search_unlearn(old.title, new.title);
        return null;
    end $$;
    create trigger search_title_changed after update on conversations_conversation for each row
        when (old.title is distinct from new.title) execute function search_title_changed();

    create function search_version_changed() returns trigger language plpgsql as $$
    begin
        if tg_op <> 'INSERT' then
            perform search_unlearn(old.body, case when tg_op = 'UPDATE' then new.body else '' end);
        end if;
        perform search_anew(case when tg_op = 'DELETE' then old.message_id else new.message_id end);
        return null;
    end $$;
    create trigger search_version_changed after insert or update or delete on conversations_version
        for each row execute function search_version_changed();

    create function search_file_named() returns trigger language plpgsql as $$
    begin
        insert into search_filed (file_id, name) values (new.id, search_words(
            translate(new.name, '-_./', '    ') || ' ' || new.alt))
        on conflict (file_id) do update set name = excluded.name;
        return null;
    end $$;
    create trigger search_file_named after insert on files_file for each row execute function search_file_named();
    create trigger search_file_renamed after update on files_file for each row
        when (old.name is distinct from new.name or old.alt is distinct from new.alt)
        execute function search_file_named();
"""
NO_TRIGGERS = """
    drop trigger search_message_said on conversations_message;
    drop trigger search_message_changed on conversations_message;
    drop trigger search_message_gone on conversations_message;
    drop trigger search_title_changed on conversations_conversation;
    drop trigger search_version_changed on conversations_version;
    drop trigger search_file_named on files_file;
    drop trigger search_file_renamed on files_file;
    drop function search_file_named(), search_version_changed(), search_title_changed(), search_message_gone(),
        search_message_changed(), search_message_said(), search_unlearn(text, text), search_anew(bigint),
        search_fill();
"""

NAMES = """
    create index search_name_of_people on people_person using gin (search_name(name));
    create index search_trade_of_people on people_person using gin (search_name(title));
    create index search_name_of_units on people_unit using gin (search_name(name));
    create index search_name_of_spaces on spaces_space using gin (search_name(name));
    create index search_about_spaces on spaces_space using gin (search_words(about));
"""
NO_NAMES = """
    drop index search_name_of_people, search_trade_of_people, search_name_of_units, search_name_of_spaces,
        search_about_spaces;
"""


def make(apps, schema_editor):
    # An index's function finds nothing by itself: it has to say in which schema what it calls lives.
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(UNACCENT)
        schema, here = cursor.fetchone()
    accentless = "stems"
    for accent, bare in ACCENTS.items():
        accentless = f"replace({accentless}, '{accent}', '{bare}')"
    schema_editor.execute(FUNCTIONS.format(schema=schema, here=here, accentless=accentless))


def drop(apps, schema_editor):
    schema_editor.execute(NO_FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_search"),
        ("conversations", "0007_languages"),
        ("files", "0001_files"),
        ("people", "0001_initial"),
        ("spaces", "0001_initial"),
    ]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunPython(make, drop),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL("select search_fill()", "delete from search_said; delete from search_filed"),
        migrations.RunSQL(NAMES, NO_NAMES),
    ]

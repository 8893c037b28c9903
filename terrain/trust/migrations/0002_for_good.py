from django.db import migrations

FOR_GOOD = """
create function trust_entry_is_for_good() returns trigger language plpgsql as $$
begin
    raise exception 'an entry of the public log is for good' using errcode = 'integrity_constraint_violation';
end $$;
create trigger trust_entry_for_good before update or delete on trust_entry
    for each row execute function trust_entry_is_for_good();
"""
NO_MORE = "drop trigger trust_entry_for_good on trust_entry; drop function trust_entry_is_for_good();"


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_log")]

    operations = [migrations.RunSQL(FOR_GOOD, NO_MORE)]

"""The key table, and triggers by which the database itself refuses to change or delete the record."""

from django.db import migrations

KEYS = {
    "sqlite": [
        "CREATE TABLE mention_key (hash BIGINT NOT NULL, mention_id BIGINT NOT NULL, "
        "PRIMARY KEY (hash, mention_id)) WITHOUT ROWID"
    ],
    "postgresql": [
        "CREATE TABLE mention_key (hash BIGINT NOT NULL, mention_id BIGINT NOT NULL, "
        "PRIMARY KEY (hash, mention_id))"
    ],
}

# table, what is refused; a payload may go once its disposal stands in the record
REFUSED = [
    ("chain_entry", "UPDATE", None),
    ("chain_entry", "DELETE", None),
    ("chain_payload", "UPDATE", None),
    ("chain_payload", "DELETE", "NOT EXISTS (SELECT 1 FROM disposal WHERE disposal.entry_id = OLD.entry_id)"),
    ("disposal", "UPDATE", None),
    ("disposal", "DELETE", None),
]
MESSAGE = "the record cannot be changed"


def keys(apps, schema_editor):
    for statement in KEYS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def guards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, event, unless in REFUSED:
            when = f"WHEN {unless} " if unless else ""
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"{when}BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    schema_editor.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    schema_editor.execute(
        "CREATE FUNCTION refuse_unless_disposed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM disposal WHERE disposal.entry_id = OLD.entry_id) THEN "
        f"RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN OLD; END $$"
    )
    for table, event, unless in REFUSED:
        function = "refuse_unless_disposed" if unless else "refuse_change"
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    for table in sorted({table for table, _, _ in REFUSED}):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


class Migration(migrations.Migration):
    dependencies = [("store", "0001_first_store")]
    operations = [
        migrations.RunPython(keys, migrations.RunPython.noop),
        migrations.RunPython(guards, migrations.RunPython.noop),
    ]

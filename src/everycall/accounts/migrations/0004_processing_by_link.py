"""The processing log by its links: one row a link and one short number a record, where each look at each was a row.

Nothing of what was logged is lost: a link's own text, in the record, says all that the rows said.
"""

from zlib import crc32

from django.db import migrations, models

import everycall.store.moments
import everycall.store.row_number

KEYS = {
    "sqlite": "CREATE TABLE processing_key (hash BIGINT NOT NULL, entry BIGINT NOT NULL, "
    "PRIMARY KEY (hash, entry)) WITHOUT ROWID",
    "postgresql": "CREATE TABLE processing_key (hash BIGINT NOT NULL, entry BIGINT NOT NULL, "
    "PRIMARY KEY (hash, entry))",
}
_OPERATIONS = ("collection", "alteration", "consultation", "combination", "disclosure", "erasure")
_CASES = " ".join([f"WHEN '{name}' THEN {1 << place}" for place, name in enumerate(_OPERATIONS)])
_LINKS = (
    'INSERT INTO processing_link (entry, operations, for_call, "by", at) '
    f'SELECT entry, sum(DISTINCT CASE operation {_CASES} ELSE 0 END), max(for_call), max("by"), max(at) '
    "FROM processing_logged GROUP BY entry"
)
_CHUNK = 20_000


def keys(apps, schema_editor):
    schema_editor.execute(KEYS[schema_editor.connection.vendor])


def fill(apps, schema_editor):
    """Bring the rows of before over; each link's rows had one account, call and moment."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_LINKS)
        cursor.execute("SELECT coalesce(max(id), 0) FROM processing_logged")
        last = cursor.fetchone()[0]
        for start in range(0, last, _CHUNK):
            cursor.execute(
                "SELECT DISTINCT about, entry FROM processing_logged WHERE id > %s AND id <= %s",
                [start, min(start + _CHUNK, last)],
            )
            found = sorted({(crc32(about.encode()), entry) for about, entry in cursor.fetchall()})
            if found:
                cursor.executemany(
                    "INSERT INTO processing_key (hash, entry) VALUES (%s, %s) ON CONFLICT DO NOTHING", found
                )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_webhooks")]
    operations = [
        migrations.CreateModel(
            name="ProcessingLink",
            fields=[
                ("entry", everycall.store.row_number.RowNumber(primary_key=True, serialize=False)),
                ("operations", models.SmallIntegerField()),
                ("for_call", models.CharField(max_length=100, null=True)),
                ("by", models.CharField(max_length=200)),
                ("at", everycall.store.moments.MomentField()),
            ],
            options={
                "db_table": "processing_link",
                "indexes": [models.Index(fields=["by", "for_call"], name="processing_link_by")],
            },
        ),
        migrations.RunPython(keys, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.DeleteModel("ProcessingLogged"),
    ]

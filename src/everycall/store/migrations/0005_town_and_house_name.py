"""What a mention says besides: the town, and the name of a house beside its number; filled from what calls tell."""

import json

from django.db import migrations, models

_CHUNK = 20_000
_TOLD = """
SELECT m.id, m.which, t.payload FROM mention m JOIN {table} t ON t.{its} = m.{of} AND t.known_until IS NULL
WHERE m.id > %s AND m.id <= %s AND m.known_until IS NULL AND coalesce(m.street, m.postcode, m.building) IS NOT NULL
"""
_FROM = (
    {"table": "call_version", "its": "call_id", "of": "call_id"},
    {"table": "flag", "its": "id", "of": "flag_id"},
)


def fill(apps, schema_editor):
    """Read the addresses of what is known now again; what is known no longer stays as it was told then."""
    from everycall.identity.mention import town_and_house_name

    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM mention")
        last = cursor.fetchone()[0]
        for told in _FROM:
            for start in range(0, last, _CHUNK):
                cursor.execute(_TOLD.format(**told), [start, min(start + _CHUNK, last)])
                found = [
                    (*town_and_house_name(*where), number)
                    for number, which, payload in cursor.fetchall()
                    if (where := _address(which, json.loads(payload)))
                ]
                some = [row for row in found if row[0] is not None or row[1] is not None]
                if some:
                    cursor.executemany("UPDATE mention SET town = %s, house_name = %s WHERE id = %s", some)


def _address(which, told):
    """Return address, postcode and UPRN of one whom a call or a flag names; None where it tells no address."""
    name, _, number = which.partition(" ")
    if name == "flag":
        party = told.get("about")
    elif number:
        several = told.get(f"{name}s") or []
        party = several[int(number)] if int(number) < len(several) else None
    elif name == "caller":
        party = told.get(name)
    else:
        party = None
    if not party or not party.get("address"):
        return None
    return party["address"], party.get("postcode"), party.get("uprn")


class Migration(migrations.Migration):
    dependencies = [("store", "0004_watched")]
    operations = [
        migrations.AddField("mention", "town", models.CharField(max_length=600, null=True)),
        migrations.AddField("mention", "house_name", models.CharField(max_length=600, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

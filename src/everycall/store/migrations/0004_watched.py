"""What supervisors watch: open calls, what waits for an approval, how decisions were made, bursts looked at."""

import json

import everycall.store.moments
from django.db import migrations, models


def tell_of_earlier_decisions(apps, schema_editor):
    """Say of the decisions that stand in the record already what the new columns say; a disposed one says nothing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.entry, d.ref, d.decided_at, p.body FROM decision_made d "
            "JOIN chain_payload p ON p.entry_id = d.entry ORDER BY d.entry"
        )
        last = {}
        for entry, ref, decided_at, text in cursor.fetchall():
            body = json.loads(text)
            last[ref] = (entry, bool(body["awaits_supervisor"]))
            cursor.execute(
                "SELECT grade, attendance, assessed_at FROM assessment_made WHERE ref = %s AND entry <= %s "
                "ORDER BY entry DESC",
                [ref, body["assessment"]],
            )
            since = None
            for grade, attendance, assessed_at in cursor.fetchall():
                if (grade, attendance) != (body["recommended"]["grade"], body["recommended"]["attendance"]):
                    break
                since = assessed_at
            cursor.execute(
                "UPDATE decision_made SET accepted = %s, reason = %s, recommended_ms = %s WHERE entry = %s",
                [
                    None if body["approves"] else body["accepted"],
                    body["reason"],
                    None if since is None else (decided_at - since) // 1000,
                    entry,
                ],
            )
        for entry, awaits in last.values():
            if awaits:
                cursor.execute("UPDATE decision_made SET awaits = %s WHERE entry = %s", [True, entry])


class Migration(migrations.Migration):
    dependencies = [("store", "0003_persons")]
    operations = [
        migrations.AddIndex(
            model_name="callversion",
            index=models.Index(
                condition=models.Q(("known_until__isnull", True), ("status", "open")),
                fields=["status", "received_at"],
                name="open_calls",
            ),
        ),
        migrations.AddField("decisionmade", "accepted", models.BooleanField(null=True)),
        migrations.AddField("decisionmade", "reason", models.CharField(max_length=60, null=True)),
        migrations.AddField("decisionmade", "recommended_ms", models.BigIntegerField(null=True)),
        migrations.AddField("decisionmade", "awaits", models.BooleanField(default=False)),
        migrations.RunPython(tell_of_earlier_decisions, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="decisionmade",
            index=models.Index(
                condition=models.Q(("awaits", True)), fields=["entry"], name="decision_awaits"
            ),
        ),
        migrations.CreateModel(
            name="BurstReviewed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=100)),
                ("on_day", models.DateField()),
                ("by", models.CharField(max_length=200)),
                ("at", everycall.store.moments.MomentField()),
            ],
            options={
                "db_table": "burst_reviewed",
                "indexes": [models.Index(fields=["on_day"], name="burst_by_day")],
            },
        ),
    ]

"""Persons: which mention is of which, what changed, and what a person ought to look at."""

from django.db import migrations, models

import everycall.store.moments
import everycall.store.row_number


def _number():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("store", "0002_keys_and_guards")]
    operations = [
        migrations.CreateModel(
            name="PersonOf",
            fields=[
                (
                    "mention",
                    everycall.store.row_number.RowNumber(
                        db_column="mention_id", primary_key=True, serialize=False
                    ),
                ),
                ("person", models.BigIntegerField(db_column="person_id", db_index=True)),
                ("component", models.BigIntegerField(db_column="component_id", db_index=True)),
            ],
            options={"db_table": "person_of"},
        ),
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                ("id", _number()),
                ("at", everycall.store.moments.MomentField()),
                ("kind", models.CharField(max_length=20)),
                ("from_person", models.BigIntegerField(db_index=True)),
                ("to_person", models.BigIntegerField(db_index=True)),
                ("mentions", models.TextField()),
            ],
            options={"db_table": "person_change"},
        ),
        migrations.CreateModel(
            name="PersonReview",
            fields=[
                ("id", _number()),
                ("at", everycall.store.moments.MomentField()),
                ("why", models.CharField(max_length=20)),
                ("mentions", models.TextField()),
            ],
            options={"db_table": "person_review"},
        ),
    ]

"""What was said: calls, the versions of what was known of each, and what their logs say."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from everycall.store.models.known import Known
from everycall.store.moments import MomentField
from everycall.store.row_number import RowOf


class Call(models.Model):
    """One contact; what is known of it stands in its versions."""

    ref = models.CharField(max_length=100)

    class Meta:
        """Named as in the docs."""

        db_table = "call"
        # a constraint, not ``unique=True``: PostgreSQL would keep a second index for LIKE, here and below
        constraints: ClassVar = [models.UniqueConstraint(fields=["ref"], name="one_call_a_ref")]


class CallVersion(Known):
    """What was known of one call from one moment on: the payload, and the columns that history is read by."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="versions", db_index=False)
    version = models.IntegerField()
    received_at = MomentField(db_index=True)
    category = models.CharField(max_length=40, null=True)
    behaviours = models.TextField()
    answers = models.TextField()
    status = models.CharField(max_length=20, null=True)
    grade_given = models.CharField(max_length=500, null=True)
    attended_at = MomentField(null=True)
    closed_at = MomentField(null=True)
    closed_as = models.CharField(max_length=40, null=True)
    opened_as = models.CharField(max_length=500, null=True)
    place = models.CharField(max_length=600, null=True)
    caller_role = models.CharField(max_length=20, null=True)
    facts_sha256 = models.CharField(max_length=64)
    payload = models.TextField()
    monitoring = models.TextField(null=True)

    class Meta:
        """One row a version; its constraint is also the index by call."""

        db_table = "call_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "version"], name="one_row_a_version"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["status", "received_at"],
                name="open_calls",
                condition=models.Q(status="open", known_until__isnull=True),
            )
        ]


class WordsRead(models.Model):
    """What the log of one version of a call says, read once with one lexicon."""

    call_version = RowOf(CallVersion, on_delete=models.CASCADE, primary_key=True)
    known_from = MomentField()
    lexicon_sha256 = models.CharField(max_length=64)
    tells_of_asb = models.BooleanField()
    alleges = models.BooleanField()
    findings = models.TextField()

    class Meta:
        """Kept apart, since another lexicon reads anew."""

        db_table = "words_read"

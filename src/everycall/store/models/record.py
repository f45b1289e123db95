"""What was recorded: the chain, what it commits to, and where its assessments and decisions stand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from everycall.store.moments import MomentField
from everycall.store.row_number import RowNumber, RowOf


class ChainEntry(models.Model):
    """One link of the record: a salted commitment to a payload, chained to the link before."""

    number = RowNumber(primary_key=True)
    recorded_at = MomentField()
    kind = models.CharField(max_length=20)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        """The database itself refuses to change or delete these rows."""

        db_table = "chain_entry"


class ChainPayload(models.Model):
    """What a link commits to; a lawful disposal can remove it, and the link then says so."""

    entry = RowOf(ChainEntry, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    subject = models.CharField(max_length=100)
    salt = models.CharField(max_length=64)
    body = models.TextField()
    regime = models.CharField(max_length=40)
    retention_class = models.CharField(max_length=40)
    review_on = models.DateField()

    class Meta:
        """The database refuses to change these rows; deleting one needs its disposal in the chain."""

        db_table = "chain_payload"
        indexes: ClassVar = [models.Index(fields=["subject"], name="payload_by_subject")]


class Disposal(models.Model):
    """That a payload was lawfully removed: which, by which link of the chain, on whose authority."""

    entry = RowOf(ChainEntry, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    recorded_in = models.BigIntegerField()
    authority = models.CharField(max_length=200)
    disposed_on = models.DateField()

    class Meta:
        """Written before its payload goes."""

        db_table = "disposal"


class AssessmentMade(models.Model):
    """Which links of the chain hold the assessments of a call."""

    entry = RowNumber(primary_key=True)
    ref = models.CharField(max_length=100)
    version = models.IntegerField()
    assessed_at = MomentField()
    same_as_sha256 = models.CharField(max_length=64)
    grade = models.CharField(max_length=60)
    attendance = models.CharField(max_length=20)
    yes_facts = models.TextField()

    class Meta:
        """The last row of a call tells whether a new assessment differs."""

        db_table = "assessment_made"
        indexes: ClassVar = [models.Index(fields=["ref", "entry"], name="assessment_by_ref")]


class DecisionMade(models.Model):
    """Which links of the chain hold the decisions of named people on a call."""

    entry = RowNumber(primary_key=True)
    ref = models.CharField(max_length=100)
    decided_at = MomentField()
    by = models.CharField(max_length=200)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=60, null=True)
    recommended_ms = models.BigIntegerField(null=True)
    awaits = models.BooleanField(default=False)

    class Meta:
        """A named person decides.

        ``accepted`` is null for an approval, which is no choice of its own; ``recommended_ms`` is for how long the
        grade and attendance that were recommended had stood; ``awaits`` is true while this is the call's last
        decision and a supervisor has not said anything to it.
        """

        db_table = "decision_made"
        indexes: ClassVar = [
            models.Index(fields=["ref", "entry"], name="decision_by_ref"),
            models.Index(fields=["entry"], name="decision_awaits", condition=models.Q(awaits=True)),
        ]


class BurstReviewed(models.Model):
    """That a supervisor looked at many contacts of one person in a short time: one review a person and day."""

    ref = models.CharField(max_length=100)
    on_day = models.DateField()
    by = models.CharField(max_length=200)
    at = MomentField()

    class Meta:
        """By the call at which it was looked at; contacts of the same person and day that come later join it."""

        db_table = "burst_reviewed"
        indexes: ClassVar = [models.Index(fields=["on_day"], name="burst_by_day")]

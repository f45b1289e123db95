"""The tables of accounts: people, their sessions and conflicts, and the tokens of systems.

Of a password, a session and a token only a hash is kept: whoever reads the store can come in by none of them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from everycall.store.moments import MomentField
from everycall.store.row_number import RowNumber


class Account(models.Model):
    """A person who may sign in; ``subject`` is who they are at the force's own sign-in (OpenID Connect)."""

    name = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    district = models.CharField(max_length=200, null=True)
    password = models.CharField(max_length=200, null=True)
    subject = models.CharField(max_length=500, null=True)
    made_at = MomentField()
    closed_at = MomentField(null=True)
    failed = models.IntegerField(default=0)
    locked_until = MomentField(null=True)

    class Meta:
        """Names are lower case, so that one person has one account."""

        db_table = "account"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="one_account_a_name"),
            models.UniqueConstraint(fields=["subject"], name="one_account_a_subject"),
        ]


class SignedIn(models.Model):
    """A session: one person at one screen, until it ends."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    account_id = models.BigIntegerField(db_index=True)
    made_at = MomentField()
    seen_at = MomentField()

    class Meta:
        """The key itself is in the cookie alone."""

        db_table = "signed_in"


class SystemToken(models.Model):
    """A token by which another system comes in, with what it may do there."""

    label = models.CharField(max_length=16)
    system = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    scopes = models.TextField()
    made_at = MomentField()
    expires_at = MomentField(null=True)
    revoked_at = MomentField(null=True)

    class Meta:
        """Found by its label, the part of it that is no secret."""

        db_table = "system_token"
        constraints: ClassVar = [models.UniqueConstraint(fields=["label"], name="one_token_a_label")]


class Conflict(models.Model):
    """That a member of staff is a party to, or a neighbour in, what is told of a person or an address."""

    account_id = models.BigIntegerField(db_index=True)
    party = models.TextField()
    why = models.CharField(max_length=200)
    known_from = MomentField()
    known_until = MomentField(null=True)

    class Meta:
        """``party`` is a person or an address as a call would name it."""

        db_table = "conflict"


class BrokenGlass(models.Model):
    """That somebody looked at a call they are in conflict with, and why; each is an alert until it is seen."""

    account_id = models.BigIntegerField()
    ref = models.CharField(max_length=100)
    why = models.CharField(max_length=500)
    at = MomentField()
    until = MomentField()
    seen_by = models.CharField(max_length=100, null=True)
    seen_at = MomentField(null=True)

    class Meta:
        """Looked up by account and call."""

        db_table = "broken_glass"
        indexes: ClassVar = [models.Index(fields=["account_id", "ref"], name="glass_by_account")]


class ProcessingLink(models.Model):
    """By what a link of the processing log is looked for: who, for which call, when, and what was done (bits).

    Which records it tells of stands in its text in the record, and by a short number each in ``processing_key``, which
    the migrations make.
    """

    entry = RowNumber(primary_key=True)
    operations = models.SmallIntegerField()
    for_call = models.CharField(max_length=100, null=True)
    by = models.CharField(max_length=200)
    at = MomentField()

    class Meta:
        """One row a link (DPA 2018 s.62)."""

        db_table = "processing_link"
        indexes: ClassVar = [models.Index(fields=["by", "for_call"], name="processing_link_by")]


class Webhook(models.Model):
    """Another system that asked to be told, where, and of what; the secret signs what it is sent."""

    url = models.CharField(max_length=500)
    events = models.TextField()
    secret = models.CharField(max_length=64)
    inside = models.BooleanField()
    made_at = MomentField()
    ended_at = MomentField(null=True)

    class Meta:
        """The secret stands here as it is: a hash could sign nothing."""

        db_table = "webhook"


class WebhookMessage(models.Model):
    """One thing to be told to one system, until it was, or was given up."""

    webhook_id = models.BigIntegerField()
    event_id = models.CharField(max_length=64)
    body = models.TextField()
    made_at = MomentField()
    tries = models.IntegerField()
    next_at = MomentField(null=True)
    sent_at = MomentField(null=True)
    why_not = models.CharField(max_length=100, null=True)

    class Meta:
        """The same event is told once; without ``next_at`` it was sent, or given up."""

        db_table = "webhook_message"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook_id", "event_id"], name="one_message_an_event"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="message_due", condition=models.Q(next_at__isnull=False)),
        ]

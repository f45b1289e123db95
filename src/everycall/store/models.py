"""The tables: what was said, by whom, what was known from when, and what was recorded.

``known_from`` and ``known_until`` say when the store knew a thing, apart from when it happened, so that a past
assessment can be made again with what was known then.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from everycall.store.moments import MomentField
from everycall.store.row_number import RowNumber, RowOf


class Known(models.Model):
    """Something the store knew from one moment on, until it was replaced."""

    known_from = MomentField()
    known_until = MomentField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True


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


class Flag(Known):
    """What another system knows about a person or an address."""

    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=60)
    source = models.CharField(max_length=500)
    recorded_on = models.DateField()
    expires_on = models.DateField(null=True)
    text = models.TextField()
    sensitive = models.BooleanField()
    payload = models.TextField()

    class Meta:
        """Told again, the same flag makes nothing."""

        db_table = "flag"


class Mention(Known):
    """A person or place as one call, or one flag, names it, in normal form."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, null=True, related_name="mentions")
    flag = models.ForeignKey(
        Flag, on_delete=models.CASCADE, null=True, related_name="mentions", db_index=False
    )
    which = models.CharField(max_length=20)
    role = models.CharField(max_length=20, null=True)
    forenames = models.CharField(max_length=600)
    surname = models.CharField(max_length=600, null=True)
    born = models.CharField(max_length=10, null=True)
    age = models.IntegerField(null=True)
    phone = models.CharField(max_length=20, null=True)
    email = models.CharField(max_length=500, null=True)
    postcode = models.CharField(max_length=10, null=True)
    dwelling = models.CharField(max_length=600, null=True)
    building = models.CharField(max_length=600, null=True)
    street = models.CharField(max_length=600, null=True)
    uprn = models.CharField(max_length=12, null=True)
    place = models.CharField(max_length=600, null=True)

    class Meta:
        """The people and places of the history."""

        db_table = "mention"
        indexes: ClassVar = [
            models.Index(fields=["flag"], name="mention_of_flag", condition=models.Q(flag__isnull=False))
        ]


class SamePerson(Known):
    """A person's word that two calls' victims are, or are not, one human."""

    ref_a = models.CharField(max_length=100, db_index=True)
    ref_b = models.CharField(max_length=100, db_index=True)
    same = models.BooleanField()
    by = models.CharField(max_length=200)

    class Meta:
        """Binds for ever; a later word replaces it and both are kept."""

        db_table = "same_person"


class Area(Known):
    """A beat, ward or neighbourhood."""

    area_id = models.CharField(max_length=100, db_index=True)
    name = models.CharField(max_length=200)
    geometry = models.TextField()

    class Meta:
        """GeoJSON geometry, degrees."""

        db_table = "area"


class Place(models.Model):
    """A postcode's or UPRN's position, in degrees."""

    key = models.CharField(max_length=20, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    known_from = MomentField()

    class Meta:
        """Looked up by ``postcode:PE13 9ZZ`` or ``uprn:123``."""

        db_table = "place"


class Priority(Known):
    """A local priority as agreed, drafted or discharged."""

    priority_id = models.CharField(max_length=100, db_index=True)
    payload = models.TextField()

    class Meta:
        """The payload is the priority as in the contract."""

        db_table = "priority"


class StreetIncident(models.Model):
    """A published incident of month precision: for rates and maps, never for matching a person or a place."""

    month = models.CharField(max_length=7, db_index=True)
    category = models.CharField(max_length=100)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    lsoa = models.CharField(max_length=20, null=True)
    street = models.CharField(max_length=200, null=True)
    outcome = models.CharField(max_length=200, null=True)
    file_sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        """From data.police.uk."""

        db_table = "street_incident"


class KeptVersion(models.Model):
    """A policy pack, lexicon or model, kept whole under its hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    files = models.TextField()
    known_from = MomentField()

    class Meta:
        """With it an assessment of long ago can be made again."""

        db_table = "kept_version"


class Setting(models.Model):
    """What the store was made with: the policy pack's name or folder."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.TextField()

    class Meta:
        """A few rows."""

        db_table = "setting"


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


class PersonOf(models.Model):
    """Which person a mention was found to be of, and which mentions it hangs together with at all."""

    mention = RowNumber(primary_key=True, db_column="mention_id")
    person = models.BigIntegerField(db_column="person_id", db_index=True)
    component = models.BigIntegerField(db_column="component_id", db_index=True)

    class Meta:
        """Made by the sweep; it can be made again, the numbers of persons cannot."""

        db_table = "person_of"


class PersonChange(models.Model):
    """Mentions that passed from one person to another: two found to be one, or one found to be two."""

    at = MomentField()
    kind = models.CharField(max_length=20)
    from_person = models.BigIntegerField(db_index=True)
    to_person = models.BigIntegerField(db_index=True)
    mentions = models.TextField()

    class Meta:
        """A log: rows are added, none is changed."""

        db_table = "person_change"


class PersonReview(models.Model):
    """What the sweep would not decide: a group held together by one pair, a very large one, words that contradict."""

    at = MomentField()
    why = models.CharField(max_length=20)
    mentions = models.TextField()

    class Meta:
        """Made anew by each sweep of the whole."""

        db_table = "person_review"

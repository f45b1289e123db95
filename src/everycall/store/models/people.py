"""Who was named: flags, the people and places of the history in normal form, and which human each is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from everycall.store.models.calls import Call
from everycall.store.models.known import Known
from everycall.store.moments import MomentField
from everycall.store.row_number import RowNumber


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
    town = models.CharField(max_length=600, null=True)
    house_name = models.CharField(max_length=600, null=True)
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

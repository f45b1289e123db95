"""What the store works with: its settings, and the policies, lexicons and models it was ever worked with."""

from __future__ import annotations

from django.db import models

from everycall.store.moments import MomentField


class Setting(models.Model):
    """What the store was made with: the policy pack's name or folder."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.TextField()

    class Meta:
        """A few rows."""

        db_table = "setting"


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

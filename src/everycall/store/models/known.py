"""Something the store knew from one moment on, until it was replaced: what most tables have in common."""

from __future__ import annotations

from django.db import models

from everycall.store.moments import MomentField


class Known(models.Model):
    """Something the store knew from one moment on, until it was replaced."""

    known_from = MomentField()
    known_until = MomentField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True

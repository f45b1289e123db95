"""Who has looked at some records: by person, when first and last, how often, and why; from the processing log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.access import logged

_MOST = 500


@dataclass(frozen=True, slots=True)
class Look:
    """What one person did to some records of those asked for."""

    by: str
    operations: tuple[str, ...]
    records: int
    first: datetime
    last: datetime
    why: str | None


def who_looked(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> tuple[Look, ...]:
    """Return who did something to these records, the latest first; of each the reason given last."""
    by_name: dict[str, list[logged.Logged]] = {}
    for one in logged.entries(connection, about=refs, limit=_MOST):
        by_name.setdefault(one.by, []).append(one)
    looks = [
        Look(
            by,
            tuple(sorted({one.operation for one in every})),
            len({one.about for one in every}),
            min(one.at for one in every),
            max(one.at for one in every),
            every[0].justification,
        )
        for by, every in by_name.items()
    ]
    return tuple(sorted(looks, key=lambda look: (look.last, look.by), reverse=True))

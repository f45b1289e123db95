"""Those whom checked calls name are read by other processes while the calls before them are stored.

Reading names and addresses is the dearest part of an import, and storing is the work of one process: side by side they
take both cores of a small machine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from everycall.loading.checking import Kept
from everycall.loading.processes import Helpers
from everycall.loading.ready import People, read_people, read_people_to_copy
from everycall.loading.spool import Place, Spool

_AHEAD = 8
"""Batches for each process that are given out: enough to be busy while keys are sorted."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A checked batch whose people were read: where its parts stand in the spool."""

    kept: Kept
    many: Place
    keys: Place
    owners: Place
    mentions: Place


class ReadingAhead:
    """The batches of checked files, in their order, their people read as far ahead as processes come.

    Parameters
    ----------
    kept
        All batches that will be asked for.
    to_copy
        Whether they were made ready to be copied by PostgreSQL.
    """

    def __init__(self, kept: Sequence[Kept], spool: Spool, helpers: Helpers, to_copy: bool) -> None:
        self._spool = spool
        read = read_people_to_copy if to_copy else read_people
        self._read = helpers.in_order(read, (spool.read(one.named) for one in kept), ahead=_AHEAD)
        self._unread = deque(kept)
        self._there: deque[Batch] = deque()

    def collect(self) -> None:
        """Keep aside what was read meanwhile, and give out more; waits for nothing."""
        while self._unread and self._read.is_there():
            self._keep()

    def next(self, many: int) -> list[Batch]:
        """Return the next so many batches, waiting until they are read."""
        while len(self._there) < many:
            self._keep()
        return [self._there.popleft() for _ in range(many)]

    def _keep(self) -> None:
        people: People = next(self._read)
        self._there.append(Batch(self._unread.popleft(), *[self._spool.keep(part) for part in people]))

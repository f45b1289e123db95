"""Making a thread that answers ready: its connection is open and its queries are planned before anybody waits."""

from __future__ import annotations

import logging

from everycall.access import logged_in_one_go
from everycall.errors import EverycallError
from everycall.long_running import try_one
from everycall.serving.ground import Ground
from everycall.store import in_one_go

_log = logging.getLogger(__name__)

_PLANNED_AFTER = 6
"""PostgreSQL plans a query anew so often before it keeps one plan for all values."""


def get_thread_ready(ground: Ground) -> None:
    """Open this thread's connection and assess an invented call a few times; nothing is stored.

    A store that cannot be reached now is found to be so by the first request.
    """
    try:
        force = ground.force()
        in_one_go.offered(force.store.connection)
        logged_in_one_go.offered(force.store.connection)
        for _ in range(_PLANNED_AFTER if force.store.connection.vendor == "postgresql" else 1):
            try_one(force, ground.clock())
    except EverycallError as error:
        _log.warning("a thread could not get ready: %s", error.message)

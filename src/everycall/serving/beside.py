"""What one process does beside those that answer: it records what waited, and sends what others asked to be told."""

from __future__ import annotations

import logging
import time

from everycall.errors import EverycallError
from everycall.serving.announcing import send
from everycall.serving.away import bring_back
from everycall.serving.ground import Ground

_log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0


def work_beside(ground: Ground) -> None:
    """Look every second whether there is something to do, until told to stop."""
    while True:
        for what in (bring_back, send):
            try:
                what(ground)
            except EverycallError as error:
                _log.warning("%s: %s", what.__name__, error.code)
            except Exception as error:  # noqa: BLE001 - one piece of work that fails must not end the others
                _log.error("%s: %s", what.__name__, type(error).__name__)
        time.sleep(EVERY_SECONDS)

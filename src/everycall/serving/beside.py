"""What one process does beside those that answer: it records what waited, and sends what others asked to be told."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from everycall.errors import EverycallError
from everycall.serving.announcing import send
from everycall.serving.away import bring_back
from everycall.serving.ground import Ground

_log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0


def work_beside(ground: Ground) -> None:
    """Look every second whether there is something to do, until told to stop.

    Each in a thread of its own: systems that are slow to be told hold up no call that waits to be recorded. Told to
    stop it ends at once, as if it were killed: nothing is lost then, while an exception in the middle of a transaction
    could come out as another one, be taken for work that failed, and be tried again.
    """
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(0))
    telling = threading.Thread(target=_again_and_again, args=(send, ground), name="telling", daemon=True)
    telling.start()
    _again_and_again(bring_back, ground)


def _again_and_again(what: Callable[[Ground], object], ground: Ground) -> None:
    while True:
        try:
            what(ground)
        except EverycallError as error:
            _log.warning("%s: %s", what.__name__, error.code)
        except Exception as error:  # noqa: BLE001 - work that fails once is tried again
            _log.error("%s: %s", what.__name__, type(error).__name__)
        time.sleep(EVERY_SECONDS)

"""Who was let in lately: while the store is away, those go on, for a while, so that calls can be taken."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from hashlib import sha256

from everycall.access.viewer import Viewer

_SECONDS = 3_600.0
_MOST = 2_000


class Lately:
    """Tokens and sessions that were good when they were last looked up; only hashes are held, in memory."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[float, Viewer]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key: str, viewer: Viewer | None) -> None:
        """Hold what a key was good for; what is good for nothing is forgotten."""
        with self._lock:
            self._held.pop(_hash(key), None)
            if viewer is not None:
                self._held[_hash(key)] = (time.monotonic(), viewer)
                if len(self._held) > _MOST:
                    self._held.popitem(last=False)

    def get(self, key: str, seconds: float = _SECONDS) -> Viewer | None:
        """Return what a key was good for when it was looked up within so many seconds, an hour when not said."""
        with self._lock:
            since, viewer = self._held.get(_hash(key), (0.0, None))
        return viewer if viewer is not None and time.monotonic() - since < seconds else None

    def forget(self, key: str) -> None:
        """Forget a key: it was signed out."""
        with self._lock:
            self._held.pop(_hash(key), None)

    def forget_account(self, account: int) -> None:
        """Forget every key of a person."""
        with self._lock:
            for key in [key for key, (_, viewer) in self._held.items() if viewer.account == account]:
                del self._held[key]


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

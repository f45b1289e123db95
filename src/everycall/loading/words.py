"""Reading the logs of imported history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from everycall.force import Force
from everycall.loading.files import CHUNK, Told
from everycall.store import words
from everycall.store.writing import writing


def read_words(force: Force, clock: Callable[[], datetime], told: Told) -> int:
    """Read the logs of calls that are not yet read; stopped at any time it goes on where it was."""
    done = 0
    sha = force.policy.lexicon.sha256
    for chunk in words.unread(force.store.connection, sha, CHUNK):
        readings = [(number, force.policy.read(call)) for number, call, _ in chunk]
        with writing(force.store.connection):
            words.keep(force.store.connection, readings, sha, clock())
        done += len(chunk)
        told(len(chunk))
    return done

"""Reading the logs of imported history on every core; the parent alone writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from everycall.call import LogLine
from everycall.errors import PackError
from everycall.force import Force, Policy, load_policy
from everycall.loading.files import CHUNK, Told
from everycall.loading.processes import in_order
from everycall.localtime import to_local
from everycall.store import words
from everycall.store.importing import lightly
from everycall.vulnerability.words.reading import read

_FEW = 24
"""Chunks that are read here: a process takes a second or two to load the words."""


class Logs(NamedTuple):
    """A chunk of calls on its way to another process: the policy's folder and lexicon, and their payloads."""

    folder: str
    lexicon_sha256: str
    payloads: list[tuple[int, str]]


def read_words(force: Force, clock: Callable[[], datetime], told: Told, after: int = 0) -> int:
    """Read the logs of calls that are not yet read; stopped at any time it goes on where it was.

    Parameters
    ----------
    after
        Only versions of calls with greater numbers.
    """
    done = 0
    connection, sha = force.store.connection, force.policy.lexicon.sha256
    folder = str(force.policy.pack.directory)
    _policies[folder, sha] = force.policy
    logs = (Logs(folder, sha, chunk) for chunk in words.unread(connection, sha, CHUNK, after))
    with lightly(connection) as chunks:
        for rows in in_order(read_logs, logs, _FEW):
            with chunks.one():
                words.keep_rows(connection, rows, sha, clock())
            done += len(rows)
            told(len(rows))
    return done


def read_logs(logs: Logs) -> list[tuple[int, bool, bool, str]]:
    """Read the logs of some calls as a live call's log is read."""
    policy = _policy(logs.folder, logs.lexicon_sha256)
    ages = policy.indicators
    rows = []
    for number, payload in logs.payloads:
        call = json.loads(payload)
        reading = read(
            tuple(LogLine.model_validate(line) for line in call.get("log", ())),
            to_local(datetime.fromisoformat(call["received_at"]))[0],
            policy.lexicon,
            ages.older_weak_from,
            ages.older_strong_from,
            ages.child_under,
        )
        rows.append((number, *words.row_of(reading)))
    return rows


_policies: dict[tuple[str, str], Policy] = {}


def _policy(folder: str, lexicon_sha256: str) -> Policy:
    """Return the policy of a folder, loaded once in each process, with the very lexicon that was asked for.

    Raises
    ------
    PackError
        When the files were changed since the parent read them.
    """
    if (folder, lexicon_sha256) not in _policies:
        found = load_policy(Path(folder))
        if found.lexicon.sha256 != lexicon_sha256:
            raise PackError(
                "the words were changed while logs were being read; run 'everycall words read' again"
            )
        _policies[folder, lexicon_sha256] = found
    return _policies[folder, lexicon_sha256]

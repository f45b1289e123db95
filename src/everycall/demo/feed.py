"""The live feed of the made-up force: a folder of files in order of time, as ``everycall watch`` reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from everycall.demo.clock import Clock

SECONDS_PER_FILE = 300
"""A file holds what came in within five minutes and is named by their end (UTC); no news, no file."""


def write_feed(folder: Path, entries: Iterable[tuple[int, int, str]], clock: Clock) -> int:
    """Write what was told after the history, a call once when it came and again when it was closed.

    Parameters
    ----------
    folder
        Where; files of an earlier feed are removed.
    entries
        Second of the history at which it was told, the neighbourhood, and the line.

    Returns
    -------
    int
        How many files there are.
    """
    for leftover in folder.glob("calls-*.jsonl"):
        leftover.unlink()
    files = 0
    for slot, lines in groupby(sorted(entries), key=lambda entry: entry[0] // SECONDS_PER_FILE):
        at = clock.start + timedelta(seconds=(slot + 1) * SECONDS_PER_FILE)
        text = "".join(line for _, _, line in lines)
        (folder / f"calls-{at:%Y%m%dT%H%M%SZ}.jsonl").write_text(text, "utf-8", newline="")
        files += 1
    return files

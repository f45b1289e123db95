"""New calls to measure with: people and places of the history ring again, with logs of sixty words."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.built_store import SEED, UNTIL
from everycall.demo.force import read_lines

WORDS = 60


def live_calls(files: Path, many: int, named: str = "BENCH") -> list[dict[str, Any]]:
    """Return calls, each under ``call`` with the past call it was drawn from under ``drawn_from``.

    The calls follow the history: whoever rang often before rings often here too.

    Drawn from past calls, so a person with fifty calls is fifty times as likely as one with a single call: the
    dear cases are not left out. A third has no answers yet, as when a call has just begun.

    Parameters
    ----------
    named
        How their references begin: a store that has them already would take them for calls told again.
    """
    random = Random(f"{SEED}:live")
    drawn = _drawn(files / "calls.jsonl", random, many)
    early = islice(read_lines(files / "calls.jsonl"), 4_000)
    sentences = [line["text"] for call in early for line in call.get("log", [])]
    calls = []
    for number in range(many):
        one = drawn[number]
        at = UNTIL + timedelta(seconds=7 * (number + 1))
        words: list[str] = []
        while len(words) < WORDS:
            words += random.choice(sentences).split()
        call = {
            key: value
            for key, value in one.items()
            if key
            in ("source", "category", "behaviours", "location", "caller", "victims", "others", "answers")
        }
        if number % 3 == 0:
            call.pop("answers", None)
        text = " ".join(words[:WORDS])
        call |= {
            "ref": f"{named}-{number:05d}",
            "received_at": at.isoformat(),
            "log": [{"at": (at + timedelta(seconds=20)).isoformat(), "by": "C7200", "text": text}],
            "status": "open",
        }
        calls.append({"call": call, "drawn_from": one["ref"]})
    return calls


def _drawn(path: Path, random: Random, many: int) -> list[dict[str, Any]]:
    """Draw lines of a file by their number, again and again, without holding the file."""
    with path.open("rb") as file:
        lines = sum(1 for _ in file)
    wanted = [random.randrange(lines) for _ in range(many)]
    chosen = set(wanted)
    with path.open("rb") as file:
        read = {number: json.loads(line) for number, line in enumerate(file) if number in chosen}
    return [read[number] for number in wanted]


if __name__ == "__main__":  # python -m benchmarks.live_calls FILES MANY NAMED >LIVE.json
    drawn = live_calls(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4])
    print(json.dumps([one["call"] for one in drawn]))

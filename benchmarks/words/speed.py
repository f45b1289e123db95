"""How quickly logs are read, what the lexicon costs to load and to hold, and what a megabyte of text takes.

``python -m benchmarks.words.speed [PHRASES.jsonl]`` prints the figures, as JSON on the last line. Logs are made of the
lexicon's own examples, or of the texts of a file like the phrase bank, drawn at random and run together: every second
word or so is one that patterns name, which is more than in most logs. Times are of the processor, in milliseconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import thread_time
from typing import Any

from benchmarks.machine import memory_mib
from everycall.call import LogLine
from everycall.vulnerability.words.lexicon import Lexicon, default_directory, load
from everycall.vulnerability.words.reading import read

SEED = 20260601
FIRST, WARMING, WARM = 30, 300, 300
MEGABYTE = 1_000_000
PART = 60_000
"""Characters that a line of the large texts has: more than a log line may have."""
_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def measure(phrases: Path | None) -> dict[str, Any]:
    """Return the figures: milliseconds a log, seconds a megabyte and to load, MiB."""
    before, started = memory_mib(), thread_time()
    lexicon = load([default_directory()])
    figures: dict[str, Any] = {
        "lexicon": lexicon.version,
        "load_s": round(thread_time() - started, 3),
        "load_mib": round(memory_mib() - before, 1),
    }
    texts = _texts(phrases, lexicon)
    random = Random(SEED)
    long = [_joined(texts, 200, random) for _ in range(FIRST + WARMING + WARM)]
    figures["first_200_words_ms"] = _shares(_each(long[:FIRST], lexicon))
    _each(long[FIRST : FIRST + WARMING], lexicon)
    figures["200_words_ms"] = _shares(_each(long[-WARM:], lexicon))
    figures["60_words_ms"] = _shares(_each([_joined(texts, 60, random) for _ in range(WARM)], lexicon))
    figures["reading_mib"] = round(memory_mib() - before - figures["load_mib"], 1)
    words = MEGABYTE // 4
    plain = _joined(texts, words, random)
    endless = "".join(" " if letter in ".?!:;\n" else letter for letter in plain)
    named = sorted({word for text in texts for word in text.lower().split() if word.isalpha()})
    any_order = " ".join(random.choice(named) for _ in range(words))
    again = " ".join(["she is not very scared of him"] * words)
    for name, text in (
        ("plain", plain),
        ("without_ends", endless),
        ("words_in_any_order", any_order),
        ("the_same_again", again),
    ):
        parts = [text[at : at + PART] for at in range(0, MEGABYTE, PART)]
        figures[f"megabyte_{name}_s"] = round(sum(_each(parts, lexicon)) / 1000, 2)
    figures["most_mib"] = round(memory_mib() - before, 1)
    return figures


def _texts(phrases: Path | None, lexicon: Lexicon) -> list[str]:
    if phrases:
        return [json.loads(line)["text"] for line in phrases.read_text("utf-8").splitlines()]
    return [text for entry in lexicon.entries.values() for text in (*entry.examples, *entry.counter_examples)]


def _joined(texts: Sequence[str], words: int, random: Random) -> str:
    taken: list[str] = []
    while len(taken) < words:
        taken += random.choice(texts).split()
    return " ".join(taken[:words])


def _each(texts: Sequence[str], lexicon: Lexicon) -> list[float]:
    taken = []
    for text in texts:
        log = [LogLine(at=_AT, by="C7200", text=text)]
        started = thread_time()
        read(log, _AT, lexicon)
        taken.append((thread_time() - started) * 1000)
    return taken


def _shares(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        name: round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 2)
        for name, part in (("p50", 0.5), ("p99", 0.99), ("most", 1.0))
    }


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for key, value in found.items():
        print(f"{key.replace('_', ' ')}: {value}", file=sys.stderr)
    print(json.dumps(found))

"""How quickly logs are read, what the lexicon costs to load and to hold, and what a megabyte of text takes.

``python -m benchmarks.words.speed [PHRASES.jsonl]`` prints the figures, as JSON on the last line. Logs are made of the
lexicon's own examples, or of the texts of a file like the phrase bank, in an order drawn at random and run together:
more of their words are named by patterns than in most logs. No sentence of a measured log was read before. Times are
of the processor. Garbage is looked for as a server does (`everycall.long_running`).
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import mean
from time import thread_time
from typing import Any

from benchmarks.machine import memory_mib
from everycall.call import LogLine
from everycall.vulnerability.words.lexicon import Lexicon, default_directory, load
from everycall.vulnerability.words.reading import read

SEED = 20260601
FIRST = 30
"""Logs of 200 words that a process reads first; then half of the texts, then the measured logs of the others."""
PAUSES = 20
"""How often a log of 200 words is read while it is typed."""
MEGABYTE, PART = 1_000_000, 60_000
"""Characters of a large text, and of a line of it."""
_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def measure(phrases: Path | None) -> dict[str, Any]:
    """Return the figures: milliseconds a log, seconds a megabyte and to load, MiB."""
    before, started = memory_mib(), thread_time()
    lexicon = load([default_directory()])
    figures: dict[str, Any] = {
        "lexicon": lexicon.version,
        "patterns": sum(len(entry.terms) for entry in lexicon.entries.values()),
        "load_s": round(thread_time() - started, 3),
        "load_mib": round(memory_mib() - before, 1),
    }
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    texts = _texts(phrases, lexicon)
    Random(SEED).shuffle(texts)
    half = len(texts) // 2
    early = _logs(texts[:half], 200)
    figures["first_200_words_ms"] = _shares(_each(early[:FIRST], lexicon))
    _each(early[FIRST:], lexicon)
    late = len(texts) * 3 // 4
    figures["200_words_ms"] = _shares(_each(_logs(texts[half:late], 200), lexicon))
    figures["60_words_ms"] = _shares(_each(_logs(texts[late:], 60), lexicon))
    typed = _logs(texts[half:late], 200)[0].split()
    pauses = [" ".join(typed[: len(typed) * (at + 1) // PAUSES]) for at in range(PAUSES)]
    figures["typed_ms_a_pause"] = round(mean(_each(pauses, lexicon)), 2)
    figures["reading_mib"] = round(memory_mib() - before - figures["load_mib"], 1)
    for name, text in _large(texts).items():
        parts = [text[at : at + PART] for at in range(0, MEGABYTE, PART)]
        figures[f"megabyte_{name}_s"] = round(sum(_each(parts, lexicon)) / 1000, 2)
    figures["most_mib"] = round(memory_mib() - before, 1)
    return figures


def _large(texts: list[str]) -> dict[str, str]:
    """Return texts as logs are, without any end of a sentence, of the lexicon's words in any order, and all alike."""
    random = Random(SEED)
    many = MEGABYTE // 4
    words: list[str] = []
    while len(words) < many:
        words += random.choice(texts).split()
    plain = " ".join(words)
    named = sorted({word for text in texts for word in text.lower().split() if word.isalpha()})
    return {
        "plain": plain,
        "without_ends": "".join(" " if letter in ".?!:;\n" else letter for letter in plain),
        "words_in_any_order": " ".join(random.choice(named) for _ in range(many)),
        "the_same_again": " ".join(["she is not very scared of him"] * many),
    }


def _texts(phrases: Path | None, lexicon: Lexicon) -> list[str]:
    if phrases:
        return [json.loads(line)["text"] for line in phrases.read_text("utf-8").splitlines()]
    return [text for entry in lexicon.entries.values() for text in (*entry.examples, *entry.counter_examples)]


def _logs(texts: Sequence[str], words: int) -> list[str]:
    """Run texts together, each once, and cut them into logs."""
    all_words = [word for text in texts for word in text.split()]
    return [" ".join(all_words[at : at + words]) for at in range(0, len(all_words) - words + 1, words)]


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

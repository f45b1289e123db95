"""How many harmless logs the words find something strong in that a supervisor would not.

``python -m benchmarks.words.harmless [HARMLESS.jsonl]`` prints, as JSON, each half of `harmless_logs.jsonl`: how many
logs it has, and in how many of them at least one code is told strongly of the victim, the household or nobody named.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.words.halves import is_for_checking
from everycall.vulnerability.words.evaluate import found_in
from everycall.vulnerability.words.lexicon import Lexicon, default_directory, load


def measure(path: Path, lexicon: Lexicon) -> dict[str, dict[str, int]]:
    """Return, by half, the logs and those in which a label of ours is found strongly."""
    told = {half: {"logs": 0, "with a strong finding": 0} for half in ("read", "unread")}
    shown = {code for code, kind in lexicon.codes.items() if kind.kind == "indicator"}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "text" not in row:
                continue
            half = told["unread" if is_for_checking(row["text"]) else "read"]
            half["logs"] += 1
            half["with a strong finding"] += bool(found_in(row["text"], lexicon) & shown)
    return told


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("harmless_logs.jsonl")
    print(json.dumps(measure(given, load([default_directory()]))))

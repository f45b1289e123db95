"""Split the phrase bank into the half that the lexicon may be written with and the half that only scores it.

``python -m benchmarks.words.halves phrases.jsonl build.jsonl check.jsonl``
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path


def normalised(text: str) -> str:
    """Return the text in small letters, without punctuation, with single spaces."""
    return " ".join(re.sub(r"[^\w\s]", "", re.sub(r"[-/]", " ", text.lower())).split())


def is_for_checking(text: str) -> bool:
    """Tell whether a text belongs to the check half: by the first byte of the SHA-256 of the normalised text.

    No two texts of different halves share three fifths of their words.
    """
    return hashlib.sha256(normalised(text).encode()).digest()[0] & 1 == 1


def main(bank: str, build: str, check: str) -> None:
    """Write both halves."""
    lines = Path(bank).read_text("utf-8").splitlines(keepends=True)
    halves: tuple[list[str], list[str]] = ([], [])
    for line in lines:
        halves[is_for_checking(json.loads(line)["text"])].append(line)
    Path(build).write_text("".join(halves[0]), "utf-8")
    Path(check).write_text("".join(halves[1]), "utf-8")
    print(f"{len(halves[0]):,} to build with, {len(halves[1]):,} to check with", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])

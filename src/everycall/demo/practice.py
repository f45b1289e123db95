"""The practice book: what a trainer says as the caller, for each invented call, and what ought then to be found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from everycall.demo.force import read_lines

FILE = "practice.txt"


def write_practice(out: Path) -> Path:
    """Write the practice book beside a made-up force's files, from its new calls; return its path."""
    truths = {truth["ref"]: truth for truth in read_lines(out / "truth.jsonl") if "expect" in truth}
    lines = [
        "PRACTICE CALLS. Everybody in them is invented. The trainer is the caller; the trainee types at the screen.",
        "Say what stands under SAY, in your own words, and answer only what you are asked.",
    ]
    for number, call in enumerate(read_lines(out / "new-calls.jsonl"), 1):
        lines += ["", "", *_script(number, call, truths[call["ref"]])]
    path = out / FILE
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _script(number: int, call: dict[str, Any], truth: dict[str, Any]) -> Iterator[str]:
    yield f"{number}. By {call['source']}."
    caller = call.get("caller") or {}
    known = ("name", "phone", "date_of_birth", "address", "postcode")
    yield "YOU ARE   " + ", ".join(str(caller[name]) for name in known if caller.get(name))
    where = call.get("location") or {}
    if where.get("address") or where.get("postcode"):
        yield "WHERE     " + ", ".join(
            str(where[name]) for name in ("address", "postcode") if where.get(name)
        )
    for line in call["log"]:
        yield f"SAY       {line['text']}"
    for question, answer in sorted((call.get("answers") or {}).items()):
        yield f"IF ASKED  {question.replace('_', ' ')}: {answer.replace('_', ' ')}"
    yield f"SHOWS     {truth['shows']}"

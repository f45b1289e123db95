"""The tour: assess the new calls of a made-up force, show each, and say whether the truth agrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from everycall.assessment import Assessment
from everycall.cli.show import show
from everycall.demo.agrees import agrees
from everycall.demo.force import read_lines


@dataclass(frozen=True, slots=True)
class Toured:
    """How the tour went: calls assessed, expectations asked and met, and the calls that missed one."""

    calls: int
    expected: int
    met: int
    missed: tuple[str, ...]


def tour(
    out: Path,
    console: Console,
    assess: Callable[[dict[str, Any]], Assessment],
    in_full: str = "NEW-sixth_call",
) -> Toured:
    """Assess every new call of a made-up force in order of time and print each in its short form.

    Parameters
    ----------
    out
        The folder that `make_force` wrote.
    console
        Where to print.
    assess
        Assesses one call given as decoded JSON; its errors are not caught.
    in_full
        The ref of the one call that is shown in full.
    """
    truths = {truth["ref"]: truth for truth in read_lines(out / "truth.jsonl") if "expect" in truth}
    calls = expected = met = 0
    missed = []
    for call in read_lines(out / "new-calls.jsonl"):
        truth = truths[call["ref"]]
        assessment = assess(call)
        calls += 1
        console.print(Text(f"\n{calls}. {truth['shows']}", style="bold underline"))
        for line in call["log"]:
            console.print(Text(f'   "{line["text"]}"', style="italic"))
        show(
            assessment,
            console,
            full=call["ref"] == in_full,
            received_at=datetime.fromisoformat(call["received_at"]),
        )
        data = assessment.model_dump(mode="json", by_alias=True)
        wrong = [one for one in truth["expect"] if not agrees(data, one)]
        expected += len(truth["expect"])
        met += len(truth["expect"]) - len(wrong)
        if wrong:
            missed.append(call["ref"])
        console.print(_verdict(len(truth["expect"]), [one["path"] for one in wrong]))
    return Toured(calls, expected, met, tuple(missed))


def _verdict(asked: int, wrong: list[str]) -> Text:
    if not wrong:
        return Text(f"[=] The truth agrees on all {asked}.", style="green")
    text = f"[#] THE TRUTH DISAGREES on {len(wrong)} of {asked}: {', '.join(wrong)}."
    return Text(text, style="bold red")

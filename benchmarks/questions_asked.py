"""How many questions it takes until a call's assessment is settled, against asking all, on the made-up force.

The last calls of victims ring one after another, after all that came before them. What their answers would be follows
from the force's truth where it tells (whether they suffered before, what is so of them, who was named, what they
feel), and else from a seed with the shares below, which are invented. A call is settled when nothing is left to ask
that could change grade, attendance, duties or harm, or when the policy stops asking (an emergency, or not safe).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any

from everycall import codes
from everycall.assessment import Assessment
from everycall.call import read_call
from everycall.demo.force import read_lines
from everycall.force import Force
from everycall.store import calls, words
from everycall.store.store import Store
from everycall.store.writing import writing
from everycall.triage import assess

SILENT = 0.08
"""Share of questions that are answered "unknown" or "refused" (invented)."""

YES = {
    "immediate_danger": 0.04, "weapon_or_violence_now": 0.04, "threat_made": 0.15, "happening_now": 0.5,
    "suspect_present": 0.2, "getting_worse": 0.3, "known_perpetrator": 0.4, "reported_elsewhere": 0.3,
    "targeted": 0.15, "hate": 0.04, "frightened_now": 0.15,
}  # fmt: skip
"""Share of a yes where the truth tells nothing (invented)."""

NOT_SAFE = 0.01


def answers_of(call: dict[str, Any], truth: dict[str, Any], row: dict[str, str]) -> dict[str, str]:
    """Return what every question would be answered in this call."""
    random = Random(call["ref"])
    told = {*row["told"].split(), *row["true_circumstances"].split()}
    before = row["true_before"] == "yes"
    found = {one: "yes" if random.random() < share else "no" for one, share in YES.items()}
    for question, indicator in (
        ("targeted", "targeted"),
        ("hate", "hate_motivation"),
        ("frightened_now", "fear_or_impact"),
    ):
        if indicator in told:
            found[question] = "yes"
    if call.get("others"):
        found["known_perpetrator"] = "yes"
    found |= {
        "happened_before": "yes" if before else "no",
        "how_often": random.choice(("occasional", "monthly", "weekly", "daily")) if before else "first",
        "personal_circumstances": "yes" if row["true_circumstances"] else "no",
        "support_network": "isolated" if "alone_or_isolated" in told else random.choice(("close", "few")),
        "impact": "lot" if "fear_or_impact" in told else random.choice(("none", "little", "moderate")),
        "health_affected": "mental" if "fear_or_impact" in told and random.random() < 0.3 else "no",
        "who_is_affected": random.choice(("caller", "caller", "household", "community")),
    }
    for question in sorted(found):
        if random.random() < SILENT:
            found[question] = random.choice(("unknown", "refused"))
    found |= {
        one: answer for one, answer in call.get("answers", {}).items() if answer in codes.answers()[one]
    }
    return found | {"safe_to_talk": "no" if random.random() < NOT_SAFE else "yes"}


def ends_in(one: Assessment) -> tuple[str, str, tuple[str, ...], str]:
    """Return what decides: grade, attendance, duties, band of harm."""
    made = one.recommendation
    return made.grade, made.attendance, tuple(sorted(action.code for action in made.actions)), one.harm.band


def held_out(where: str, files: Path, most: int) -> tuple[Force, list[dict[str, Any]]]:
    """Take the force's history into a new store but for its last calls, which are returned."""
    Store.create(where, "england_and_wales").close()
    force = Force.open(where)
    told = list(read_lines(files / "calls.jsonl"))
    with writing(force.store.connection):
        keep(force, told[:-most])
    return force, told[-most:]


def keep(force: Force, some: list[dict[str, Any]]) -> None:
    """Keep calls as an import does, their logs read."""
    read = [read_call(one).call for one in some]
    known = datetime.fromisoformat(some[-1]["received_at"])
    taken = {one.ref: one.version_id for one in calls.take(force.store.connection, read, known)}
    readings = [(taken[call.ref], force.policy.read(call)) for call in read]
    words.keep(force.store.connection, readings, force.policy.lexicon.sha256, known)


def measure(where: str, files: Path, most: int) -> dict[str, Any]:
    """Ask each call what is next until nothing is, and all at once, and compare; then it is history too."""
    force, first = held_out(where, files, most)
    with (files / "truth" / "asked.csv").open(encoding="utf-8", newline="") as file:
        asked_rows = {row["ref"]: row for row in csv.DictReader(file)}
    truths = {one["ref"]: one for one in read_lines(files / "truth.jsonl")}
    every = len(force.policy.questions.question)
    counts: list[int] = []
    graded: list[int] = []
    which: Counter[str] = Counter()
    confirmed = differ = emergencies = unsafe = 0
    for call in first:
        truth, row = truths.get(call["ref"]), asked_rows.get(call["ref"])
        if truth is None or row is None or not truth["victims"]:
            with writing(force.store.connection):
                keep(force, [call])
            continue
        answers = answers_of(call, truth, row)
        now = datetime.fromisoformat(call["received_at"]) + timedelta(seconds=30)

        def at(given: dict[str, str], call: dict[str, Any] = call, now: datetime = now) -> Assessment:
            return assess(read_call({**call, "answers": given}), force, now, new_to_store=True).assessment

        given: dict[str, str] = {}
        one = at(given)
        way = [ends_in(one)[:2]]
        while one.ask_next:
            asked = next((ask for ask in one.ask_next if ask.question != "location"), None)
            if asked is None:
                break
            confirmed += asked.confirm is not None
            which[asked.question] += 1
            given[asked.question] = answers[asked.question]
            one = at(given)
            way.append(ends_in(one)[:2])
        counts.append(len(given))
        graded.append(next(n for n in range(len(way)) if all(later == way[n] for later in way[n:])))
        if answers["safe_to_talk"] == "no":
            unsafe += 1
        elif one.recommendation.grade == "emergency":
            emergencies += 1
        else:
            differ += ends_in(one) != ends_in(at(answers))
        with writing(force.store.connection):
            keep(force, [call])
    force.store.close()
    total = sum(counts)
    return {
        "calls": len(counts),
        "questions_in_the_pack": every,
        "asked_mean": round(mean(counts), 2),
        "asked_median": median(counts),
        "asked_most": max(counts),
        "grade_settled_after_mean": round(mean(graded), 2),
        "of_them_confirmed": round(confirmed / total, 3),
        "emergencies": emergencies,
        "not_safe_to_talk": unsafe,
        "ends_other_than_asking_all": differ,
        "share_of_calls_asked": {name: round(many / len(counts), 2) for name, many in which.most_common()},
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))

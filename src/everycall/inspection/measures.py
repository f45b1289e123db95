"""What a report counts: what was asked, who was recognised, which grade was given; each with its interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from everycall.inspection.form import QUESTIONS, Review
from everycall.policy.grades import Grades
from everycall.share import interval


@dataclass
class Share:
    """A share of calls: how many of how many."""

    many: int = 0
    of: int = 0

    def count(self, is_so: bool) -> None:
        """Count one call more."""
        self.many += is_so
        self.of += 1

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON, with the interval in which the share lies with 95 in 100."""
        low, high = interval(self.many, self.of) or (None, None)
        ends = {"low": low, "high": high}
        told = {name: None if end is None else round(end, 4) for name, end in ends.items()}
        return {"many": self.many, "of": self.of, **told}


MEASURES = {
    "asked happened before": "of ASB calls with a victim: it was asked whether it had happened before, and answered",
    "asked, refused or unknown: happened before": "it was asked, and the answer was refused or not known",
    "asked personal circumstances": "of the same: personal circumstances were asked about, and answered",
    "asked, refused or unknown: personal circumstances": "the answer was refused or not known",
    "repeat recognised": "of those found repeat victims, where the force marked either way: marked so",
    "repeat missed": "of the same: marked as none",
    "repeat marked, none found": "of those marked repeat victims: found none",
    "vulnerable recognised": "of those found vulnerable, where the force marked either way: marked so",
    "vulnerable missed": "of the same: marked as not",
    "vulnerable marked, none found": "of those marked vulnerable: found not",
    "grade agrees": "of calls with a grade that the pack knows: the grade recommended",
    "grade recommended higher": "of the same: a higher grade was recommended than given",
    "grade recommended lower": "of the same: a lower one",
    "could not look": "of all ASB calls: a part of the assessment could not look",
}
"""Every measure of the whole history, and of which calls it is a share. What was not known is in none of them."""


def is_asb(line: dict[str, Any]) -> bool:
    """Say whether a call is one of anti-social behaviour, or of no category."""
    return line["category"] is None or str(line["category"]).startswith("asb_")


def of_history(lines: Iterable[dict[str, Any]], grades: Grades) -> tuple[int, dict[str, Share]]:
    """Return how many calls of anti-social behaviour there are, and each measure of them."""
    found = {name: Share() for name in MEASURES}
    codes = {_plain(word): one.code for one in grades.grades for word in (one.code, one.name)}
    calls = 0
    for line in lines:
        if not is_asb(line):
            continue
        calls += 1
        found["could not look"].count(bool(line["could_not_look"]))
        if line["has_victim"]:
            for question, words in (
                ("happened_before", "happened before"),
                ("personal_circumstances", "personal circumstances"),
            ):
                put = line["asked"][question]
                found[f"asked {words}"].count(put == "answered")
                found[f"asked, refused or unknown: {words}"].count(put == "refused_or_unknown")
        for what in ("repeat", "vulnerable"):
            _recognised(found, what, line[f"is_{what}"], line[f"marked_{what}"])
        given = codes.get(_plain(line["grade_given"] or ""))
        if given is not None and line["grade"] in codes.values():
            difference = grades.rank(line["grade"]) - grades.rank(given)
            found["grade agrees"].count(difference == 0)
            found["grade recommended higher"].count(difference > 0)
            found["grade recommended lower"].count(difference < 0)
    return calls, found


def _recognised(found: dict[str, Share], what: str, is_so: str, marked: bool | None) -> None:
    if marked is None:
        return
    if is_so == "yes":
        found[f"{what} recognised"].count(marked)
        found[f"{what} missed"].count(not marked)
    if marked and is_so != "unknown":
        found[f"{what} marked, none found"].count(is_so == "no")


def _plain(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def of_reviews(reviews: Sequence[Review], marked: dict[str, dict[str, Any]]) -> dict[str, Share]:
    """Return what reviewers say; of a call reviewed twice the first review counts.

    Parameters
    ----------
    marked
        By reference what the force marked: the lines of the backfill.
    """
    found: dict[str, Share] = defaultdict(Share)
    first: dict[str, Review] = {}
    for one in reviews:
        first.setdefault(one.ref, one)
    for ref, one in first.items():
        for question in ("happened_before", "personal_circumstances"):
            if one.said[question] != "not_applicable":
                found[f"reviewed: put, {question}"].count(one.said[question] != "not_asked")
        if one.said["grade_right"] != "cannot_say":
            found["reviewed: grade right"].count(one.said["grade_right"] == "yes")
        for question, name in (("repeat_victim", "marked_repeat"), ("vulnerable", "marked_vulnerable")):
            mark = marked.get(ref, {}).get(name)
            if mark is not None and one.said[question] == "yes":
                found[f"reviewed: {question}, marked so"].count(bool(mark))
            if mark is not None and one.said[question] == "no":
                found[f"reviewed: not {question}, marked so"].count(bool(mark))
    return dict(sorted(found.items()))


def agreement(reviews: Sequence[Review]) -> dict[str, dict[str, Any]]:
    """Return for each question how far two reviewers of the same call agree: how often, and beyond chance.

    Cohen's kappa (1960, Educational and Psychological Measurement 20:37-46), which is low where nearly all calls are
    alike, and Gwet's AC1 (2008, Br J Math Stat Psychol 61:29-48), which is not; None where chance explains all.
    """
    by_call: dict[str, list[Review]] = defaultdict(list)
    for one in reviews:
        by_call[one.ref].append(one)
    pairs = [pair for found in by_call.values() for pair in combinations(found[:2], 2)]
    return {
        question: _agreement([(a.said[question], b.said[question]) for a, b in pairs])
        for question in QUESTIONS
    }


def _agreement(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    many = len(pairs)
    if not many:
        return {"pairs": 0, "agree": None, "kappa": None, "ac1": None}
    same = sum(a == b for a, b in pairs) / many
    said = {word for pair in pairs for word in pair}
    first = {word: sum(a == word for a, _ in pairs) / many for word in said}
    second = {word: sum(b == word for _, b in pairs) / many for word in said}
    by_chance = sum(first[word] * second[word] for word in said)
    middle = {word: (first[word] + second[word]) / 2 for word in said}
    gwet = sum(p * (1 - p) for p in middle.values()) / (len(said) - 1) if len(said) > 1 else 0.0
    return {
        "pairs": many,
        "agree": round(same, 4),
        "kappa": None if by_chance == 1 else round((same - by_chance) / (1 - by_chance), 4),
        "ac1": round((same - gwet) / (1 - gwet), 4),
    }

"""How often it goes on, as the log's own words tell it: counts beside the answer, the larger of the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TERM = re.compile(r"[a-z0-9]+(\|[a-z0-9]+)*\??( [a-z0-9]+(\|[a-z0-9]+)*\??)*")
"""The form of a term: words, alternatives with ``|``, a ``?`` after what may be left out."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The words that tell one answer to one question."""

    question: str
    answer: str
    points: int
    words: re.Pattern[str]


def pattern_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for all the terms (`TERM`), whatever the case, at whole words."""
    told = []
    for term in terms:
        pattern = r"\b"
        for number, word in enumerate(term.split(" ")):
            one = ("" if number == 0 else r"\W+") + f"(?:{word.rstrip('?')})" + r"\b"
            pattern += f"(?:{one})?" if word.endswith("?") else one
        told.append(pattern)
    return re.compile("|".join(told), re.IGNORECASE)


def heard(
    told: Iterable[Heard], texts: Iterable[str], answers: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return what the words answer: by question the answer of most points, and the words that tell it.

    Parameters
    ----------
    texts
        The words of what was found to be so (`repeat_or_escalating`, present and strong): denials and what is
        about somebody else were left out when the log was read.
    answers
        What was answered; words that tell no more than the answer are left out.

    Notes
    -----
    Source: contract, "The default pack's grades": strong words count as answers, for a yes only. Words never
    tell the first time, and where they and an answer differ, the larger counts ("Settled").
    """
    known = tuple(told)
    answered = {one.question: one.points for one in known if answers.get(one.question) == one.answer}
    found: dict[str, tuple[int, str, str]] = {}
    for text in texts:
        for one in known:
            least = found.get(one.question, (answered.get(one.question, 0), "", ""))[0]
            match = one.words.search(text) if one.points > least else None
            if match is not None:
                found[one.question] = (one.points, one.answer, match.group(0).lower())
    return {question: (answer, words) for question, (_, answer, words) in found.items()}

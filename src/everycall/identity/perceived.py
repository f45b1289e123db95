"""What the victim says about whether it has happened before: answers first, strong words beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from everycall.assessment import Disagreement, Reason, Truth

_EARLIER = frozenset({"occasional", "monthly", "weekly", "daily"})


@dataclass(frozen=True, slots=True)
class Perceived:
    """What is said, and where two sources differ."""

    truth: Truth
    disagreements: tuple[Disagreement, ...] = ()
    reasons: tuple[Reason, ...] = ()


def perceived(answers: Mapping[str, str], words: bool, has_victim: bool) -> Perceived:
    """Say whether the victim perceives themselves to be a repeat victim.

    Parameters
    ----------
    answers
        ``happened_before`` and ``how_often``; any ``how_often`` but the first implies that it happened before.
    words
        Whether the log's own words strongly say so.
    has_victim
        Without one, a passer-by's "it has happened before" makes a pattern of the place, not a repeat victim.
    """
    answer = answers.get("happened_before")
    yes = [
        text
        for holds, text in (
            (answer == "yes", "answered: it has happened before"),
            (answers.get("how_often") in _EARLIER, f"answered: it happens ({answers.get('how_often')})"),
            (words, "the log's own words say it has happened before"),
        )
        if holds
    ]
    if not has_victim:
        pattern = Reason(
            code="pattern_of_the_place", text="said by somebody who is no victim: a pattern of the place"
        )
        return Perceived(Truth.UNKNOWN, (), (pattern,) if yes else ())
    reasons = tuple(Reason(code="perceived", text=text) for text in yes)
    if yes and answer == "no":
        said_no = Disagreement(
            about="happened_before", says_yes="; ".join(yes), says_no="answered: no", counts_as=Truth.YES
        )
        return Perceived(Truth.YES, (said_no,), reasons)
    if yes:
        return Perceived(Truth.YES, (), reasons)
    return Perceived(Truth.NO if answer == "no" else Truth.UNKNOWN)

"""The questions of the force as they stand on the card: all of them in the order one talks, those to ask now marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from everycall import codes
from everycall.assessment import AskNext
from everycall.brief.wording import words
from everycall.questions.book import LOCATION
from everycall.serving import ground
from everycall.web.call.card import Card

KEYS = {"yes": "y", "no": "n", "unknown": "u", "refused": "r"}
"""The key of an answer; other answers have the digits in their order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its code, its words and its key."""

    code: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the card.

    Parameters
    ----------
    turn
        Which of those to ask now it is, from 1; 0: it need not be asked now.
    confirm
        What is known and only to be confirmed.
    ways
        How to ask it in this call where that is not the plain way: of a child, through an interpreter, by text.
    """

    code: str
    text: str
    why: str
    turn: int
    confirm: str | None
    could_change: str
    ways: Mapping[str, str]
    answer: str | None
    choices: tuple[Choice, ...]


def questions(card: Card) -> list[Asked]:
    """Return all questions of the pack, in its order."""
    now = {one.question: (turn, one) for turn, one in enumerate(card.made.ask_next if card.made else (), 1)}
    answers = card.call.get("answers", {})
    asked = []
    for question in ground.ground().policy.questions.question:
        turn, one = now.get(question.code, (0, None))
        asked.append(
            Asked(
                question.code,
                one.text if one else question.text,
                one.why if one else question.why,
                turn,
                one.confirm if one else None,
                could_change(one) if one else "",
                one.ways if one else {},
                answers.get(question.code),
                () if question.code == LOCATION else choices(question.code),
            )
        )
    return asked


def choices(question: str) -> tuple[Choice, ...]:
    """Return the answers a question may have, in their published order."""
    made, digit = [], 0
    for code in codes.answers_in_order(question):
        if code not in KEYS:
            digit += 1
        made.append(Choice(code, words(code), KEYS.get(code) or str(digit)))
    return tuple(made)


def could_change(one: AskNext) -> str:
    """Return in words what the answer could change; empty: nothing, it is asked for its own sake."""
    return "; ".join(
        f"{words(what)} to {' or '.join(words(code) for code in to)}" for what, to in one.could_change.items()
    )

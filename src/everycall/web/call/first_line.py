"""The first line: what is said first, always in one order; each word of it opens its reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace

from everycall.brief.lines import Line, brief
from everycall.brief.marks import COULD_NOT_LOOK, DANGER, DO, FOUND, NONE, NOT_KNOWN
from everycall.web.call.card import Card

_STATES = {
    DANGER: "danger",
    DO: "do",
    FOUND: "found",
    NONE: "none",
    NOT_KNOWN: "unknown",
    COULD_NOT_LOOK: "could-not-look",
}

_DO_NOT_ASK = "not safe to talk: do not ask; what to do instead stands above"

_NOT_TOLD_YET = {
    "repeat": "needs a phone, an address, or a name with a birth date or an address",
    "vulnerable": "nothing found yet",
    "local": "where it happens is not told yet",
}
"""What is said of a part while nobody and no place has been told of."""

_NOT_SHOWN = "not shown to your role"


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the first line.

    Parameters
    ----------
    code
        Names the template of its reasons: ``call/why_CODE.html``.
    state
        The class that gives it its shape and colour.
    word
        The state in words, read aloud before the text.
    """

    code: str
    label: str
    state: str
    word: str
    text: str


def rows(card: Card) -> list[Row]:
    """Return the rows, most urgent first: DANGER and OPEN NOW only when so, the others always."""
    if card.made is None:
        return []
    told = [_row(line) for line in brief(card.made, card.received_at) if line.label != "PROBLEM"]
    if card.made.do_instead:
        told = [replace(row, text=_DO_NOT_ASK) if row.code == "ask" else row for row in told]
    if card.nothing_told:
        told = [_not_told_yet(row) for row in told]
    if not card.sees.all_classes:
        told = [_held_back(row) for row in told if row.code != "ask"]
    if not card.sees.history:
        told = [_in_conflict(row) if row.code == "repeat" else row for row in told]
    return told


def _row(line: Line) -> Row:
    return Row(
        line.label.lower().replace(" ", "_"), line.label, _STATES[line.mark], line.mark.word, line.text
    )


def _not_told_yet(row: Row) -> Row:
    """Return a row as it is on a card on which nothing stands yet: not known, since nothing could have failed yet.

    In the assessment itself it stays ``could_not_look`` (contract); once anything is told, here too.
    """
    if row.code not in _NOT_TOLD_YET or row.state not in ("could-not-look", "none"):
        return row
    return Row(row.code, row.label, "unknown", NOT_KNOWN.word, f"{NOT_KNOWN.word}: {_NOT_TOLD_YET[row.code]}")


def _held_back(row: Row) -> Row:
    """Return a row without a text that would read as if nothing had been found."""
    if row.code not in ("vulnerable", "harm"):
        return row
    said = row.text.split(":")[0].split(",")[0]
    return Row(row.code, row.label, row.state, row.word, f"{said}: why is {_NOT_SHOWN}")


def _in_conflict(row: Row) -> Row:
    text = "earlier calls are not shown: you are in conflict with this call, or the store is away"
    return Row(row.code, row.label, "could-not-look", COULD_NOT_LOOK.word, text)

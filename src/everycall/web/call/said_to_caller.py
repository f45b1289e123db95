"""What must not be said to the caller: notices of other systems, protected addresses, what is known of a household."""

from __future__ import annotations

from everycall.access.protected import MARKER
from everycall.brief.wording import words
from everycall.web.call.card import Card


def not_to_be_said(card: Card) -> list[str]:
    """Return in sentences what a handler is told and the caller is not; empty: nothing of the kind is known."""
    if card.made is None:
        return []
    told = []
    has_marker = _has_marker(card)
    for one in card.made.notices:
        if one.in_force and not (has_marker and one.kind == "protected_address"):
            text = f": {one.text}" if one.text else ""
            since = f"{one.recorded_on.day} {one.recorded_on:%B %Y}"
            kind = words(one.kind)
            told.append(f"{kind[:1].upper()}{kind[1:]}, about the {one.about}{text} ({one.source}, {since})")
    if has_marker:
        told.append("An address on this call is protected: do not say, confirm or correct it")
    of_others = {
        words(one.indicator)
        for one in card.made.vulnerability.findings
        if one.source == "household" or one.who == "household"
    }
    if of_others:
        told.append(f"Known of others in the household: {', '.join(sorted(of_others))}")
    if card.made.vulnerability.about_others:
        told.append("The log tells something about somebody else than the victim")
    return told


def _has_marker(card: Card) -> bool:
    named = [
        card.call.get("caller"),
        card.call.get("location"),
        *card.call.get("victims", []),
        *card.call.get("others", []),
    ]
    return any(one.get("address") == MARKER for one in named if one)

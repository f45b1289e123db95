"""Masking who and where before a text leaves Everycall: every character in its place, so that quotations still fit."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "\u2588"
"""What stands for each masked character: as long as what it hides, and in no log."""

_STREETS = (
    "road|rd|street|st|lane|ln|avenue|ave|close|drive|way|court|crescent|cres|terrace|place|gardens|grove|walk|hill|row|"
    "square|mews|park|green|rise|view|house|lodge|cottage|farm|bungalows?"
)
_PLACES = (
    r"[\w.+-]+@[\w-]+\.[\w.-]+",  # email
    r"(?:https?://|www\.)\S+",
    r"\+?\d[\d ()-]{6,}\d",  # phones and other long numbers
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b",  # postcodes
    r"\b[a-z]{2}\d{2} ?[a-z]{3}\b",  # registration marks
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b",  # dates, so dates of birth
    rf"\b(?:flat \w+,? )?\d+[a-z]?,? (?:[a-z'-]+ ){{1,3}}(?:{_STREETS})\b",
    r"\b(?:flat|apartment|plot|unit|no|number) \d+[a-z]?\b",
    r"\b(?:mrs?|ms|miss|dr|mx|sir|rev|fr|sgt|pc|pcso|insp)\.? [a-z][\w'-]+(?: (?=[A-Z])[a-z][\w'-]+)?",
)
_ANY_PLACE = re.compile("|".join(_PLACES), re.IGNORECASE)
_PLAIN_STREET = re.compile(rf"\b(?:[A-Z][a-z'-]+ ){{1,3}}(?i:{_STREETS})\b")


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with names, phones, addresses, emails, marks and dates masked, character for character.

    Parameters
    ----------
    names
        Names that the call gives (of the caller, victims, others, streets), whole; each of their words is masked
        wherever it stands as a word. A name that the call does not give, without a title, is not known to be one.
    """
    out = _ANY_PLACE.sub(_hide, text)
    out = _PLAIN_STREET.sub(_hide, out)
    parts = sorted(
        {part for name in names for part in re.findall(r"[^\W\d_]{2,}", name)}, key=len, reverse=True
    )
    if parts:
        whole = "|".join(re.escape(part) for part in parts)
        out = re.sub(rf"(?<!\w)(?:{whole})(?!\w)", _hide, out, flags=re.IGNORECASE)
    return out


def _hide(found: re.Match[str]) -> str:
    return "".join(MASK if not one.isspace() else one for one in found.group())

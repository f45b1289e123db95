"""The text of an address as words: capitals, abbreviations written out, one list for each part between commas."""

from __future__ import annotations

import re

from everycall.identity.normalise.address_words import AddressWords
from everycall.identity.normalise.plain import plain_text
from everycall.identity.normalise.postcodes import Postcode, find_postcode

LONGEST = 600
_PO_BOX = re.compile(r"\bP\.?\s?O\.?\s?BOX\b")
_SLASHED = (
    (re.compile(r"\bC\s?/\s?[O0]\b"), " CAREOF "),
    (re.compile(r"\bO\s?/\s?S\b"), " OUTSIDE "),
    (re.compile(r"\bR\s?/\s?O\b"), " REAR OF "),
    (re.compile(r"\bJ\s?/\s?W\b"), " JW "),
    (re.compile(r"\bN\s?/\s?([KA])\b"), r" N\1 "),
)
_RANGE = re.compile(r"(?<=\d)([A-Z]?)\s*([-/])\s*(?=\d)")
_PARTS = re.compile(r"[,;:|\n\r()\[\]]+")
_WORD = re.compile(r"\d+[A-Z]?(?:[-/]\d+[A-Z]?)+(?![A-Z0-9])|[A-Z0-9]+|/")
_NUMBER = re.compile(r"\d{1,4}[A-Z]?(?:[-/]\d{1,4}[A-Z]?)*")
_STUCK = re.compile(r"([A-Z]{3,})(\d{1,4}[A-Z]?)")


def is_number(word: str) -> bool:
    """Say whether the word is a house number: 9, 21A, 12-14, 2/9."""
    return word[0].isdigit() and _NUMBER.fullmatch(word) is not None


def address_parts(text: str, words: AddressWords) -> tuple[list[list[str]], Postcode | None]:
    """Return the words of each part between commas, and the postcode that stood in the text (taken out).

    Apostrophes and full stops vanish, ``&`` is AND, ``12 - 14`` is 12-14, ``12 A`` is 12A before a word,
    ``NO 9`` is 9, ``ST`` is told apart as STREET and as saint.
    """
    plain = plain_text(text[:LONGEST]).upper()
    found = find_postcode(plain)
    if found:
        plain = f"{plain[: found[1]]},{plain[found[2] :]}"
    plain = plain.replace("'", "").replace("`", "").replace("&", " AND ")
    if "/" in plain:
        for pattern, whole in _SLASHED:
            plain = pattern.sub(whole, plain)
    if "BOX" in plain:
        plain = _PO_BOX.sub("POBOX", plain)
    if "-" in plain or "/" in plain:
        plain = _RANGE.sub(r"\1\2", plain)
    parts = [_whole_words(_WORD.findall(part), words) for part in _PARTS.split(plain)]
    return [part for part in parts if part], found[0] if found else None


def _whole_words(raw: list[str], words: AddressWords) -> list[str]:
    whole: list[str] = []
    last = len(raw) - 1
    skip = False
    for position, word in enumerate(raw):
        if skip:
            skip = False
            continue
        after = raw[position + 1] if position < last else ""
        if word in ("NO", "NUMBER", "NOS") and after and is_number(after):
            continue
        if (
            word.isdigit()
            and len(after) == 1
            and after.isalpha()
            and position + 2 <= last
            and len(raw[position + 2]) > 1
        ):
            whole.append(word + after)  # 12 A HIGH STREET
            skip = True
        elif word == "ST":
            whole.append("STREET" if _is_street(whole, after, words) else "ST")
        elif word in words.short and (whole or words.short[word] not in words.any_street):
            whole += words.short[word].split()
        elif word[-1].isdigit() and (stuck := _STUCK.fullmatch(word)) and stuck[1] in words.flat_or_short:
            whole += [words.short.get(stuck[1], stuck[1]), stuck[2]]  # FLAT2
        else:
            whole.append(word)
    return whole


def _is_street(before: list[str], after: str, words: AddressWords) -> bool:
    if not before or is_number(before[-1]):
        return False
    return not (
        after
        and (
            after in words.saints
            or (after.endswith("S") and len(after) > 3 and after not in words.any_street)
        )
    )

"""Postcodes in one form, with the slips of O for 0 and I for 1 put right by position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from everycall.identity.normalise.plain import plain_text

# Royal Mail's shapes (BS 7666, British Forces and GIR 0AA apart): A9, A99, AA9, AA99, A9A, AA9A, then 9AA.
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?")
_INWARD = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}")
# In a field of its own any two letters are taken: a slip (or an invented postcode) must still bring a home together.
_INWARD_AS_TYPED = re.compile(r"[0-9][A-Z]{2}")
# UNIT B1 1ST FLOOR holds no postcode.
_IN_TEXT = re.compile(r"\b([A-Z]{1,2}[0-9OIL][0-9A-Z]?)[ .-]*([0-9OIL][A-Z]{2})\b(?!\s*FL(?:OO)?R)")
_AREAS = frozenset(
    re.findall(
        r"[A-Z]+",
        "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN "
        "DT DY E EC EH EN EX FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY "
        "L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA "
        "SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV "
        "YO ZE",
    )
)
_TO_DIGIT = str.maketrans("OIL", "011")
_TO_LETTER = str.maketrans("01", "OI")
_FOREIGN = re.compile(r"[0-9]{4,6}|[0-9]{2}-[0-9]{3}|[0-9]{3} [0-9]{2,3}", re.ASCII)
_DIGIT = re.compile(r"[0-9]")
_NOT_KEPT = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Postcode:
    """A full postcode: ``full`` "PE13 9ZZ", ``district`` "PE13", ``sector`` "PE13 9"."""

    full: str
    district: str
    sector: str

    @property
    def area(self) -> str:
        """Return the letters at the front, "PE"."""
        return self.district[:2] if self.district[1].isalpha() else self.district[0]


def _made(outward: str, inward: str, shape: re.Pattern[str] = _INWARD) -> Postcode | None:
    inward = inward[0].translate(_TO_DIGIT) + inward[1:].translate(_TO_LETTER)
    # One or two letters, then a digit: which of the first three places is which follows from the known areas.
    for letters in (2, 1):
        area, rest = outward[:letters].translate(_TO_LETTER), outward[letters:]
        if area not in _AREAS or not 1 <= len(rest) <= 2:
            continue
        rest = rest[0].translate(_TO_DIGIT) + (
            rest[1:].translate(_TO_DIGIT) if rest[1:] in "OIL" else rest[1:]
        )
        district = area + rest
        if _OUTWARD.fullmatch(district) and shape.fullmatch(inward):
            return Postcode(f"{district} {inward}", district, f"{district} {inward[0]}")
    return None


@lru_cache(maxsize=65_536)
def read_postcode(text: str | None) -> Postcode | None:
    """Read a full postcode that stands alone in ``text``; None when there is none (a district alone is none).

    Case, spaces and punctuation do not matter. O and 0, I or L and 1 are put right where only one of them can
    stand. The shape is Royal Mail's and the area must exist; whether the postcode is in use is not checked.
    """
    if text is None:
        return None
    letters = _NOT_KEPT.sub("", plain_text(text[:60]).upper())
    if not 5 <= len(letters) <= 7 or _DIGIT.search(letters) is None:
        return None
    return _made(letters[:-3], letters[-3:], _INWARD_AS_TYPED)


def read_foreign_postcode(text: str | None) -> str | None:
    """Return a postcode of digits alone, as most countries have, for somebody from abroad; None for any other text.

    Nothing that is meant for a British postcode is taken: those hold letters.
    """
    if text is None:
        return None
    found = _FOREIGN.fullmatch(text.strip())
    return found[0].replace("-", "").replace(" ", "") if found else None


def find_postcode(text: str) -> tuple[Postcode, int, int] | None:
    """Find the last full postcode inside an address; at least two of its digits must be typed as digits.

    Parameters
    ----------
    text
        ASCII capitals, as `plain_text` and ``upper`` give them.

    Returns
    -------
    tuple[Postcode, int, int] | None
        The postcode and where in ``text`` it starts and ends.
    """
    found = None
    for match in _IN_TEXT.finditer(text):
        if len(_DIGIT.findall(match[0])) < 2:
            continue  # MELFORD is no slip for ME1F 0RD
        made = _made(match[1], match[2], _INWARD_AS_TYPED)
        if made:
            found = (made, match.start(), match.end())
    return found

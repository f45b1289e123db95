"""Telephone numbers that ring nowhere, and the many ways in which they are written."""

from __future__ import annotations

from random import Random

DRAMA = 1000
"""Numbers in each of Ofcom's two ranges for drama used here: 01632 960xxx and 07700 900xxx
(Ofcom, "Telephone numbers for use in TV and radio drama programmes")."""

KEPT_FOR_CAST = 900
"""From here up the numbers belong to the planted situations, so that nobody else has one by accident."""


class Phones:
    """Numbers handed out by index.

    Parameters
    ----------
    landlines
        How many landline numbers there are. Up to 900 they, and mobiles, are drama numbers; more are spread
        over the whole of 01632, an area code that belongs to no place. Beyond the pool numbers are shared.
    """

    def __init__(self, landlines: int = KEPT_FOR_CAST) -> None:
        self._landlines = max(1, landlines)

    def landline(self, index: int) -> str:
        """Return the landline of household ``index`` as ``01632960114``."""
        number = index % self._landlines
        if self._landlines <= KEPT_FOR_CAST:
            return f"01632960{number * 7 % KEPT_FOR_CAST:03d}"
        # 960 times a thousand is left out, so that no household meets the planted situations' numbers.
        spread = number % 959_000
        return f"01632{spread:06d}"

    def mobile(self, index: int) -> str:
        """Return the own number of person ``index`` as ``07700900231``; there are only 900.

        In a large force 900 numbers would make strangers share one, which real people do not: there it is a
        number of 01632 behind the landlines.
        """
        if self._landlines <= KEPT_FOR_CAST:
            return f"07700900{index * 7 % KEPT_FOR_CAST:03d}"
        return f"01632{(self._landlines + index) % 959_000:06d}"


def written_phone(number: str, random: Random) -> str:
    """Return a number as one log has it: national with or without spaces, ``+44`` or ``0044``."""
    code, middle, end = number[:5], number[5:8], number[8:]
    kind = random.random()
    if kind < 0.45:
        return f"{code} {middle} {end}"
    if kind < 0.7:
        return number
    if kind < 0.85:
        return f"+44 {code[1:]} {middle}{end}"
    if kind < 0.95:
        return f"0044{number[1:]}"
    return f"{code}-{middle}{end}"

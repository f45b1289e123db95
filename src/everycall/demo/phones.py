"""Telephone numbers that ring nowhere, and the many ways in which they are written."""

from __future__ import annotations

from everycall.demo.rates import Draw

KEPT_FOR_CAST = 900
"""From here up the numbers of each of Ofcom's ranges for drama, 01632 960xxx and 07700 900xxx, belong to the
planted situations, so that nobody else has one by accident (Ofcom, "Telephone numbers for use in TV and radio drama
programmes")."""

SPREAD = 959_000
"""Numbers of 01632 below 959xxx: a large force's. The code belongs to no place; only 960xxx is promised for drama."""


class Phones:
    """Numbers handed out one after the other.

    Parameters
    ----------
    landlines
        How many different landline numbers there are. Up to 900 they, and mobiles, are Ofcom's numbers for drama;
        more are spread over the whole of 01632. Beyond the pool strangers share numbers.
    first
        Where to begin, so that two neighbourhoods hand out different numbers.
    """

    def __init__(self, landlines: int = KEPT_FOR_CAST, first: int = 0) -> None:
        self._drama = landlines <= KEPT_FOR_CAST
        self._landlines = max(1, landlines)
        self._next = first

    def landline(self, index: int) -> str:
        """Return the landline with this index as ``01632960114``."""
        if self._drama:
            return f"01632960{index % self._landlines * 7 % KEPT_FOR_CAST:03d}"
        return f"01632{index % SPREAD:06d}"

    def mobile(self, index: int) -> str:
        """Return the mobile with this index as ``07700900231``; a large force has numbers of 01632 instead.

        There are only 900 for drama: in a large force strangers would share one, which real people do not.
        """
        return f"07700900{index * 7 % KEPT_FOR_CAST:03d}" if self._drama else self.landline(index)

    def new_landline(self) -> str:
        """Return the next landline."""
        self._next += 1
        return self.landline(self._next)

    def new_mobile(self) -> str:
        """Return the next mobile."""
        self._next += 1
        return self.mobile(self._next)


def written_phone(number: str, chance: Draw) -> str:
    """Return a number as one log has it: national with or without spaces, ``+44`` or ``0044``."""
    code, middle, end = number[:5], number[5:8], number[8:]
    kind = chance()
    if kind < 0.45:
        return f"{code} {middle} {end}"
    if kind < 0.7:
        return number
    if kind < 0.85:
        return f"+44 {code[1:]} {middle}{end}"
    if kind < 0.95:
        return f"0044{number[1:]}"
    return f"{code}-{middle}{end}"


def misheard_phone(number: str, chance: Draw) -> str:
    """Return the number with two of its last three digits changed round; it stays in its range."""
    if number[-1] == number[-2]:
        return number
    return number[:-2] + number[-1] + number[-2]

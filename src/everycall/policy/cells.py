"""The language of a table's cells: what a row asks of a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from everycall.assessment import Truth

NO: Final = 1
UNKNOWN: Final = 2
YES: Final = 4
ANY: Final = NO | UNKNOWN | YES

CELLS: Final[Mapping[str, int]] = {
    "yes": YES,
    "not no": YES | UNKNOWN,
    "no": NO,
    "not yes": NO | UNKNOWN,
    "": ANY,
}
"""Each cell with the values of the fact at which it is met (bits of NO, UNKNOWN and YES)."""

BIT_OF: Final[Mapping[Truth, int]] = {Truth.NO: NO, Truth.UNKNOWN: UNKNOWN, Truth.YES: YES}
"""The bit of each truth."""

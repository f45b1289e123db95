"""What one row of a table asks of the facts: a conjunction of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from everycall.errors import Problems, not_allowed
from everycall.policy.cells import ANY, CELLS, NO, UNKNOWN, YES
from everycall.policy.factbook import FactBook


def state_of(no: int, unknown: int, yes: int, width: int) -> int:
    """Return the state of ``width`` facts as one integer: the bits that are no, then unknown, then yes."""
    return no | unknown << width | yes << 2 * width


@dataclass(frozen=True, slots=True)
class Conditions:
    """The cells of one row, as sets of bits: the facts that must be yes, not no, no, and not yes."""

    yes: int = 0
    not_no: int = 0
    no: int = 0
    not_yes: int = 0

    def hold(self, yes: int, no: int) -> bool:
        """Return whether every cell is met, given the bits of the facts that are yes and that are no."""
        return not ((self.yes & ~yes) | (self.not_no & no) | (self.no & ~no) | (self.not_yes & yes))

    def possible(self, yes: int, no: int) -> bool:
        """Return whether every cell is met or its fact unknown: the row holds, or still could."""
        return not (((self.yes | self.not_no) & no) | ((self.no | self.not_yes) & yes))

    def not_at(self, width: int) -> int:
        """Return the states of ``width`` facts (`state_of`) at which some cell is not met.

        The row holds where none of them is so: one ``and``.
        """
        return state_of(self.yes | self.not_no, self.yes | self.no, self.no | self.not_yes, width)

    def tested(self) -> int:
        """Return the bits of all facts that a cell asks about."""
        return self.yes | self.not_no | self.no | self.not_yes

    def allowed(self, position: int) -> int:
        """Return the values (bits of NO, UNKNOWN, YES) that meet the cell of the fact at ``position``."""
        bit = 1 << position
        if self.yes & bit:
            return YES
        if self.not_no & bit:
            return YES | UNKNOWN
        if self.no & bit:
            return NO
        return NO | UNKNOWN if self.not_yes & bit else ANY


def read_conditions(where: str, cells: Mapping[str, str], book: FactBook, problems: Problems) -> Conditions:
    """Read the cells of the columns that are facts; every cell that is no such cell is a problem."""
    bits = {"yes": 0, "not no": 0, "no": 0, "not yes": 0, "": 0}
    for column, cell in cells.items():
        if column not in book.index:
            continue
        if cell not in CELLS:
            problems.add(where, f"{column}: {not_allowed(cell, [c for c in CELLS if c])}, or empty for any")
        else:
            bits[cell] |= 1 << book.index[column]
    return Conditions(bits["yes"], bits["not no"], bits["no"], bits["not yes"])

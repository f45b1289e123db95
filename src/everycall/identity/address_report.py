"""How much of a list of addresses is understood: the share with a number, flat or building, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from everycall.identity.normalise.addresses import KINDS, Kind, read_address

FOUND: frozenset[Kind] = frozenset(("house", "flat", "building", "business", "communal", "boat"))
"""Kinds in which a house number, a flat or a building was made out."""


@dataclass(frozen=True, slots=True)
class AddressReport:
    """What became of a list of addresses.

    Attributes
    ----------
    total
        Addresses read, empty ones included.
    kinds
        How many were of each kind; ``empty`` counts those that said nothing.
    with_house, with_flat, with_building
        How many had each; an address may have several.
    with_dwelling
        How many could be told apart as one home (this needs a postcode).
    """

    total: int
    kinds: Mapping[str, int]
    with_house: int
    with_flat: int
    with_building: int
    with_dwelling: int

    @property
    def recognised(self) -> int:
        """Return how many had a house number, a flat or a building."""
        return sum(self.kinds.get(kind, 0) for kind in FOUND)

    @property
    def share(self) -> float:
        """Return the recognised share, 0 to 1; 0 for an empty list."""
        return self.recognised / self.total if self.total else 0.0

    def lines(self) -> list[str]:
        """Return the report as lines of text, every kind told, the ones not recognised marked."""
        told = [f"{self.recognised} of {self.total} recognised ({self.share:.1%})"]
        for kind, count in sorted(self.kinds.items(), key=lambda item: (-item[1], item[0])):
            told.append(f"  {kind}: {count}" + ("" if kind in FOUND else " (no number, flat or building)"))
        told.append(f"  with house {self.with_house}, flat {self.with_flat}, building {self.with_building}")
        return told


def address_report(addresses: Iterable[str | tuple[str, str | None]]) -> AddressReport:
    """Read addresses, each alone or with its postcode, and count what was made out.

    Examples
    --------
    >>> address_report(["14 Larch Road", "Mill Lane"]).share
    0.5
    """
    kinds: Counter[str] = Counter()
    house = flat = building = dwelling = total = 0
    for item in addresses:
        text, postcode = (item, None) if isinstance(item, str) else item
        total += 1
        address = read_address(text, postcode)
        if address is None:
            kinds["empty"] += 1
            continue
        kinds[address.kind] += 1
        house += address.house is not None
        flat += address.flat is not None
        building += address.building is not None
        dwelling += address.dwelling is not None
    counts = {kind: kinds[kind] for kind in (*KINDS, "empty") if kinds[kind]}
    return AddressReport(total, counts, house, flat, building, dwelling)

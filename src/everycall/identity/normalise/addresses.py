"""Addresses in one form: which dwelling, in which house, and never one taken for the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from everycall.identity.normalise.address_draft import Reading
from everycall.identity.normalise.address_reading import read_words
from everycall.identity.normalise.address_text import LONGEST, address_parts
from everycall.identity.normalise.address_words import AddressWords, address_words
from everycall.identity.normalise.plain import plain_text
from everycall.identity.normalise.postcodes import Postcode, read_foreign_postcode, read_postcode

Kind = Literal[
    "house",
    "flat",
    "building",
    "business",
    "communal",
    "boat",
    "road_only",
    "crossing",
    "beside",
    "po_box",
    "postcode_only",
    "uprn_only",
    "unrecognised",
]
KINDS: tuple[Kind, ...] = (
    "house", "flat", "building", "business", "communal", "boat", "road_only", "crossing", "beside", "po_box",
    "postcode_only", "uprn_only", "unrecognised",
)  # fmt: skip
_NO_HOME = frozenset(("road_only", "crossing", "beside", "po_box", "postcode_only", "unrecognised"))


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or something happens.

    Attributes
    ----------
    uprn
        Unique Property Reference Number without leading zeros.
    postcode
        ``PE13 9ZZ``; the field's before the text's.
    flat
        ``2``, ``A``, ``FIRST FLOOR``, ``BASEMENT``, ``ROOM 3``, ``UNIT 4``; None when none is named, which
        means the building as a whole, not "no flats".
    house
        ``9``, ``21A``, ``12-14``.
    building
        The name of a house, block or firm.
    street, locality
        With the street word written out: ``BELLFIELD COURT``; locality is whatever follows.
    kind
        See `Kind`: ``beside`` is "outside 14 Larch Road"; ``communal`` a care home, hostel, hospital.
    """

    uprn: str | None
    postcode: str | None
    flat: str | None
    house: str | None
    building: str | None
    street: str | None
    locality: str | None
    kind: Kind

    @property
    def dwelling(self) -> str | None:
        """Return one stable key of this home, or None when it is not told apart from others.

        The UPRN where given, else the postcode with house and flat, or with flat and building. None beside a
        house, on a road, and for a communal building as a whole: those who live there are no household.
        """
        if self.kind == "communal" and self.flat is None:
            return None
        if self.uprn and self.kind not in ("beside", "crossing"):
            return f"UPRN {self.uprn}"
        return self.dwelling_by_words

    @property
    def dwelling_by_words(self) -> str | None:
        """Return the key of this home without the UPRN, so that a call that lacks one can be joined."""
        if self.postcode is None or self.kind in _NO_HOME or (self.kind == "communal" and self.flat is None):
            return None
        if self.house is None:
            where = self.building or (self.street if self.flat else None)
            return f"{self.postcode} {self.flat or ''}@{where}" if where else None
        if self.flat is None:
            return self.house_key
        if len(self.flat) == 1 and self.flat.isalpha() and self.house.isdigit():
            return f"{self.postcode} {self.house}{self.flat}{self._block}"  # FLAT A, 21 and 21A
        return f"{self.postcode} {self.flat}/{self.house}"

    @property
    def house_key(self) -> str | None:
        """Return one stable key of the house or building as a whole, whatever the flat."""
        if self.postcode is None or self.kind in ("crossing", "po_box", "road_only"):
            return None
        if self.house:
            return f"{self.postcode} {self.house}{self._block}"
        return f"{self.postcode} @{self.building}" if self.building else None

    @property
    def _block(self) -> str:
        # 2 BELLFIELD COURT may be flat 2 of the block: its key must be that of FLAT 2 BELLFIELD COURT.
        last = self.street.rsplit(" ", 1)[-1] if self.street else ""
        return f"@{self.street}" if last in address_words().buildings else ""

    @property
    def printed(self) -> str:
        """Return the address in normal form; `read_address` reads it as this same address."""
        flat = None
        if self.flat:
            flat = self.flat if " " in self.flat or self.flat in ("FLAT",) else f"FLAT {self.flat}"
        street = " ".join(part for part in (self.house, self.street) if part)
        parts = (flat, self.building, street, self.locality, self.postcode)
        return ", ".join(part for part in parts if part)


@lru_cache(maxsize=65_536)
def read_address(text: str | None, postcode: str | None = None, uprn: str | None = None) -> Address | None:
    """Read an address as a call taker types it.

    Parameters
    ----------
    text
        Anything: ``Flat 2 9 Bellfield Court``, ``2/9 Bellfield Ct, PE13 9ZY``, ``Rose Cottage, Mill Lane``.
    postcode
        The field beside it; one inside ``text`` is used when this is missing or is no postcode.
    uprn
        Unique Property Reference Number, digits.

    Returns
    -------
    Address | None
        None when nothing was given: no text, "NFA", "refused", and neither postcode nor UPRN.
    """
    told, inside = _read_text(plain_text(text[:LONGEST]).upper()) if text else (None, None)
    code = read_postcode(postcode) or inside
    full = code.full if code else read_foreign_postcode(postcode)
    number = uprn.strip().lstrip("0") or None if uprn else None
    if number is not None and not number.isdigit():
        number = None
    if told is None:
        if number or full:
            return Address(
                number, full, None, None, None, None, None, "uprn_only" if number else "postcode_only"
            )
        return None
    return Address(number, full, told.flat, told.house, told.building, told.street, told.locality, told.kind)


@lru_cache(maxsize=65_536)
def _read_text(plain: str) -> tuple[Address | None, Postcode | None]:
    """Return what the words of an address tell, without postcode and UPRN, and the postcode that stood there.

    Apart from the fields beside it, and in capitals: one address is typed with and without its postcode.
    """
    words = address_words()
    parts, inside = address_parts(plain, words)
    if not parts or " ".join(word for part in parts for word in part) in words.not_addresses:
        return None, inside
    if any(part[0] == "POBOX" or "POBOX" in part for part in parts):
        flat = [word for part in parts for word in part]
        box = flat[flat.index("POBOX") + 1 :]
        rest = " ".join(box[1:]) or None
        named = f"PO BOX {box[0]}" if box else "PO BOX"
        return Address(None, None, None, None, named, None, rest, "po_box"), inside
    crossing = _crossing(parts, words)
    if crossing:
        return Address(None, None, None, None, None, crossing, None, "crossing"), inside
    return _made(read_words(parts, words), words), inside


def _made(reading: Reading, words: AddressWords) -> Address:
    building = " ".join(reading.building).removeprefix("THE ") or None
    street = " ".join(word for word in reading.street if word != "/") or None
    return Address(
        None,
        None,
        reading.flat,
        reading.house,
        building,
        street,
        " ".join(word for word in reading.locality if word != "/") or None,
        _kind(reading, building, words),
    )


def _kind(reading: Reading, building: str | None, words: AddressWords) -> Kind:
    name = f" {building} " if building else ""
    if reading.beside and (reading.house or building or reading.street):
        return "beside"
    if name and any(phrase in name for phrase in words.communal):
        return "communal"
    if reading.of_business or (name and not words.businesses.isdisjoint(reading.building)):
        return "business"
    if name and reading.building[0] in words.boats:
        return "boat"
    if reading.flat and (reading.house or building or reading.street):
        return "flat"
    if reading.house and (reading.street or building or reading.locality):
        return "house"
    if building:
        return "building"
    return "road_only" if reading.street else "unrecognised"


def _crossing(parts: list[list[str]], words: AddressWords) -> str | None:
    """Return ``A ROAD & B STREET``, in alphabetical order, when two streets are named as a crossing."""
    flat = [word for part in parts for word in part]
    marked = any(word in words.junctions for word in flat)
    if not marked and "AND" not in flat and "/" not in flat:
        return None
    if any(word[0].isdigit() for word in flat):
        return None
    sides: list[list[str]] = [[]]
    for word in flat:
        if word in ("AND", "/", "WITH", "AT") or word in words.junctions:
            sides.append([])
        elif word not in ("OF", "THE", "CORNER") or sides[-1]:
            sides[-1].append(word)
    streets = []
    for side in sides:
        end = next((i + 1 for i in range(len(side) - 1, 0, -1) if side[i] in words.any_street), None)
        if end:
            streets.append(" ".join(side[:end]))
    if len(streets) < 2:
        return None
    if not marked and any(
        len(street.split()) > 3 or street.split()[-1] not in words.streets for street in streets
    ):
        return None  # KINGS CHASE SPORTS AND SOCIAL CLUB KINGS CHASE
    return " & ".join(sorted(streets))

"""Street-level files of data.police.uk: incidents by month, for rates and maps, never for matching."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from everycall.counted import counted
from everycall.errors import Problem, Problems, nearest
from everycall.intake.checked import Checked, Entry, Some, check, usable
from everycall.intake.files import Source, look_at
from everycall.intake.table import first_row, read_table_rows

COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
    "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
"""Source: data.police.uk/about, "CSV columns"; a file without a header has all twelve in this order."""

_NEEDED = ("Month", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "Crime type")
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_BRITAIN_AND_IRELAND = ((-11.0, 3.0), (49.0, 61.5))
"""Longitudes and latitudes between which the United Kingdom lies, with a margin."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, as published: to the month, and to a shared map point that is nobody's address.

    Parameters
    ----------
    month
        The first day of the month.
    force
        The force in whose area it falls.
    category
        The published kind, such as ``Anti-social behaviour``.
    longitude, latitude
        Degrees, WGS84, of a map point shared by eight addresses or more; None where none was published.
    lsoa, street, outcome
        The small area's code, ``On or near ...``, and the last outcome; None where not published.
    """

    month: date
    force: str
    category: str
    longitude: float | None
    latitude: float | None
    lsoa: str | None
    street: str | None
    outcome: str | None


def check_police_uk(path: Path) -> Checked:
    """Read a whole file and say what is wrong with it; how many rows have no position is a note.

    Raises
    ------
    InputError
        When the file as a whole cannot be used.
    """
    source = look_at(path, ("CSV",))
    afterwards = Some()
    return check(source, _counting(source, _read(source), afterwards), afterwards)


def stream_police_uk(path: Path, skip_bad_to: Path | None = None) -> Iterator[Incident]:
    """Return the incidents of a file one at a time; ``skip_bad_to`` as in `stream_calls`."""
    source = look_at(path, ("CSV",))
    for _, incident in usable(source, _read(source), skip_bad_to):
        yield incident


def _counting(source: Source, entries: Iterator[Entry[Incident]], notes: Some) -> Iterator[Entry[Incident]]:
    nowhere = 0
    for entry in entries:
        nowhere += entry.item is not None and entry.item.longitude is None
        yield entry
    if nowhere:
        notes.add(
            [
                Problem(
                    source.name,
                    f"{counted(nowhere, 'row has', 'rows have')} no position: counted in rates, on no map",
                )
            ]
        )


def _read(source: Source) -> Iterator[Entry[Incident]]:
    first = first_row(source, ",")
    header = [cell.strip() for cell in first.cells]
    has_header = not (len(header) == len(COLUMNS) and _MONTH.fullmatch(header[1]))
    if has_header:
        _check_header(header, f"{source.name}:{first.number}")
    else:
        header = list(COLUMNS)
    rows = read_table_rows(source, ",")
    if has_header:
        next(rows)
    for row in rows:
        where = f"{source.name}:{row.number}"
        problems = Problems()
        incident = None
        if row.problem is not None:
            problems.add(where, row.problem)
        elif len(row.cells) != len(header):
            problems.add(
                where,
                f"has {counted(len(row.cells), 'cell')} where the file has {counted(len(header), 'column')}",
            )
        else:
            incident = _incident(dict(zip(header, row.cells, strict=True)), where, problems)
        yield Entry(row.number, None if len(problems) else incident, tuple(problems), (), row.cells)


def _check_header(header: list[str], where: str) -> None:
    problems = Problems()
    for needed in _NEEDED:
        if needed not in header:
            problems.add(where, f"the column '{needed}' is missing{nearest(needed, header)}")
    if len(set(header)) < len(header):
        problems.add(where, "a column stands twice")
    problems.raise_if_any(f"{where.partition(':')[0]} is not a street-level file of data.police.uk")


def _incident(cells: dict[str, str], where: str, problems: Problems) -> Incident | None:
    month, category = cells["Month"].strip(), cells["Crime type"].strip()
    if not _MONTH.fullmatch(month):
        problems.add(f"{where} column 'Month'", f"'{month[:20]}' is not a month like 2024-01")
        return None
    if not category:
        problems.add(f"{where} column 'Crime type'", "is empty")
    position = _position(cells["Longitude"].strip(), cells["Latitude"].strip(), where, problems)
    return Incident(
        date.fromisoformat(f"{month}-01"),
        cells["Falls within"].strip(),
        category,
        position[0],
        position[1],
        cells["LSOA code"].strip() or None,
        cells["Location"].strip() or None,
        cells.get("Last outcome category", "").strip() or None,
    )


def _position(
    east: str, north: str, where: str, problems: Problems
) -> tuple[float, float] | tuple[None, None]:
    if not east and not north:
        return None, None
    try:
        longitude, latitude = float(east), float(north)
    except ValueError:
        problems.add(f"{where} columns 'Longitude' and 'Latitude'", "must be two numbers, or both empty")
        return None, None
    if longitude == 0 and latitude == 0:
        return None, None
    (west, east_end), (south, north_end) = _BRITAIN_AND_IRELAND
    if not (west <= longitude <= east_end and south <= latitude <= north_end):
        swapped = (
            "; they look swapped" if west <= latitude <= east_end and south <= longitude <= north_end else ""
        )
        problems.add(
            f"{where} columns 'Longitude' and 'Latitude'",
            f"lie outside the United Kingdom (longitude {west:g} to {east_end:g}, latitude {south:g} to"
            f" {north_end:g}){swapped}",
        )
        return None, None
    return longitude, latitude

"""Files that say where a postcode or a UPRN is: Code-Point Open, OS Open UPRN, or a force's own table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from everycall.counted import counted
from everycall.errors import Problem, Problems
from everycall.intake.checked import Checked, Entry, Some, check, usable
from everycall.intake.files import Source, look_at
from everycall.intake.table import TableRow, find_delimiter, first_row, read_table_rows
from everycall.position import from_grid_many

_NAMES = {
    "postcode": ("postcode", "pc", "pcd", "pcds"),
    "uprn": ("uprn",),
    "quality": ("quality", "positional_quality_indicator", "pq"),
    "easting": ("easting", "eastings", "ea", "x_coordinate", "oseast1m"),
    "northing": ("northing", "northings", "no", "y_coordinate", "osnrth1m"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "long", "lon", "lng"),
}
"""Our column, and what others call it; capitals are not told apart, other columns are passed over."""

_CODE_POINT = ("postcode", "quality", "easting", "northing")
"""The first columns of Code-Point Open, which has no header (OS Code-Point Open technical specification)."""

_NO_POSITION = "90"
"""Positional quality of a postcode that has no coordinates (same specification)."""

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) *(\d[A-Z]{2})")
_UPRN = re.compile(r"\d{1,12}")
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a postcode's centre, or a property, is.

    Parameters
    ----------
    postcode, uprn
        One of the two: ``PE13 9CK`` in capitals with one space, or digits without leading zeros.
    easting, northing
        Metres, OSGB36 National Grid; None where the file gives degrees.
    longitude, latitude
        Degrees, WGS84.
    """

    postcode: str | None
    uprn: str | None
    easting: float | None
    northing: float | None
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class _Read:
    """A row before its grid point has been turned into degrees."""

    row: TableRow
    postcode: str | None = None
    uprn: str | None = None
    grid: tuple[float, float] | None = None
    degrees: tuple[float, float] | None = None
    problems: tuple[Problem, ...] = ()


def check_places(path: Path) -> Checked:
    """Read a whole file and say what is wrong with it; how many entries have no position is a note.

    Raises
    ------
    InputError
        When the file as a whole cannot be used: it is empty, no table, or its columns are not understood.
    """
    source = look_at(path, ("CSV",))
    afterwards = Some()
    return check(source, _read(source, afterwards), afterwards)


def stream_places(path: Path, skip_bad_to: Path | None = None) -> Iterator[Place]:
    """Return the places of a file one at a time (of one that stands twice the later row holds).

    Entries without a position are left out. ``skip_bad_to`` as in `stream_calls`.
    """
    source = look_at(path, ("CSV",))
    for _, place in usable(source, _read(source, Some()), skip_bad_to):
        yield place


def _read(source: Source, notes: Some) -> Iterator[Entry[Place]]:
    delimiter = find_delimiter(source, (), 0)
    first = first_row(source, delimiter)
    columns, has_header = _columns(first, source.name)
    rows = read_table_rows(source, delimiter)
    if has_header:
        next(rows)
    nowhere = 0
    while some := list(islice(rows, _AT_ONCE)):
        read = [_row(row, columns, len(first.cells), f"{source.name}:{row.number}") for row in some]
        placed = [one for one in read if one is not None]
        nowhere += len(read) - len(placed)
        yield from _places(placed, source.name)
    if nowhere:
        notes.add(
            [
                Problem(
                    source.name,
                    f"{counted(nowhere, 'entry has', 'entries have')} no position (quality 90, or 0, 0)",
                )
            ]
        )


def _columns(first: TableRow, name: str) -> tuple[dict[str, int], bool]:
    cells = [cell.strip().casefold() for cell in first.cells]
    found = {}
    problems = Problems()
    for ours, theirs in _NAMES.items():
        standing = [index for index, cell in enumerate(cells) if cell in theirs]
        if standing:
            found[ours] = standing[0]
    if not found and len(cells) >= 4 and _POSTCODE.fullmatch(cells[0].upper()) and cells[1].isdigit():
        return {ours: index for index, ours in enumerate(_CODE_POINT)}, False
    has_key = "postcode" in found or "uprn" in found
    if not has_key or not ({"easting", "northing"} <= set(found) or {"longitude", "latitude"} <= set(found)):
        problems.add(
            f"{name}:{first.number}",
            "a file of places has the columns postcode or uprn, and easting and northing or longitude and"
            " latitude; or is Code-Point Open without a header",
        )
    problems.raise_if_any(f"{name} cannot be used")
    return found, True


def _row(row: TableRow, columns: dict[str, int], width: int, where: str) -> _Read | None:
    """Read one row; None where it says that it has no position."""
    problems = Problems()
    if row.problem is not None or len(row.cells) != width:
        said = row.problem or f"has {counted(len(row.cells), 'cell')} where the first row has {width}"
        return _Read(row, problems=(Problem(where, said),))
    cells = {ours: row.cells[index].strip() for ours, index in columns.items()}
    postcode = uprn = None
    if cells.get("postcode"):
        found = _POSTCODE.fullmatch(cells["postcode"].upper())
        postcode = " ".join(found.groups()) if found else None
        if not found:
            problems.add(f"{where} postcode", "is not a postcode like PE13 9CK")
    if cells.get("uprn"):
        uprn = cells["uprn"].lstrip("0") if _UPRN.fullmatch(cells["uprn"]) else None
        if not uprn:
            problems.add(f"{where} uprn", "is not a number of up to 12 digits")
    if not cells.get("postcode") and not cells.get("uprn"):
        problems.add(where, "has neither postcode nor uprn")
    if cells.get("quality") == _NO_POSITION and not len(problems):
        return None
    grid = _pair(cells, "easting", "northing", (0, 700_000), (0, 1_300_000), where, problems)
    degrees = _pair(cells, "longitude", "latitude", (-180, 180), (-90, 90), where, problems)
    if degrees and 49 <= degrees[0] <= 61.5 and -9 <= degrees[1] <= 2.5:
        problems.add(
            f"{where} longitude, latitude", "look swapped: Great Britain is near longitude -2, latitude 54"
        )
    if not len(problems) and grid is None and degrees is None:
        return None
    return _Read(row, postcode, uprn, grid, degrees, tuple(problems))


def _pair(
    cells: dict[str, str], one: str, other: str, first: tuple[float, float], second: tuple[float, float],
    where: str, problems: Problems,
) -> tuple[float, float] | None:  # fmt: skip
    if not cells.get(one) and not cells.get(other):
        return None
    values = []
    for name, (least, most) in ((one, first), (other, second)):
        try:
            value = float(cells.get(name, ""))
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            problems.add(f"{where} {name}", f"is not a number from {least:g} to {most:g}")
        values.append(value)
    return None if values == [0, 0] else (values[0], values[1])


def _places(read: list[_Read], name: str) -> Iterator[Entry[Place]]:
    to_turn = [one.grid for one in read if one.grid and not one.degrees and not one.problems]
    turned = iter(
        from_grid_many([grid[0] for grid in to_turn], [grid[1] for grid in to_turn]) if to_turn else []
    )
    for one in read:
        degrees, problems = one.degrees, one.problems
        if one.grid and not degrees and not problems:
            degrees = next(turned)
            if degrees is None:
                where = f"{name}:{one.row.number} easting, northing"
                problems = (Problem(where, "lie outside Great Britain"),)
        if problems or degrees is None:
            yield Entry(one.row.number, None, problems, (), one.row.cells)
            continue
        easting, northing = one.grid or (None, None)
        place = Place(one.postcode, one.uprn, easting, northing, degrees[0], degrees[1])
        yield Entry(one.row.number, place, (), (), one.row.cells)

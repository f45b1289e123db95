"""The mapping laid over one file's columns: which cells fill which field, worked out once before the rows."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from everycall.counted import counted
from everycall.errors import Problems, nearest
from everycall.intake.fields import Kind, codes_of, paths, to_suggest
from everycall.intake.mapping import Codes, Column, Mapping
from everycall.intake.table import no_header
from everycall.intake.template import OWN_WORDS

_NEEDED = ("ref", "received_at")

_AXES = {
    "wgs84": {"location.x": "location.longitude", "location.y": "location.latitude"},
    "bng": {"location.x": "location.easting", "location.y": "location.northing"},
}


@dataclass(frozen=True, slots=True)
class Fill:
    """How one field of a call is filled from a row.

    Parameters
    ----------
    path
        The field, in its parts: ``("caller", "name")``.
    columns
        Where its cells stand, counted from 0; empty where only the default fills it.
    joined
        What stands between two cells.
    codes
        The force's codes for it.
    allowed
        Our codes for it, where it takes only those.
    read
        What texts of this field's cells mean, as far as they have been read.
    """

    path: tuple[str, ...]
    kind: Kind
    columns: tuple[int, ...]
    joined: str
    codes: Codes | None
    allowed: frozenset[str] | None
    split: str
    default: str
    read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return the field's path as it is written."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with every row of one file."""

    mapping: Mapping
    header: tuple[str, ...]
    fills: tuple[Fill, ...]
    ref_columns: Table[str, int]
    with_default: tuple[Fill, ...]

    def place(self, path: str) -> str:
        """Return the words for where the field ``path`` stands in the file: its column, and the field."""
        for fill in self.fills:
            if path == fill.name or path.startswith(fill.name + "."):
                columns = " and ".join(self.column(index) for index in fill.columns)
                if not columns:
                    return f"{fill.name} (a default)"
                return columns if columns == f"column '{fill.name}'" else f"{columns} ({fill.name})"
        return path

    def column(self, index: int) -> str:
        """Return the words for the column at ``index`` (from 0)."""
        if self.mapping.header and index < len(self.header):
            return f"column '{self.header[index]}'"
        return f"column {index + 1}"


def make_plan(
    mapping: Mapping, first: Sequence[str], where: str, answers: Table[str, frozenset[str]] | None = None
) -> Plan:
    """Lay ``mapping`` over a file's first row.

    Parameters
    ----------
    first
        The header; or the first row, of which only the length counts, where the file has none.
    where
        The file's name and row, as problems give it.

    Raises
    ------
    InputError
        With every column that is missing, stands twice, or is neither mapped nor ignored.
    """
    header = tuple(cell.strip() for cell in first)
    known = paths(frozenset(answers) if answers is not None else None)
    problems = Problems()
    columns = mapping.columns
    if mapping.header and _knows_none(mapping, header, known):
        raise no_header(where, len(header), mapping.name or ", ".join(_NEEDED))
    if columns is None:
        columns = {name: (name,) for name in header if name in known}
        for needed in _NEEDED:
            if needed not in columns:
                problems.add(where, f"the column '{needed}' is missing; {_listed(header)}")
    found = {
        path: tuple(_find(column, header, mapping, f"columns.{path}", where, problems) for column in wanted)
        for path, wanted in columns.items()
    }
    ref_columns = _ref_columns(mapping, header, where, problems)
    _check_all_used(mapping, header, found, ref_columns, known, where, problems)
    problems.raise_if_any(f"{where.partition(':')[0]} cannot be used")
    axes = _AXES[mapping.coordinates]
    fills = [
        Fill(
            path=tuple(axes.get(path, path).split(".")),
            kind=known[path],
            columns=tuple(index for index in found.get(path, ()) if index is not None),
            joined="\n" if path == "log" else ", " if path.endswith("address") else " ",
            codes=mapping.codes.get(path),
            allowed=codes_of(path, answers),
            split=mapping.split.get(path, ""),
            default=mapping.defaults.get(path, ""),
        )
        for path in known
        if path in found or path in mapping.defaults
    ]
    with_default = tuple(fill for fill in fills if fill.default)
    return Plan(mapping, header, tuple(fills), ref_columns, with_default)


def _knows_none(mapping: Mapping, header: Sequence[str], known: Table[str, Kind]) -> bool:
    """Whether no column stands under a name that we, or the mapping, go by: then the first row may be a caller's."""
    if mapping.columns is None:
        return not set(known).intersection(header)
    columns = [column for wanted in mapping.columns.values() for column in wanted]
    wanted = {*columns, *(mapping.ref.names if mapping.ref else ()), *mapping.ignore}
    return not any(isinstance(column, int) or column in header for column in wanted)


def _find(
    column: Column, header: Sequence[str], mapping: Mapping, key: str, where: str, problems: Problems
) -> int | None:
    said = f"{mapping.name} {key} names" if mapping.name else "there is"
    if isinstance(column, int):
        if column <= len(header):
            return column - 1
        problems.add(where, f"{said} column {column}, but the file has {counted(len(header), 'column')}")
        return None
    standing = [index for index, name in enumerate(header) if name == column]
    if len(standing) == 1:
        return standing[0]
    if standing:
        problems.add(where, f"the column '{column}' stands {len(standing)} times; name it by its position")
    else:
        problems.add(
            where,
            f"{said} the column '{column[:60]}', which is missing{nearest(column, header)};"
            f" {_listed(header)}",
        )
    return None


def _listed(header: Sequence[str]) -> str:
    shown = ", ".join(f"'{name[:40]}'" for name in header[:60])
    return f"the file's columns are {shown}{' ...' if len(header) > 60 else ''}"


def _ref_columns(mapping: Mapping, header: Sequence[str], where: str, problems: Problems) -> dict[str, int]:
    found = {}
    for name in mapping.ref.names if mapping.ref else ():
        if name in OWN_WORDS:
            continue
        column: Column = int(name) if name.isdecimal() and name not in header else name
        if isinstance(column, int) and column < 1:
            problems.add(where, f"{mapping.name} ref names column {column}; columns are counted from 1")
            continue
        index = _find(column, header, mapping, "ref", where, problems)
        if index is not None:
            found[name] = index
    return found


def _check_all_used(
    mapping: Mapping, header: Sequence[str], found: Table[str, tuple[int | None, ...]],
    ref_columns: Table[str, int], known: Table[str, Kind], where: str, problems: Problems,
) -> None:  # fmt: skip
    if "*" in mapping.ignore:
        return
    used = {index for indexes in found.values() for index in indexes} | set(ref_columns.values())
    for column in mapping.ignore:
        used.add(_find(column, header, mapping, "ignore", where, problems))
    suggested = [path for path in known if to_suggest(path)]
    for index, name in enumerate(header):
        if index in used or (name in known and not mapping.name):  # one that stands twice was told already
            continue
        if not mapping.name:
            problems.add(where, f"unknown column '{name[:60]}'{nearest(name, suggested)}")
        else:
            shown = f"'{name[:60]}'" if mapping.header else str(index + 1)
            problems.add(where, f"column {shown} is neither in columns nor in ignore of {mapping.name}")

"""Loading checked files of flags, places, streets, areas and priorities, in short chunks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TypeVar

import shapely

from everycall.errors import InputError, Problem
from everycall.flag import Flag
from everycall.force import Force
from everycall.intake.checked import Checked
from everycall.intake.flags import stream_flags
from everycall.intake.places import Place, stream_places
from everycall.intake.police_uk import check_police_uk, stream_police_uk
from everycall.priorities import Area, Priority
from everycall.store import reference
from everycall.store.writing import writing

CHUNK = 250
"""Rows a transaction: short enough that a live call hardly waits for it."""

_PAUSE_SECONDS = 0.001
"""Between two chunks, so that a waiting live call gets its turn."""

T = TypeVar("T")
Told = Callable[[int], None]
"""Told how many more rows are done."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an import did."""

    rows: int
    new: int
    changed: int
    same: int

    def __add__(self, other: Loaded) -> Loaded:
        """Return both together."""
        return Loaded(
            self.rows + other.rows, self.new + other.new, self.changed + other.changed, self.same + other.same
        )


def refuse_unusable(checked: Iterable[Checked]) -> None:
    """Raise `InputError` with every problem of every file, when there is any: then nothing is stored."""
    found: list[Problem] = []
    for one in checked:
        found += one.problems
        if one.more_problems:
            found.append(Problem(one.name, f"and {one.more_problems} problems more"))
    if found:
        raise InputError("nothing was stored: the input cannot be used", found)


def _chunks(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while chunk := list(islice(items, size)):
        yield chunk
        time.sleep(_PAUSE_SECONDS)


def load_flags(
    path: Path, force: Force, clock: Callable[[], datetime], told: Told, skip_bad_to: Path | None = None
) -> Loaded:
    """Take the flags of a file that was checked."""
    rows = changed = 0
    stream: Iterator[Flag] = (row.flag for row in stream_flags(path, skip_bad_to))
    for chunk in _chunks(stream, CHUNK):
        with writing(force.store.connection):
            changed += reference.take_flags(force.store.connection, chunk, clock())
        rows += len(chunk)
        told(len(chunk))
    return Loaded(rows, changed, 0, rows - changed)


def load_places(
    path: Path, force: Force, clock: Callable[[], datetime], told: Told, skip_bad_to: Path | None = None
) -> Loaded:
    """Take the places of a file that was checked."""
    done = Loaded(0, 0, 0, 0)
    for chunk in _chunks(stream_places(path, skip_bad_to), 4 * CHUNK):
        with writing(force.store.connection):
            new, changed = reference.take_places(force.store.connection, [_place(p) for p in chunk], clock())
        done += Loaded(len(chunk), new, changed, len(chunk) - new - changed)
        told(len(chunk))
    return done


def _place(place: Place) -> tuple[str, float, float]:
    key = f"uprn:{place.uprn}" if place.uprn else f"postcode:{place.postcode}"
    return key, place.latitude, place.longitude


def load_police_uk(path: Path, force: Force, told: Told, skip_bad_to: Path | None = None) -> Loaded:
    """Take a data.police.uk file, whole or not at all; the same file again makes nothing."""
    digest = sha256(path.read_bytes()).hexdigest()
    rows = 0
    if reference.has_street_file(force.store.connection, digest):
        checked = check_police_uk(path)
        return Loaded(checked.usable, 0, 0, checked.usable)
    with writing(force.store.connection):
        for chunk in _chunks(stream_police_uk(path, skip_bad_to), 4 * CHUNK):
            values = [
                (f"{i.month:%Y-%m}", i.category, i.latitude, i.longitude, i.lsoa, i.street, i.outcome)
                for i in chunk
            ]
            reference.take_street_incidents(force.store.connection, values, digest)
            rows += len(chunk)
            told(len(chunk))
    return Loaded(rows, rows, 0, 0)


def load_areas(areas: Sequence[Area], force: Force, now: datetime) -> Loaded:
    """Take areas; one told again is replaced."""
    rows = [(area.id, area.name, shapely.to_geojson(area.geometry)) for area in areas]
    with writing(force.store.connection):
        changed = reference.take_areas(force.store.connection, rows, now)
    return Loaded(len(rows), changed, 0, len(rows) - changed)


def load_priorities(priorities: Sequence[Priority], force: Force, now: datetime) -> Loaded:
    """Take priorities; one told again is replaced."""
    rows = [(one.id, json.dumps(one.as_data(), sort_keys=True, ensure_ascii=False)) for one in priorities]
    with writing(force.store.connection):
        changed = reference.take_priorities(force.store.connection, rows, now)
    return Loaded(len(rows), changed, 0, len(rows) - changed)


def area_ids(force: Force, known_at: datetime) -> set[str]:
    """Return the ids of the areas known, which a priority may name."""
    return {area_id for area_id, _, _ in reference.areas(force.store.connection, known_at)}

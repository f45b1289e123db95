"""Make the made-up force: ordinary import files, new calls to assess, and the truth about all of them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from pathlib import Path
from random import Random
from typing import Any, TextIO

from everycall.demo import cast, known
from everycall.demo.calls import History, Made
from everycall.demo.columns import COLUMNS, mapping_text, row
from everycall.demo.happenings import YEAR_SECONDS, YEARS, Plan
from everycall.demo.households import MOVES_ONE_IN, Town
from everycall.demo.logs import read_sentences
from everycall.demo.names import read_names
from everycall.demo.phones import KEPT_FOR_CAST, Phones
from everycall.demo.readme import README
from everycall.demo.situations import Situations, read_situations
from everycall.demo.streets import DWELLINGS_PER_POSTCODE, DWELLINGS_PER_STREET, STREETS_PER_WARD, dwelling
from everycall.demo.truth import Earlier
from everycall.errors import InputError, Problem
from everycall.localtime import LONDON

FEWEST = 200
"""Fewer calls could not hold the planted situations and a long tail beside them."""

HOUSEHOLDS_PER_CALL = 0.3


@dataclass(frozen=True, slots=True)
class Summary:
    """What was made. Shares are of victims in the 365 days before ``until``."""

    calls: int
    new_calls: int
    people: int
    households: int
    events: int
    victims_last_year: int
    share_six_or_more: float
    share_more_than_ten: float
    flags: int
    wards: int
    files: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the summary ready for JSON."""
        return {**asdict(self), "files": list(self.files)}


def make_force(calls: int, seed: int, out: Path, until: datetime, landlines: int = KEPT_FOR_CAST) -> Summary:
    """Write a made-up force's files into a folder.

    The same arguments with the same version of Faker write the same bytes.

    Parameters
    ----------
    calls
        How many past calls; at least `FEWEST`.
    seed
        What everything follows from.
    out
        The folder; made when missing, files of the same names are overwritten.
    until
        Aware: the end of the two years of history. The new calls follow within two hours.
    landlines
        How many landline numbers there are; above 900 they spread over 01632, which belongs to no place.

    Raises
    ------
    InputError
        When there are too few calls, or ``until`` is not aware.
    """
    wrong = []
    if calls < FEWEST:
        wrong.append(Problem("calls", f"{calls} is too few; at least {FEWEST}"))
    if until.tzinfo is None:
        wrong.append(Problem("until", "needs a time zone"))
    if wrong:
        raise InputError("the made-up force cannot be made", wrong)
    until = until.astimezone(UTC)  # so that no clock change lies between two moments that are subtracted
    situations = read_situations()
    size = max(40, round(calls * HOUSEHOLDS_PER_CALL))
    start = until - timedelta(seconds=YEARS * YEAR_SECONDS)
    town = Town(
        seed,
        size,
        read_names(seed),
        Phones(landlines),
        start.astimezone(LONDON).date(),
        until.astimezone(LONDON).date(),
    )
    early = cast.planted(situations, until)
    plan = Plan(calls - len(early), size, Random(f"{seed}:plan"))
    history = History(town, plan, read_sentences(), until)
    made = merge(early, history, key=lambda one: one.moment)
    out.mkdir(parents=True, exist_ok=True)
    return _write(out, made, situations, town, until)


def _write(out: Path, made: Iterable[Made], situations: Situations, town: Town, until: datetime) -> Summary:
    earlier = Earlier()
    events: set[str] = set()
    people: set[str] = set()
    last_year: Counter[str] = Counter()
    year_ago = until - timedelta(days=365)
    number = 0
    refs = _refs()
    with ExitStack() as stack:
        table = stack.enter_context(_open(out / "calls.csv"))
        lines = stack.enter_context(_open(out / "calls.jsonl"))
        truths = stack.enter_context(_open(out / "truth.jsonl"))
        rows = csv.writer(table)
        rows.writerow(COLUMNS.values())
        for number, one in enumerate(made, 1):  # noqa: B007 - the last number is the count
            call = _as_known({"ref": refs(one.moment), **one.call}, until)
            rows.writerow(row(call))
            _line(lines, _without_empty(call))
            _line(truths, {**one.truth.as_data(earlier.count(one.truth)), "ref": call["ref"]})
            events.add(one.truth.event_id)
            people |= set(one.truth.mentions.values())
            if one.moment > year_ago:
                last_year.update(one.truth.victims)
        new = cast.new_calls(situations, until)
        with _open(out / "new-calls.jsonl") as fresh:
            for one in new:
                ref = f"NEW-{one.truth.situation}"
                _line(fresh, _without_empty({"ref": ref, **one.call}))
                _line(truths, {**one.truth.as_data(earlier.count(one.truth)), "ref": ref})
    flags = known.flags(town, situations, until)
    wards = _around(out, situations, town, flags, until)
    counts = list(last_year.values())
    return Summary(
        calls=number,
        new_calls=len(new),
        people=len(people),
        households=town.size,
        events=len(events),
        victims_last_year=len(counts),
        share_six_or_more=round(sum(count >= 6 for count in counts) / max(1, len(counts)), 3),
        share_more_than_ten=round(sum(count > 10 for count in counts) / max(1, len(counts)), 3),
        flags=len(flags),
        wards=wards,
        files=tuple(sorted(path.name for path in out.iterdir() if path.name in FILES)),
    )


FILES = (
    "README.txt", "areas.geojson", "calls.csv", "calls.jsonl", "flags.csv", "flags.jsonl", "mapping.toml",
    "new-calls.jsonl", "places.csv", "priorities.json", "truth.jsonl",
)  # fmt: skip


def _around(
    out: Path, situations: Situations, town: Town, flags: list[dict[str, Any]], until: datetime
) -> int:
    homes = town.size + town.size // MOVES_ONE_IN + 1
    wards = max(6, -(-homes // (DWELLINGS_PER_STREET * STREETS_PER_WARD)))
    with _open(out / "flags.jsonl") as file:
        for flag in flags:
            _line(file, flag)
    about = ("name", "date_of_birth", "phone", "address", "postcode")
    with _open(out / "flags.csv") as file:
        rows = csv.writer(file)
        own = ("kind", "source", "recorded_on", "expires_on", "text", "sensitive")
        rows.writerow((*own[:1], *(f"about.{name}" for name in about), *own[1:]))
        for flag in flags:
            cells = [flag["kind"], *(flag["about"].get(name) or "" for name in about)]
            cells += [flag[name] or "" for name in own[1:5]]
            rows.writerow((*cells, str(flag["sensitive"]).lower()))
    with _open(out / "places.csv") as file:
        rows = csv.writer(file)
        rows.writerow(("postcode", "easting", "northing"))
        for index in range(0, homes, DWELLINGS_PER_POSTCODE):
            middle = dwelling(index + DWELLINGS_PER_POSTCODE // 2)
            rows.writerow((middle.postcode, middle.easting, middle.northing))
        for place in situations.place:
            rows.writerow((place.postcode, place.easting, place.northing))
    (out / "areas.geojson").write_text(json.dumps(known.areas(wards), indent=1) + "\n", "utf-8")
    (out / "priorities.json").write_text(json.dumps(known.priorities(until), indent=1) + "\n", "utf-8")
    (out / "mapping.toml").write_text(mapping_text(), "utf-8")
    (out / "README.txt").write_text(README, "utf-8")
    return wards


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _line(file: TextIO, data: Mapping[str, Any]) -> None:
    file.write(json.dumps(data, ensure_ascii=False, separators=(", ", ": ")) + "\n")


def _refs() -> Any:
    """Return a function that numbers the calls of each day from 1: ``CC-20240612-0431``."""
    day, serial = "", 0

    def ref(moment: datetime) -> str:
        nonlocal day, serial
        today = f"{moment:%Y%m%d}"
        serial = serial + 1 if today == day else 1
        day = today
        return f"CC-{day}-{serial:04d}"

    return ref


def _as_known(call: dict[str, Any], until: datetime) -> dict[str, Any]:
    """Return the call as it stood at ``until``: what would be recorded later is not yet there."""
    for name in ("attended_at", "closed_at"):
        if call.get(name) and datetime.fromisoformat(call[name]) > until:
            call[name] = None
            if name == "closed_at":
                call |= {"status": "open", "closed_as": None}
    return call


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``data`` without what is not known, so that a line holds only facts."""
    found = {}
    for name, value in data.items():
        if isinstance(value, dict):
            value = _without_empty(value)
        elif isinstance(value, list):
            value = [_without_empty(one) if isinstance(one, dict) else one for one in value]
        if value is not None and value != {} and value != []:
            found[name] = value
    return found


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of one of the force's JSONL files."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)

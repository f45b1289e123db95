"""Make the made-up force: ordinary import files, new calls, a live feed, and the truth about all of them."""

from __future__ import annotations

import json
import os
import shutil
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from everycall.demo import cast, known
from everycall.demo.block import Job, Result, make_block, write_call
from everycall.demo.clock import Clock
from everycall.demo.columns import mapping_text
from everycall.demo.extent import jobs
from everycall.demo.faults import plant
from everycall.demo.feed import write_feed
from everycall.demo.parts import BY_TIME, IN_TURN, PartWriter, join_in_turn, merge_by_time, order_of
from everycall.demo.readme import README
from everycall.demo.situations import Situations, read_situations
from everycall.demo.streets import (
    DWELLINGS_PER_POSTCODE,
    DWELLINGS_PER_STREET,
    STREETS_PER_WARD,
    dwelling,
)
from everycall.demo.tables import csv_row, flag_row, head, json_line, lean
from everycall.demo.truth import YEAR_SECONDS, Earlier

FILES = (
    *BY_TIME, *IN_TURN, "README.txt", "areas.geojson", "mapping.toml", "new-calls.jsonl", "places.csv",
    "priorities.json", "truth/faults.csv", "truth/feed.jsonl",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """What was made. Shares are of victims in the 365 days before ``until``; ``people`` are those calls name.

    ``faults`` says how many calls each planted fault touched.
    """

    calls: int
    new_calls: int
    feed_files: int
    people: int
    households: int
    events: int
    victims_last_year: int
    share_six_or_more: float
    share_more_than_ten: float
    flags: int
    wards: int
    faults: dict[str, int]
    files: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the summary ready for JSON."""
        return {**asdict(self), "files": list(self.files)}


def make_force(
    calls: int,
    seed: int,
    out: Path,
    until: datetime,
    landlines: int | None = None,
    *,
    years: int | None = None,
    faults: Sequence[str] = (),
    processes: int | None = None,
) -> Summary:
    """Write a made-up force's files into a folder.

    The same arguments with the same version of Faker write the same bytes, in however many processes.

    Parameters
    ----------
    calls
        How many past calls, from 200 to 10,000,000.
    seed
        What everything follows from.
    out
        The folder; made when missing, files of the same names are overwritten.
    until
        Aware: the end of the history. The new calls follow within two hours, the live feed within a day.
    landlines
        How many landline numbers there are; more than 900 are spread over 01632, which belongs to no place.
        Not given: Ofcom's 900 for drama up to 5,000 calls, otherwise spread.
    years
        How many years of 365 days the history has; not given: two, or ten from 50,000 calls on.
    faults
        Names of faults to plant, from ``faults.toml``.
    processes
        How many to work in at most; not given: one for each core, and none besides this one for a small force.

    Raises
    ------
    InputError
        When there are too few or too many calls, ``until`` is not aware, or there is no fault of a name.
    """
    situations = read_situations()
    parts = out / ".parts"
    planted = sum(len(situation.history) for situation in situations.situation)
    work = jobs(calls, seed, until, years, landlines, tuple(faults), parts, planted)
    plant(faults, 0)
    until = until.astimezone(UTC).replace(microsecond=0)
    for folder in (out, out / "truth", out / "feed", parts):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        return _made(work, situations, out, until, processes or len(os.sched_getaffinity(0)))
    finally:
        shutil.rmtree(parts)


def _made(work: list[Job], situations: Situations, out: Path, until: datetime, processes: int) -> Summary:
    last = work[-1]
    clock = Clock(last.start)
    cast_part = "part-cast"
    cast_result = _write_cast(situations, last, clock, until, out, cast_part)
    names = [*(job.name for job in work), cast_part]
    with ExitStack() as stack:
        each: Any = map
        if min(processes, len(work)) > 1:
            # Begun anew and not forked: a fork takes over whatever threads the caller happens to have.
            pool = ProcessPoolExecutor(min(processes, len(work)), get_context("spawn"))
            each = stack.enter_context(pool).map
        results: list[Result] = [*each(make_block, work), cast_result]
        total = sum(result.calls for result in results)
        order = last.folder / "order"
        order.write_bytes(order_of(last.folder, names).tobytes())
        list(each(_put_together, [(file, last.folder, names, order, total, out) for file in FILES_IN_PARTS]))
    feed_files = write_feed(out / "feed", (entry for result in results for entry in result.feed), clock)
    truths = sorted(entry for result in results for entry in result.feed_truth)
    (out / "truth" / "feed.jsonl").write_text("".join(line for _, line in truths), "utf-8", newline="")
    wards = _around(out, situations, last, until)
    touched = _write_faults(out, last, clock, results)
    victims = [many for result in results for many in result.victims]
    return Summary(
        calls=total,
        new_calls=len(situations.situation),
        feed_files=feed_files,
        people=sum(result.people for result in results),
        households=sum(result.households for result in results),
        events=sum(result.events for result in results),
        victims_last_year=len(victims),
        share_six_or_more=round(sum(many >= 6 for many in victims) / max(1, len(victims)), 3),
        share_more_than_ten=round(sum(many > 10 for many in victims) / max(1, len(victims)), 3),
        flags=sum(result.flags for result in results),
        wards=wards,
        faults=touched,
        files=tuple(sorted(FILES)),
    )


FILES_IN_PARTS = (*BY_TIME, *IN_TURN)


def _put_together(task: tuple[str, Path, list[str], Path, int, Path]) -> None:
    file, folder, names, order_file, calls, out = task
    if file in IN_TURN:
        join_in_turn(folder, names, file, out / file, head(file))
        return
    order: array[int] = array("H")
    order.frombytes(order_file.read_bytes())
    # What comes after the history is in the truth only.
    shown = order[:calls] if file.startswith("calls") else order
    merge_by_time(folder, names, file, shown, out / file, head(file))


def _write_cast(
    situations: Situations, job: Job, clock: Clock, until: datetime, out: Path, name: str
) -> Result:
    """Write the planted situations' part and their new calls."""
    writer, earlier = PartWriter(job.folder, name), Earlier()
    serials: Counter[str] = Counter()
    victims: Counter[str] = Counter()
    people, events = set(), set()
    history = cast.planted(situations, until, clock)
    for made in history:
        day = made.call["received_at"][:10].replace("-", "")
        serials[day] += 1
        truth = made.truth
        truth.ref = f"CC-{day}-{serials[day]:04d}"
        write_call(writer, made, lean(_as_known({"ref": truth.ref, **made.call}, until)), earlier)
        people |= set(truth.mentions.values())
        events.add(truth.event_id)
        if made.second > job.end - YEAR_SECONDS:
            victims.update(truth.victims)
    with (out / "new-calls.jsonl").open("w", encoding="utf-8", newline="") as file:
        for made in cast.new_calls(situations, until, clock):
            made.truth.ref = f"NEW-{made.truth.situation}"
            file.write(json_line(lean({"ref": made.truth.ref, **made.call})))
            write_call(writer, made, None, earlier)
    flags = known.cast_flags(situations, clock, clock.day(job.end))
    for flag in flags:
        writer.add("flags.csv", flag_row(flag.flag))
        writer.add("flags.jsonl", json_line(flag.flag))
        writer.row("truth/flags.csv", (flag.flag["kind"], "", "", "yes"))
    writer.close()
    many = tuple(sorted(victims.values()))
    return Result(len(history), len(people), len(people), len(events), len(flags), many, {}, (), ())


def _write_faults(out: Path, job: Job, clock: Clock, results: Sequence[Result]) -> dict[str, int]:
    touched: Counter[str] = Counter()
    for result in results:
        touched.update(result.faults)
    rows = [("fault", "text", "team", "handler", "district", "source", "only_with", "from", "until", "calls")]
    for one in plant(job.faults, job.end):
        fault = one.fault
        handler = "" if fault.handler is None else f"C{7201 + fault.handler}"
        rows.append(
            (
                one.name, fault.text, fault.team or "", handler, fault.district or "", fault.source or "",
                fault.only_with or "", clock.iso(one.since), clock.iso(one.until), str(touched[one.name]),
            )
        )  # fmt: skip
    (out / "truth" / "faults.csv").write_text("".join(map(csv_row, rows)), "utf-8", newline="")
    return {name: touched[name] for name in job.faults}


def _around(out: Path, situations: Situations, job: Job, until: datetime) -> int:
    """Write what lies around the calls: wards, priorities, postcodes, how to read it all; return the wards."""
    homes = job.first_home + job.homes
    wards = max(6, -(-homes // (DWELLINGS_PER_STREET * STREETS_PER_WARD)))
    with (out / "places.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(csv_row(("postcode", "easting", "northing")))
        for index in range(0, homes, DWELLINGS_PER_POSTCODE):
            middle = dwelling(index + DWELLINGS_PER_POSTCODE // 2)
            file.write(csv_row((middle.postcode, middle.easting, middle.northing)))
        for place in situations.place:
            file.write(csv_row((place.postcode, place.easting, place.northing)))
    (out / "areas.geojson").write_text(json.dumps(known.areas(wards), indent=1) + "\n", "utf-8")
    (out / "priorities.json").write_text(json.dumps(known.priorities(until), indent=1) + "\n", "utf-8")
    (out / "mapping.toml").write_text(mapping_text(), "utf-8")
    (out / "README.txt").write_text(README, "utf-8")
    return wards


def _as_known(call: dict[str, Any], until: datetime) -> dict[str, Any]:
    """Return a planted call as it stood at ``until``: what would be recorded later is not yet there."""
    for name in ("attended_at", "closed_at"):
        if call.get(name) and datetime.fromisoformat(call[name]) > until:
            call[name] = None
            if name == "closed_at":
                call |= {"status": "open", "closed_as": None}
    return call


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of one of the force's JSONL files."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)

"""One neighbourhood made from its seed alone, so that any number of processes make the same bytes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from everycall.demo import known
from everycall.demo.clock import DAY, Clock
from everycall.demo.columns import row
from everycall.demo.contacts import ControlRoom
from everycall.demo.faults import plant
from everycall.demo.happenings import Plan
from everycall.demo.knowable import Known
from everycall.demo.made import Made, as_known
from everycall.demo.names import Names, read_names
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.parties import Parties
from everycall.demo.parts import PartWriter
from everycall.demo.phones import Phones
from everycall.demo.rates import read_rates
from everycall.demo.room import make_room
from everycall.demo.sentences import read_sentences
from everycall.demo.streets import words
from everycall.demo.tables import flag_row, json_line, plain_row
from everycall.demo.told import Told, write_people
from everycall.demo.truth import YEAR_SECONDS, Earlier
from everycall.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Job:
    """What one neighbourhood follows from. ``end`` is the last second of the history, counted from ``start``."""

    index: int
    seed: int
    start: datetime
    end: int
    years: int
    first_home: int
    homes: int
    calls: int
    calls_a_year: int
    feed: int
    feed_seconds: int
    landlines: int
    first_number: int
    faults: tuple[str, ...]
    folder: Path

    @property
    def name(self) -> str:
        """Return what the files of this part are called."""
        return f"part-{self.index:05d}"


@dataclass(frozen=True, slots=True)
class Result:
    """What one neighbourhood came to, for the summary, and its calls of the live feed."""

    calls: int
    people: int
    households: int
    events: int
    flags: int
    victims: tuple[int, ...]
    faults: dict[str, int]
    feed: tuple[tuple[int, int, str], ...]
    feed_truth: tuple[tuple[int, str], ...]


@cache
def _names(seed: int) -> Names:
    return read_names(seed)


@lru_cache(maxsize=2)
def _clock(start: datetime) -> Clock:
    return Clock(start)


def make_block(job: Job) -> Result:
    """Make one neighbourhood and write its parts of all files."""
    # People and households hold one another, and all live as long as the block: looking for rings of unused
    # objects all the while only costs time. At the end the rings are broken (`Neighbourhood.forget`).
    with uncollected():
        return _made(job)


def _made(job: Job) -> Result:
    rates, say, names = read_rates(), read_sentences(), _names(job.seed)
    clock = _clock(job.start)
    prefix = f"{job.index}-"
    place = Neighbourhood(
        job.first_home, job.homes, job.end // DAY + 2, prefix, names,
        Phones(job.landlines, job.first_number), rates, Random(f"{job.seed}:{job.index}:lives"),
    )  # fmt: skip
    plan = Plan(
        job.calls, job.feed, job.years, job.feed_seconds, place, clock, say.kinds_by_weight(), rates,
        Random(f"{job.seed}:{job.index}:plan"),
    )  # fmt: skip
    flags = known.neighbourhood_flags(
        place, clock, Random(f"{job.seed}:{job.index}:flags"), plan.frequent_callers()
    )
    random = Random(f"{job.seed}:{job.index}:calls")
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for flag in flags:
        if flag.is_so:
            held[flag.person_id].append((flag.since, flag.until))
    control = ControlRoom(
        random, clock, place, plan.events, make_room(job.seed, job.calls_a_year, words().districts, rates),
        say, rates, Parties(names, clock, place.office, random.random), Known(held),
        plant(job.faults, job.end), f"CC{job.index:03d}",
    )  # fmt: skip
    writer = PartWriter(job.folder, job.name)
    told = Told(clock)
    earlier = Earlier()
    feed: list[tuple[int, int, str]] = []
    feed_truth: list[tuple[int, str]] = []
    for contact in (*plan.contacts, *plan.feed):
        made = control.take(contact)
        told.add(made, plan.events[contact.number])
        if contact.second < job.end:
            write_call(writer, made, as_known(made.call, job.end, clock), earlier)
        else:
            told_before = earlier.count(made.truth)
            write_call(writer, made, None, earlier)
            feed_truth.append((made.second, made.truth.as_line(told_before)))
            feed += _fed(made, clock, job)
    for flag in flags:
        writer.add("flags.csv", flag_row(flag.flag))
        writer.add("flags.jsonl", json_line(flag.flag))
        so = "yes" if flag.is_so else "no"
        writer.row("truth/flags.csv", (flag.flag["kind"], flag.person_id, flag.place_id, so))
    write_people(writer, place, clock, told)
    told.write_events(writer, plan.events, prefix=f"CC{job.index:03d}")
    writer.close()
    households = len(place.households)
    place.forget()
    year_ago = job.end - YEAR_SECONDS
    victims: Counter[str] = Counter()
    for contact in plan.contacts:
        victim = plan.events[contact.number].victim
        if contact.second > year_ago and victim is not None and contact.part < 8:
            victims[victim.person_id] += 1
    return Result(
        len(plan.contacts), len(told.people), households, len(told.calls), len(flags),
        tuple(sorted(victims.values())), dict(told.faults), tuple(feed), tuple(feed_truth),
    )  # fmt: skip


def write_call(writer: PartWriter, made: Made, call: dict[str, Any] | None, earlier: Earlier) -> None:
    """Write one call into every file by time; without a call, one of the live feed, only the tables of truth."""
    truth = made.truth
    households, place = truth.households, truth.place_id
    mentions = "".join(
        [
            plain_row((truth.ref, mention, person, households.get(person, ""), place))
            for mention, person in truth.mentions.items()
        ]
    )
    if truth.situation is not None:
        line = json_line(truth.as_data(earlier.count(truth)))
    else:
        line = truth.as_line(earlier.count(truth)) if call else ""
    writer.call(
        made.second,
        (
            row(call) if call else "",
            json_line(call) if call else "",
            line,
            mentions,
            plain_row(made.asked) if made.asked else "",
            plain_row(made.knowable) if made.knowable else "",
        ),
    )


def _fed(made: Made, clock: Clock, job: Job) -> Iterable[tuple[int, int, str]]:
    """Yield a call of the live feed as it is first told, and again when it has been closed."""
    first = made.second + 90
    for at in (first, made.call["closed_at"] + 60):
        if at < job.end + job.feed_seconds:
            call = as_known(made.call, at, clock)
            if at == first:
                for name in ("grade_given", "marked_repeat", "marked_vulnerable"):
                    call.pop(name, None)
            yield at, job.index, json_line(call)

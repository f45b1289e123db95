"""Of victims with earlier calls, how many are found while they ring: the live search held to the truth of a made force.

``python -m benchmarks.found STORE TRUTH.jsonl [CALLS]`` prints one JSON. Calls of victims of the last year are searched
for as they stood, among what had come before. *Usable evidence*: an earlier call names the same victim with a phone in
common, or a birth date and a like surname, or the same dwelling and a like forename. *Found*: the search holds at least
one earlier call of theirs for the same person or household (which counts alike for a repeat victim); *or asked about*:
or offers one to be confirmed. Precision counts earlier mentions.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from everycall.force import Force
from everycall.identity.likeness import forename_level, surname_level
from everycall.identity.mention import LOCATION, Mention
from everycall.identity.search import search
from everycall.store.moments import from_number
from everycall.store.past_rows import mention_of
from everycall.store.reading import read

SEED = 20260601
_COLUMNS = (
    "m.which, m.role, m.forenames, m.surname, m.born, m.age, m.phone, m.email, m.postcode, m.dwelling, m.building, "
    "m.street, m.uprn, m.town, m.house_name, m.place"
)


def _mention(row: tuple[Any, ...]) -> Mention:
    return mention_of((0, 0, None, *row))


def usable(one: Mention, other: Mention) -> bool:
    """Say whether two mentions of one human share enough that anybody could know."""
    if one.phone and one.phone == other.phone:
        return True
    if one.born and one.born == other.born and one.surname and other.surname:
        return surname_level(one.surname, other.surname) != "different"
    if one.dwelling and one.dwelling == other.dwelling and one.forenames and other.forenames:
        level = forename_level(" ".join(one.forenames), " ".join(other.forenames))
        return level not in ("different", "near")
    return False


def measure(where: str, truth_file: str, most: int) -> dict[str, Any]:
    """Search for up to ``most`` victims."""
    force = Force.open(where)
    connection = force.store.connection
    truth: dict[str, dict[str, Any]] = {}
    calls_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    homes: dict[str, set[str]] = defaultdict(set)
    with Path(truth_file).open(encoding="utf-8") as lines:
        for line in lines:
            call = json.loads(line)
            truth[call["ref"]] = call
            for person, home in call["households"].items():
                homes[person].add(home)
            for which, person in call["mentions"].items():
                if person in call["victims"]:
                    calls_of[person].append((call["ref"], which))
    last = read(connection, "SELECT max(received_at) FROM call_version")[0][0]
    year = last - 365 * 86_400 * 1_000_000
    recent = [
        row[0]
        for row in read(
            connection,
            "SELECT c.ref FROM call c JOIN call_version v ON v.call_id = c.id WHERE v.received_at >= %s ORDER BY c.ref",
            [year],
        )
    ]
    Random(SEED).shuffle(recent)
    counted: Counter[str] = Counter()
    for ref in recent:
        if counted["victims with earlier calls"] >= most:
            break
        if ref not in truth:
            continue
        rows = read(
            connection,
            f"SELECT v.received_at, {_COLUMNS} FROM mention m JOIN call c ON c.id = m.call_id "
            "JOIN call_version v ON v.call_id = c.id WHERE c.ref = %s AND m.known_until IS NULL",
            [ref],
        )
        if not rows:
            continue
        received = from_number(rows[0][0])
        mentions = {row[1]: _mention(row[1:]) for row in rows}
        place = mentions.pop(LOCATION, None)
        mine = [(which, person) for which, person in truth[ref]["mentions"].items()
                if person in truth[ref]["victims"] and which in mentions]  # fmt: skip
        if len(mine) != 1:
            continue
        which, person = mine[0]
        _one(force, ref, received, mentions[which], place, person, calls_of[person], truth, homes, counted)
    force.store.close()
    told: dict[str, Any] = dict(counted)
    usable_many = max(counted["with usable evidence"], 1)
    for name in ("found as the same person", "found", "found or asked about"):
        told[name] = round(counted[name] / usable_many, 4)
    for tier in ("person", "household"):
        told[f"precision of the same {tier}"] = round(1 - counted[f"{tier} wrong"] / max(counted[tier], 1), 5)
    return told


def _one(
    force: Force, ref: str, received: Any, mention: Mention, place: Mention | None, person: str,
    calls: list[tuple[str, str]], truth: dict[str, dict[str, Any]], homes: dict[str, set[str]], counted: Counter[str],
) -> None:  # fmt: skip
    earlier = {
        row[0]: _mention(row[2:])
        for other, which in calls
        if other != ref
        for row in read(
            force.store.connection,
            f"SELECT c.ref, v.received_at, {_COLUMNS} FROM mention m JOIN call c ON c.id = m.call_id "
            "JOIN call_version v ON v.call_id = c.id WHERE c.ref = %s AND m.which = %s AND m.known_until IS NULL "
            "AND v.received_at < (SELECT v.received_at FROM call c JOIN call_version v ON v.call_id = c.id "
            "WHERE c.ref = %s)",
            [other, which, ref],
        )
    }
    if not earlier:
        return
    counted["victims with earlier calls"] += 1
    evidence = {other for other, past in earlier.items() if usable(mention, past)}
    now = received + timedelta(days=10_000)  # as known now: the import knew everything at once
    found = search(ref, received, [mention], place, force.history, force.model, force.policy.rules, now)
    sure, counts, asked = set(), set(), set()
    for match in found.matches:
        past = match.past
        true = truth.get(past.call.ref, {}) if past.call else {}
        who = true.get("mentions", {}).get(past.mention.which)
        if who is None or past.call is None:
            continue
        if match.tier == "person":
            counted["person"] += 1
            counted["person wrong"] += who != person
            if who == person:
                sure.add(past.call.ref)
        elif match.tier == "household":
            if who == person:
                counts.add(past.call.ref)
            counted["household"] += 1
            counted["household wrong"] += person != who and not homes[person] & homes[who]
        if match.tier == "possible" or match.maybe_person:
            asked.add(past.call.ref)
    if evidence:
        counted["with usable evidence"] += 1
        counted["found as the same person"] += bool(sure & set(earlier))
        counted["found"] += bool((sure | counts) & set(earlier))
        counted["found or asked about"] += bool((sure | counts | asked) & set(earlier))


if __name__ == "__main__":
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
    print(json.dumps(measure(sys.argv[1], sys.argv[2], most)))  # in one line, as `benchmarks.apart` reads it

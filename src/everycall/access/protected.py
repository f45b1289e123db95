"""Protected addresses: where a flag says that nobody may learn an address, only the marker is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.call import Call
from everycall.identity.keys import keys_of
from everycall.identity.mention import Mention, mentions_of
from everycall.store.reading import listed, read

MARKER = "protected address"
_FIELDS = ("address", "postcode", "uprn")
_POSITION = ("latitude", "longitude", "easting", "northing", "accuracy_m")


def protected(connection: BaseDatabaseWrapper, call: Call) -> frozenset[str]:
    """Return the words for those whom a call names (``caller``, ``location``, ...) and whose address is protected.

    By the address itself, or by the person: their telephone, or name and date of birth.
    """
    named = list(mentions_of(call))
    rows = _flagged(connection, named)
    if not rows:
        return frozenset()
    homes = {row[0] for row in rows if row[0]}
    uprns = {row[1] for row in rows if row[1]}
    phones = {row[2] for row in rows if row[2]}
    people = {(row[3], row[4]) for row in rows if row[3] and row[4]}
    found = {
        one.which
        for one in named
        if one.dwelling in homes
        or one.uprn in uprns
        or one.phone in phones
        or (one.born is not None and (one.surname, one.born.isoformat()) in people)
    }
    hidden = {one.dwelling for one in named if one.which in found and one.dwelling}
    return frozenset(found | {one.which for one in named if one.dwelling in hidden})


def _flagged(connection: BaseDatabaseWrapper, named: Sequence[Mention]) -> list[tuple[Any, ...]]:
    """Return the protected addresses and people that may be theirs: dwelling, UPRN, phone, surname, birth date."""
    if any(one.uprn for one in named):
        return read(connection, _ALL)
    keys = {number for one in named for number in _keys(one)}
    if not keys:
        return []
    query, wanted = listed(connection, _BY_KEY[connection.vendor], sorted(keys))
    return read(connection, query, [wanted])


def _keys(one: Mention) -> Iterator[int]:
    """Yield the keys that a flag on the same dwelling, telephone, or name and birth date has too."""
    person = Mention("flag", surname=one.surname, born=one.born, phone=one.phone, dwelling=one.dwelling)
    return (key.hash for key in keys_of(person))


_ALL = (
    "SELECT m.dwelling, m.uprn, m.phone, m.surname, m.born FROM flag f JOIN mention m ON m.flag_id = f.id "
    "WHERE f.kind = 'protected_address' AND f.known_until IS NULL AND m.known_until IS NULL"
)
"""Every one: a flag may name a building by its UPRN alone, and has no key by which it could be looked up then."""

_THEIRS = """
{one mention m: m.id = k.mention_id AND m.flag_id IS NOT NULL AND m.known_until IS NULL}
{one flag f: f.id = m.flag_id AND f.kind = 'protected_address' AND f.known_until IS NULL}
"""
_BY_KEY = {
    "sqlite": "SELECT DISTINCT m.dwelling, m.uprn, m.phone, m.surname, m.born "
    f"FROM {{list}} CROSS JOIN mention_key k ON k.hash = asked.value {_THEIRS}",
    "postgresql": "SELECT DISTINCT m.dwelling, m.uprn, m.phone, m.surname, m.born FROM {list} CROSS JOIN LATERAL "
    f"(SELECT mention_id FROM mention_key WHERE hash = asked.value OFFSET 0) AS k {_THEIRS}",
}
"""Those that share a key: a force has tens of thousands of flags, and a person some twenty keys' worth of mentions."""


def without_addresses(call: Mapping[str, Any], whose: Iterable[str]) -> dict[str, Any]:
    """Return a call in which these addresses are the marker alone, also where the log repeats them."""
    told = dict(call)
    hidden: set[str] = set()
    for which in whose:
        name, _, number = which.partition(" ")
        if name in ("caller", "location") and told.get(name):
            told[name] = _marked(told[name], hidden)
        elif name in ("victim", "other") and number.isdecimal():
            people = list(told.get(f"{name}s", []))
            people[int(number)] = _marked(people[int(number)], hidden)
            told[f"{name}s"] = people
    pattern = _pattern(hidden)
    if pattern and told.get("log"):
        told["log"] = [{**line, "text": pattern.sub(f"[{MARKER}]", line["text"])} for line in told["log"]]
    return told


def evidence_without_addresses(
    assessment: Mapping[str, Any], call: Mapping[str, Any], whose: Iterable[str]
) -> dict[str, Any]:
    """Return an assessment in which the words that findings rest on repeat none of these addresses either.

    Parameters
    ----------
    call
        As it came, with the addresses.
    """
    hidden: set[str] = set()
    for which in whose:
        name, _, number = which.partition(" ")
        many = call.get(f"{name}s", [])
        party = call.get(name) or (
            many[int(number)] if number.isdecimal() and int(number) < len(many) else {}
        )
        _marked(party, hidden)
    pattern = _pattern(hidden)
    if pattern is None:
        return dict(assessment)
    part = dict(assessment["vulnerability"])
    for name in ("findings", "about_others"):
        part[name] = [_repeating_nothing(one, pattern) for one in part[name]]
    heard = [_repeating_nothing(one, pattern) for one in assessment.get("heard", ())]
    return {**assessment, "vulnerability": part, "heard": heard}


def _repeating_nothing(finding: Mapping[str, Any], pattern: re.Pattern[str]) -> dict[str, Any]:
    evidence = finding["evidence"]
    if evidence is None:
        return dict(finding)
    return {**finding, "evidence": {**evidence, "text": pattern.sub(f"[{MARKER}]", evidence["text"])}}


def _pattern(hidden: Iterable[str]) -> re.Pattern[str] | None:
    found = sorted(map(_loosely, hidden), key=len, reverse=True)
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _marked(party: Mapping[str, Any], hidden: set[str]) -> dict[str, Any]:
    hidden |= {str(party[name]) for name in _FIELDS if party.get(name)}
    kept = {name: value for name, value in party.items() if name not in (*_FIELDS, *_POSITION)}
    return {**kept, "address": MARKER}


def _loosely(text: str) -> str:
    """Return a pattern that finds an address or postcode however its words are spaced."""
    return r"\W*".join(map(re.escape, re.findall(r"\w+", text))) or r"(?!)"

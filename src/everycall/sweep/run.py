"""The sweep: link the history again, whole or only what is new, and keep who is who.

What it finds is written in one transaction at the end, so a sweep killed half way is as if it had not begun, and
the next one does it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.keys import key_numbers
from everycall.identity.mention import Mention
from everycall.identity.model import Model
from everycall.identity.persons import Review
from everycall.identity.rules import Search
from everycall.identity.stable_ids import Change
from everycall.identity.stable_ids import number as number_persons
from everycall.identity.words_said import Word, settle
from everycall.localtime import local_date
from everycall.store import people, persons
from everycall.store.writing import writing
from everycall.sweep.components import Numbers
from everycall.sweep.engine import Engine
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import bring, find_shared, number
from everycall.sweep.linking import Words, score_history
from everycall.sweep.linking import persons as group_persons
from everycall.sweep.strong import strong_pairs

MOST_A_KEY = 100
"""Of those who share a key with somebody new, the newest so many are looked at."""
LATE = 10_000
"""Versions of calls that are looked at again: of two written at one time the lower number may come to light later."""
_AT_ONCE = 50_000
"""Mentions that are written at one time."""
_NEVER_VICTIM = ("witness", "third_party", "professional", "police", "suspect", "subject")


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did.

    Parameters
    ----------
    mentions, persons, changed, reviews
        How many mentions were looked at, of how many persons; how many passed to another; how many things are to be
        reviewed.
    person_of
        The person of each mention looked at.
    new
        Persons of whom a mention is new, or passed.
    """

    whole: bool
    mentions: int
    persons: int
    changed: int
    reviews: int
    person_of: Mapping[int, int] = field(default_factory=dict, compare=False, repr=False)
    new: frozenset[int] = field(default=frozenset(), compare=False, repr=False)


def sweep(
    engine: Engine,
    connection: BaseDatabaseWrapper,
    model: Model,
    limits: Search,
    now: datetime,
    whole: bool = False,
) -> Swept:
    """Link the history and keep who is who.

    Parameters
    ----------
    whole
        Look at everybody, with the wider keys. Without it only at whom the calls since the last sweep name, whom
        they may be, and whom a word was said about; the first sweep, and the first with another model, is whole.

    Raises
    ------
    StoreError
        When the store cannot be read or written.
    """
    state = persons.swept(connection)
    through = people.last_mention(connection)
    version = persons.last_version(connection)
    said = persons.words(connection)
    whole = whole or state is None or state["model"] != model.sha256
    seen = None if whole or state is None else state.get("version")  # none kept by an older release
    gone = persons.no_longer_known(connection, None if seen is None else seen - LATE)
    if whole:
        bring(engine, connection, limits, local_date(now))
    else:
        assert state is not None
        refs = {ref for a, b, _ in said[state["words"] :] for ref in (a, b)}
        around = _around(engine, connection, model, limits, state["mention"], gone, refs, local_date(now))
        _bring_some(engine, connection, limits, around, local_date(now))
    count = engine.get("SELECT count(*) AS n FROM mention").column("n")[0].as_py()
    before = persons.persons_of(connection, None if whole else _ids(engine)) if state else {}
    if count:
        score_history(engine, model, limits, every_level=False)
        found = group_persons(engine, limits, _words(engine, said))
        ids = np.array([0, *_ids(engine)], np.int64)
        placed, changes, reviews = _placed(
            ids, found.leader, found.component, before, persons.last_person(connection), found.reviews
        )
    else:
        placed, changes, reviews = np.zeros((0, 3), np.int64), [], []
    new = _not_as_before(placed, before)
    with writing(connection):
        persons.keep(
            connection,
            (_rows(new[start : start + _AT_ONCE]) for start in range(0, len(new), _AT_ONCE)),
            [*gone, *(mention for mention in new[:, 0].tolist() if mention in before)],
            [(c.kind, c.from_person, c.to_person, c.mentions) for c in changes],
            now,
        )
        persons.keep_reviews(connection, [(r.why, r.mentions) for r in reviews], now, anew=whole)
        persons.keep_swept(
            connection, {"mention": through, "version": version, "model": model.sha256, "words": len(said)}
        )
    return Swept(
        whole,
        count,
        len(np.unique(placed[:, 1])),
        sum(len(c.mentions) for c in changes),
        len(reviews),
        dict(zip(placed[:, 0].tolist(), placed[:, 1].tolist(), strict=True)),
        frozenset(new[:, 1].tolist()),
    )


def _ids(engine: Engine) -> list[int]:
    """Return the store's number of each mention, in the order of the engine's."""
    found: list[int] = engine.get("SELECT id FROM mention ORDER BY n").column("id").to_pylist()
    return found


def _placed(
    ids: Numbers,
    leader: Numbers,
    component: Numbers,
    before: Mapping[int, tuple[int, int]],
    last: int,
    reviews: Sequence[Review],
) -> tuple[Numbers, list[Change], list[Review]]:
    """Return a row for each mention (mention, person, component), what changed, and what is to be reviewed."""
    mentions = ids[1:]
    leads, group = np.unique(leader[1:], return_inverse=True)
    order = np.argsort(group, kind="stable")
    inside, ends = mentions[order].tolist(), np.cumsum(np.bincount(group)).tolist()
    numbers, changes = number_persons(
        [inside[start:end] for start, end in pairwise([0, *ends])],
        {m: person for m, (person, _) in before.items()},
        last + 1,
    )
    person = np.array(numbers, np.int64)
    # a component is named by the person of its first mention, so that it is found again by the next sweep
    first = person[np.searchsorted(leads, leader[component[1:]])]
    placed = np.column_stack([mentions, person[group], first])
    told = [Review(r.why, tuple(int(ids[n]) for n in r.mentions)) for r in reviews]
    return placed[np.argsort(mentions)], changes, told


def _rows(placed: Numbers) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in placed.T), strict=True))


def _not_as_before(placed: Numbers, before: Mapping[int, tuple[int, int]]) -> Numbers:
    """Return the rows of mentions whose person or component is new or another."""
    if not before:
        return placed
    known = np.array([before.get(mention, (0, 0)) for mention in placed[:, 0].tolist()], np.int64).reshape(
        -1, 2
    )
    changed: Numbers = placed[(known != placed[:, 1:]).any(axis=1)]
    return changed


def _words(engine: Engine, said: Sequence[tuple[str, str, bool]]) -> Words:
    """Return what people said of calls as words about their victims' mentions."""
    refs = sorted({ref for a, b, _ in said for ref in (a, b)})
    if not refs:
        return Words()
    listed = ", ".join("'" + ref.replace("'", "''") + "'" for ref in refs)
    others = ", ".join(f"'{role}'" for role in _NEVER_VICTIM)
    of: dict[str, list[int]] = defaultdict(list)
    for row in engine.get(
        f"SELECT ref, n FROM mention WHERE ref IN ({listed}) AND coalesce(role, '') NOT IN ({others}) "
        "ORDER BY CASE WHEN role = 'victim' THEN 0 ELSE 1 END, n"
    ).to_pylist():
        of[row["ref"]].append(row["n"])
    settled = settle([Word(of[a][0], of[b][0], same) for a, b, same in said if of[a] and of[b]])
    about = frozenset(n for a, b, _ in said for n in (*of[a][:1], *of[b][:1]))
    return Words(
        tuple((one, other) for one, other in settled.groups.items() if one != other),
        settled.must_differ,
        about,
        tuple(Review("words", (word.one, word.other)) for word in settled.against_newer),
    )


def _around(
    engine: Engine,
    connection: BaseDatabaseWrapper,
    model: Model,
    limits: Search,
    after: int,
    gone: Sequence[int],
    refs: set[str],
    today: date,
) -> set[int]:
    """Return the mentions to look at again: the new, whom they hang together with, and whom words are about."""
    new = [row for rows in people.people(connection, after) for row in rows]
    own = {(h, row[0]) for row in new for h in _hashes(row)}
    keys = own | people.sharing(connection, sorted({h for h, _ in own}), MOST_A_KEY)
    _bring_some(
        engine, connection, limits, {mention for _, mention in keys} | {row[0] for row in new}, today, keys
    )
    strong: set[int] = set()
    if new:
        score_history(engine, model, limits, after=after, every_level=False)
        rows = engine.get(
            f"SELECT x.id AS a, y.id AS b FROM scored s JOIN mention x ON x.n = s.a JOIN mention y ON y.n = s.b "
            f"WHERE {strong_pairs(limits, 's.')} AND (x.id > {after} OR y.id > {after})"
        ).to_pylist()
        strong = {mention for row in rows for mention in (row["a"], row["b"])}
    seeds = strong | set(gone) | set(people.of_calls(connection, sorted(refs)))
    components = {component for _, component in persons.persons_of(connection, sorted(seeds)).values()}
    whole = set(persons.hanging_together(connection, sorted(components)))
    return {row[0] for row in new} | whole | (seeds - set(gone))


def _bring_some(
    engine: Engine,
    connection: BaseDatabaseWrapper,
    limits: Search,
    mentions: set[int],
    today: date,
    keys: Collection[tuple[int, int]] | None = None,
) -> None:
    """Make ``mention`` and ``mention_key`` of some mentions; without ``keys`` (hash, mention) all of theirs count."""
    rows = people.some_people(connection, sorted(mentions))
    engine.put("arrived", table_of(rows))
    if keys is None:
        keys = [(h, row[0]) for row in rows for h in _hashes(row)]
    engine.put("mention_key", key_table(keys))
    number(engine, find_shared(engine, connection, limits, today))
    engine.drop("arrived")


def _hashes(row: tuple[Any, ...]) -> set[int]:
    """Return the keys of a mention as the store reads it out."""
    m = dict(zip(people.COLUMNS, row, strict=True))
    mention = Mention(
        m["which"],
        m["role"],
        tuple(m["forenames"].split(" ")) if m["forenames"] else (),
        m["surname"],
        date.fromisoformat(str(m["born"])) if m["born"] else None,
        m["age"],
        *(m[name] for name in ("phone", "email", "postcode", "dwelling", "building", "street", "uprn")),
    )
    return set(key_numbers(mention))

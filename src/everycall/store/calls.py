"""Taking calls into the store: versions, mentions and keys, for one live call and for a chunk of a file alike."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.call import Call, read_call
from everycall.identity.keys import key_numbers
from everycall.identity.mention import Mention, mentions_of
from everycall.store.merging import Path, facts_sha256, merge, payload_of, without
from everycall.store.moments import from_number, to_number
from everycall.store.prepared import MENTION_FACTS, VERSION_FACTS, mention_facts, version_facts
from everycall.store.reading import Question, read, text_array
from everycall.store.writing import insert, new_ids, writing

VERSION_COLUMNS = ("id", "call_id", "version", *VERSION_FACTS, "known_from")
MENTION_COLUMNS = ("id", "call_id", "flag_id", *MENTION_FACTS, "known_from")


@dataclass(frozen=True, slots=True)
class Current:
    """The version of a call that the store holds now."""

    call_id: int
    version_id: int
    version: int
    facts_sha256: str
    payload: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one call: its version, and whether it was new to the store, changed, or the same."""

    ref: str
    version_id: int
    version: int
    change: str


def current(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> dict[str, Current]:
    """Return what the store holds now of each of ``refs``."""
    if not refs:
        return {}
    return {row[0]: Current(*row[1:]) for row in read(connection, *current_asked(refs))}


def current_asked(refs: Sequence[str]) -> Question:
    """Return what is asked for `current`, so that it can be asked ahead."""
    places = ", ".join(["%s"] * len(refs))
    query = (
        "SELECT c.ref, c.id, v.id, v.version, v.facts_sha256, v.payload FROM call c "
        f"JOIN call_version v ON v.call_id = c.id WHERE v.known_until IS NULL AND c.ref IN ({places})"
    )
    return query, list(refs)


CURRENT_COLUMNS = ("text", "bigint", "bigint", "int", "text", "text")
"""Of what types the columns of `current_asked` are."""


def newest(connection: BaseDatabaseWrapper) -> datetime | None:
    """Return when the newest call of all was received: how far the history reaches; None in an empty store."""
    ((last,),) = read(connection, "SELECT MAX(received_at) FROM call_version")
    return None if last is None else from_number(last)


def with_what_is_known(
    call: Call, known: Current | None, answers: Mapping[str, frozenset[str]] | None = None
) -> Call:
    """Return the call with the facts the store has of it already, the newer ones first."""
    if known is None:
        return call
    new = call.model_dump(mode="json", exclude_unset=True)
    merged = merge(json.loads(known.payload), new)
    if call.monitoring is not None:
        merged["monitoring"] = new["monitoring"]
    return read_call(merged, call.ref, answers=answers).call


def take(
    connection: BaseDatabaseWrapper,
    calls: Sequence[Call],
    known_from: datetime,
    answers: Mapping[str, frozenset[str]] | None = None,
) -> list[Taken]:
    """Take calls, inside a transaction of the caller's; idempotent by ``ref``.

    Parameters
    ----------
    calls
        With distinct refs.
    known_from
        From when on the store knows these facts.
    """
    hold(connection, [call.ref for call in calls])
    known = current(connection, [call.ref for call in calls])
    now = to_number(known_from)
    new, changed, taken = [], [], []
    for call in calls:
        whole = with_what_is_known(call, known.get(call.ref), answers)
        payload = payload_of(whole)
        sha = facts_sha256(payload)
        have = known.get(call.ref)
        if have is None:
            new.append((whole, payload, sha))
        elif have.facts_sha256 != sha:
            changed.append((whole, payload, sha, have))
        else:
            taken.append(Taken(call.ref, have.version_id, have.version, "same"))
    taken += _add(connection, new, now) if new else []
    taken += _replace(connection, changed, now) if changed else []
    return taken


def take_back(connection: BaseDatabaseWrapper, ref: str, paths: Sequence[Path], known_from: datetime) -> None:
    """Take facts of a call back, in a transaction of its own: a new version has them no more, the older ones do.

    The log stays, and so what was read in it is known of the new version too.
    """
    with writing(connection):
        hold(connection, [ref])
        known = current(connection, [ref])[ref]
        whole = read_call(without(json.loads(known.payload), paths), ref).call
        payload = payload_of(whole)
        if facts_sha256(payload) == known.facts_sha256:
            return
        now = to_number(known_from)
        (taken,) = _replace(connection, [(whole, payload, facts_sha256(payload), known)], now)
        with closing(connection.cursor()) as cursor:
            columns = "known_from, lexicon_sha256, tells_of_asb, alleges, findings"
            cursor.execute(
                f"INSERT INTO words_read (call_version_id, {columns}) "
                f"SELECT %s, {columns} FROM words_read WHERE call_version_id = %s",
                [taken.version_id, known.version_id],
            )


def hold(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> None:
    """Let nobody else take these calls until the transaction ends; SQLite has one writer anyway.

    Without it two imports, or an import and a live call, that bring one new ref would each add it. Every
    transaction takes its locks in the same order, so that none waits for another in a circle.
    """
    if connection.vendor == "postgresql":
        read(connection, *hold_asked(refs))


def hold_asked(refs: Sequence[str]) -> Question:
    """Return what is asked of PostgreSQL for `hold`."""
    query = "SELECT pg_advisory_xact_lock(hashtextextended(ref, 0)) FROM unnest(%s::text[]) AS asked(ref)"
    return query, [text_array(sorted(refs))]


def _add(connection: BaseDatabaseWrapper, new: Sequence[tuple[Call, str, str]], now: int) -> list[Taken]:
    named = [list(mentions_of(call)) for call, _, _ in new]
    many = {"call": len(new), "call_version": len(new), "mention": sum(len(people) for people in named)}
    ids = new_ids(connection, many)
    calls, versions, mentions, taken = [], [], [], []
    for call_id, version_id, (call, payload, sha), people in zip(
        ids["call"], ids["call_version"], new, named, strict=True
    ):
        calls.append((call_id, call.ref))
        versions.append((version_id, call_id, 1, *version_facts(call, payload, sha), now))
        mentions += [(call_id, None, mention) for mention in people]
        taken.append(Taken(call.ref, version_id, 1, "new"))
    insert(connection, "call", ("id", "ref"), calls)
    insert(connection, "call_version", VERSION_COLUMNS, versions)
    _insert_mentions(connection, ids["mention"], mentions, now)
    return taken


def _replace(
    connection: BaseDatabaseWrapper, changed: Sequence[tuple[Call, str, str, Current]], now: int
) -> list[Taken]:
    version_ids = new_ids(connection, {"call_version": len(changed)})["call_version"]
    versions, taken = [], []
    with closing(connection.cursor()) as cursor:
        cursor.executemany(
            "UPDATE call_version SET known_until = %s WHERE id = %s",
            [(now, have.version_id) for _, _, _, have in changed],
        )
    for version_id, (call, payload, sha, have) in zip(version_ids, changed, strict=True):
        facts = version_facts(call, payload, sha)
        versions.append((version_id, have.call_id, have.version + 1, *facts, now))
        taken.append(Taken(call.ref, version_id, have.version + 1, "changed"))
    insert(connection, "call_version", VERSION_COLUMNS, versions)
    for call, _, _, have in changed:
        _replace_mentions(connection, have.call_id, list(mentions_of(call)), now)
    return taken


def _replace_mentions(
    connection: BaseDatabaseWrapper, call_id: int, mentions: list[Mention], now: int
) -> None:
    """Keep the mentions that did not change, so that a closure alone does not write keys anew."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(
            f"SELECT {', '.join(MENTION_FACTS)}, id FROM mention WHERE call_id = %s AND known_until IS NULL",
            [call_id],
        )
        have = {tuple(row[:-1]): row[-1] for row in cursor.fetchall()}
        wanted = {mention_facts(mention): mention for mention in mentions}
        gone = [number for columns, number in have.items() if columns not in wanted]
        if gone:
            cursor.executemany("UPDATE mention SET known_until = %s WHERE id = %s", [(now, n) for n in gone])
    fresh = [mention for columns, mention in wanted.items() if columns not in have]
    add_mentions(connection, [(call_id, None, mention) for mention in fresh], now)


def add_mentions(
    connection: BaseDatabaseWrapper, mentions: Sequence[tuple[int | None, int | None, Mention]], now: int
) -> None:
    """Add mentions (call number, flag number, mention) with their keys."""
    if not mentions:
        return
    _insert_mentions(connection, new_ids(connection, {"mention": len(mentions)})["mention"], mentions, now)


def _insert_mentions(
    connection: BaseDatabaseWrapper,
    ids: Sequence[int],
    mentions: Sequence[tuple[int | None, int | None, Mention]],
    now: int,
) -> None:
    rows, keys = [], []
    for number, (call_id, flag_id, mention) in zip(ids, mentions, strict=True):
        rows.append((number, call_id, flag_id, *mention_facts(mention), now))
        keys += [(value, number) for value in key_numbers(mention)]
    insert(connection, "mention", MENTION_COLUMNS, rows)
    insert(connection, "mention_key", ("hash", "mention_id"), keys)

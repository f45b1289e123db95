"""A new call kept on PostgreSQL in one question: its rows, what its log says, its assessment and its link.

Statement by statement it took fourteen questions, and a fifth of the processor time of the whole call. The function is
made for each connection and goes with it, so that it is always the one of the code that asks: no step of the schema,
and nothing in the database that could be older than we are. It does what `everycall.store.calls.take`,
`everycall.store.words.keep` and `everycall.store.assessments.record` do one by one for a call that is new; tests hold
the two together.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper
from pydantic_core import to_json

from everycall.record.chain import START
from everycall.store.assessments import MADE_COLUMNS
from everycall.store.at_once import tell
from everycall.store.driver import driver_of
from everycall.store.prepared import MENTION_FACTS, VERSION_FACTS, Prepared
from everycall.store.reading import array, read
from everycall.store.record import ADVISORY_LOCK, ENTRY_FACTS, PAYLOAD_FACTS, Entry
from everycall.store.words import ROW_COLUMNS


def _listed(columns: tuple[str, ...], of: str = "") -> str:
    return ", ".join([f"{of}{name}" for name in columns])


_MADE = MADE_COLUMNS[:-1]
"""What is kept of an assessment beside the number of its link, which comes last."""

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION pg_temp.keep_new_call(
    its_ref text, its_facts json, its_payload text, its_mentions json, its_keys bigint[], its_owners int[],
    its_words json, its_entry json, its_body text, its_made json, now_known bigint
) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    its_call bigint; its_version bigint; its_people bigint[]; its_link bigint; link_before text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(its_ref, 0));
    its_call := nextval('call_id_seq');
    its_version := nextval('call_version_id_seq');
    INSERT INTO call (id, ref) VALUES (its_call, its_ref);
    INSERT INTO call_version (id, call_id, version, {_listed(VERSION_FACTS[:-2])}, payload, monitoring, known_from)
        SELECT its_version, its_call, 1, {_listed(VERSION_FACTS[:-2], "told.")}, its_payload, told.monitoring, now_known
        FROM json_populate_record(NULL::call_version, its_facts) AS told;
    its_people := ARRAY(SELECT nextval('mention_id_seq') FROM json_array_elements(its_mentions));
    INSERT INTO mention (id, call_id, {_listed(MENTION_FACTS)}, known_from)
        SELECT its_people[told.id], its_call, {_listed(MENTION_FACTS, "told.")}, now_known
        FROM json_populate_recordset(NULL::mention, its_mentions) AS told;
    INSERT INTO mention_key (hash, mention_id)
        SELECT told.hash, its_people[told.owner] FROM unnest(its_keys, its_owners) AS told (hash, owner);
    IF its_words IS NOT NULL THEN
        INSERT INTO words_read (call_version_id, {_listed(ROW_COLUMNS)})
            SELECT its_version, {_listed(ROW_COLUMNS, "told.")}
            FROM json_populate_record(NULL::words_read, its_words) AS told;
    END IF;
    PERFORM pg_advisory_xact_lock({ADVISORY_LOCK});
    SELECT number, link INTO its_link, link_before FROM chain_entry ORDER BY number DESC LIMIT 1;
    its_link := COALESCE(its_link, 0) + 1;
    link_before := COALESCE(link_before, '{START}');
    INSERT INTO chain_entry (number, {_listed(ENTRY_FACTS)}, previous, link)
        SELECT its_link, {_listed(ENTRY_FACTS, "told.")}, link_before, encode(sha256(convert_to(
            concat_ws('|', its_link, told.recorded_at, told.kind, told.commitment, link_before), 'UTF8')), 'hex')
        FROM json_populate_record(NULL::chain_entry, its_entry) AS told;
    INSERT INTO chain_payload (entry_id, {_listed(PAYLOAD_FACTS)}, body)
        SELECT its_link, {_listed(PAYLOAD_FACTS, "told.")}, its_body
        FROM json_populate_record(NULL::chain_payload, its_entry) AS told;
    INSERT INTO assessment_made ({_listed(_MADE)}, entry)
        SELECT {_listed(_MADE, "told.")}, its_link FROM json_populate_record(NULL::assessment_made, its_made) AS told;
END $$
"""

_ASK = (
    "SELECT pg_temp.keep_new_call(%s, %s::json, %s, %s::json, %s::bigint[], %s::int[], %s::json, %s::json, %s, "
    "%s::json, %s)"
)

_has: WeakKeyDictionary[Any, dict[str, bool]] = WeakKeyDictionary()


def offered(connection: BaseDatabaseWrapper, function: str = _FUNCTION) -> bool:
    """Say whether a new call can be kept in one go here; the function is made when a connection first asks.

    Parameters
    ----------
    function
        What makes the function that is to be there.

    Not on SQLite, where a statement costs little; not through a connection pooler (`prepare_threshold=none`), which
    may hand out another server connection with each transaction; and not where no temporary objects may be made.
    """
    if connection.vendor != "postgresql":
        return False
    driver = driver_of(connection)
    has = _has.setdefault(driver, {})
    if function not in has:
        if connection.in_atomic_block:
            return False  # made now it would go again when the transaction fails
        has[function] = driver.prepare_threshold is not None and _may_make_it(connection)
        if has[function]:
            with connection.wrap_database_errors, driver.cursor() as cursor:
                cursor.execute(function)
    return has[function]


def _may_make_it(connection: BaseDatabaseWrapper) -> bool:
    return bool(read(connection, "SELECT has_database_privilege(current_database(), 'TEMPORARY')")[0][0])


def keep(
    connection: BaseDatabaseWrapper,
    call: Prepared,
    words: tuple[Any, ...] | None,
    entry: Entry,
    made: tuple[Any, ...],
    known_from: int,
) -> None:
    """Keep a call that the store does not have, in the transaction that is sent at once (`everycall.store.at_once`).

    Parameters
    ----------
    words
        What is kept of its log, in the order of `everycall.store.words.ROW_COLUMNS`; None where it was not read.
    made
        In the order of `everycall.store.assessments.MADE_COLUMNS`, without the link.
    known_from
        Microseconds since 1970, UTC.
    """
    facts = dict(zip(VERSION_FACTS, call.facts, strict=True))
    payload = facts.pop("payload")
    people = [
        {"id": number, **dict(zip(MENTION_FACTS, mention, strict=True))}
        for number, mention in enumerate(call.mentions, 1)
    ]
    owners = [number for number, keys in enumerate(call.keys, 1) for _ in keys]
    values = [
        call.ref,
        _json(facts),
        payload,
        _json(people),
        array(key for keys in call.keys for key in keys),
        array(owners),
        None if words is None else _json(dict(zip(ROW_COLUMNS, words, strict=True))),
        _json(entry.facts()),
        entry.body,
        _json(dict(zip(_MADE, made, strict=True))),
        known_from,
    ]
    tell(connection, _ASK, values)


def _json(row: Any) -> str:
    """Return a row, or several, as the function reads it; it is not kept so."""
    return to_json(row).decode()

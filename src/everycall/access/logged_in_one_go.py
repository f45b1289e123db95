"""A link of the processing log appended on PostgreSQL in one statement, so that nobody else waits for our questions.

Every link is appended under one lock, which is held until the transaction ends; asked in two or three questions, each
process would keep the others from writing while its answers travel. Made for each connection, as
`everycall.store.in_one_go` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from pydantic_core import to_json

from everycall.record.chain import START
from everycall.store import in_one_go
from everycall.store.at_once import is_sending, tell
from everycall.store.reading import array, server_side
from everycall.store.record import ADVISORY_LOCK, ENTRY_FACTS, PAYLOAD_FACTS, Entry

_ENTRY, _PAYLOAD = ", ".join(ENTRY_FACTS), ", ".join(PAYLOAD_FACTS)

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION pg_temp.log_processing(
    its_entry json, its_body text, its_operations smallint, its_keys bigint[], its_call text, who text
) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    its_link bigint; link_before text;
BEGIN
    PERFORM pg_advisory_xact_lock({ADVISORY_LOCK});
    SELECT number, link INTO its_link, link_before FROM chain_entry ORDER BY number DESC LIMIT 1;
    its_link := COALESCE(its_link, 0) + 1;
    link_before := COALESCE(link_before, '{START}');
    INSERT INTO chain_entry (number, {_ENTRY}, previous, link)
        SELECT its_link, {_ENTRY}, link_before, encode(sha256(convert_to(
            concat_ws('|', its_link, told.recorded_at, told.kind, told.commitment, link_before), 'UTF8')), 'hex')
        FROM json_populate_record(NULL::chain_entry, its_entry) AS told;
    INSERT INTO chain_payload (entry_id, {_PAYLOAD}, body)
        SELECT its_link, {_PAYLOAD}, its_body FROM json_populate_record(NULL::chain_payload, its_entry) AS told;
    INSERT INTO processing_link (entry, operations, for_call, "by", at)
        VALUES (its_link, its_operations, its_call, who, (its_entry->>'recorded_at')::bigint);
    INSERT INTO processing_key (hash, entry) SELECT told.hash, its_link FROM unnest(its_keys) AS told (hash);
END $$
"""

_ASK = "SELECT pg_temp.log_processing(%s::json, %s, %s::smallint, %s::bigint[], %s, %s)"


def offered(connection: BaseDatabaseWrapper) -> bool:
    """Say whether it can be done so here (`everycall.store.in_one_go.offered`)."""
    return in_one_go.offered(connection, _FUNCTION)


def append(
    connection: BaseDatabaseWrapper,
    entry: Entry,
    operations: int,
    keys: Sequence[int],
    for_call: str | None,
    by: str,
) -> None:
    """Append the link and say of which records it tells, inside the caller's transaction.

    Parameters
    ----------
    operations, keys
        As `everycall.access.operations` makes them.
    """
    values = [to_json(entry.facts()).decode(), entry.body, operations, array(keys), for_call, by]
    if is_sending(connection):
        tell(connection, _ASK, values)
        return
    driver: Any = connection.connection
    with connection.wrap_database_errors, server_side()(driver) as cursor:
        cursor.execute(_ASK, values)

"""A lawful disposal: the call, its mentions and its recorded payloads go; the record says that they did."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from everycall.errors import RecordError
from everycall.force import Force
from everycall.store import record
from everycall.store.reading import read
from everycall.store.writing import writing

_OF_THE_CALL = "(SELECT id FROM call WHERE ref = %s)"


def dispose_of(ref: str, authority: str, force: Force, now: datetime) -> int:
    """Dispose of everything kept of a call; return how many recorded payloads went.

    Raises
    ------
    RecordError
        When there is no such call, and nothing is recorded under that reference.
    """
    connection = force.store.connection
    known = read(connection, "SELECT 1 FROM call WHERE ref = %s", [ref])
    if not known and not read(connection, "SELECT 1 FROM chain_payload WHERE subject = %s", [ref]):
        raise RecordError("there is no such call, and nothing is recorded under that reference")
    with writing(connection):
        many = record.dispose(connection, ref, authority, now, force.salts)
        with closing(connection.cursor()) as cursor:
            for statement in (
                f"DELETE FROM mention_key WHERE mention_id IN (SELECT id FROM mention WHERE call_id IN {_OF_THE_CALL})",
                f"DELETE FROM person_of WHERE mention_id IN (SELECT id FROM mention WHERE call_id IN {_OF_THE_CALL})",
                f"DELETE FROM mention WHERE call_id IN {_OF_THE_CALL}",
                "DELETE FROM words_read WHERE call_version_id IN "
                f"(SELECT id FROM call_version WHERE call_id IN {_OF_THE_CALL})",
                f"DELETE FROM call_version WHERE call_id IN {_OF_THE_CALL}",
                "DELETE FROM assessment_made WHERE ref = %s",
                "DELETE FROM decision_made WHERE ref = %s",
                "DELETE FROM burst_reviewed WHERE ref = %s",
                "DELETE FROM same_person WHERE ref_a = %s OR ref_b = %s",
                "DELETE FROM call WHERE ref = %s",
            ):
                cursor.execute(statement, [ref] * statement.count("%s"))
    return many

"""Exports: what leaves the force's own system, for what purpose and to whom, stands in the processing log.

An export holds references of calls, numbers of persons, and codes: no names, telephone numbers, addresses, dates of
birth or words. Whom they are about is found with the force's own system alone, which is apart (pseudonymised, UK GDPR
article 4(5)).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.access.operations import DISCLOSURE
from everycall.access.processing import log
from everycall.access.viewer import Viewer
from everycall.errors import Problems

_LONGEST = 200


def check_reasons(purpose: str | None, recipient: str | None) -> None:
    """Refuse an export without a purpose or a recipient.

    Raises
    ------
    InputError
        With what is missing or too long.
    """
    problems = Problems()
    for name, told in (("purpose", purpose), ("recipient", recipient)):
        if not (told or "").strip():
            problems.add(name, "is needed: it stands in the processing log")
        elif len(told or "") > _LONGEST:
            problems.add(name, f"has at most {_LONGEST} characters")
    problems.raise_if_any("nothing is exported")


def log_export(
    connection: BaseDatabaseWrapper,
    viewer: Viewer,
    out: Path,
    rows: int,
    purpose: str,
    recipient: str,
    salts: Iterator[str],
    now: datetime,
) -> None:
    """Log an export as a disclosure, with the hash of the file, so that a copy found later can be known again.

    Parameters
    ----------
    out
        The file as it was written.
    now
        Aware.
    """
    digest = sha256()
    with out.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    why = f"{purpose.strip()}; to {recipient.strip()}; {rows} rows, SHA-256 {digest.hexdigest()}"
    log(connection, viewer, {DISCLOSURE: [f"export {out.name}"[:100]]}, None, why, salts, now)

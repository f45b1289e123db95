"""People who may sign in: adding one, finding one, changing what they are, closing an account."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.accounts.passwords import hashed, problems_of_password
from everycall.errors import InputError, Problem, Problems, not_allowed
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.writing import insert, writing

ROLES = (
    "handler",
    "supervisor",
    "neighbourhood_officer",
    "analyst",
    "inspector",
    "administrator",
)
"""The roles of people; ``system`` is the role of tokens alone."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._@'-]{0,99}")
_COLUMNS = "id, name, role, district, made_at, closed_at"


@dataclass(frozen=True, slots=True)
class Person:
    """A person with an account.

    Parameters
    ----------
    district
        Where a neighbourhood officer works, as calls name it; None: not told.
    """

    number: int
    name: str
    role: str
    district: str | None
    made_at: datetime
    closed_at: datetime | None


def add(
    connection: BaseDatabaseWrapper,
    name: str,
    role: str | None,
    now: datetime,
    password: str | None = None,
    district: str | None = None,
    subject: str | None = None,
) -> Person:
    """Add a person who may sign in; the first is always an administrator.

    Parameters
    ----------
    role
        None: an administrator if first, else refused.
    password
        None: they sign in through the force's own sign-in only.
    subject
        Who they are there: the issuer, a space and its word for them.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    name = name.strip().lower()
    problems = Problems()
    if not _NAME.fullmatch(name):
        problems.add("name", "is 1 to 100 letters, digits, or . _ @ ' - , and begins with a letter or digit")
    first = not read(connection, "SELECT 1 FROM account LIMIT 1")
    role = role or ("administrator" if first else "")
    if role not in ROLES:
        problems.add("role", not_allowed(role, ROLES))
    elif first and role != "administrator":
        problems.add("role", "the first account must be an administrator, who adds the others")
    if password is not None:
        problems.extend(problems_of_password(password, name))
    if find(connection, name) is not None:
        problems.add("name", "there is an account of that name already")
    problems.raise_if_any("the account cannot be added")
    encoded = None if password is None else hashed(password)
    with writing(connection):
        insert(
            connection,
            "account",
            ("name", "role", "district", "password", "subject", "made_at", "failed"),
            [(name, role, district, encoded, subject, to_number(now), 0)],
        )
    return known(connection, name)


def find(connection: BaseDatabaseWrapper, name: str) -> Person | None:
    """Return the account of that name, also a closed one."""
    found = _where(connection, "name = %s", [name.strip().lower()])
    return found[0] if found else None


def known(connection: BaseDatabaseWrapper, name: str) -> Person:
    """Return the account of that name; raise `InputError` when there is none."""
    found = find(connection, name)
    if found is None:
        raise InputError("there is no such account", [Problem("name", "nobody of that name may sign in")])
    return found


def by_number(connection: BaseDatabaseWrapper, number: int) -> Person | None:
    """Return an account that is open, by its number."""
    found = _where(connection, "id = %s AND closed_at IS NULL", [number])
    return found[0] if found else None


def by_subject(connection: BaseDatabaseWrapper, subject: str) -> Person | None:
    """Return an account that is open, by who they are at the force's own sign-in."""
    found = _where(connection, "subject = %s AND closed_at IS NULL", [subject])
    return found[0] if found else None


def everybody(connection: BaseDatabaseWrapper) -> list[Person]:
    """Return all accounts, by name."""
    return sorted(_where(connection, "1 = 1", []), key=lambda person: person.name)


def change(
    connection: BaseDatabaseWrapper,
    name: str,
    role: str | None = None,
    password: str | None = None,
    district: str | None = None,
) -> Person:
    """Change a person's role, password or district; whoever is signed in by that name is signed out.

    Raises
    ------
    InputError
        Also when the last administrator would be none.
    """
    person = known(connection, name)
    problems = Problems()
    if role is not None and role not in ROLES:
        problems.add("role", not_allowed(role, ROLES))
    if password is not None:
        problems.extend(problems_of_password(password, person.name))
    if role not in (None, "administrator"):
        _not_the_last(connection, person, problems)
    problems.raise_if_any("the account stays as it was")
    new: dict[str, Any] = {"role": role, "district": district}
    if password is not None:
        new |= {"password": hashed(password), "failed": 0}
    wanted = {column: value for column, value in new.items() if value is not None}
    if wanted:
        _update(connection, person.number, wanted)
    return known(connection, name)


def close(connection: BaseDatabaseWrapper, name: str, now: datetime) -> None:
    """Close an account: nobody signs in by it again, and its name stays taken. The record keeps what they did."""
    person = known(connection, name)
    problems = Problems()
    _not_the_last(connection, person, problems)
    problems.raise_if_any("the account stays as it was")
    _update(
        connection, person.number, {"closed_at": to_number(now), "password": "", "subject": ""}, {"subject"}
    )


def _not_the_last(connection: BaseDatabaseWrapper, person: Person, problems: Problems) -> None:
    if person.role != "administrator" or person.closed_at is not None:
        return
    others = _where(
        connection, "role = %s AND closed_at IS NULL AND id <> %s", ["administrator", person.number]
    )
    if not others:
        problems.add("role", "is the last administrator: make another first")


def _update(
    connection: BaseDatabaseWrapper, number: int, values: dict[str, Any], nulls: Collection[str] = ()
) -> None:
    sets = ", ".join(f"{column} = %s" for column in values)
    told = [None if column in nulls else value for column, value in values.items()]
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(f"UPDATE account SET {sets} WHERE id = %s", [*told, number])
        cursor.execute("DELETE FROM signed_in WHERE account_id = %s", [number])


def _where(connection: BaseDatabaseWrapper, condition: str, values: Sequence[Any]) -> list[Person]:
    rows = read(connection, f"SELECT {_COLUMNS} FROM account WHERE {condition}", values)
    return [
        Person(
            number, name, role, district, from_number(made), None if closed is None else from_number(closed)
        )
        for number, name, role, district, made, closed in rows
    ]

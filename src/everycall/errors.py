"""One base class for everything Everycall refuses or cannot do, and the list in which problems are gathered."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where.

    Parameters
    ----------
    where
        File, row and column, or the path of a field (``caller.date_of_birth``).
    problem
        What was found and what is allowed. Never the text of a call, a name or a number.
    """

    where: str
    problem: str

    def __str__(self) -> str:
        """Return ``where: problem``, one line."""
        return f"{self.where}: {self.problem}" if self.where else self.problem


class EverycallError(Exception):
    """Anything Everycall refuses or cannot do.

    Attributes
    ----------
    code
        A short word for programs, as in the HTTP error shape.
    """

    code = "error"

    def __init__(self, message: str, details: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = tuple(details)

    def as_dict(self) -> dict[str, Any]:
        """Return the one error shape: ``{"error": {"code", "message", "details"}}``."""
        details = [{"where": d.where, "problem": d.problem} for d in self.details]
        return {"error": {"code": self.code, "message": self.message, "details": details}}


class InputError(EverycallError):
    """What came in cannot be used; ``details`` holds every problem, not the first."""

    code = "unusable_input"


class PackError(InputError):
    """A policy pack, lexicon or model does not load; ``details`` holds every problem."""

    code = "unusable_policy"


class StoreError(EverycallError):
    """The store cannot be opened, read or written."""

    code = "store"


class RecordError(EverycallError):
    """The record cannot be written or disposed of as asked."""

    code = "record"


class Problems:
    """Problems gathered while reading, so that all are told at once.

    Examples
    --------
    >>> found = Problems()
    >>> found.add("grades.csv:3", "unknown fact 'hapening_now'")
    >>> len(found)
    1
    """

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, where: str, problem: str) -> None:
        """Keep one problem."""
        self._found.append(Problem(where, problem))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep several problems."""
        self._found.extend(problems)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def raise_if_any(self, message: str, kind: type[EverycallError] = InputError) -> None:
        """Raise ``kind`` with every problem found so far, or return when there is none."""
        if self._found:
            raise kind(message, self._found)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return ``", did you mean 'x'?"`` for the allowed word most like ``word``, or an empty string."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f", did you mean '{close[0]}'?" if close else ""


def legible(found: str) -> str:
    """Return a key or code that was found, short, and with escapes for what a terminal would obey.

    Half a character (a lone surrogate) and control characters are written as escapes: no stream can print the
    one, and the other would change what a person sees.
    """
    short = found[:60]
    return short if short.isprintable() else short.encode("unicode_escape").decode("ascii")


def not_allowed(found: str, allowed: Iterable[str]) -> str:
    """Return the words for a code that is not in its list, with the nearest one and the whole list."""
    options = sorted(allowed)
    return f"'{legible(found)}' is not one of {', '.join(options)}{nearest(found, options)}"


_OF_JSON = {
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
}
"""What pydantic says in words of Python, in words of JSON."""


def problems_of(errors: Iterable[Mapping[str, Any]], names: Iterable[str], where: str = "") -> list[Problem]:
    """Turn pydantic's errors into problems that never repeat a personal value.

    Parameters
    ----------
    errors
        ``ValidationError.errors(include_url=False, include_input=False)``.
    names
        Field names to suggest when a key is unknown.
    where
        What stands before each field's path, for instance ``calls.jsonl:12``.
    """
    known = list(names)
    found = []
    for error in errors:
        path = ".".join(legible(str(part)) for part in error["loc"])
        place = " ".join(part for part in (where, path) if part)
        if error["type"] == "extra_forbidden":
            key = str(error["loc"][-1])
            found.append(Problem(place, f"unknown key '{legible(key)}'{nearest(key, known)}"))
        else:
            message = _OF_JSON.get(str(error["type"]), str(error["msg"]).removeprefix("Value error, "))
            found.append(Problem(place, message[:1].lower() + message[1:]))
    return found

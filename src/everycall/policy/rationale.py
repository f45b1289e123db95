"""The reasons in one paragraph, ready to paste into the command-and-control log (THRIVE)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from everycall.errors import Problems, not_allowed
from everycall.policy.factbook import Code, FactBook, Words
from everycall.policy.facts import Facts
from everycall.strict import Data, read_toml

FILE: Final = "rationale.toml"

Says = Literal["repeat", "vulnerability", "harm", "priorities", "grade", "actions", "unknown"]


class Letter(Data):
    """One letter of the scheme, with the facts and the findings that belong to it."""

    letter: Annotated[str, Field(pattern=r"^[A-Z+]{1,3}$")]
    title: Words
    facts: tuple[Code, ...] = ()
    says: tuple[Says, ...] = ()


class Scheme(Data):
    """The scheme in which a force writes its reasons: THRIVE, THRIVE+ or its own."""

    name: Annotated[str, Field(pattern=r"^[A-Z+]{2,12}$")]
    part: Annotated[tuple[Letter, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Context:
    """What the other rooms found, in words; an empty string says nothing.

    Parameters
    ----------
    repeat, vulnerability, harm, priorities
        A sentence or two each.
    unknown
        What is not known, one thing each.
    """

    repeat: str = ""
    vulnerability: str = ""
    harm: str = ""
    priorities: str = ""
    unknown: tuple[str, ...] = ()


def read_scheme(directory: Path, book: FactBook | None, problems: Problems) -> Scheme | None:
    """Read ``rationale.toml``; add every problem to ``problems`` and return None when it cannot be read."""
    scheme = read_toml(directory / FILE, Scheme, problems)
    if scheme is not None and book is not None:
        for part in scheme.part:
            for fact in part.facts:
                if fact not in book.index:
                    problems.add(f"{FILE} {part.letter}", f"facts: {not_allowed(fact, book.index)}")
    return scheme


def rationale(scheme: Scheme, facts: Facts, context: Context, recommended: str, owed: Sequence[str]) -> str:
    """Return the reasons as one paragraph (THRIVE's letters: West Midlands Police; College of Policing).

    What is yes is said in words, what is not known is said to be not known, and a letter under which nothing
    is yes or unknown says that nothing is known of it: never a silence that could be taken for a no.

    Parameters
    ----------
    scheme
        The letters, in order.
    recommended
        What is recommended, by when.
    owed
        The codes of the actions that are owed.
    """
    said: dict[str, str] = {
        "repeat": context.repeat,
        "vulnerability": context.vulnerability,
        "harm": context.harm,
        "priorities": context.priorities,
        "grade": recommended,
        "actions": f"To do: {', '.join(code.replace('_', ' ') for code in owed)}" if owed else "",
        "unknown": f"Not known: {'; '.join(context.unknown)}" if context.unknown else "",
    }
    parts = [f"{part.letter} ({part.title}): {_letter(part, facts, said)}" for part in scheme.part]
    return " ".join(f"{scheme.name}: {' '.join(parts)}".split())


def _letter(part: Letter, facts: Facts, said: dict[str, str]) -> str:
    book = facts.book
    yes, unknown, no = [], [], []
    for name in part.facts:
        position = book.index[name]
        fact, bit = book.facts[position], 1 << position
        if facts.yes & bit:
            yes.append(fact.words)
        elif facts.no & bit:
            no.append(fact.words_no)
        else:
            unknown.append(fact.label)
    sentences = []
    if yes:
        sentences.append("; ".join(yes))
    if unknown:
        sentences.append(f"not known: {', '.join(unknown)}")
    if no and not yes and not unknown:
        sentences.append("; ".join(no))
    sentences += [said[key] for key in part.says if said[key].strip()]
    return " ".join(_sentence(text) for text in sentences)


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."

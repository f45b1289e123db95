"""The chain: each link holds a salted commitment to a payload and the hash of the link before.

A commitment shows that a payload is the one recorded; without payload and salt it tells nothing, so a lawful
disposal can remove both and the chain still holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from pydantic_core import to_json

START = "0" * 64
"""What the first link has for the link before."""

ASSESSMENT, DECISION, DISPOSAL, PROCESSING = "assessment", "decision", "disposal", "processing"


About = tuple[str, str, str, str]
"""What a payload is about (a call's ref), its regime, its retention class, and its review date."""


def commitment_to(salt: str, body: str, about: About) -> str:
    """Return SHA-256 of salt, body and what it is about, in hexadecimal.

    Parameters
    ----------
    salt
        64 hexadecimal digits (256 random bits), so that nobody can find a body by guessing.
    """
    # as json.dumps([body, *about], ensure_ascii=False) writes it, for a quarter of the time
    told = b", ".join([to_json(one) for one in (body, *about)])
    return sha256(b"%b[%b]" % (bytes.fromhex(salt), told)).hexdigest()


def link_of(number: int, recorded_at: int, kind: str, commitment: str, previous: str) -> str:
    """Return SHA-256 of everything in a link; ``recorded_at`` in microseconds since 1970, UTC."""
    return sha256(f"{number}|{recorded_at}|{kind}|{commitment}|{previous}".encode()).hexdigest()


def disposal_body(number: int, authority: str, day: str) -> str:
    """Return what a disposal's own link commits to: which link's payload goes, on whose authority, on which day."""
    return json.dumps({"disposes_of": number, "authority": authority, "on": day})


@dataclass(frozen=True, slots=True)
class Link:
    """One link as stored, with its payload if that is still there, or its disposal."""

    number: int
    recorded_at: int
    kind: str
    commitment: str
    previous: str
    link: str
    salt: str | None = None
    body: str | None = None
    about: About | None = None
    disposed_by: int | None = None
    authority: str | None = None
    disposed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Number and hash of a link, kept elsewhere: it shows a cut tail and a whole rewrite."""

    number: int
    link: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found: how many links, which were lawfully disposed of, and everything that is wrong."""

    links: int
    last: str
    disposed: tuple[str, ...]
    wrong: tuple[str, ...]


def verify(links: Iterable[Link], checkpoint: Checkpoint | None = None) -> Verified:
    """Check every link, in order of number, and tell a lawful disposal from tampering.

    Parameters
    ----------
    links
        All rows, ordered by number.
    checkpoint
        Kept elsewhere; the link of that number must be the same.
    """
    wrong: list[str] = []
    disposed: list[str] = []
    disposals: dict[int, Link] = {}
    told_of: dict[int, str] = {}
    expected, previous, many = 1, START, 0
    at_checkpoint: str | None = None
    for link in links:
        many += 1
        wrong += _broken(link, expected, previous)
        wrong += _payload_wrong(link, disposed)
        if link.disposed_by is not None:
            disposals[link.number] = link
        if link.kind == DISPOSAL and link.body is not None:
            told_of[link.number] = link.body
        if checkpoint and link.number == checkpoint.number:
            at_checkpoint = link.link
        expected, previous = link.number + 1, link.link
    for link in disposals.values():
        # a disposal counts only when a link of the chain, which nobody can forge, says the very same
        if told_of.get(link.disposed_by or 0) != disposal_body(
            link.number, link.authority or "", link.disposed_on or ""
        ):
            wrong.append(f"link {link.number}: its disposal is not as link {link.disposed_by} records it")
    if checkpoint and at_checkpoint != checkpoint.link:
        if at_checkpoint is None:
            wrong.append(
                f"the tail is cut: the checkpoint knows link {checkpoint.number}, the record does not"
            )
        else:
            wrong.append(
                f"link {checkpoint.number}: not the link of the checkpoint, the record was written anew"
            )
    return Verified(many, previous, tuple(disposed), tuple(wrong))


def _broken(link: Link, expected: int, previous: str) -> Iterator[str]:
    where = f"link {link.number}"
    if link.number != expected:
        yield f"{where}: expected link {expected}, {abs(link.number - expected)} missing or out of order"
    elif link.previous != previous:
        yield f"{where}: does not follow the link before it"
    if link.link != link_of(link.number, link.recorded_at, link.kind, link.commitment, link.previous):
        yield f"{where}: was changed (its hash does not match)"


def _payload_wrong(link: Link, disposed: list[str]) -> Iterator[str]:
    where = f"link {link.number}"
    if link.body is not None and link.salt is not None and link.about is not None:
        if commitment_to(link.salt, link.body, link.about) != link.commitment:
            yield f"{where}: its payload was changed"
        return
    if link.disposed_by is None:
        yield f"{where}: its payload is gone without a disposal"
        return
    disposed.append(f"link {link.number}: disposed of on {link.disposed_on} by {link.authority}")

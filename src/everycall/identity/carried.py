"""What people said of other calls, carried over to the call in hand: who is one human stays one human for ever.

A is B and B is C makes A C; A is B and B is not C makes A not C. And whoever is found to be somebody by the weights
is also whom people said that somebody is; of two who were said to be two humans, only the likelier is taken for the
person in hand, and the other is offered to be asked about, never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from everycall.identity.history import Said
from everycall.identity.words_said import Settled, Word, settle


@dataclass(frozen=True, slots=True)
class Carried:
    """What follows for each earlier call, by its ref.

    Parameters
    ----------
    words_on
        What people said of the call in hand and that one, by themselves or by way of others: one human, or two.
    also
        Calls of people who were said to be one human with somebody found by the weights (True), or to be another
        human than somebody likelier (False).
    """

    words_on: Mapping[str, bool] = field(default_factory=dict)
    also: Mapping[str, bool] = field(default_factory=dict)


def _settled(said: Sequence[Said]) -> Settled[str]:
    return settle([Word(one.ref_a, one.ref_b, one.same) for one in said])


def of_the_call(ref: str, said: Sequence[Said]) -> dict[str, bool]:
    """Return what the words make of the call ``ref`` and each other call they name."""
    settled = _settled(said)
    others = {other for one in said for other in (one.ref_a, one.ref_b)} - {ref}
    found: dict[str, bool] = {}
    for other in sorted(others):
        if settled.group(other) == settled.group(ref):
            found[other] = True
        elif settled.must_differ(ref, other):
            found[other] = False
    return found


def by_way_of(found: Sequence[str], said: Sequence[Said], words_on: Mapping[str, bool]) -> dict[str, bool]:
    """Return what the words make of calls by way of those whose victim was found to be the person in hand.

    Parameters
    ----------
    found
        Refs of those calls, the likeliest first.
    words_on
        What was said of the call in hand itself, which goes before.
    """
    settled = _settled(said)
    named = {other for one in said for other in (one.ref_a, one.ref_b)}
    taken: list[str] = [ref for ref in sorted(words_on) if words_on[ref]]
    also: dict[str, bool] = {}
    for ref in found:
        if ref not in named or ref in words_on:
            continue
        if any(settled.must_differ(ref, other) for other in taken):
            also[ref] = False
        else:
            taken.append(ref)
    groups = {settled.group(ref) for ref in taken}
    for ref in sorted(named - set(also) - set(words_on)):
        if settled.group(ref) in groups:
            also[ref] = True
        elif any(settled.must_differ(ref, other) for other in taken):
            also[ref] = False
    return also

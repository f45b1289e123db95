"""What the rooms found, as facts for the policy: what words and findings assert, and what the parts worked out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from everycall.assessment import Harm, Priorities, Status, Truth, Vulnerability
from everycall.call import Call, Party
from everycall.identity.look import Looked
from everycall.identity.normalise.addresses import read_address
from everycall.identity.normalise.emails import read_email
from everycall.identity.normalise.phones import read_phone
from everycall.identity.orders import ORDER
from everycall.localtime import local_date
from everycall.other_systems import ORDERS
from everycall.vulnerability import judgement
from everycall.vulnerability.from_flags import in_force
from everycall.vulnerability.known import KnownFlag, Victim
from everycall.vulnerability.words.finding import Reading

if TYPE_CHECKING:
    from everycall.force import Force


def asserted_facts(
    basis: judgement.Basis | None, reading: Reading | None, call: Call, force: Force
) -> set[str]:
    """Return the facts that strong words, findings and coded behaviours say are so.

    When the judgement failed, the dangers the words tell of still count.
    """
    said = force.policy.behaviours.facts(call.behaviours)
    if basis is not None:
        return said | judgement.danger_and_facts(basis)
    known = force.policy.pack.facts.index
    return said | {
        finding.code
        for finding in (reading.findings if reading else ())
        if finding.assertion == "present" and finding.strength == "strong" and finding.code in known
    }


def given_facts(
    call: Call,
    victims: Sequence[Victim],
    vulnerability: Vulnerability,
    looked: Looked,
    flags: Sequence[KnownFlag] | None,
    priorities: Priorities,
    harm: Harm | None,
    force: Force,
    failed: Collection[str],
) -> dict[str, Truth]:
    """Return the facts that the parts worked out, for the policy.

    Parameters
    ----------
    flags
        What other systems know, of the suspects too; None when that could not be looked at.
    harm
        None while harm is not yet weighed.
    failed
        The parts that failed.
    """
    statuses = (looked.repeat.status, vulnerability.status, priorities.status, harm.status if harm else None)
    could_not = bool(failed) or not looked.could_look or Status.COULD_NOT_LOOK in statuses
    orders_looked = looked.could_look and {"flags", ORDERS}.isdisjoint(failed)
    return {
        "repeat": looked.repeat.is_repeat,
        "vulnerable": vulnerability.is_vulnerable,
        "burst": looked.burst,
        "case_review": looked.case_review,
        "nobody_seen": looked.nobody_seen,
        "local_priority": _local(priorities),
        "harm_high": _high(harm),
        "more_than_minor": force.policy.behaviours.more_than_minor(call.behaviours),
        "order_in_force": _order(flags or (), local_date(call.received_at), orders_looked),
        "asb": Truth.YES if call.category is None or call.category.startswith("asb_") else Truth.NO,
        "no_victim": Truth.NO if victims else Truth.YES,
        "could_not_look": Truth.YES if could_not else Truth.NO,
        "nobody_to_call_back": Truth.NO if _can_be_called(call) else Truth.YES,
    }


def _order(flags: Sequence[KnownFlag], day: date, looked: bool) -> Truth:
    if any(flag.kind == ORDER and in_force(flag, day) for flag in flags):
        return Truth.YES
    return Truth.NO if looked else Truth.UNKNOWN


def _local(priorities: Priorities) -> Truth:
    if priorities.matches:
        return Truth.YES
    return Truth.UNKNOWN if priorities.status is Status.COULD_NOT_LOOK else Truth.NO


def _high(harm: Harm | None) -> Truth:
    """Harm is open only while its unasked points could still reach the band (contract, "Settled")."""
    if harm is None or harm.status is Status.COULD_NOT_LOOK:
        return Truth.UNKNOWN
    if harm.band == "high":
        return Truth.YES
    return Truth.UNKNOWN if harm.could_reach == "high" else Truth.NO


def _can_be_called(call: Call) -> bool:
    people = [party for _, party in call.parties() if party.role not in ("suspect", "subject")]
    return call.can_be_reached_safely() or any(_reaches(party) for party in people)


def _reaches(party: Party) -> bool:
    """Say whether somebody is reached by what is told of them; "WITHHELD" and "NFA" reach nobody."""
    return bool(
        party.uprn or read_phone(party.phone) or read_email(party.email) or read_address(party.address)
    )

"""What is shown of earlier calls: incidents, records to confirm, calls open now, and reasons.

Fields that agree or differ are named, never told. At the place tier only month, category and closing are shown, so
that nobody learns from an address what became of those who lived there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from everycall.assessment import Incident, OpenCall, Reason, ToConfirm
from everycall.identity.earlier_calls import OWN, Asked, EarlierCall, never_victim
from everycall.identity.repeat import within
from everycall.identity.rules import RepeatRules
from everycall.identity.search import Searched
from everycall.identity.tiers import SAYS_NOT_WHO_SUFFERS, UNNAMED_AT_HOME, Match

_MOST_PLACE_INCIDENTS = 25
_MOST_TO_CONFIRM = 10
_NO_ROLE = "the role in the earlier call is not known"
_NOT_WHO_SUFFERS = "the role in the earlier call does not say whether they suffered"

_OPEN_TIERS = ("person", "household", "possible", "phone", "place")


def shown(calls: Sequence[EarlierCall]) -> tuple[Incident, ...]:
    """Return the earlier calls of person, household, phone and place, newest first."""
    incidents = []
    places = 0
    for call in calls:
        tier, past, score = call.match.tier, call.past, call.match.score
        month = f"{past.received_at.year}-{past.received_at.month:02}"
        told_in_full = tier in ("person", "household", "phone")
        if not told_in_full and any(m.tier == "place" for m in call.matches):
            places += 1
            if places <= _MOST_PLACE_INCIDENTS:
                incidents.append(
                    Incident.unchecked(
                        ref=None,
                        received_at=None,
                        month=month,
                        category=past.category,
                        tier="place",
                        probability=None,
                        confirmed=None,
                        role=None,
                        agrees=(),
                        differs=(),
                        closed_as=past.closed_as,
                        opened_as=None,
                        event=None,
                        because=None,
                    )
                )
        elif told_in_full:
            incidents.append(
                Incident.unchecked(
                    ref=past.ref,
                    received_at=past.received_at,
                    month=month,
                    category=past.category,
                    tier=tier,
                    probability=round(call.match.probability, 4),
                    confirmed=call.match.confirmed,
                    role=call.match.past.mention.role,
                    agrees=score.agrees if score else (),
                    differs=score.differs if score else (),
                    closed_as=past.closed_as,
                    opened_as=past.opened_as,
                    event=call.event,
                    because=call.match.because,
                )
            )
    return tuple(incidents)


def to_confirm(calls: Sequence[EarlierCall]) -> tuple[ToConfirm, ...]:
    """Return the records that may be the victim's own, the likeliest first, with what would settle each."""
    offered = []
    for call in calls:
        match, role = call.match, call.match.past.mention.role
        score = match.score
        if match.confirmed is False or score is None:
            continue
        if match.tier in OWN and role in SAYS_NOT_WHO_SUFFERS:
            ask, because = "role", _NO_ROLE if role is None else _NOT_WHO_SUFFERS
        elif match.tier == "possible" or match.maybe_person:
            because = match.because if match.tier == "possible" else "possibly the same person"
            ask = "who_lives_with_you" if because == UNNAMED_AT_HOME else _missing(match)
        elif match.tier == "dwelling":
            ask, because = "who_lives_with_you", "same dwelling, no known link"
        else:
            continue
        offered.append(
            ToConfirm.unchecked(
                ref=call.past.ref,
                probability=round(match.probability, 4),
                ask=ask,
                agrees=score.agrees,
                differs=score.differs,
                because=because,
            )
        )
    return tuple(sorted(offered, key=lambda o: (-o.probability, o.ref))[:_MOST_TO_CONFIRM])


def _missing(match: Match) -> str:
    """Return the field that would settle it: one that the earlier record has and this comparison lacked."""
    mention, score = match.past.mention, match.score
    compared = {a.field for a in score.agreements} if score else set()
    for field, has, name in (
        ("born", mention.born, "date_of_birth"),
        ("forename", mention.forenames, "name"),
        ("phone", mention.phone, "phone"),
        ("address", mention.dwelling or mention.postcode, "address"),
    ):
        if has and field not in compared:
            return name
    return "date_of_birth"


def open_now(calls: Sequence[EarlierCall], now: datetime, rules: RepeatRules) -> tuple[OpenCall, ...]:
    """Return the calls that are still open: by status, or without one for a day."""
    hours = timedelta(hours=rules.open.hours_without_status)
    asked = now.astimezone(UTC)  # not by the clock on the wall, which moves an hour twice a year
    opened = []
    for call in calls:
        past = call.past
        still = past.status == "open" or (past.status is None and not past.closed and asked - call.at < hours)
        if not still:
            continue
        near = [m for m in call.matches if m.tier in _OPEN_TIERS and not never_victim(m)]
        if near:
            best = min(near, key=lambda m: _OPEN_TIERS.index(m.tier))
            because = "same event" if call.now else best.because
            opened.append(
                OpenCall.unchecked(
                    ref=past.ref, received_at=past.received_at, grade_given=past.grade_given, because=because
                )
            )
    return tuple(opened)


def reasons(
    counted: Mapping[str, Mapping[int, datetime]], asked: Asked, searched: Searched, to_be_confirmed: bool
) -> list[Reason]:
    """Return why, in sentences."""
    told = []
    for tier, words in (
        ("person", "of this person"),
        ("household", "of this person and household"),
        ("place", "at this place"),
    ):
        moments = list(counted[tier].values())
        if moments:
            recent = within(moments, asked.received_at, 365)
            text = (
                f"{len(moments)} earlier incident{'s' * (len(moments) != 1)} {words}, {recent} in 12 months"
            )
            told.append(Reason.unchecked(code=tier, text=text))
    if searched.why_not:
        told.append(Reason(code="could_not_look", text=searched.why_not))
    if to_be_confirmed:
        told.append(Reason(code="unconfirmed", text="an earlier record may be the victim's own: confirm it"))
    if searched.shared.phones:
        told.append(Reason(code="shared_phone", text="the phone is used by many and names nobody"))
    if searched.shared.communal:
        told.append(Reason(code="communal_address", text="the address is shared by many and is no household"))
    if searched.capped:
        text = f"too many records share {', '.join(searched.capped)}; the newest were looked at"
        told.append(Reason(code="capped", text=text))
    return told

"""``GET /events``: what changed since a screen last asked, as one server-sent event; answered at once, and closed.

No thread is held: the browser asks again by itself after a second (docs/decisions/0085). An event says in codes what
kind of thing changed, and nothing of it: the page then asks for what its reader may see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from everycall.access import conflicts
from everycall.access.roles import may, sees
from everycall.access.viewer import Viewer
from everycall.call import Call, read_call
from everycall.errors import StoreError
from everycall.identity.mention import LOCATION, mentions_of
from everycall.identity.search import asked_by
from everycall.record.chain import ASSESSMENT, DECISION, PROCESSING
from everycall.serving import ground
from everycall.serving.shadow import refuse_hidden
from everycall.serving.shape import refusal
from everycall.serving.who import viewer_of
from everycall.store import changes
from everycall.store.assessments import call_at
from everycall.store.calls import current

RETRY_MS = 1_000
"""After how long the browser asks again."""

_RETRY_AWAY_MS = 5_000
_MOST_LINKS = 5_000
"""Further behind than this a page is told that everything may have changed, which costs nothing to find out."""

OF_A_CALL = ("near", "facts", "position", "decision", "approval", "refusal")
"""What may be told of one call: another near it was assessed, more of it was told, it has another position, ..."""

OF_THE_ROOM = ("assessments", "decisions", "alerts")
"""What may be told of all calls together."""

_NUMBERS = re.compile(r"([0-9]{1,18})-([0-9]{1,9})")
_POSITION = ("latitude", "longitude", "easting", "northing", "accuracy_m", "source")


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """Say what changed: of the call ``?call=``, or of all calls for those who watch over them."""
    viewer, ref = viewer_of(request), request.GET.get("call", "")[:100]
    if viewer is None or viewer.is_system:
        return refusal(401, "not_signed_in", "a session that holds is needed")
    asked = "see_call" if ref else "supervise"
    if not may(viewer, asked):
        return refusal(403, "not_allowed", "this is not yours to see or do")
    refuse_hidden(viewer, asked)
    try:
        seen, now = _seen(request), _stands(ref)
        if seen is None or seen.link > now.link:
            seen = now
        changed = _changed(viewer, ref, seen, now)
    except (StoreError, DatabaseError):
        ground.ground().let_go()
        return _event(None, ("away",), _RETRY_AWAY_MS)
    return _event(now, changed, RETRY_MS)


class Seen(NamedTuple):
    """What a page has seen: up to which link of the record, and which version of its call (0: of none)."""

    link: int
    version: int


def _stands(ref: str) -> Seen:
    # the link first: what is committed between the two is told now, and perhaps once more
    connection = ground.force().store.connection
    return Seen(changes.last_link(connection), changes.version_of(connection, ref) if ref else 0)


def _seen(request: HttpRequest) -> Seen | None:
    """Return what this page has seen: as its browser says, else as the page was made with."""
    told = _NUMBERS.fullmatch(request.headers.get("Last-Event-ID") or request.GET.get("since") or "")
    return Seen(int(told[1]), int(told[2])) if told else None


def _event(seen: Seen | None, changed: Sequence[str], retry_ms: int) -> HttpResponse:
    """Return one event; without anything that changed only the place up to which it was looked."""
    lines = [f"retry: {retry_ms}"]
    if seen is not None:
        lines.append(f"id: {mark(seen)}")
    if changed:
        lines += ["event: changed", f"data: {json.dumps({'changed': list(changed)})}"]
    return HttpResponse("\n".join(lines) + "\n\n", content_type="text/event-stream; charset=utf-8")


def mark(seen: Seen) -> str:
    """Return what a browser sends back to say what it has seen."""
    return f"{seen.link}-{seen.version}"


def since(ref: str = "") -> str:
    """Return the mark for a page that is being made: ask it before the page's facts are read."""
    return mark(_stands(ref))


def _changed(viewer: Viewer, ref: str, seen: Seen, now: Seen) -> tuple[str, ...]:
    if seen == now:
        return ()
    far = now.link - seen.link > _MOST_LINKS
    if not ref:
        return OF_THE_ROOM if far else _of_the_room(seen.link, now.link)
    call = _call(viewer, ref)
    if call is None:
        return ()
    return OF_A_CALL if far else _of_a_call(call, seen, now)


def _of_the_room(after: int, until: int) -> tuple[str, ...]:
    connection = ground.force().store.connection
    kinds = changes.kinds_since(connection, after, until)
    found = {"assessments": ASSESSMENT in kinds, "decisions": DECISION in kinds}
    found["alerts"] = PROCESSING in kinds and bool(conflicts.alerts(connection, limit=1, unseen=True))
    return tuple(name for name in OF_THE_ROOM if found[name])


def _call(viewer: Viewer, ref: str) -> Call | None:
    """Return a call of which this viewer may see something; None too where there is none, so that nobody can tell."""
    connection, now = ground.force().store.connection, ground.now()
    known = current(connection, [ref]).get(ref)
    payload = json.loads(known.payload) if known else None
    if payload is None or sees(viewer, payload, now) is None:
        return None
    call = read_call(payload).call
    if conflicts.in_conflict(connection, viewer, call) and not conflicts.is_broken(
        connection, viewer, ref, now
    ):
        return None
    return call


def _of_a_call(call: Call, seen: Seen, now: Seen) -> tuple[str, ...]:
    connection, ref = ground.force().store.connection, call.ref
    found = dict.fromkeys(OF_A_CALL, False)
    found["facts"] = seen.version != now.version
    found["position"] = found["facts"] and _where(ref, seen.version) != _where(ref, now.version)
    for body in changes.decisions_of(connection, ref, seen.link, now.link):
        found["approval" if body["approves"] else "refusal" if body.get("refuses") else "decision"] = True
    found["near"] = changes.shares_a_key(connection, _keys(call), ref, seen.link, now.link)
    return tuple(name for name in OF_A_CALL if found[name])


def _where(ref: str, version: int) -> list[Any]:
    told = call_at(ground.force().store.connection, ref, version)
    location: Mapping[str, Any] = (told or {}).get("location") or {}
    return [location.get(name) for name in _POSITION]


def _keys(call: Call) -> list[int]:
    """Return the keys by which this call's people and place would be searched for."""
    named = list(mentions_of(call))
    place = next((one for one in named if one.which == LOCATION), None)
    people = [one for one in named if one.which != LOCATION]
    return sorted(key.hash for key in asked_by(people, place))


urlpatterns = [path("events", events)]

"""The processing log and alerts: who looked at what, when and why; where the glass was broken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall.access import conflicts, logged
from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem
from everycall.localtime import to_local
from everycall.serving import ground
from everycall.web.page import page
from everycall.web.refused import told
from everycall.web.screens import screen

A_PAGE = 100


@screen(get="see_log", post="see_log")
def log(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the log, newest first; what is asked for is posted."""
    asked = {name: request.POST.get(name, "").strip()[:100] for name in ("by", "about", "since", "until")}
    context: dict[str, Any] = {
        "asked": asked,
        "entries": [],
        "next": None,
        "sees_calls": may(viewer, "see_call"),
        "problems": [],
    }
    try:
        found = logged.entries(
            ground.force().store.connection,
            about=asked["about"] or None,
            by=asked["by"].lower() or None,
            before=_before(request),
            limit=A_PAGE,
            since=_day(asked["since"], "since"),
            until=_day_after(asked["until"]),
        )
    except InputError as error:
        return told(page(request, "watching/log.html", {**context, "problems": error.details}, 422))
    context["entries"] = found
    context["next"] = found[-1].number if len(found) == A_PAGE else None
    return page(request, "watching/log.html", context)


def _before(request: HttpRequest) -> int | None:
    told_before = request.POST.get("before", "")
    return (
        int(told_before)
        if told_before.isascii() and told_before.isdigit() and len(told_before) < 19
        else None
    )


def _day(told_day: str, name: str) -> datetime | None:
    """Return when a local day begins; None where none is given."""
    if not told_day:
        return None
    try:
        return to_local(datetime.fromisoformat(f"{told_day}T00:00:00"))[0]
    except ValueError:
        raise InputError("nothing was looked for", [Problem(name, "is no day: write 2026-06-12")]) from None


def _day_after(told_day: str) -> datetime | None:
    first = _day(told_day, "until")
    if first is None:
        return None
    following = (first + timedelta(days=1)).replace(
        tzinfo=None
    )  # by the wall: a day may have 23 hours, or 25
    return to_local(following)[0]


@screen(get="see_alerts")
def alerts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show where the glass was broken, what nobody has seen yet first."""
    connection = ground.force().store.connection
    found = conflicts.alerts(connection, limit=500)
    context = {
        "unseen": [one for one in found if one.seen_by is None],
        "seen": [one for one in found if one.seen_by is not None],
        "sees_calls": may(viewer, "see_call"),
    }
    return page(request, "watching/alerts.html", context)


@screen(post="see_alerts")
def seen(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Note that an alert was seen, by somebody else than who broke the glass."""
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise InputError("nothing was done", [Problem("number", "is no number")])
    conflicts.seen(ground.force().store.connection, int(number), viewer, ground.now())
    response = HttpResponseRedirect("/alerts")
    response.status_code = 303
    return response

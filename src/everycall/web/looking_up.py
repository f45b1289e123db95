"""Search, a person's page and a place's page. What is searched by is posted, never put into an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.errors import InputError
from everycall.localtime import LONDON, local_date
from everycall.looking_up import pattern as patterns
from everycall.looking_up.asked import reason_given
from everycall.looking_up.pattern import pattern
from everycall.looking_up.persons import person as find_person
from everycall.looking_up.places import PlaceFound
from everycall.looking_up.places import place as find_place
from everycall.looking_up.search import FIELDS
from everycall.looking_up.search import search as search_for
from everycall.serving import ground
from everycall.web.near import near
from everycall.web.page import page
from everycall.web.past import CATEGORIES, ENDED, NOT_TOLD, past
from everycall.web.refused import told as already_told
from everycall.web.screens import screen
from everycall.web.surroundings import surroundings
from everycall.web.timeline import timeline

SAID_BY = {
    "self": "the person",
    "family": "their family",
    "professional": "a professional",
    "officer": "an officer",
    "system": "another system",
    "other": "somebody else",
}
SOURCES = {
    "answer": "an answer",
    "log": "the words of the log",
    "flag": "a flag of another system",
    "history": "an earlier call",
    "household": "the household",
    "details": "their details",
}


@screen(get="search", post="search")
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the form, and what was found."""
    asked = {name: request.POST.get(name, "")[:200] for name in FIELDS}
    context: dict[str, Any] = {
        "asked": asked,
        "why": request.POST.get("why", "")[:200],
        "asks_why": ground.ground().justification,
        "problems": [],
        "found": None,
    }
    if request.method != "POST":
        return page(request, "looking_up/search.html", context)
    try:
        found = search_for(asked, viewer, context["why"])
    except InputError as error:
        context["problems"] = error.details
        return already_told(page(request, "looking_up/search.html", context, 422))
    if found.ref is not None:
        response = HttpResponseRedirect(f"/calls/{quote(found.ref, safe='')}")
        response.status_code = 303
        return response
    assert found.told is not None
    return page(request, "looking_up/search.html", {**context, **_told(found.told), "found": True})


@screen(get="see_call", post="see_call")
def person(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show somebody whom a call names."""
    ref, which = _asked(request, "call"), _asked(request, "who")
    why = _why(request)
    if why is _ASK:
        return page(request, "looking_up/why.html", {"asked": {"call": ref, "who": which}})
    found = find_person(ref, which, viewer, why)
    now = ground.now()
    rows = past(found.told["repeat"]["incidents"])
    context = {
        "found": found,
        **_told(found.told),
        "timeline": timeline(rows, local_date(now)),
        "pattern": pattern(found.told["repeat"]["incidents"], now),
        "days": patterns.DAYS,
        "parts": patterns.PARTS,
        "sees_log": may(viewer, "see_log"),
    }
    return page(request, "looking_up/person.html", context)


@screen(get="see_call", post="see_call")
def place(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show where a call happened."""
    ref, why = _asked(request, "call"), _why(request)
    if why is _ASK:
        return page(request, "looking_up/why.html", {"asked": {"call": ref}})
    found = find_place(ref, viewer, why)
    context = {
        "found": found,
        "near": _near(found),
        "categories": CATEGORIES,
        "ended": ENDED,
        "not_told": NOT_TOLD,
    }
    if found.told is not None:
        context |= _told(found.told)
    return page(request, "looking_up/place.html", context)


def _near(found: PlaceFound) -> Any:
    """Return what is near the place; None where its position is not known."""
    if found.position is None:
        return None
    force, now = ground.force(), ground.now()
    return near(found.position, surroundings(force, now), force.book(now), local_date(now))


_ASK = "?"
"""That it must first be asked why."""


def _asked(request: HttpRequest, name: str) -> str:
    return (request.POST.get(name) or request.GET.get(name, ""))[:100]


def _why(request: HttpRequest) -> str | None:
    if ground.ground().justification == "required" and request.method != "POST":
        return _ASK
    return reason_given(request.POST.get("why"))


def _told(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the templates tell of an assessment."""
    return {
        "repeat": told["repeat"],
        "rows": past(told["repeat"]["incidents"]),
        "possible": told["repeat"]["to_confirm"],
        "open_now": [{**one, "at": _moment(one["received_at"])} for one in told["open_now"]],
        "notices": told["notices"],
        "vulnerability": told["vulnerability"],
        "findings": [_finding(one) for one in told["vulnerability"]["findings"]],
        "problems_met": told["problems"],
        "said_by": SAID_BY,
        "sources": SOURCES,
    }


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "since": _day(one["since"]),
        "expires": _day(one["expires"]),
    }


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(LONDON)


def _day(told: str | None) -> str | None:
    return None if told is None else f"{_moment(told):%d/%m/%Y}"

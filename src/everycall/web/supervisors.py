"""The supervisors' pages: the board, kept up to date; what waits for them; bursts; how decisions are made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall import codes
from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem
from everycall.serving import decided, events, ground
from everycall.supervising import board as boards
from everycall.supervising.acceptance import acceptance, overrides
from everycall.supervising.bursts import bursts, review
from everycall.supervising.limits import limits
from everycall.supervising.waiting import waiting
from everycall.web.page import page, part
from everycall.web.screens import is_live, screen

PATH = "/supervisors"

NEEDS = {
    boards.LATE: "late: needs a new risk assessment",
    boards.HIGH_HARM: "high harm, nobody has decided",
    boards.MORE_SINCE: "more is recommended than when it was decided",
    boards.WAITS: "a decision waits for approval",
    boards.UNASSESSED: "never assessed",
    boards.COULD_NOT_LOOK: "a part could not look",
}
"""Why a call needs somebody, in words."""

LOWERS = {
    "lower_grade": "a lower grade",
    "later_time": "a later time",
    "less_attendance": "less attendance",
    "closed_as": "closing it",
    "category_out": "a category that is no ASB or crime",
}


@screen(get="supervise")
def board(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the board; a script of ours is given its parts alone."""
    context = _context(viewer)
    if is_live(request):
        return HttpResponse(part(request, "supervisors/board.html", context))
    return page(request, "supervisors/page.html", context)


def _context(viewer: Viewer) -> dict[str, Any]:
    seen = events.since()  # before anything is read: what comes meanwhile is told again, and not missed
    force, now = ground.force(), ground.now()
    made = boards.board(viewer, force, now)
    waits = waiting(viewer, force, now)
    pack = force.policy.pack
    return {
        "since": seen,
        "board": made,
        "waits": waits,
        "bursts": bursts(viewer, force, now),
        "summary": summary(made, len(waits)),
        "needs": NEEDS,
        "lowers": LOWERS,
        "reasons": sorted(codes.allowed("decision_reason")),
        "names": {grade.code: grade.name for grade in pack.grades.grades},
        "left": left_in_words,
    }


def summary(made: boards.Board, waits: int) -> str:
    """Return the board in one sentence."""
    told = [
        (len(made.with_need(boards.LATE)), "late"),
        (len(made.with_need(boards.HIGH_HARM)), "with high harm and no decision"),
        (waits, "waiting for approval"),
        (len(made.with_need(boards.UNASSESSED)), "never assessed"),
    ]
    many = len(made.rows) + made.not_shown
    counted = ", ".join(f"{number} {words}" for number, words in told if number)
    calls = f"{many} open call{'s' * (many != 1)}"
    return f"{calls}: {counted}." if counted else f"{calls}. Nothing needs a supervisor."


def left_in_words(left: timedelta | None) -> str:
    """Return how long there is until somebody should have come, or by how much it is late."""
    if left is None:
        return "no time set"
    minutes = (
        abs(int(left.total_seconds() // 60)) if left >= timedelta(0) else int(-left.total_seconds() // 60)
    )
    hours, minutes = divmod(minutes, 60)
    told = f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return f"late by {told}" if left < timedelta(0) else f"{told} left"


@screen(post="approve")
def say(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Approve what waits, or refuse it with a reason."""
    ref, said = request.POST.get("call", ""), request.POST.get("say")
    if said == "approve":
        decided.approve_for(viewer, ref, None)
    elif said == "refuse":
        decided.refuse_for(viewer, ref, request.POST.get("reason", ""), None)
    else:
        raise InputError("nothing was decided", [Problem("say", "must be approve or refuse")])
    return _back("#waits")


@screen(post="supervise")
def look_at_burst(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keep that a supervisor looked at the contacts of one person on one day."""
    force, now = ground.force(), ground.now()
    ref = request.POST.get("call", "")
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise InputError("nothing was kept", [Problem("day", "is no date")]) from None
    if not any(ref in one.refs and one.day == day for one in bursts(viewer, force, now)):
        raise InputError("nothing was kept", [Problem("call", "is in no burst of that day")])
    review(viewer, ref, day, force, now)
    return _back("#bursts")


@screen(get="supervise")
def decisions(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show overrides, and how everybody accepts what is recommended."""
    force, now = ground.force(), ground.now()
    grades = force.policy.pack.grades.grades
    context = {
        "overrides": overrides(viewer, force, now),
        "acceptance": acceptance(force, now),
        "limits": limits(),
        "names": {grade.code: grade.name for grade in grades},
        "lowers": LOWERS,
    }
    return page(request, "supervisors/decisions.html", context)


def _back(where: str) -> HttpResponse:
    response = HttpResponseRedirect(PATH + where)
    response.status_code = 303
    return response

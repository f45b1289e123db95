"""Deciding on the card: accepting, changing for a coded reason, a supervisor's approval, and the same person or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem
from everycall.serving import decided, matched
from everycall.serving.shape import RefusedError
from everycall.web.call import panels
from everycall.web.call.screen import address_of, live_card, shown_card
from everycall.web.screens import is_live, screen


@screen(post="decide")
def decide(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Record what was decided: ``accept``, or a grade, attendance, reason and words.

    ``seen`` says what was recommended when it was decided: when that has changed since, nothing is decided.
    """
    sent = request.POST
    _still_so(ref, sent.get("seen", ""), viewer)
    accepted = "accept" in sent
    more: dict[str, Any] = {
        "seconds_on_screen": _count(sent.get("seconds")),
        "edits": _count(sent.get("edits")),
    }
    grade = None
    if accepted:
        made = decided.recommendation(ref)
        by = made["respond_by"]
        more |= {"attendance": made["attendance"], "respond_by": datetime.fromisoformat(by) if by else None}
    else:
        grade = sent.get("grade") or None
        if grade is None:
            raise InputError("the decision cannot be used", [Problem("grade", "is needed")])
        said = ("attendance", "reason", "words", "closed_as")
        more |= {name: sent.get(name, "").strip() or None for name in said}
    kept = {name: value for name, value in more.items() if value is not None}
    decided.decide_for(viewer, ref, viewer.name, grade, accepted, kept, None)
    return _answer(request, viewer, ref)


@screen(post="approve")
def approve(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Let the last decision stand, or (``refuse``) not, with a coded reason: then the higher goes on to stand."""
    if "refuse" in request.POST:
        decided.refuse_for(viewer, ref, request.POST.get("reason", ""), None)
    else:
        decided.approve_for(viewer, ref, None)
    return _answer(request, viewer, ref)


@screen(post="match")
def same(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Keep that this call and another are, or are not, about one human; what follows from it is shown at once."""
    answer = request.POST.get("same")
    if answer not in ("yes", "no"):
        raise InputError("the two calls cannot be compared", [Problem("same", "is yes or no")])
    matched.say_same(viewer, ref, request.POST.get("other", ""), answer == "yes", viewer.name, None)
    return _answer(request, viewer, ref, again=True)


def _answer(request: HttpRequest, viewer: Viewer, ref: str, again: bool = False) -> HttpResponse:
    if is_live(request):
        return live_card(request, ref, viewer, again)
    if again:
        live_card(request, ref, viewer, again)
    response = HttpResponseRedirect(address_of(ref))
    response.status_code = 303
    return response


def _still_so(ref: str, seen: str, viewer: Viewer) -> None:
    now = panels.seen(shown_card(ref, viewer).told)
    if seen != now:
        raise RefusedError(
            409, "changed", "what is recommended has changed since you looked: look again, then decide"
        )


def _count(text: str | None) -> int | None:
    return min(int(text), 1_000_000) if text and text.isdecimal() and len(text) < 10 else None

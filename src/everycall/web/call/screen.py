"""The call screen: a new card, the card itself, what is typed on it, and whether anything is new."""

from __future__ import annotations

import json
import secrets
from typing import Any
from urllib.parse import quote

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall import codes
from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.errors import InputError, Problem, StoreError
from everycall.localtime import LONDON
from everycall.serving import calls, events, ground, taking
from everycall.serving.glass import break_for
from everycall.serving.shape import RefusedError, status_of
from everycall.store.calls import current
from everycall.told_once import read_once
from everycall.web.call import panels
from everycall.web.call.card import Card, card_of
from everycall.web.call.fields import CONTACT, is_field
from everycall.web.call.taking import read_typed, take_typed
from everycall.web.page import page
from everycall.web.refused import told
from everycall.web.screens import screen


def address_of(ref: str) -> str:
    """Return where a call's card stands."""
    return f"/calls/{quote(ref, safe='')}"


@screen(get="assess", post="assess")
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Begin a card: under the reference of the command-and-control system, or one of our own."""
    if request.method != "POST":
        return page(
            request,
            "call/new.html",
            {"ref": "", "source": "", "sources": codes.in_order("source"), "problems": ()},
        )
    ref, source = request.POST.get("ref", "").strip(), request.POST.get("source", "")
    now = ground.now()
    ref = ref or f"EC-{now.astimezone(LONDON):%Y%m%d-%H%M}-{secrets.token_hex(4).upper()}"
    facts: dict[str, Any] = {
        "ref": ref,
        "received_at": now.isoformat(),
        "status": "open",
        "handler": viewer.name,
    }
    try:
        if not _is_known(ref):
            taking.take(read_call({**facts, "source": source or None}), viewer)
    except InputError as error:
        context = {
            "ref": ref,
            "source": source,
            "sources": codes.in_order("source"),
            "problems": error.details,
        }
        return told(page(request, "call/new.html", context, status_of(error)))
    return _to(ref)


def _is_known(ref: str) -> bool:
    force = ground.ground().force_if_there()
    return bool(force and current(force.store.connection, [ref]))


def _to(ref: str) -> HttpResponse:
    response = HttpResponseRedirect(address_of(ref))
    response.status_code = 303
    return response


@screen(get="see_call", post="assess")
def card(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Show a card, or take its whole form, sent without scripts."""
    if request.method == "POST":
        return _form_sent(request, viewer, ref)
    return _looked(request, viewer, ref, None)


def _looked(request: HttpRequest, viewer: Viewer, ref: str, why: str | None) -> HttpResponse:
    """Show a card; to somebody in conflict with it, or who must say why they look, the form for that."""
    since = _since(ref)
    try:
        call, _ = calls.must_see(ref, viewer)
        if why is None and ground.ground().justification == "required" and call.handler != viewer.name:
            return page(request, "call/why_look.html", {"ref": ref, "to": "look", "may_break": True})
    except StoreError:
        pass  # the store is away: what was told of the call since then is shown
    except RefusedError as error:
        if error.code != "conflict":
            raise
        context = {"ref": ref, "to": "glass", "may_break": may(viewer, "break_glass")}
        return told(page(request, "call/why_look.html", context, 403))
    return _shown(request, shown_card(ref, viewer, why), since)


@screen(post="see_call")
def look(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Show a card to somebody who said why they look."""
    return _looked(request, viewer, ref, _reason(request))


@screen(post="break_glass")
def glass(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Break the glass: somebody in conflict with a call sees it for an hour, and an alert stands."""
    why = _reason(request)
    break_for(viewer, ref, why)
    return _looked(request, viewer, ref, why)


def _reason(request: HttpRequest) -> str:
    why = request.POST.get("why", "").strip()[:200]
    if not why:
        raise InputError("it must be known why", [Problem("why", "is needed")])
    return why


def shown_card(ref: str, viewer: Viewer, why: str | None = None) -> Card:
    """Return the card of a call, the look logged; while the store is away, what was told of it since then."""
    try:
        _, sees = calls.must_see(ref, viewer)
        return card_of(calls.see(ref, viewer, why), viewer, sees)
    except StoreError:
        typed = take_typed(ref, {}, (), viewer)
        return typed.card


def _since(ref: str) -> str:
    """Return up to where a page has seen what was told of a call; empty while the store is away."""
    try:
        return events.since(ref)
    except (StoreError, DatabaseError):
        return ""


def _shown(
    request: HttpRequest, shown: Card, since: str, problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    said = panels.context(shown)
    context = {
        **said,
        "problems_of": {one.where: one.problem for one in problems},
        "was": json.dumps(said["fields"], sort_keys=True),
        "seen": panels.seen(shown.told),
        "accept_word": panels.accept_word(shown),
        "since": since,
        "say": panels.said_aloud(shown),
        "danger": panels.has_danger(said["rows"]),
        "open_now": json.dumps(panels.open_now(shown)),
        "codes": {
            name: codes.in_order(name)
            for name in (
                "source",
                "category",
                "role",
                "other_role",
                "behaviours",
                "called_back",
                "evidence_advice",
                "order_breached",
            )
        },
        "has_contact": any(name.startswith(CONTACT) for name in said["fields"]),
        "has_others": any(name.startswith(("victims.", "others.")) for name in said["fields"]),
    }
    made = page(request, "call/card.html", context, status)
    return told(made) if problems else made


def _form_sent(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Take what differs from what the form was shown with: what others told meanwhile stays."""
    try:
        was = read_once(request.POST.get("was", "{}"))
    except (ValueError, RecursionError):
        was = None
    if not isinstance(was, dict):
        raise RefusedError(400, "bad_request", "the form cannot be read; load it again")
    typed = {name: value for name, value in request.POST.items() if is_field(name) and isinstance(value, str)}
    changes = {name: value for name, value in typed.items() if value.strip() != str(was.get(name, ""))}
    line = request.POST.get("log", "")
    taken = take_typed(ref, changes, [{"text": line}] if line.strip() else (), viewer)
    return _shown(request, taken.card, _since(ref), taken.problems, 422) if taken.problems else _to(ref)


@screen(post="assess")
def typed(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Take what was just typed and answer with the pieces that follow from it."""
    changes, lines = read_typed(request.body)
    taken = take_typed(ref, changes, lines, viewer)
    return panels.live(request, taken.card, taken.problems)


def live_card(request: HttpRequest, ref: str, viewer: Viewer, again: bool) -> HttpResponse:
    """Answer a script with the card as it is now; ``again``: assessed anew, since what is known has changed."""
    shown = take_typed(ref, {}, (), viewer).card if again else shown_card(ref, viewer)
    return panels.live(request, shown)

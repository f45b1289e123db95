"""Other systems as administrators see them: tokens, webhooks, what could not be told; and conflicts of staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall.access import conflicts
from everycall.access.viewer import Viewer
from everycall.accounts import people, tokens
from everycall.errors import InputError, Problem
from everycall.serving import ground
from everycall.telling import webhooks
from everycall.web.page import page
from everycall.web.refused import told
from everycall.web.screens import screen

_PARTY = ("name", "phone", "date_of_birth", "address", "postcode")


@screen(get="manage_accounts")
def systems(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show tokens and webhooks; a token's secret is told once, where it is made, and never here."""
    connection, now = ground.force().store.connection, ground.now()
    context = {
        "tokens": tokens.every(connection),
        "hooks": webhooks.every(connection),
        "failed": webhooks.failed(connection),
        "at": now,
    }
    return page(request, "settings/systems.html", context)


@screen(post="manage_webhooks")
def tell_again(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Try once more to tell what was given up."""
    webhooks.again(ground.force().store.connection, _number(request), ground.now())
    return _back("/settings/systems")


@screen(get="manage_conflicts", post="manage_conflicts")
def conflict(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the conflicts, and keep another."""
    if request.method != "POST":
        return _conflicts(request)
    connection = ground.force().store.connection
    party = {name: value for name in _PARTY if (value := request.POST.get(name, "").strip())}
    try:
        person = people.known(connection, request.POST.get("account", ""))
        why = request.POST.get("why", "").strip()
        if not why:
            raise InputError("the conflict cannot be kept", [Problem("why", "is needed")])
        conflicts.add(connection, person.number, party, why, ground.now())
    except InputError as error:
        return told(_conflicts(request, error, 422))
    return _back("/settings/conflicts")


def _conflicts(request: HttpRequest, error: InputError | None = None, status: int = 200) -> HttpResponse:
    connection = ground.force().store.connection
    context: dict[str, Any] = {
        "conflicts": conflicts.every(connection, limit=500),
        "staff": [one.name for one in people.everybody(connection) if one.closed_at is None],
        "error": error,
        "typed": {name: request.POST.get(name, "")[:200] for name in (*_PARTY, "account", "why")},
    }
    return page(request, "settings/conflicts.html", context, status)


@screen(post="manage_conflicts")
def end_conflict(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End a conflict; that it was there stays known."""
    conflicts.end(ground.force().store.connection, _number(request), ground.now())
    return _back("/settings/conflicts")


def _number(request: HttpRequest) -> int:
    told = request.POST.get("number", "")
    if not (told.isascii() and told.isdigit() and len(told) < 19):
        raise InputError("nothing was done", [Problem("number", "is no number")])
    return int(told)


def _back(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response

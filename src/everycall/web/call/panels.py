"""The pieces of the card that follow the assessment: made anew after every change and put in where they stood."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse

from everycall import codes
from everycall.brief.wording import clock, words
from everycall.errors import Problem
from everycall.serving import ground
from everycall.web.call.card import Card
from everycall.web.call.fields import values
from everycall.web.call.first_line import Row, rows
from everycall.web.call.history import history
from everycall.web.call.log_lines import log_lines
from everycall.web.call.questions import questions
from everycall.web.call.said import said
from everycall.web.call.said_to_caller import not_to_be_said
from everycall.web.call.where import where
from everycall.web.page import common, environment, filled

PANELS = ("notices", "orders", "first_line", "log", "timeline", "where", "standing", "problems")
"""Each is ``call/NAME.html`` inside the element ``panel-NAME`` of the page."""

HELD = "Everycall-Held"
"""The header by which a page says which pieces stand in it, by the marks they were sent with."""


@cache
def _there() -> tuple[str, ...]:
    """Return the panels that have a template."""
    templates = set(environment().list_templates())
    return tuple(name for name in PANELS if f"call/{name}.html" in templates)


def context(card: Card) -> dict[str, Any]:
    """Return what every template below ``call/`` has.

    ``card`` (see `Card`), ``rows`` of the first line, ``log`` in marked pieces, ``asked`` (all questions), ``fields``
    (what stands in each, by name), ``not_said`` (what must not be said to the caller),
    ``said`` (the log's words behind each reason, by its code), ``reasons`` (codes), ``history`` and ``where`` (None:
    nothing of it can be told).
    """
    return {
        "card": card,
        "rows": rows(card),
        "log": log_lines(card),
        "said": said(card.made, ground.ground().policy),
        "asked": questions(card),
        "fields": values(card.call),
        "not_said": not_to_be_said(card),
        "reasons": codes.in_order("decision_reason"),
        "history": history(card),
        "where": where(card),
    }


def live(request: HttpRequest, card: Card, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    """Answer a script: the panels, and what it needs to know besides.

    ``panels`` by name, without those that the page has as they are (it says so by their ``marks``); ``fields`` as they
    stand at the server; ``ask`` the questions to ask now, in their order;
    ``say`` what is read aloud when it changes; ``danger`` whether the first line begins with it; ``open`` the calls of
    OPEN NOW; ``problems`` by name of field; ``version`` of the facts; ``recorded`` whether the store has them;
    ``seen`` what is recommended, to be sent with a decision; ``accept`` the word on the button that accepts it, and
    ``is_main`` whether that is what there is to do.
    """
    made = {**common(request), **context(card)}
    pieces = {name: filled(f"call/{name}.html", made) for name in _there()}
    marks = {name: _mark(piece, made["csrf_token"]) for name, piece in pieces.items()}
    held = set(request.headers.get(HELD, "").split(" "))
    told = {
        "ref": card.ref,
        "version": card.version,
        "recorded": card.is_recorded,
        "panels": {name: piece for name, piece in pieces.items() if f"{name}={marks[name]}" not in held},
        "marks": marks,
        "fields": made["fields"],
        "ask": [
            {
                "question": one.code,
                "turn": one.turn,
                "text": one.text,
                "confirm": one.confirm,
                "why": one.why,
                "ways": one.ways,
            }
            for one in sorted(made["asked"], key=lambda one: one.turn)
            if one.turn
        ],
        "say": said_aloud(card),
        "danger": has_danger(made["rows"]),
        "open": open_now(card),
        "seen": seen(card.told),
        "accept": accept_word(card),
        "is_main": card.is_to_be_accepted,
        "rationale": card.made.recommendation.rationale if card.made else "",
        "problems": {one.where: one.problem for one in problems},
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")


def _mark(piece: str, token: str) -> str:
    """Return a mark of what a piece says; its forms' token, another in each answer, makes no difference."""
    return blake2b(piece.replace(token, "").encode(), digest_size=6).hexdigest()


def said_aloud(card: Card) -> str:
    """Return the recommendation in a sentence for a screen reader, the same as long as it stays the same."""
    if card.made is None:
        return ""
    made = card.made.recommendation
    by = f" by {clock(made.respond_by, card.received_at)}" if made.respond_by else ""
    return f"Grade {made.grade_name}, {words(made.attendance)}{by}"


def accept_word(card: Card) -> str:
    """Return what stands on the button that accepts: the recommendation that stands is accepted already."""
    if not card.is_decided or card.decision is None:
        return "Accept"
    return "Accepted:" if card.decision["accepted"] else "Accept instead:"


def open_now(card: Card) -> list[str]:
    """Return the references of the calls still open that may be about the same."""
    return [one.ref for one in card.made.open_now] if card.made else []


def has_danger(told: Sequence[Row]) -> bool:
    """Say whether the first line begins with danger."""
    return any(row.code == "danger" for row in told)


def seen(told: Mapping[str, Any] | None) -> str:
    """Return what is recommended in one word: a decision says which it was made on."""
    if told is None:
        return ""
    made = told["recommendation"]
    return f"{made['grade']} {made['attendance']} {made['respond_by']}"

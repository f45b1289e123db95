"""Where a call happens: a map of what lies round it, what is near in words, and a larger map to look about on."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from everycall.access.viewer import Viewer
from everycall.call import read_call
from everycall.errors import EverycallError
from everycall.localtime import local_date
from everycall.position import Position, metres_per_degree
from everycall.priorities import Book
from everycall.serving import calls, ground
from everycall.web.call.card import Card, card_of
from everycall.web.frame import HEIGHT, NARROWEST_M, USUAL_M, WIDEST_M, WIDTH, Frame
from everycall.web.map import draw
from everycall.web.near import Near, near, rounded
from everycall.web.page import page
from everycall.web.screens import screen
from everycall.web.surroundings import Surroundings, surroundings

_log = logging.getLogger(__name__)

_MOST_STEPS = 40


@dataclass(frozen=True, slots=True)
class Where:
    """Where it happens, as it is shown.

    Parameters
    ----------
    known
        Where the position comes from, and how surely; empty: it is not known.
    """

    known: str
    picture: Markup
    near: tuple[Near, ...]
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What of the ground is looked at: how many metres across, and how many half frames east and north of the call."""

    across_m: float = USUAL_M
    east: int = 0
    north: int = 0

    def query(self, **changes: float) -> str:
        """Return it as the query of a link, changed."""
        wanted = replace(self, **changes)  # type: ignore[arg-type]
        across = min(max(wanted.across_m, NARROWEST_M), WIDEST_M)
        return urlencode({"across": f"{across:.0f}", "east": wanted.east, "north": wanted.north})


def where(card: Card, view: View | None = None) -> Where | None:
    """Return the map of a call; None when its position cannot be worked out just now, or is not told to this viewer."""
    try:
        force = ground.force()
        if card.received_at is None:
            return None
        position = force.locate(read_call(dict(card.call)).call)
        if position is None:
            return Where("", Markup(""), ())
        now, day = ground.now(), local_date(card.received_at)
        around, book = surroundings(force, now), force.book(now)
        frame = _moved(Frame.round(position, (view or View()).across_m), view or View())
        here = card.told["repeat"]["place"]["count_12m"] if card.told and card.sees.history else 0
        return _drawn(position, frame, around, book, day, here)
    except (EverycallError, DatabaseError) as error:  # a map is not worth a card
        _log.warning("a map could not be drawn: %s", type(error).__name__)
        return None


@lru_cache(maxsize=64)
def _drawn(
    position: Position, frame: Frame, around: Surroundings, book: Book, day: date, here_12m: int
) -> Where:
    """Return what is shown; kept a while, since most of what is typed moves nothing.

    Surroundings and book are made anew when anything in them changes, and are told apart by which they are.
    """
    picture = draw(position, frame, around, book, day, here_12m)
    return Where(_known(position), picture, near(position, around, book, day), frame)


def _known(position: Position) -> str:
    how = f", within {rounded(position.accuracy_m)}" if position.accuracy_m else ""
    return f"By {position.source}{how}"


def _moved(frame: Frame, view: View) -> Frame:
    east, north = metres_per_degree(frame.latitude)
    return replace(
        frame,
        longitude=frame.longitude + view.east * frame.across_m / 2 / east,
        latitude=frame.latitude + view.north * frame.across_m * HEIGHT / WIDTH / 2 / north,
    )


@screen(get="see_call")
def larger(request: HttpRequest, viewer: Viewer, ref: str) -> HttpResponse:
    """Show the map alone, to look about on by links."""
    _, sees = calls.must_see(ref, viewer)
    shown = card_of(calls.see(ref, viewer), viewer, sees)
    view = _asked(request)
    return page(request, "call/map.html", {"card": shown, "where": where(shown, view), "view": view})


def _asked(request: HttpRequest) -> View:
    """Return the view that a link asks for; the usual one for anything else."""
    try:
        across, east, north = (float(request.GET.get(name, "nan")) for name in ("across", "east", "north"))
        if not NARROWEST_M <= across <= WIDEST_M or max(abs(east), abs(north)) > _MOST_STEPS:
            return View()
        return View(across, int(east), int(north))
    except ValueError:
        return View()

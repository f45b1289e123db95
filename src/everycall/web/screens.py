"""What a screen asks for before it is shown: every view says it, and one that does not say it cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.serving.calls import not_yours
from everycall.serving.shadow import is_hidden, refuse_hidden
from everycall.serving.shape import RefusedError
from everycall.serving.who import viewer_of

NOBODY = "nobody"
"""Asks for nobody: the page to sign in, and our own files."""

ANY_PERSON = "any person"
"""Asks for somebody who is signed in, whatever their role."""

LIVE = "Everycall-Live"
"""The header by which a script of ours asks: it is answered by parts of a page, and refused in the API's shape."""


class Screen:
    """A view, and what each of its methods asks for; another method is refused.

    Parameters
    ----------
    asks
        By method an action of ``roles.toml``, `ANY_PERSON` or `NOBODY`.
    view
        Gets the request, who is there (None only where nobody is asked for), and what stands in the path.
    """

    def __init__(self, view: Callable[..., HttpResponse], asks: Mapping[str, str]) -> None:
        self.view = view
        self.asks = dict(asks)
        update_wrapper(self, view)

    def __call__(self, request: HttpRequest, **named: Any) -> HttpResponse:
        """Answer a request of somebody who may send it."""
        method = "GET" if request.method == "HEAD" else str(request.method)
        asked = self.asks.get(method)
        if asked is None:
            return HttpResponseNotAllowed(sorted(self.asks))
        if asked == NOBODY:
            return self.view(request, **named)
        viewer = viewer_of(request)
        if viewer is None:
            return _to_sign_in(request)
        if viewer.is_system or not (asked == ANY_PERSON or may(viewer, asked)):
            raise not_yours()
        if asked != ANY_PERSON:
            refuse_hidden(viewer, asked)
        return self.view(request, viewer, **named)


def screen(
    get: str | None = None, post: str | None = None
) -> Callable[[Callable[..., HttpResponse]], Screen]:
    """Make a screen of a view ``(request, viewer, ...)``: what getting and posting ask for (None: not to be done)."""
    asks = {method: asked for method, asked in (("GET", get), ("POST", post)) if asked is not None}
    return lambda view: Screen(view, asks)


def open_to_all(*methods: str) -> Callable[[Callable[..., HttpResponse]], Screen]:
    """Make a screen of a view ``(request, ...)`` that asks for nobody."""
    return lambda view: Screen(view, dict.fromkeys(methods, NOBODY))


def is_live(request: HttpRequest) -> bool:
    """Say whether a script of ours asks, and not a browser that goes to a page."""
    return LIVE in request.headers


def own_path(path: str | None) -> str:
    """Return a path of this server that was given to go on to; the first page for anything else."""
    if path and path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable():
        return path
    return "/"


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if is_live(request):
        raise RefusedError(
            401, "not_signed_in", "you are not signed in any more: sign in again in another tab"
        )
    on = request.get_full_path() if request.method == "GET" else "/"
    asked = f"?{urlencode({'next': on})}" if on != "/" else ""
    return HttpResponseRedirect(f"/sign-in{asked}")


def for_whom(viewer: Viewer, asked: str) -> bool:
    """Say whether a viewer may go where ``asked`` is asked for: what they may not, they are not shown the way to."""
    return asked in (ANY_PERSON, NOBODY) or (may(viewer, asked) and not is_hidden(viewer, asked))

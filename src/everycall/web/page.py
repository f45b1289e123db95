"""One page for whoever asks: the template, who is signed in, where they may go, and the token of their forms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from jinja2 import Environment, PackageLoader, StrictUndefined

from everycall.brief import wording
from everycall.brief.lines import plain
from everycall.serving import ground
from everycall.serving.who import viewer_of
from everycall.web.navigation import ways
from everycall.web.static_files import static


@cache
def environment() -> Environment:
    """Return what makes our templates into pages: text is escaped, and a name that is not there is a fault."""
    made = Environment(
        loader=PackageLoader("everycall.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = static
    made.filters |= {"words": wording.words, "clock": wording.clock, "ago": wording.ago, "plain": plain}
    return made


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Return a page.

    Parameters
    ----------
    template
        Below ``templates/``; it extends ``base.html``.
    context
        What the template tells. It must have come through `everycall.serving.calls` or another place that holds
        back what the viewer may not see. ``viewer``, ``ways``, ``path``, ``now``, ``modes`` and ``csrf_token`` are
        added.
    """
    return HttpResponse(part(request, template, context), status=status)


def part(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> str:
    """Return a template as text, with what every page has: for a piece of a page that a script puts in."""
    return filled(template, {**common(request), **(context or {})})


def filled(template: str, context: Mapping[str, Any]) -> str:
    """Return a template as text, filled with this and nothing else."""
    return environment().get_template(template).render(context)


def common(request: HttpRequest) -> dict[str, Any]:
    """Return what every page has, made once for all pieces of one answer."""
    viewer = viewer_of(request)
    return {
        "viewer": viewer,
        "ways": ways(viewer),
        "path": request.path,
        "now": ground.now(),
        "modes": ground.ground().modes,
        "csrf_token": get_token(request),
    }

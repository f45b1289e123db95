"""Signing in and out: by name and password, or at the force's own sign-in; and the first page of whoever is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token

from everycall.access.viewer import Viewer
from everycall.accounts.signing_in import SignInBusyError, SignInError
from everycall.accounts.signing_in import sign_in as check
from everycall.serving import ground
from everycall.serving import who as browser
from everycall.serving.shape import status_of
from everycall.web.navigation import ways
from everycall.web.page import page
from everycall.web.refused import told
from everycall.web.screens import ANY_PERSON, open_to_all, own_path, screen


@open_to_all("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, and sign in who fills it in rightly; they go on to where they were going."""
    on = own_path(request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        return _form(request, on)
    name, password = request.POST.get("name", ""), request.POST.get("password", "")
    try:
        person = check(ground.force().store.connection, name[:100], password[:1_000], ground.now())
    except (SignInError, SignInBusyError) as error:
        return told(_form(request, on, name=name[:100], problem=error.message, status=status_of(error)))
    rotate_token(request)
    response = HttpResponseRedirect(on)
    response.status_code = 303
    browser.sign_in(request, response, person)
    return response


def _form(
    request: HttpRequest, on: str, name: str = "", problem: str | None = None, status: int = 200
) -> HttpResponse:
    context = {"next": on, "name": name, "problem": problem, "provider": ground.ground().provider is not None}
    return page(request, "sign_in.html", context, status)


@screen(post=ANY_PERSON)
def sign_out(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End the session."""
    response = HttpResponseRedirect("/sign-in")
    response.status_code = 303
    browser.sign_out(request, response)
    return response


@screen(get=ANY_PERSON)
def first_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Go to the first screen that is theirs."""
    open_ways = ways(viewer)
    return HttpResponseRedirect(open_ways[0].path) if open_ways else page(request, "nothing_yet.html")

"""Signing in and out: by name and password, or at the force's own sign-in; and the first page of whoever is there."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token

from everycall.access.viewer import Viewer
from everycall.accounts.signing_in import SignInBusyError, SignInError, change_password
from everycall.accounts.signing_in import sign_in as check
from everycall.errors import InputError, Problem
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


@screen(get=ANY_PERSON, post=ANY_PERSON)
def password(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the form to choose another password, and take it: every other session of this person ends."""
    if request.method != "POST":
        return page(request, "password.html", {"problems": ()})
    old, new, again = (request.POST.get(name, "")[:1_000] for name in ("old", "new", "again"))
    if new != again:
        return _not_changed(request, [Problem("again", "is not the same as the new one")])
    try:
        person = change_password(ground.force().store.connection, viewer.name, old, new, ground.now())
    except InputError as error:
        return _not_changed(request, error.details)
    except SignInError:
        return _not_changed(request, [Problem("old", "is wrong, or the account is locked for some minutes")])
    ground.ground().known_viewers.forget_account(person.number)
    rotate_token(request)
    response = HttpResponseRedirect("/")
    response.status_code = 303
    browser.sign_in(request, response, person)
    return response


def _not_changed(request: HttpRequest, problems: Sequence[Problem]) -> HttpResponse:
    return told(page(request, "password.html", {"problems": problems}, 422))


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

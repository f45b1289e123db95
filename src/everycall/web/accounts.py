"""People who may sign in, as administrators see them: adding one, changing one, closing an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from everycall.access.roles import table
from everycall.access.viewer import Viewer
from everycall.accounts import people
from everycall.accounts.people import ROLES
from everycall.errors import InputError, Problem
from everycall.serving import ground
from everycall.web.page import page
from everycall.web.refused import told
from everycall.web.screens import screen

PATH = "/settings/people"


@screen(get="manage_accounts")
def show(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show everybody, and the form to add one."""
    return _page(request)


def _page(request: HttpRequest, error: InputError | None = None, status: int = 200) -> HttpResponse:
    everybody = people.everybody(ground.force().store.connection)
    context = {
        "everybody": everybody,
        "roles": ROLES,
        "may": table().may,
        "error": error,
        "typed": {name: request.POST.get(name, "")[:200] for name in ("name", "role", "district", "subject")},
    }
    return page(request, "settings/people.html", context, status)


@screen(post="manage_accounts")
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Add a person; without a password they come in through the force's own sign-in alone."""
    said = {name: request.POST.get(name, "").strip() for name in ("name", "role", "district", "subject")}
    password = request.POST.get("password", "")
    try:
        if not password and not said["subject"]:
            problem = Problem("password", "is needed, or who they are at the force's own sign-in")
            raise InputError("the account cannot be added", [problem])
        people.add(
            ground.force().store.connection,
            said["name"],
            said["role"],
            ground.now(),
            password or None,
            said["district"] or None,
            said["subject"] or None,
        )
    except InputError as error:
        return told(_page(request, error, 422))
    return _back()


@screen(post="manage_accounts")
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Change a person's role, district or password, or close their account; they are signed out."""
    connection = ground.force().store.connection
    name, act = request.POST.get("person", ""), request.POST.get("act")
    try:
        if act == "change":
            role, district = request.POST.get("role") or None, request.POST.get("district", "").strip()
            people.change(connection, name, role, None, district or None)
        elif act == "password":
            password = request.POST.get("password", "")
            if not password:
                raise InputError("the account stays as it was", [Problem("password", "is needed")])
            people.change(connection, name, None, password)
        elif act == "close":
            if request.POST.get("sure") != "yes":
                raise InputError(
                    "the account stays as it was", [Problem("sure", "must be ticked to close it")]
                )
            people.close(connection, name, ground.now())
        else:
            raise InputError("nothing was done", [Problem("act", "must be change, password or close")])
    except InputError as error:
        return told(_page(request, error, 422))
    return _back()


def _back() -> HttpResponse:
    response = HttpResponseRedirect(PATH)
    response.status_code = 303
    return response

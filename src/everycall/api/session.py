"""``/session``: a person signs in with name and password, sees who they are, and signs out."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token, rotate_token
from ninja import Router, Status
from pydantic import Field

from everycall.access.roles import table
from everycall.access.viewer import Viewer
from everycall.accounts.signing_in import change_password as change
from everycall.accounts.signing_in import sign_in as check
from everycall.api.auth import SIGNED_IN, who
from everycall.api.body import model_of
from everycall.api.documented import body_of
from everycall.serving import ground
from everycall.serving import who as browser
from everycall.strict import Data

router = Router(tags=["session"])


class SignIn(Data):
    """A name and a password."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=1, max_length=1_000)]


class NewPassword(Data):
    """The password that holds, and the one that shall."""

    old: Annotated[str, Field(min_length=1, max_length=1_000)]
    new: Annotated[str, Field(min_length=1, max_length=1_000)]


class Who(Data):
    """Who is signed in, what they may do, and the token that their page sends with every change (``X-CSRFToken``)."""

    name: str
    role: str
    district: str | None
    may: tuple[str, ...]
    csrf_token: str


@router.post(
    "/session", response={200: Who}, auth=None, operation_id="sign_in", openapi_extra=body_of(SignIn)
)
def sign_in(request: HttpRequest, response: HttpResponse) -> Who:
    """Sign in: the session is a cookie, ended by signing out, by an hour of silence, or after twelve hours."""
    said = model_of(request, SignIn)
    person = check(ground.force().store.connection, said.name, said.password, ground.now())
    rotate_token(request)
    browser.sign_in(request, response, person)
    return _told(request, who(request))


@router.get("/session", response={200: Who}, auth=SIGNED_IN, operation_id="who_am_i")
def who_am_i(request: HttpRequest) -> Who:
    """Say who is signed in."""
    return _told(request, who(request))


@router.delete("/session", response={204: None}, auth=SIGNED_IN, operation_id="sign_out")
def sign_out(request: HttpRequest, response: HttpResponse, everywhere: bool = False) -> Status[None]:
    """End the session, here and at the server; or, everywhere, all of the same person's."""
    browser.sign_out(request, response, everywhere)
    return Status(204, None)


@router.put(
    "/session/password",
    response={200: Who},
    auth=SIGNED_IN,
    operation_id="change_password",
    openapi_extra=body_of(NewPassword),
)
def change_password(request: HttpRequest, response: HttpResponse) -> Who:
    """Choose another password: every session of this person ends, and a new one begins here."""
    said, viewer = model_of(request, NewPassword), who(request)
    person = change(ground.force().store.connection, viewer.name, said.old, said.new, ground.now())
    ground.ground().known_viewers.forget_account(person.number)
    rotate_token(request)
    browser.sign_in(request, response, person)
    return _told(request, who(request))


def _told(request: HttpRequest, viewer: Viewer) -> Who:
    return Who(
        name=viewer.name,
        role=viewer.role,
        district=viewer.district,
        may=table().may[viewer.role],
        csrf_token=get_token(request),
    )

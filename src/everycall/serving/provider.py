"""The two pages of signing in at the force's own provider: going there, and coming back."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_GET

from everycall.accounts import people
from everycall.accounts.provider import ProviderError
from everycall.serving import ground
from everycall.serving.shape import refusal
from everycall.serving.who import sign_in

_COOKIE = "everycall_provider"
_SALT = "everycall.provider"
_MINUTES = 10

_BACK = "/sign-in/provider/back"

_PAGE = (
    '<!doctype html><html lang="en"><title>Signed in</title><meta http-equiv="refresh" content="0;url=/">'
    '<p><a href="/">Go on</a></p></html>'
)
"""A page of our own between the provider and the screens: a browser sends the strict session cookie only from there."""


@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    provider = ground.ground().provider
    if provider is None:
        return refusal(404, "not_found", "there is nothing here")
    try:
        url, kept = provider.begin(request.build_absolute_uri(_BACK))
    except ProviderError as error:
        return refusal(503, "provider_away", error.message)
    response = HttpResponseRedirect(url)
    response.set_cookie(
        _COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=_MINUTES * 60,
        path=_BACK,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",  # it must come along when the provider sends the browser back
    )
    return response


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Sign in whom the provider names, if they have an account here."""
    provider = ground.ground().provider
    if provider is None:
        return refusal(404, "not_found", "there is nothing here")
    try:
        kept = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_MINUTES * 60)
        subject = provider.finish(
            request.build_absolute_uri(), kept, request.build_absolute_uri(_BACK), ground.now()
        )
    except (signing.BadSignature, ProviderError):
        response = refusal(401, "not_signed_in", "signing in did not come to an end; begin again")
    else:
        person = people.by_subject(ground.force().store.connection, subject)
        if person is None:
            response = refusal(
                403, "not_allowed", "nobody here has that account; an administrator can add you"
            )
        else:
            response = HttpResponse(_PAGE)
            sign_in(request, response, person)
    response.delete_cookie(_COOKIE, path=_BACK, samesite="Lax")
    return response


urlpatterns = [path("sign-in/provider", go), path("sign-in/provider/back", back)]

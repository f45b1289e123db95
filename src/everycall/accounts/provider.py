"""Signing in at the force's own provider (OpenID Connect, authorization code with PKCE): who came back, if all fits."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from everycall.errors import EverycallError, InputError, Problem

_ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Never ``none``, and never one that our own secret could sign."""

_SECONDS = 5.0
_CLOCKS_DIFFER_SECONDS = 60


class ProviderError(EverycallError):
    """The provider did not say who somebody is, or what it said does not fit; it is not told which."""

    code = "not_signed_in"


class Provider:
    """The force's own sign-in.

    Parameters
    ----------
    issuer
        Its URL, as it names itself; by TLS, unless it is on this machine.
    client_id, client_secret
        How we are known there.
    """

    def __init__(self, issuer: str, client_id: str, client_secret: str | None) -> None:
        parts = urlsplit(issuer)
        if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise InputError(
                "the provider cannot be used", [Problem("--oidc-issuer", "must begin with https://")]
            )
        self.issuer, self._client_id, self._secret = issuer.rstrip("/"), client_id, client_secret
        self._lock = threading.Lock()
        self._told: dict[str, Any] | None = None
        self._keys: KeySet | None = None

    def begin(self, back_to: str) -> tuple[str, dict[str, str]]:
        """Return where the browser goes, and what must be kept for when it comes back.

        Raises
        ------
        ProviderError
            When the provider cannot be reached.
        """
        kept = {"nonce": secrets.token_urlsafe(32), "verifier": secrets.token_urlsafe(48)}
        with self._session(back_to) as session:
            url, kept["state"] = session.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                code_verifier=kept["verifier"],
                nonce=kept["nonce"],
            )
        return str(url), kept

    def finish(self, came_back: str, kept: Mapping[str, str], back_to: str, now: datetime) -> str:
        """Return who it is: the issuer, a space, and its word for them.

        Parameters
        ----------
        came_back
            The whole URL that the browser came back with.

        Raises
        ------
        ProviderError
            For anything that does not fit: state, code, signature, issuer, audience, time or nonce.
        """
        asked = parse_qs(urlsplit(came_back).query)
        state = asked.get("state", [""])[0]
        if not hmac.compare_digest(state.encode(), kept["state"].encode()) or "code" not in asked:
            raise ProviderError("signing in did not come to an end; begin again")
        with self._session(back_to) as session:
            try:
                token = session.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=asked["code"][0],
                    code_verifier=kept["verifier"],
                    timeout=_SECONDS,
                )
                claims = self._claims(str(token.get("id_token", "")))
            except (requests.RequestException, AuthlibBaseError, JoseError, ValueError) as error:
                raise ProviderError("the provider did not say who it is; begin again") from error
        self._fits(claims, kept["nonce"], now)
        return f"{self.issuer} {claims['sub']}"

    def _session(self, back_to: str) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._secret,
            scope="openid",
            redirect_uri=back_to,
            code_challenge_method="S256",
        )

    def _metadata(self) -> dict[str, Any]:
        with self._lock:
            if self._told is None:
                told = self._fetch(f"{self.issuer}/.well-known/openid-configuration")
                if str(told.get("issuer", "")).rstrip("/") != self.issuer:
                    raise ProviderError("the provider is not who it was said to be")
                self._told = told
            return self._told

    def _claims(self, token: str) -> dict[str, Any]:
        """Return what a token says; its key is looked up anew once, since a provider changes its keys."""
        for anew in (False, True):
            if self._keys is None or anew:
                self._keys = KeySet.import_key_set(self._fetch(str(self._metadata()["jwks_uri"])))  # type: ignore[arg-type]
            try:
                return dict(jwt.decode(token, self._keys, algorithms=_ALGORITHMS).claims)
            except (JoseError, ValueError):
                if anew:
                    raise
        raise ProviderError("the provider did not say who it is")  # cannot be: the loop returns or raises

    def _fits(self, claims: Mapping[str, Any], nonce: str, now: datetime) -> None:
        audience = claims.get("aud")
        at = now.timestamp()
        expires, issued = claims.get("exp"), claims.get("iat")
        fits = (
            str(claims.get("iss", "")).rstrip("/") == self.issuer
            and self._client_id in (audience if isinstance(audience, list) else [audience])
            and claims.get("azp", self._client_id) == self._client_id
            and isinstance(expires, int | float)
            and expires > at - _CLOCKS_DIFFER_SECONDS
            and isinstance(issued, int | float)
            and issued < at + _CLOCKS_DIFFER_SECONDS
            and hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())
            and isinstance(claims.get("sub"), str)
            and bool(claims["sub"])
        )
        if not fits:
            raise ProviderError("what the provider says does not fit; begin again")

    def _fetch(self, url: str) -> dict[str, Any]:
        try:
            answer = requests.get(url, timeout=_SECONDS, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise ProviderError("the provider cannot be reached") from error
        if not isinstance(found, dict):
            raise ProviderError("the provider cannot be understood")
        return found

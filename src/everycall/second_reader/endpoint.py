"""An OpenAI-compatible endpoint that may be asked, and asking it: one request, no redirect, bounded time and size."""

from __future__ import annotations

import http.client
import ipaddress
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from everycall.errors import EverycallError, InputError, Problem
from everycall.told_once import read_once

MOST_BYTES = 65_536
"""The longest answer that is read; a longer one is no answer."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""The hosts that may be asked unless a force names others."""


class EndpointError(EverycallError):
    """The endpoint gave no usable answer; the message never holds what was sent or said."""

    code = "second_reader"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask: the address of the chat completions, the model's name, perhaps a key, and how long to wait."""

    tls: bool
    host: str
    port: int
    path: str
    model: str
    key: str | None = None
    seconds: float = 10.0


def endpoint(
    url: str,
    model: str,
    hosts: frozenset[str] = LOOPBACK,
    key: str | None = None,
    seconds: float = 10.0,
) -> Endpoint:
    """Check an endpoint's address and return it.

    Parameters
    ----------
    url
        The base ("http://127.0.0.1:8080/v1") or the whole address of the chat completions.
    hosts
        The only hosts that may be asked.
    seconds
        How long one request may take in all.

    Raises
    ------
    InputError
        When the host is not on the list, or a host that is not this machine would be asked without TLS.
    """
    parts = urlsplit(url)
    problems = []
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or not host:
        problems.append(Problem("url", "must begin with http:// or https:// and name a host"))
    elif host not in hosts:
        problems.append(Problem("url", f"the host is not on the list ({', '.join(sorted(hosts))})"))
    elif parts.scheme == "http" and not _is_loopback(host):
        problems.append(Problem("url", "must be https:// for a host that is not this machine"))
    if parts.username or parts.password or parts.query or parts.fragment:
        problems.append(Problem("url", "must have no user, password, ? or #"))
    try:
        port = parts.port
    except ValueError:
        problems.append(Problem("url", "has no usable port"))
        port = None
    if problems:
        raise InputError("the second reader cannot be used", problems)
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path += "/chat/completions"
    tls = parts.scheme == "https"
    return Endpoint(tls, host, port or (443 if tls else 80), path, model, key, seconds)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def asked(where: Endpoint, request: Mapping[str, Any]) -> str:
    """Ask once and return the content of the answer's first choice.

    Raises
    ------
    EndpointError
        For everything but an answer of 200, in time, of bounded size and in the shape of a chat completion.
    """
    ends = monotonic() + where.seconds
    connection: http.client.HTTPConnection
    if where.tls:
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            where.host, where.port, timeout=where.seconds, context=context
        )
    else:
        connection = http.client.HTTPConnection(where.host, where.port, timeout=where.seconds)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    try:
        connection.request("POST", where.path, json.dumps(request).encode(), headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise EndpointError(f"the second reader answered {answer.status}")
        body = _body(connection, answer, ends)
    except (OSError, http.client.HTTPException) as error:
        raise EndpointError(f"the second reader gave no answer ({type(error).__name__})") from None
    finally:
        connection.close()
    try:
        content = read_once(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise EndpointError("the second reader's answer is no chat completion") from None
    if not isinstance(content, str):
        raise EndpointError("the second reader's answer is no chat completion")
    return content


def _body(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, ends: float) -> bytes:
    body = b""
    while True:
        left = ends - monotonic()
        if left <= 0:
            raise EndpointError("the second reader took too long")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        part = answer.read1(16_384)
        if not part:
            return body
        body += part
        if len(body) > MOST_BYTES:
            raise EndpointError(f"the second reader's answer is over {MOST_BYTES:,} bytes")

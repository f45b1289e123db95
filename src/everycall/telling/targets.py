"""Where a webhook may lead: by TLS, to an address looked up and checked once, never to this machine or its like."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from everycall.errors import InputError, Problem

SECONDS = 5.0
"""How long another system has to answer."""

_MOST_READ = 1_024
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A webhook's URL taken apart."""

    tls: bool
    host: str
    port: int
    path: str
    inside: bool


class TargetError(Exception):
    """The target may not be reached, or did not take what it was sent; the text says why in a few words."""


def read_target(url: str, inside: bool) -> Target:
    """Take a webhook's URL apart.

    Parameters
    ----------
    inside
        Whether a person at the server allowed an address of the force's own network.

    Raises
    ------
    InputError
        With everything that is wrong with it.
    """
    problems = []
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InputError("the webhook cannot be used", [Problem("url", "cannot be read")]) from None
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        problems.append(Problem("url", "must begin with https://"))
    if parts.username or parts.password:
        problems.append(Problem("url", "must not hold a name or password"))
    if not parts.hostname:
        problems.append(Problem("url", "names no host"))
    if parts.fragment or parts.query:
        problems.append(Problem("url", "must have neither ? nor #: what is told stands in the body"))
    if not url.isascii() or any(c.isspace() for c in url):
        problems.append(Problem("url", "must be plain characters without blanks"))
    if problems:
        raise InputError("the webhook cannot be used", problems)
    tls = parts.scheme == "https"
    return Target(tls, str(parts.hostname), port or (443 if tls else 80), parts.path or "/", inside)


def checked_address(target: Target) -> str:
    """Look a host up and return an address that may be reached; every one it has must be allowed.

    Raises
    ------
    TargetError
        When it is not found, or leads to this machine, a link-local or another address nobody may be sent to.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        raise TargetError("the host is not found") from None
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        if not _allowed(address, target.inside):
            raise TargetError("the host's address may not be reached")
    return addresses[0]


def _allowed(address: str, inside: bool) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = _within(ip) or ip
    if ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved:
        return False
    return ip.is_global or (inside and ip.is_private)


def _within(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one only wraps: what it leads to is what counts."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


@contextmanager
def _cut_off_after(seconds: float, link: socket.socket) -> Iterator[None]:
    """Cut a connection off after so long in all: one that sends a byte now and then is never silent for long."""

    is_cut = threading.Event()

    def cut() -> None:
        is_cut.set()
        with suppress(OSError):
            socket.socket.shutdown(link, socket.SHUT_RDWR)  # TLS's own would wait for the other side

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if is_cut.is_set():  # what came until then may look like an answer
        raise TargetError("no answer in time")


def post(target: Target, body: bytes, headers: dict[str, str], context: ssl.SSLContext | None = None) -> None:
    """Send a message to the address that was checked; a redirect is not followed.

    Raises
    ------
    TargetError
        For everything but an answer of 2xx in time.
    """
    address = checked_address(target)
    connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
    try:
        raw: socket.socket = socket.create_connection((address, target.port), timeout=SECONDS)
        connection.sock = raw
        if target.tls:
            tls = context or ssl.create_default_context()
            raw = tls.wrap_socket(raw, server_hostname=target.host, do_handshake_on_connect=False)
            connection.sock = raw
        with _cut_off_after(SECONDS, raw):
            if isinstance(raw, ssl.SSLSocket):
                raw.do_handshake()
            connection.request("POST", target.path, body, headers)
            answer = connection.getresponse()
            answer.read(_MOST_READ)
    except (OSError, http.client.HTTPException) as error:
        raise TargetError(f"no answer ({type(error).__name__})") from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise TargetError(f"answered {answer.status}")

"""Measure the call screen at work: handlers typing at once, each as their page sends it, with its events beside.

A handler begins a card, then types name, number, birth date and addresses, a few words of the log at a time, and
answers; each pause sends what was typed. What counts is the time from the pause to the whole answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.served import Served, served
from everycall.accounts import people
from everycall.store.store import Store

HANDLERS = 20
SECONDS = 300
PAUSE_SECONDS = (0.7, 2.5)
"""Between two pauses of one handler, evenly drawn: somebody who types and listens."""

EVENTS_SECONDS = 1.0
WORDS_A_LINE = 8
NOT_WHOLE = (b"NOT RECORDED", b"and was broken off")
"""Words of an answer that is not all it should be: not in the store yet, or a part past its time."""

HOST = "127.0.0.1"
PASSWORD = "five grey herons stood there"
_FIELDS = ("name", "phone", "date_of_birth", "address", "postcode", "role")


@dataclass
class Seen:
    """What was measured: milliseconds by kind of request, and answers that were not as they should be."""

    typed: list[float] = field(default_factory=list)
    events: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cards: int = 0


class Browser:
    """One handler's connection, with the cookies and the token of their pages."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.token = ""
        self.held = ""

    async def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """Send a request on the open connection and return its status and body."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self._port}\r\nContent-Type: {kind}\r\n"
            f"Cookie: {cookies}\r\nX-CSRFToken: {self.token}\r\nEverycall-Live: 1\r\n"
            f"Everycall-Held: {self.held}\r\n"
            f"Origin: http://{HOST}:{self._port}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length = 0
        for line in told[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            if name.lower() == "set-cookie":
                cookie, _, _ = value.partition(";")
                key, _, content = cookie.partition("=")
                self._cookies[key] = content
            if name.lower() == "connection" and value.lower() == "close":
                self._streams = None
        body = await reader.readexactly(length)
        return int(told[0].split()[1]), body

    async def sign_in(self, name: str) -> None:
        """Sign in, and keep the token that a page would have."""
        sent = json.dumps({"name": name, "password": PASSWORD})
        status, body = await self.ask("POST", "/api/v1/session", sent.encode())
        while status == 429:  # so many at once wait for one another's hash
            status, body = await self.ask("POST", "/api/v1/session", sent.encode())
        if status != 200:
            raise RuntimeError(f"{name} cannot sign in: {status}")
        self.token = json.loads(body)["csrf_token"]

    def another(self) -> Browser:
        """Return one more connection of the same browser."""
        other = Browser(self._port)
        other._cookies, other.token = self._cookies, self.token
        return other


def pauses(call: dict[str, Any], random: Random) -> Iterator[dict[str, Any]]:
    """Yield what is sent at each pause while a call is typed; a call is a person, a place, a log and answers."""
    caller, place = call.get("caller") or {}, call.get("location") or {}
    words = " ".join(line["text"] for line in call.get("log", ())).split()
    lines = [" ".join(words[n : n + WORDS_A_LINE]) for n in range(0, len(words), WORDS_A_LINE)]
    fields = [(f"caller.{name}", str(caller[name])) for name in _FIELDS if caller.get(name)]
    fields += [(f"location.{name}", str(place[name])) for name in ("address", "postcode") if place.get(name)]
    answers = [(f"answers.{name}", value) for name, value in (call.get("answers") or {}).items()]
    said: list[dict[str, Any]] = []
    for name, text in fields:
        half = text[: len(text) // 2] if name == "caller.name" and len(text) > 8 else None
        if half:
            said.append({"changes": {name: half}})
        said.append({"changes": {name: text}})
    at = datetime.now(UTC).isoformat()
    for number, line in enumerate(lines):
        where = min(len(said), 1 + number * 2 + random.randrange(2))
        said.insert(where, {"log": [{"at": at, "text": line}]})
    yield from said
    yield from ({"changes": {name: value}} for name, value in answers)


async def handler(
    number: int, browser: Browser, calls: Sequence[dict[str, Any]], until: float, seen: Seen
) -> None:
    """Be one handler until the time is up; their first pause comes at any moment of the first seconds."""
    random = Random(f"handler {number}")
    await asyncio.sleep(random.uniform(0, PAUSE_SECONDS[1]))
    for call in calls:
        ref = f"TYPED-{number:02}-{call['ref']}-{os.getpid()}"
        sent = urlencode({"ref": ref, "source": "101", "csrfmiddlewaretoken": browser.token})
        status, _ = await browser.ask(
            "POST", "/calls/new", sent.encode(), "application/x-www-form-urlencoded"
        )
        if status != 303:
            seen.wrong.append(f"new card: {status}")
            return
        seen.cards += 1
        browser.held = ""
        path = f"/calls/{quote(ref, safe='')}"
        looking = asyncio.create_task(_events(browser.another(), ref, until, seen))
        for patch in pauses(call, random):
            await asyncio.sleep(random.uniform(*PAUSE_SECONDS))
            if time.perf_counter() > until:
                break
            began = time.perf_counter()
            status, body = await browser.ask("POST", f"{path}/facts", json.dumps(patch).encode())
            seen.typed.append(time.perf_counter() - began)
            told = [words for words in NOT_WHOLE if words in body]
            if status == 200:  # what the page has it need not be sent again
                browser.held = " ".join(f"{name}={mark}" for name, mark in json.loads(body)["marks"].items())
            if status != 200 or told:
                seen.wrong.append(f"typed: {status} {b', '.join(told).decode()}")
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        if time.perf_counter() > until:
            return


async def _events(browser: Browser, ref: str, until: float, seen: Seen) -> None:
    """Ask what changed, as the page's event source does by itself."""
    while time.perf_counter() < until:
        began = time.perf_counter()
        status, _ = await browser.ask("GET", f"/events?call={quote(ref, safe='')}")
        seen.events.append(time.perf_counter() - began)
        if status != 200:
            seen.wrong.append(f"events: {status}")
        await asyncio.sleep(EVENTS_SECONDS)


def _times(took: Sequence[float]) -> dict[str, Any]:
    found = sorted(one * 1_000 for one in took)
    return {
        "requests": len(found),
        "half_ms": round(found[len(found) // 2], 1),
        "p99_ms": round(found[min(len(found) - 1, int(len(found) * 0.99))], 1),
        "worst_ms": round(found[-1], 1),
    }


async def _measure(server: Served, calls: Sequence[dict[str, Any]], seconds: float) -> tuple[Seen, list[int]]:
    seen, memory = Seen(), [server.memory_mib()]
    browsers = [Browser(server.port) for _ in range(HANDLERS)]
    for number, browser in enumerate(browsers):  # their shift began before: hashing passwords is no typing
        await browser.sign_in(f"h{number:02}")
    until = time.perf_counter() + seconds
    share = max(1, len(calls) // HANDLERS)
    typing = [
        asyncio.create_task(handler(n, browser, calls[n * share : (n + 1) * share], until, seen))
        for n, browser in enumerate(browsers)
    ]
    while not all(one.done() for one in typing):
        await asyncio.wait(typing, timeout=seconds / 5)
        memory.append(server.memory_mib())
    await asyncio.gather(*typing)
    return seen, memory


def measure(where: str, calls: Sequence[dict[str, Any]], seconds: float = SECONDS) -> dict[str, Any]:
    """Let the handlers type for so long against the store there; each call is typed once.

    Memory is told at the start, at each fifth of the time, and at the end.
    """
    store = Store(where)
    known = {one.name for one in people.everybody(store.connection)}
    accounts = {"first": "administrator"} | {f"h{number:02}": "handler" for number in range(HANDLERS)}
    for name, role in accounts.items():
        if name not in known:
            people.add(store.connection, name, role, datetime.now(UTC), PASSWORD)
    store.close()
    with served(where) as server:
        before, own = server.cpu_seconds(), time.process_time()
        database = server.database_cpu_seconds()
        seen, memory = asyncio.run(_measure(server, calls, seconds))
        many = max(1, len(seen.typed)) / 1_000
        return {
            "handlers": HANDLERS,
            "seconds": seconds,
            "cards": seen.cards,
            "typed": _times(seen.typed),
            "events": _times(seen.events),
            "wrong": len(seen.wrong),
            "wrong_kinds": sorted(set(seen.wrong)),
            "server_cpu_ms_a_pause": round((server.cpu_seconds() - before) / many, 2),
            "database_cpu_ms_a_pause": round((server.database_cpu_seconds() - database) / many, 2),
            "client_cpu_ms_a_pause": round((time.process_time() - own) / many, 2),
            "memory_mib": memory,
        }


if __name__ == "__main__":
    asked = [json.loads(Path(sys.argv[2]).read_text("utf-8")), *map(float, sys.argv[3:4])]
    print(json.dumps(measure(sys.argv[1], *asked)))

"""Measure `everycall serve` from outside: as fast as it goes, and how long calls wait when they come at a rate.

The client sends what was written beforehand over open connections, so that it costs little of the same cores. What a
call costs is told apart for the server, the database's own processes, and the client, in processor time, which tells
more than waiting where other programs share the cores; not what it costs to get ready before the first that counts.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import busy_seconds
from benchmarks.served import Served, served
from everycall.accounts import tokens
from everycall.store.store import Store

CONNECTIONS = 8
RATES = (25, 50, 100, 150)
WARM = 64
"""Calls before the first that counts; a third of them where there are few."""

HOST = "127.0.0.1"


def _request(call: dict[str, Any], token: str) -> bytes:
    body = json.dumps(call, ensure_ascii=False).encode()
    head = (
        f"POST /api/v1/assessments HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Client:
    """A few connections that take turns."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
        self.wrong = 0

    async def open(self, many: int) -> None:
        """Open the connections."""
        for _ in range(many):
            self._free.put_nowait(await asyncio.open_connection(HOST, self._port))

    async def ask(self, request: bytes) -> None:
        """Send a request and read its answer."""
        reader, writer = await self._free.get()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        body = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200") or b"NOT RECORDED" in body or b"and was broken off" in body:
            self.wrong += 1
        self._free.put_nowait((reader, writer))


def _figures(took: Sequence[float], seconds: float, client: Client) -> dict[str, Any]:
    found = sorted(one * 1_000 for one in took)
    return {
        "calls": len(found),
        "a_second": round(len(found) / seconds, 1),
        "half_ms": round(found[len(found) // 2], 1),
        "p99_ms": round(found[min(len(found) - 1, int(len(found) * 0.99))], 1),
        "not_recorded_or_cut": client.wrong,
    }


async def _fast(client: Client, requests: Sequence[bytes]) -> dict[str, Any]:
    """Send as fast as answers come, over all connections."""
    took: list[float] = []
    todo = iter(requests)

    async def one() -> None:
        for request in todo:
            began = time.perf_counter()
            await client.ask(request)
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return _figures(took, time.perf_counter() - began, client)


async def _at_rate(client: Client, requests: Sequence[bytes], rate: int) -> dict[str, Any]:
    """Send at even times, whether the earlier are answered or not; a call's time counts from when it was due."""
    took: list[float] = []

    async def one(request: bytes, due: float) -> None:
        await client.ask(request)
        took.append(time.perf_counter() - due)

    began = time.perf_counter()
    running = []
    for number, request in enumerate(requests):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        running.append(asyncio.create_task(one(request, due)))
    await asyncio.gather(*running)
    return {"asked_a_second": rate, **_figures(took, time.perf_counter() - began, client)}


async def _watched(run: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """Return what a run found, and how many cores were busy meanwhile: with other programs too, if there are any."""
    began, busy = time.perf_counter(), busy_seconds()
    found = await run
    return {**found, "busy_cores": round((busy_seconds() - busy) / (time.perf_counter() - began), 2)}


def _costs(server: Served) -> tuple[float, float, float]:
    """Return the processor time so far, in seconds: of the server, of its database, and of this client."""
    return server.cpu_seconds(), server.database_cpu_seconds(), time.process_time()


def _next(requests: list[bytes], many: int) -> list[bytes]:
    return [requests.pop() for _ in range(many)]


async def _measure(server: Served, requests: list[bytes], rates: Sequence[int]) -> dict[str, Any]:
    client = Client(server.port)
    await client.open(CONNECTIONS)
    warm = min(WARM, len(requests) // 3)
    share = (len(requests) - warm) // (len(rates) + 1)
    await _fast(client, _next(requests, warm))
    before = await asyncio.to_thread(_costs, server)  # asks the database, which may not be in a loop
    found: dict[str, Any] = {"fast": await _watched(_fast(client, _next(requests, share)))}
    for rate in rates:
        client.wrong = 0
        found[f"at {rate}"] = await _watched(_at_rate(client, _next(requests, share), rate))
    whose, many = ("server", "database", "client"), share * (len(rates) + 1)
    for name, now, then in zip(whose, await asyncio.to_thread(_costs, server), before, strict=True):
        found[f"{name}_cpu_ms_a_call"] = round(1_000 * (now - then) / many, 2)
    return found


def measure(where: str, calls: list[dict[str, Any]], rates: Sequence[int] = RATES) -> dict[str, Any]:
    """Serve the store there, and measure with these calls, each sent once."""
    store = Store(where)
    token = tokens.make(store.connection, "load", ["assess"], datetime.now(UTC))
    store.close()
    requests = [_request(call, token) for call in reversed(calls)]
    with served(where) as server:
        found = asyncio.run(_measure(server, requests, rates))
        found["server_memory_mib"] = server.memory_mib()
    found["load_at_end"] = round(os.getloadavg()[0], 2)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))))

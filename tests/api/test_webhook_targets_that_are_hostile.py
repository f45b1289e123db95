"""A webhook target that answers a byte at a time, for ever, or whose name leads elsewhere the second time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from everycall.telling import targets
from everycall.telling.targets import TargetError, post, read_target


@pytest.fixture
def dripping() -> Iterator[int]:
    """Return the port of a system that sends a byte of a header now and then, and never ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        link, _ = listening.accept()
        with link:
            link.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.02):
                try:
                    link.sendall(b"a")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    yield listening.getsockname()[1]
    over.set()
    thread.join()
    listening.close()


def test_one_that_answers_a_byte_at_a_time_is_cut_off(dripping: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "_allowed", lambda address, inside: True)
    monkeypatch.setattr(targets, "SECONDS", 0.3)
    with pytest.raises(TargetError, match="no answer"):
        post(read_target(f"http://localhost:{dripping}/told", inside=True), b"{}", {})


def test_a_name_that_leads_inward_the_second_time_is_connected_to_where_it_led_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    reached: list[Any] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: Any, timeout: float) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(targets.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(targets.socket, "create_connection", connect)
    with pytest.raises(TargetError):
        post(read_target("https://rebinding.example/told", inside=False), b"{}", {})
    assert reached == [("93.184.215.14", 443)]


def test_a_name_with_one_address_outside_and_one_inside_is_not_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(targets.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(TargetError, match="may not be reached"):
        targets.checked_address(read_target("https://both.example/told", inside=False))

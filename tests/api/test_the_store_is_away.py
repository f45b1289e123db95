"""The store is away: calls are assessed from their own facts, marked, and recorded once, in order, later."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import build
import postgresql_server
from conftest import Served, serve
from everycall.record.chain import verify
from everycall.serving import away, ground
from everycall.serving.aside import Aside
from everycall.store import record


@pytest.fixture(params=["sqlite", "postgresql"])
def going(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Return a served force, and what takes its store away and brings it back."""
    where: str = request.getfixturevalue(f"{request.param}_store")
    made = serve(where, tmp_path / "aside")
    if request.param == "sqlite":
        file, elsewhere = Path(where), Path(where).with_suffix(".moved")

        def go() -> None:
            made.ground.let_go()
            file.rename(elsewhere)

        def come() -> None:
            elsewhere.rename(file)
    else:
        server: str = request.getfixturevalue("postgresql")
        name = where.partition("?")[0].rpartition("/")[2]

        def go() -> None:
            postgresql_server.run(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            postgresql_server.run(
                server,
                f"SELECT pg_terminate_backend(pid, 120000) FROM pg_stat_activity WHERE datname = '{name}'",
            )

        def come() -> None:
            postgresql_server.run(server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    yield made, go, come
    made.ground.let_go()


def back(made: Served, come: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> int:
    come()
    later = time.monotonic() + ground.LOOK_AGAIN_SECONDS
    with monkeypatch.context() as patch:
        patch.setattr(ground.time, "monotonic", lambda: later)
        return away.bring_back(made.ground)


def parts(answer: Any) -> set[str]:
    return {one["part"] for one in answer.body["problems"]}


def recorded(made: Served) -> list[tuple[str, int]]:
    rows = build.rows(made.ground.force(), "SELECT ref, version FROM assessment_made ORDER BY entry")
    return [(str(ref), int(version)) for ref, version in rows]


def test_calls_are_answered_marked_and_recorded_once_in_order(going: Any, monkeypatch: Any) -> None:
    made, go, come = going
    token = made.token("assess", "calls", "words")
    before = made.ask("POST", "/assessments", build.facts("OLD-1"), token=token)
    assert "record" not in parts(before)
    go()
    for ref in ("NEW-2", "NEW-1"):
        answer = made.ask(
            "POST", "/assessments", build.facts(ref, answers={"immediate_danger": "yes"}), token=token
        )
        assert answer.status == 200
        assert "record" in parts(answer)
        assert answer.body["repeat"]["status"] == "could_not_look"
        assert answer.body["recommendation"]["grade"] == "emergency"
    more = {"answers": {"suspect_present": "yes"}, "log": [{"text": "HE IS AT THE DOOR"}]}
    assert made.ask("PATCH", "/calls/NEW-2", more, token=token).status == 200
    assert made.ask("GET", "/calls/NEW-2", token=token).status == 503
    assert made.ask("GET", "/health", token=token).body["parts"]["store"]["status"] == "could_not_look"

    assert back(made, come, monkeypatch) == 3
    assert away.bring_back(made.ground) == 0
    refs = [ref for ref, _ in recorded(made) if ref != "OLD-1"]
    assert refs.index("NEW-2") < refs.index("NEW-1")
    told = made.ask("GET", "/calls/NEW-2", token=token).body["call"]
    assert told["answers"] == {"immediate_danger": "yes", "suspect_present": "yes"}
    assert [line["text"] for line in told["log"]] == ["YOUTHS SHOUTING IN THE STREET", "HE IS AT THE DOOR"]
    assert verify(record.links(made.connection())).wrong == ()
    with_history = made.ask("GET", "/calls/NEW-1", token=token).body["assessment"]
    assert with_history["repeat"]["status"] != "could_not_look"


def test_more_of_a_call_that_the_store_has_is_kept_for_it(going: Any, monkeypatch: Any) -> None:
    made, go, come = going
    token = made.token("assess", "calls", "words")
    made.ask("POST", "/assessments", build.facts(), token=token)
    go()
    answer = made.ask(
        "PATCH", "/calls/NEW-1", {"answers": {"weapon_or_violence_now": "yes"}, "source": None}, token=token
    )
    assert answer.status == 200
    assert answer.body["recommendation"]["grade"] == "emergency"
    assert back(made, come, monkeypatch) == 1
    told = made.ask("GET", "/calls/NEW-1", token=token).body["call"]
    assert told["answers"] == {"weapon_or_violence_now": "yes"}
    assert "source" not in told
    assert told["received_at"] == build.facts()["received_at"]
    assert told["caller"]["name"] == "Maureen Peck"


def test_what_is_told_when_it_is_back_waits_behind_what_was_told_before(going: Any, monkeypatch: Any) -> None:
    made, go, come = going
    token = made.token("assess", "calls", "words")
    made.ask("GET", "/priorities", token=token)
    go()
    made.ask("POST", "/assessments", build.facts(source="999"), token=token)
    come()
    monkeypatch.setattr(made.ground, "_away_until", 0.0)
    answer = made.ask("POST", "/assessments", build.facts(source="101"), token=token)
    assert "record" in parts(answer)
    assert away.bring_back(made.ground) == 2
    assert made.ask("GET", "/calls/NEW-1", token=token).body["call"]["source"] == "101"


def test_of_a_call_that_still_waits_when_it_is_back_nobody_is_told_that_there_is_none(
    going: Any, monkeypatch: Any
) -> None:
    made, go, come = going
    token = made.token("assess", "calls", "words")
    made.ask("GET", "/priorities", token=token)
    go()
    made.ask("POST", "/assessments", build.facts(), token=token)
    come()
    monkeypatch.setattr(made.ground, "_away_until", 0.0)
    told = made.ask("GET", "/calls/NEW-1", token=token)
    assert (told.status, told.body["error"]["code"]) == (503, "store_away")
    assert made.ask("GET", "/calls/NEW-9", token=token).status == 404
    assert away.bring_back(made.ground) == 1
    assert made.ask("GET", "/calls/NEW-1", token=token).status == 200


def test_stopped_between_recording_and_letting_go_it_is_recorded_once(
    going: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, go, come = going
    token = made.token("assess")
    made.ask("GET", "/priorities", token=token)
    go()
    made.ask("POST", "/assessments", build.facts(), token=token)
    with monkeypatch.context() as patch:
        patch.setattr(Aside, "done", lambda *_: None)
        back(made, come, monkeypatch)
    links = len(recorded(made))
    assert away.bring_back(made.ground) == 1
    assert len(recorded(made)) == links


def test_a_handler_who_is_signed_in_goes_on_taking_calls(going: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made, go, come = going
    key = made.person("c7214", "handler")
    assert made.ask("POST", "/assessments", build.facts("OLD-1"), key=key).status == 200
    go()
    answer = made.ask("POST", "/assessments", build.facts(), key=key)
    assert (answer.status, "record" in parts(answer)) == (200, True)
    assert back(made, come, monkeypatch) == 1
    assert made.ask("GET", "/calls/NEW-1", key=key).body["call"]["caller"]["name"] == "Maureen Peck"


def test_a_damaged_file_is_put_away_and_holds_up_nobody(served_on_sqlite: Any) -> None:
    made = served_on_sqlite
    made.ground.aside.mkdir()
    (made.ground.aside / "000000000001-0000000000000000-x.json").write_text("{", "utf-8")
    assert away.bring_back(made.ground) == 0
    assert [path.suffix for path in made.ground.aside.iterdir() if not path.name.startswith(".")] == [
        ".refused"
    ]


def test_nobody_new_is_let_in_while_nobody_can_be_looked_up(going: Any) -> None:
    made, go, _ = going
    stranger = made.token("assess")
    go()
    assert made.ask("POST", "/assessments", build.facts(), token=stranger).status == 401


def test_what_waits_is_for_the_servers_own_user_alone(served_on_sqlite: Any) -> None:
    made = served_on_sqlite
    Aside(made.ground.aside).put("NEW-1", {"ref": "NEW-1"})
    assert made.ground.aside.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.ground.aside.iterdir())

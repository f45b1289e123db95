"""Killed with kill -9 at any moment of import, assess and decide: what was acknowledged is there, once.

Half of the moments are drawn from the time an act takes, half from its statements (just before one of them, so that
no moment between two statements is left out by chance).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import stored
from killing import Ended, Forker, Moment, forker

import build
from postgresql_server import nobody_else

MOMENTS = int(os.environ.get("EVERYCALL_TEST_KILLS", "17"))
"""For each of three acts on each of two databases: 102 in all."""

CALLS = {"import": 60, "assess": 6, "decide": 5}


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    with forker(tmp_path_factory.mktemp("acts")) as one:
        yield one


class Acts:
    """One act on one store, with new calls each time it begins: the same people ring again a day later."""

    def __init__(self, what: str, store: str, folder: Path, fork: Forker) -> None:
        self.what, self.store, self._folder, self._fork = what, store, folder, fork
        self.round = 0
        self.refs: list[str] = []
        self._file = folder / "calls.jsonl"

    def begin(self) -> None:
        """Write the next round's calls; what is only decided on is assessed first."""
        self.round += 1
        self.refs = [f"R{self.round}-{n}" for n in range(CALLS[self.what])]
        calls = [
            build.facts(
                ref,
                received_at=f"2026-06-{self.round % 28 + 1:02}T21:{n % 60:02}:00+01:00",
                caller=build.MAUREEN
                | {"name": f"Maureen Peck{n}", "address": f"{n} Larch Road", "phone": None},
                location={"address": f"{n} Larch Road", "postcode": "PE13 9ZZ"},
                answers={"personal_circumstances": "yes", "happened_before": "yes", "happening_now": "yes"},
            )
            for n, ref in enumerate(self.refs)
        ]
        self._file.write_text("".join(json.dumps(call) + "\n" for call in calls), "utf-8")
        if self.what == "decide":
            assert self._fork.run("assess", str(self._file), "--store", self.store).code == 0

    def run(self, done: set[str], kill: Moment | None = None, count: bool = False) -> Ended:
        """Run the act; decisions that were acknowledged are not asked for again, as by any client."""
        if self.what == "decide":
            todo = self._folder / "todo"
            asked = [f"{step}:{ref}" for ref in self.refs for step in ("decide", "approve")]
            todo.write_text("\n".join(one for one in asked if one not in done), "utf-8")
            return self._fork.run("decide", str(todo), self.store, kill=kill, count=count)
        words = ("import", "calls") if self.what == "import" else ("assess",)
        return self._fork.run(*words, str(self._file), "--store", self.store, kill=kill, count=count)

    def acknowledged(self, ended: Ended) -> set[str]:
        """Return what an act acknowledged: calls, or steps of decisions."""
        if self.what == "import":
            return set(self.refs) if ended.code == 0 else set()
        if self.what == "decide":
            return set(ended.acknowledged)
        told = [json.loads(line) for line in ended.acknowledged]
        return {one["call_ref"] for one in told if not any(p["part"] == "record" for p in one["problems"])}

    def kept(self) -> set[str]:
        """Return what the store holds of this round, in the same words; fails when anything is there twice."""
        mine = f"LIKE 'R{self.round}-%'"
        if self.what == "import":
            return {row[0] for row in stored.rows(self.store, f"SELECT ref FROM call WHERE ref {mine}")}
        if self.what == "assess":
            found = [
                row[0] for row in stored.rows(self.store, f"SELECT ref FROM assessment_made WHERE ref {mine}")
            ]
            assert len(found) == len(set(found)), "an assessment is there twice"
            return set(found)
        query = (
            "SELECT d.ref, p.body FROM decision_made d JOIN chain_payload p ON p.entry_id = d.entry "
            f"WHERE d.ref {mine} ORDER BY d.entry"
        )
        steps = [
            ("approve:" if json.loads(body)["approves"] else "decide:") + ref
            for ref, body in stored.rows(self.store, query)
        ]
        assert len(steps) == len(set(steps)), "a decision is there twice"
        return set(steps)

    def facts(self) -> set[tuple[object, ...]]:
        """Return what the store knows of this round's calls, apart from their numbers and times."""
        return {
            (ref.partition("-")[2], *rest)
            for ref, version, _, *rest in stored.facts(self.store)
            if ref.startswith(f"R{self.round}-") and version == 1
        }


@pytest.mark.parametrize("what", ["import", "assess", "decide"])
def test_killed_at_any_moment(what: str, store: str, tmp_path: Path, fork: Forker) -> None:
    acts = Acts(what, store, tmp_path, fork)
    acts.begin()
    whole = acts.run(set(), count=True)
    assert whole.code == 0, whole.errors
    everything, facts = acts.kept(), acts.facts()
    assert everything == acts.acknowledged(whole)
    assert facts
    random = Random(f"kill {what} {store.partition(':')[0] == 'postgresql'}")
    for number in range(MOMENTS):
        moment = (
            Moment(seconds=random.uniform(0, whole.seconds))
            if number % 2
            else Moment(statement=random.randint(1, whole.statements))
        )
        acts.begin()
        ended = acts.run(set(), kill=moment)
        nobody_else(store)
        assert ended.code == -9 or moment.statement is None, ended.errors
        acknowledged = acts.acknowledged(ended)
        assert acknowledged <= acts.kept(), moment
        stored.is_whole(store, broken_off=what == "import")
        again = acts.run(acknowledged)
        assert again.code == 0, again.errors
        assert acts.kept() >= acts.acknowledged(again) | acknowledged
        assert {one.replace(f"R{acts.round}-", "R1-") for one in acts.kept()} == everything, moment
        assert acts.facts() == facts, moment
    stored.is_whole(store)

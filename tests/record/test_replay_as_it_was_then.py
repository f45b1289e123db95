"""Making the past again gives what was recorded, with what was known then."""

from __future__ import annotations

import json
from dataclasses import replace

import build
from everycall.flag import read_flag
from everycall.force import Force
from everycall.identity.artefact import seal, unseal
from everycall.identity.model import shipped_model, shipped_text
from everycall.replay import replay
from everycall.store import reference
from everycall.store.assessments import recorded
from everycall.store.kept_model import use_model
from everycall.store.writing import writing

EARLIER = "2026-05-09T21:04:00+01:00"


def made_again(force: Force) -> list[dict[str, tuple[object, object]]]:
    return [dict(one.differs) for one in replay(recorded(force.store.connection), force)]


def test_it_gives_the_same(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))
    build.assess(force)
    build.assess(force, at=build.NOW + build.DAY, answers={"hate": "yes", "threat_made": "yes"})
    assert made_again(force) == [{}, {}]


def test_a_part_that_assessments_did_not_have_then_is_no_difference(force: Force) -> None:
    build.assess(force, log=[{"text": "HE HAS A KNIFE"}])
    ((ref, link, body),) = recorded(force.store.connection)
    assert body["heard"]
    older = {name: part for name, part in body.items() if name != "heard"}
    assert [one.differs for one in replay([(ref, link, older)], force)] == [{}]
    changed = {**body, "heard": []}
    (again,) = replay([(ref, link, changed)], force)
    assert set(again.differs) == {"heard"}


def test_what_was_learned_later_changes_nothing(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))
    build.assess(force)
    later = build.NOW + build.DAY
    build.take(force, build.call("LATE", received_at="2026-06-01T21:04:00+01:00"), at=later)
    build.take(force, build.call("OLD", received_at=EARLIER, closed_as="no_trace"), at=later)
    flag = {
        "kind": "mental_ill_health",
        "about": {k: v for k, v in build.MAUREEN.items() if k != "role"},
        "source": "social care",
        "recorded_on": "2026-05-01",
    }
    with writing(force.store.connection):
        reference.take_flags(force.store.connection, [read_flag(flag)], later)
        reference.say_same(force.store.connection, "NEW-1", "OLD", False, "a test", later)
    assert made_again(force) == [{}]


def test_another_policy_says_what_differs(force: Force) -> None:
    build.assess(force, answers={"impact": "extreme"})
    other = replace(force, policy=replace(force.policy, matrix=replace(force.policy.matrix, parts=())))
    assert any("harm" in path for path in made_again(other)[0])
    assert made_again(force) == [{}]


def test_a_call_that_was_disposed_of_is_not_made_again(force: Force) -> None:
    from everycall.disposal import dispose_of

    build.assess(force)
    dispose_of("NEW-1", "a court", force, build.NOW + build.DAY)
    assert made_again(force) == []


def test_it_is_made_again_by_the_model_of_that_day(force: Force) -> None:
    """After a new model the past is still made by the old one; where that was not kept, it is told."""
    old = {**build.MAUREEN, "name": "Maureen Peck", "phone": None, "date_of_birth": None}
    build.take(force, build.call("OLD", received_at=EARLIER, caller=old))
    build.assess(force)
    data = json.loads(shipped_text())
    data["comparisons"]["address"]["dwelling"]["m"] = 0.00002  # a home says nothing any more
    text = seal(data | {"name": "another"})
    model = unseal(text, "a test")
    use_model(force.store, text, model.name, model.sha256, build.NOW)
    afterwards = replace(force, model=model)
    changed = build.assess(afterwards, at=build.NOW + build.DAY, answers={"targeted": "yes"})
    assert changed.made_with.identity_model.startswith("another ")
    assert made_again(afterwards) == [{}, {}]
    build.change(force, "DELETE FROM kept_version WHERE name = 'another'")
    again = list(replay(recorded(force.store.connection), replace(force, model=shipped_model())))
    assert [one.model_gone for one in again] == [False, True]

"""However the facts of a call are cut into patches, and in whatever order they come, the assessment is the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from everycall.disposal import dispose_of

PIECES: tuple[dict[str, Any], ...] = (
    {"answers": {"targeted": "yes"}},
    {"answers": {"happening_now": "yes", "known_perpetrator": "no"}},
    {"answers": {"personal_circumstances": "unknown"}},
    {"caller": {"name": "Maureen Peck", "date_of_birth": "1951-03-02"}},
    {"caller": {"phone": "01632 960 114", "role": "victim"}},
    {"location": {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}},
    {"category": "asb_nuisance", "behaviours": ["rowdy"]},
    {"log": [{"at": "2026-06-12T21:05:00+01:00", "text": "LADS IN HER GARDEN AGAIN"}]},
    {"log": [{"at": "2026-06-12T21:06:00+01:00", "text": "SHE IS FRIGHTENED"}]},
)
VOLATILE = ("assessed_at", "took_ms", "call_ref", "version")
RECEIVED = "2026-06-12T21:04:00+01:00"


def same(told: dict[str, Any]) -> dict[str, Any]:
    """Return an assessment without what may differ (contract): moments of making, and where evidence stands."""
    kept = {name: value for name, value in told.items() if name not in VOLATILE}
    found = [
        {name: value for name, value in one.items() if name != "evidence"}
        for one in kept["vulnerability"]["findings"]
    ]
    kept["vulnerability"] = {
        **kept["vulnerability"],
        "findings": sorted(found, key=lambda one: sorted(one.items(), key=str).__repr__()),
    }
    kept["heard"] = [
        {name: value for name, value in one.items() if name != "evidence"} for one in kept["heard"]
    ]
    return kept


def whole_call(ref: str) -> dict[str, Any]:
    """Return the call that all pieces make."""
    whole: dict[str, Any] = {"ref": ref, "received_at": RECEIVED}
    for piece in PIECES:
        for name, value in piece.items():
            known = whole.get(name)
            if isinstance(known, dict):
                whole[name] = {**known, **value}
            else:
                whole[name] = [*(known or []), *value] if name == "log" else value
    return whole


@settings(max_examples=12)
@given(order=st.permutations(range(len(PIECES))))
def test_orders_of_patches_end_in_the_same_assessment(served_on_sqlite: Any, order: list[int]) -> None:
    served, token = served_on_sqlite, served_on_sqlite.token("assess")
    ends = []
    try:
        served.ask("POST", "/assessments", {"ref": "NEW-1", "received_at": RECEIVED}, token=token)
        for number in order:
            told = served.ask("PATCH", "/calls/NEW-1", PIECES[number], token=token)
            assert told.status == 200
        ends.append(same(told.body))
        dispose_of("NEW-1", "a test", served.ground.force(), served.now())
        ends.append(same(served.ask("POST", "/assessments", whole_call("NEW-1"), token=token).body))
        assert ends[0] == ends[1]
    finally:
        dispose_of("NEW-1", "a test", served.ground.force(), served.now())

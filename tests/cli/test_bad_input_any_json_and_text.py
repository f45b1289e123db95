"""Whatever is fed to ``assess``: exit 0, 1 or 2, words for it, no fault of ours, and nobody's data in the words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import build
from command import Ran, run
from everycall.call import Call, Location, OtherParty, Party

MARKER = "Zzyzxmarker"
"""A word that stands for what is personal: it must be seen in no message."""

KEYS = sorted(
    {*Call.model_fields, *Party.model_fields, *OtherParty.model_fields, *Location.model_fields, "text"}
)

SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=40),
    st.sampled_from(["", " ", "\x00", "yes", "unknown", "2026-02-31", "999", "victim", "\u202e", "open"]),
)  # fmt: skip
NAMES = st.one_of(st.sampled_from(KEYS), st.text(max_size=12))
JSON = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=15,
)


def _sound(ran: Ran) -> Ran:
    assert ran.exit in (0, 1, 2)
    assert "Traceback" not in ran.err
    assert ran.out or ran.err, "something is said"
    if ran.exit == 2:
        assert ran.out == ""
        assert ran.err.startswith("error: ")
    else:
        for line in ran.lines:
            assert "call_ref" in line or line["error"]["details"]
    return ran


@settings(max_examples=150)
@given(value=JSON)
@example(value={"ref": "A", "received_at": "2026-06-12T21:04:00+01:00", "\ud800": 1})
@example(value={"ref": "\ud800", "received_at": "2026-06-12T21:04:00+01:00"})
@example(value={"ref": "A", "received_at": "2026-06-12T21:04:00+01:00", "safe_contact": {"\ud800": "\udfff"}})
@example(value={"ref": "A", "received_at": "9999-12-31T23:59:59-14:00"})
@example(value={"ref": "A", "received_at": "2026-06-12T21:04:00+01:00", "behaviours": ["\ud800", "\x00"]})
@example(value={"ref": "A", "received_at": "2026-06-12T21:04:00+01:00", "answers": {"\ud800": "\x1b[2J"}})
@example(
    value={"ref": "A", "received_at": "2026-06-12T21:04:00+01:00", "location": {"latitude": float("nan")}}
)
def test_any_json_value(value: Any, sqlite_store: str) -> None:
    _sound(run("assess", "--store", sqlite_store, "-", stdin=json.dumps(value)))


@settings(max_examples=100)
@given(lines=st.lists(JSON.map(json.dumps) | st.text(max_size=30), max_size=5))
@example(lines=[json.dumps(build.facts()), '{"\\ud800": 1}', json.dumps({"ref": "\ud800", "x": 1})])
def test_any_lines(lines: list[str], sqlite_store: str) -> None:
    _sound(run("assess", "--store", sqlite_store, "-", stdin="\n".join(lines)))


@settings(max_examples=100)
@given(data=st.binary(max_size=60))
@example(data=b"\xef\xbb\xbf{}")
@example(data=b"\xff\xfe{\x00}\x00")
def test_any_bytes(data: bytes, sqlite_store: str) -> None:
    _sound(run("assess", "--dry-run", "--store", sqlite_store, "-", stdin=data))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from _paths(inner, (*path, key))


def _marked() -> dict[str, Any]:
    """Return a call of which every personal value holds the marker."""
    person = {
        "name": f"Ann {MARKER}",
        "phone": f"01632 {MARKER}",
        "email": f"{MARKER}@example.org",
        "address": f"14 {MARKER} Road",
        "postcode": MARKER,
    }
    call = build.facts(
        caller=person | {"role": "victim"},
        victims=[person | {"date_of_birth": "1951-03-02"}],
        others=[person],
        location={"address": f"14 {MARKER} Road", "postcode": MARKER},
        log=[{"text": f"CALLER {MARKER} SAYS YOUTHS OUTSIDE", "by": "C1"}],
        safe_contact={"phone": f"07700 {MARKER}"},
    )
    found: dict[str, Any] = json.loads(json.dumps(call))
    return found


PATHS = sorted(_paths(_marked()), key=str)
WRONG = st.one_of(
    SIMPLE.filter(lambda value: value != MARKER),
    st.sampled_from(
        [
            [MARKER],
            {"name": MARKER},
            {MARKER.lower(): 1},
            [[{"text": MARKER}]],
            MARKER * 60,
            10**30,
            {"text": 7},
        ]
    ),
)
PERSONAL = ("name", "phone", "email", "address", "postcode", "date_of_birth", "uprn", "text", "age")


@settings(max_examples=120)
@given(path=st.sampled_from(PATHS), wrong=WRONG, also=st.booleans())
def test_what_is_personal_stands_in_no_message(
    path: tuple[Any, ...], wrong: Any, also: bool, sqlite_store: str
) -> None:
    """Wherever a value of the wrong kind stands, no message repeats what the caller said.

    A code of ours is repeated when it is unknown, as the contract asks; so the marker is put into no code.
    """
    call = _marked()
    at: Any = call
    for key in path[:-1]:
        at = at[key]
    if (
        MARKER in str(wrong)
        and path[-1] not in PERSONAL
        and path[0] not in ("caller", "victims", "others", "log")
    ):
        wrong = 7
    if path[-1] == "role" or path[0] in ("ref", "received_at", "source", "category", "behaviours"):
        wrong = 7
    at[path[-1]] = wrong
    if also:
        call["adress"] = MARKER  # a key that is none, with something personal in it
    ran = _sound(run("assess", "--store", sqlite_store, "-", stdin=json.dumps(call)))
    assert MARKER not in ran.err
    many = run(
        "assess", "--store", sqlite_store, "-", stdin=f"{json.dumps(build.facts('A'))}\n{json.dumps(call)}"
    )
    for line in _sound(many).lines:
        if "error" in line:
            assert MARKER not in json.dumps(line)
        else:
            assert MARKER not in json.dumps(line["problems"])
    assert MARKER not in many.err


def test_a_forces_import_repeats_nobodys_data_either(sqlite_store: str, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    bad = [
        _marked() | {"ref": "A", "caller": MARKER},
        _marked() | {"ref": "B", "log": MARKER},
        _marked() | {"ref": ""},
    ]
    file.write_text("\n".join(map(json.dumps, bad)), "utf-8")
    ran = run("import", "calls", "--store", sqlite_store, file)
    assert ran.exit == 2
    assert all(f"calls.jsonl:{number}" in ran.err for number in (1, 2, 3))
    assert MARKER not in ran.err

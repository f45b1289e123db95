"""The quick way of an import takes only what the long way would take without a word, and makes the same of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import build
from everycall.call import read_call
from everycall.errors import InputError
from everycall.intake.batches import open_rows
from everycall.intake.calls import look_at_calls
from everycall.intake.mapping import read_mapping
from everycall.intake.row import phone_notes
from everycall.store.named import read_named
from everycall.store.prepared import Prepared, prepare, with_place
from everycall.store.quick import Plain
from everycall.store.quick import quick as plain

ODD = [
    "",
    " ",
    "\x07",
    "a\tb",
    "é\xa0",
    "x" * 501,
    "\ud800",
    None,
    0,
    1,
    -1,
    True,
    1.5,
    float("nan"),
    [],
    {},
    "1e3",
]
NAMES = ["Maureen Peck", "PECK Maureen", "Łukasz Nowak", "ANON", "M", "Mr and Mrs Hart", " Priya "]
PHONES = [
    "01632 960 114",
    "+44 7700 900123",
    "withheld",
    "12345",
    "01632 960114 / 07700 900456",
    "999",
    "0" * 20,
]
ADDRESSES = [
    "14 Larch Road",
    "Flat 2, 9 Bellfield Court",
    "Rose Cottage, Mill Lane, PE13 9ZZ",
    "NFA",
    "A1 at B2",
]
DAYS = ["1901-01-01", "1951-03-02", "2030-01-01", "1800-01-01", "2026-02-31", " 1990-05-06 ", "1990-5-6"]
MOMENTS = [
    "2026-06-12T21:04:00+01:00", "2026-01-12T21:04:00.5", "2026-01-12 21:04", "2025-10-26T01:30", "2025-10-26T00:59:59",
    "2025-10-26T02:00", "2026-03-29T01:30", "2026-03-29T00:59", "2026-03-29T02:00", "2025-10-26T00:30:00Z",
    "1969-07-01T12:00", "1943-07-01T12:00", "1899-12-31T23:59", "2026-06-12T21:04:00+05:30", "2026-06-12", "never",
    "2026-06-12T23:30:00-05:00", "1900-01-01T00:00:00+14:00",
]  # fmt: skip


def either(*usual: Any) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.sampled_from(usual), st.sampled_from(usual), st.sampled_from(usual), st.sampled_from(ODD)
    )


def part(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=fields)


PARTY = {
    "name": either(*NAMES), "phone": either(*PHONES), "email": either("m.peck@example.org", "none"),
    "date_of_birth": either(*DAYS), "age": either(34, "34", "034", " 7", "126", "-1", 0),
    "address": either(*ADDRESSES), "postcode": either("PE13 9ZZ", "pe139zz", "PE13"),
    "uprn": either("100012345678", 12345, "12a", "0012", "1" * 13), "colour": st.just("red"),
}  # fmt: skip
VICTIM = part(**PARTY, role=either("victim", "witness", "suspect"))
OTHER = part(**PARTY, role=either("suspect", "subject", "victim"))
NUMBER = either("52.66", 52.66, "0.16", 1, "549960", "-0", "-1.5", "1_0", " 5", "5.", "1e5", "61.0", "120")
LOCATION = part(
    address=either(*ADDRESSES), postcode=either("PE13 9ZZ"), uprn=either("123"), rural=either(True, False, "true"),
    latitude=NUMBER, longitude=NUMBER, easting=NUMBER, northing=NUMBER, accuracy_m=NUMBER, source=either("caller"),
)  # fmt: skip
LINE = part(
    at=either(*MOMENTS), by=either("C7214"), text=either("YOUTHS SHOUTING", "TWO\nLINES", ""), kind=st.just(1)
)
CALL = st.fixed_dictionaries(
    {"ref": either("A-1", "A 1", "Ä1", "x" * 101, " A", "A "), "received_at": either(*MOMENTS)},
    optional={
        "source": either("999", "101", "phone"), "category": either("asb_personal", "none"),
        "behaviours": either(["noise"], ["rowdy", "noise"], ["loud mice"], ("noise",)), "caller": VICTIM,
        "victims": st.lists(VICTIM, max_size=2), "others": st.lists(OTHER, max_size=2), "location": LOCATION,
        "log": st.lists(LINE, max_size=2),
        "answers": either({}, {"targeted": "yes"}, {"targeted": "perhaps"}, {"colour": "red"}, {"targeted": None}),
        "safe_contact": either("text only", {"phone": "yes"}), "handler": either("C1"), "team": either("A"),
        "district": either("Fens"), "language_line": either(True), "status": either("open", "gone"),
        "grade_given": either("priority"), "attended_at": either(*MOMENTS), "closed_at": either(*MOMENTS),
        "closed_as": either("advice", "bored"), "opened_as": either("DOMESTIC"), "marked_repeat": either(False),
        "marked_vulnerable": either(True), "monitoring": either({"sex": "F"}), "colour": st.just("red"),
    },
)  # fmt: skip


def quick(data: dict[str, Any], *how: Any) -> Prepared | None:
    """Return what the quick way makes of a row once those it names are read."""
    found = plain(data, *how)
    return None if found is None else whole(found)


def whole(found: Plain) -> Prepared:
    mentions, keys = read_named(found.people, found.where)
    return Prepared(found.ref, with_place(found.facts, mentions), mentions, keys)


def the_long_way(data: dict[str, Any]) -> Prepared | None:
    """Return what the long way makes of data it has nothing to say of."""
    try:
        read = read_call(data)
    except InputError:
        return None
    return None if read.notes or phone_notes(read.call, "") else prepare(read.call)


@given(CALL)
def test_whatever_the_quick_way_takes_the_long_way_makes_the_same(data: dict[str, Any]) -> None:
    made = quick(data)
    assert made is None or made == the_long_way(data)


PLAIN_CALL = st.fixed_dictionaries(
    {"ref": st.sampled_from(["A-1", "CC-20240612-0431"]), "received_at": st.sampled_from(MOMENTS[:3])},
    optional={
        "caller": part(
            name=st.sampled_from(NAMES), phone=st.sampled_from(PHONES[:3]), date_of_birth=st.just("1951-03-02"),
            address=st.sampled_from(ADDRESSES), postcode=st.just("PE13 9ZZ"), uprn=st.just(" "),
            role=st.sampled_from(["victim", "witness", "", None]), age=st.sampled_from([34, "34"]),
        ),
        "others": st.lists(part(name=st.sampled_from(NAMES), role=st.sampled_from(["suspect", "subject"])), max_size=3),
        "victims": st.lists(part(name=st.sampled_from(NAMES), role=st.sampled_from(["victim", "witness"])), max_size=3),
        "location": part(address=st.sampled_from(ADDRESSES), rural=st.booleans()),
        "log": st.lists(st.fixed_dictionaries({"text": st.sampled_from(["NOISE", "AGAIN\nTONIGHT", ""])}), max_size=2),
        "behaviours": st.sampled_from([[], ["noise"]]), "status": st.sampled_from(["open", "closed", None]),
        "answers": st.sampled_from([{}, {"targeted": "yes"}]), "closed_at": st.sampled_from([None, *MOMENTS[:3]]),
    },
)  # fmt: skip


@given(PLAIN_CALL)
def test_an_ordinary_call_goes_the_quick_way(data: dict[str, Any]) -> None:
    made = quick(data)
    assert made is not None
    assert made == the_long_way(data)


def test_a_call_of_the_contract_goes_the_quick_way_and_comes_back_as_it_was() -> None:
    made = quick(build.facts())
    assert made is not None
    assert prepare(made.call()) == made


COLUMNS = ("REF", "AT", "HOW", "WHO", "TEL", "DOB", "WHERE", "X", "Y", "TAGS", "TEXT", "AGAIN", "MARK")
CELLS = st.tuples(
    st.sampled_from(["A-1", "A-2", "", "NULL"]), st.sampled_from(["12/06/2024 21:04:09", "26/10/2025 01:30:00", "x"]),
    st.sampled_from(["TELEPHONE 999", "FC", "desk", "NULL"]), st.sampled_from(NAMES), st.sampled_from(PHONES),
    st.sampled_from(["02/03/1951", "", "31/02/1951"]), st.sampled_from(ADDRESSES), st.sampled_from(["0", "549960", ""]),
    st.sampled_from(["0", "308560"]), st.sampled_from(["NOISY NBRS", "noise;rowdy", "mice", ""]),
    st.sampled_from(["ONE\nTWO", "", "\x07"]), st.sampled_from(["Y", "N", "PERHAPS", ""]), st.sampled_from(["Y", "2"]),
)  # fmt: skip
MAPPING = """
date_time_formats = ["%d/%m/%Y %H:%M:%S"]
date_formats = ["%d/%m/%Y"]
coordinates = "bng"
missing = ["NULL"]
[columns]
ref = "REF"
received_at = "AT"
source = "HOW"
"caller.name" = "WHO"
"caller.phone" = "TEL"
"caller.date_of_birth" = "DOB"
"location.address" = "WHERE"
"location.x" = "X"
"location.y" = "Y"
behaviours = "TAGS"
log = "TEXT"
"answers.happened_before" = "AGAIN"
marked_repeat = "MARK"
[codes.source]
"TELEPHONE 999" = "999"
"FC" = "front_counter"
"*" = ""
[codes.behaviours]
"NOISY NBRS" = "noise"
[codes."answers.happened_before"]
"Y" = "yes"
"N" = "no"
[codes.marked_repeat]
"Y" = true
[defaults]
"caller.role" = "victim"
status = "closed"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table")
    (path / "ours.toml").write_text(MAPPING, "utf-8")
    return path


@given(st.lists(CELLS, min_size=1, max_size=8))
def test_rows_of_a_table_too(folder: Path, table: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *table])
    (folder / "calls.csv").write_text(text.getvalue(), "utf-8")
    mapping = read_mapping(folder / "ours.toml")
    reader, rows = open_rows(look_at_calls(folder / "calls.csv", mapping), mapping)
    for row in rows:
        data = reader.plain_data(row)
        made = None if data is None else quick(data, reader.zone, reader.answers)
        entry = reader.read(row)
        if made is not None:
            assert entry.item is not None
            assert not entry.notes
            assert made == prepare(entry.item)
        else:
            assert entry.item is None or entry.notes

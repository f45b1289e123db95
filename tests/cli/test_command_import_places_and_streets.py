"""``everycall import places`` and ``import police-uk``: positions of postcodes, and published street incidents."""

from __future__ import annotations

from pathlib import Path

import build
from command import run
from everycall.intake.police_uk import COLUMNS

HEADER = ",".join(COLUMNS) + "\n"
STREET = (
    ",2024-01,Made-up Police,Made-up Police,0.16,52.66,On or near Larch Road,E01000001,Made 001A,"
    "Anti-social behaviour,,\n"
)


def _count(store: str, table: str) -> int:
    ((many,),) = build.rows(build.force_at(store), f"SELECT count(*) FROM {table}")
    return int(many)


def test_places_are_taken_once_and_a_moved_one_is_changed(store: str, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text("postcode,easting,northing\nPE13 9ZZ,546100,309900\nPE13 9ZY,546200,309900\n", "utf-8")
    first = run("import", "places", "--store", store, file)
    assert (first.exit, first.out) == (0, "")
    assert "2 places: 2 new, 0 changed, 0 as they were" in first.err
    assert "2 places: 0 new, 0 changed, 2 as they were" in run("import", "places", "--store", store, file).err
    file.write_text("postcode,easting,northing\nPE13 9ZZ,546150,309900\nPE13 9ZY,546200,309900\n", "utf-8")
    assert "2 places: 0 new, 1 changed, 1 as they were" in run("import", "places", "--store", store, file).err
    assert _count(store, "place") == 2


def test_a_bad_place_is_named_and_nothing_is_stored(store: str, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text("postcode,easting,northing\nPE13 9ZZ,546100,309900\nPE13 9ZY,here,309900\n", "utf-8")
    ran = run("import", "places", "--store", store, file)
    assert (ran.exit, ran.out) == (2, "")
    assert "places.csv:3" in ran.err
    assert _count(store, "place") == 0
    assert run("import", "places", "--skip-bad", "--store", store, file).exit == 0
    assert _count(store, "place") == 1
    assert "PE13 9ZY,here,309900" in (tmp_path / "places.refused.csv").read_text("utf-8")


def test_street_incidents_are_taken_once(store: str, tmp_path: Path) -> None:
    file = tmp_path / "2024-01-made-up-street.csv"
    file.write_text(HEADER + STREET * 3, "utf-8")
    first = run("import", "police-uk", "--store", store, file)
    assert (first.exit, first.out) == (0, "")
    assert "3 street incidents: 3 new" in first.err
    again = run("import", "police-uk", "--store", store, file)
    assert "3 street incidents: 0 new, 0 changed, 3 as they were" in again.err
    assert (_count(store, "street_incident"), _count(store, "call")) == (3, 0)


def test_of_two_months_with_a_bad_second_nothing_is_stored(store: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "2024-01-street.csv", tmp_path / "2024-02-street.csv"
    good.write_text(HEADER + STREET, "utf-8")
    bad.write_text(HEADER + STREET.replace("2024-01", "2024-13"), "utf-8")
    ran = run("import", "police-uk", "--store", store, good, bad)
    assert (ran.exit, "2024-02-street.csv:2 column 'Month'" in ran.err) == (2, True)
    assert _count(store, "street_incident") == 0

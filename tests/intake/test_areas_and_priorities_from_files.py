import json

import pytest

import shared_data
from everycall.intake.areas import read_area_file
from everycall.intake.priorities import read_priority_file

AREA = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"id": "W1", "name": "Larch"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53], [0, 52]]]},
        }
    ],
}
PRIORITY = {
    "id": "P-1", "title": "Drinking", "area_ids": ["W1"], "agreed_on": "2024-01-01", "starts_on": "2024-01-01",
    "owner": "Sgt Made-up", "agreed_by": "panel", "status": "active",
}  # fmt: skip


def test_areas_and_priorities_come_from_files(write):
    (area,) = read_area_file(write("a.geojson", json.dumps(AREA)), "id", "name")
    assert (area.id, area.name) == ("W1", "Larch")
    (priority,) = read_priority_file(write("p.json", json.dumps([PRIORITY])), {"W1"})
    assert priority.id == "P-1"


def test_problems_name_the_file(write, problems):
    told = problems(read_area_file, write("a.geojson", json.dumps(AREA)), "WD25CD", "name")
    assert all(line.startswith("a.geojson") for line in told)
    told = problems(read_priority_file, write("p.json", json.dumps([PRIORITY])), {"W2"})
    assert all(line.startswith("p.json") for line in told)
    assert problems(read_priority_file, write("n.json", "[NaN]")) == ["n.json: NaN is not a number of JSON"]
    assert "nested too deeply" in problems(read_priority_file, write("d.json", "[" * 200_000))[0]


@pytest.mark.shared_data
def test_the_real_wards_are_read():
    areas = read_area_file(shared_data.path("geo/cambridgeshire-wards-2025.geojson"), "WD25CD", "WD25NM")
    assert len({area.id for area in areas}) == 120

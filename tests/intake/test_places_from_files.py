import gzip

import pytest

import shared_data
from everycall.intake.places import check_places, stream_places


def test_code_point_open_is_understood_with_and_without_a_header(write):
    bare = "PE13 9CK,10,546100,309900,E07000010,E05002702\n"
    header = "Postcode,Positional_quality_indicator,Eastings,Northings,Admin_district_code,Admin_ward_code\n"
    (one,) = stream_places(write("bare.csv", bare))
    (two,) = stream_places(write("named.csv.gz", gzip.compress((header + bare).encode())))
    assert one == two
    assert (one.postcode, one.uprn, one.easting, one.northing) == ("PE13 9CK", None, 546100.0, 309900.0)
    assert one.longitude == pytest.approx(0.161, abs=0.01)
    assert one.latitude == pytest.approx(52.666, abs=0.01)


def test_postcodes_are_told_in_one_spelling(write):
    (place,) = stream_places(write("p.csv", "postcode,easting,northing\npe139ck,546100,309900\n"))
    assert place.postcode == "PE13 9CK"


def test_uprns_with_degrees_are_understood(write):
    (place,) = stream_places(write("p.csv", "UPRN;LATITUDE;LONGITUDE\n000199000427;52.66;0.16\n"))
    assert (place.uprn, place.latitude, place.longitude, place.easting) == ("199000427", 52.66, 0.16, None)


def test_what_has_no_position_is_counted_and_left_out(write):
    path = write("p.csv", "PE13 9CK,10,546100,309900\nPE13 9CM,90,0,0\nPE13 9CO,10,0,0\n")
    assert [place.postcode for place in stream_places(path)] == ["PE13 9CK"]
    assert str(check_places(path).notes[0]) == "p.csv: 2 entries have no position (quality 90, or 0, 0)"


def test_bad_rows_are_named(write):
    path = write(
        "p.csv",
        "postcode,uprn,easting,northing,latitude,longitude\n"
        "PE13,,546100,309900,,\n,12AB,546100,309900,,\n,,546100,309900,,\nPE13 9CK,,many,309900,,\n"
        "PE13 9CK,,,,0.16,52.66\nPE13 9CK,,1,1300000,,\nPE13 9CK,,546100\nPE13 9CK,,546100,309900,,\n",
    )
    checked = check_places(path)
    assert (checked.rows, checked.usable) == (8, 1)
    assert [str(problem) for problem in checked.problems] == [
        "p.csv:2 postcode: is not a postcode like PE13 9CK",
        "p.csv:3 uprn: is not a number of up to 12 digits",
        "p.csv:4: has neither postcode nor uprn",
        "p.csv:5 easting: is not a number from 0 to 700000",
        "p.csv:6 longitude, latitude: look swapped: Great Britain is near longitude -2, latitude 54",
        "p.csv:7 easting, northing: lie outside Great Britain",
        "p.csv:8: has 3 cells where the first row has 6",
    ]


def test_columns_that_are_not_understood_are_refused(write, problems):
    (told,) = problems(check_places, write("p.csv", "place,where\nA,B\n"))
    assert told.startswith("p.csv:1: a file of places has the columns postcode or uprn")


@pytest.mark.shared_data
def test_the_real_code_point_open_is_read_whole():
    path = shared_data.path("geo/codepoint-cb-pe-2014.csv.gz")
    checked = check_places(path)
    assert (checked.rows, checked.refused) == (35_980, 0)
    assert len({place.postcode for place in stream_places(path)}) == 35_980

"""Some 27,000 British addresses as people typed them go through the normaliser."""

from __future__ import annotations

import pytest

from everycall.identity.address_report import address_report
from shared_data import path


def test_the_report_counts_every_kind() -> None:
    report = address_report(
        [
            "14 Larch Road",
            "Flat 2, 9 Bellfield Court",
            "Mill Lane",
            "",
            ("Rose Cottage, Mill Lane", "PE13 9ZZ"),
        ]
    )
    assert report.kinds == {"house": 1, "flat": 1, "building": 1, "road_only": 1, "empty": 1}
    assert (report.recognised, report.total, report.with_dwelling) == (3, 5, 1)
    assert report.lines()[0] == "3 of 5 recognised (60.0%)"
    assert address_report([]).share == 0.0


@pytest.mark.shared_data
def test_nine_in_ten_real_addresses_have_a_number_flat_or_building() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(
        path("places/uk-addresses.parquet"), columns=["address", "postcode"]
    ).to_pylist()
    report = address_report((row["address"], row["postcode"]) for row in rows)
    assert report.total == 26_952
    assert sum(report.kinds.values()) == report.total
    assert report.share >= 0.92, report.lines()

"""Whatever a file holds, reading it ends well or in an `InputError` that says where: never in anything else."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from everycall.errors import InputError
from everycall.intake.areas import read_area_file
from everycall.intake.calls import check_calls
from everycall.intake.flags import check_flags
from everycall.intake.mapping import read_mapping
from everycall.intake.places import check_places
from everycall.intake.police_uk import check_police_uk
from everycall.intake.priorities import read_priority_file

HEADS = (
    b"", b"ref,received_at,caller.name,log\n", b"kind,source,recorded_on,about.phone\n",
    b"postcode,easting,northing\n",
    b"[columns]\nref = 'a'\n", b'{"ref": "A1", ', b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08\x00", b"PAR1",
)  # fmt: skip
PIECES = st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\x00", b";", b"\t", b"{", b"}", b"[", b"]", b"A1", b"2024-06-12T21:04", b"\xe9",
     b"\x81",
     "😀".encode(), "‮محمد".encode(), b"'", b"=", b"\\", b"9" * 400, b"-0", b"nan",
     b"1e999", b"\xed\xa0\x80", b"2024-10-27 01:30"]
)  # fmt: skip
CONTENT = st.builds(
    lambda head, pieces, tail: head + b"".join(pieces) + tail,
    st.sampled_from(HEADS), st.lists(PIECES, max_size=30), st.binary(max_size=60),
)  # fmt: skip
READERS = {
    "calls.csv": check_calls, "calls.jsonl": check_calls, "calls.csv.gz": check_calls, "calls.parquet": check_calls,
    "flags.csv": check_flags, "flags.jsonl": check_flags, "places.csv": check_places, "street.csv": check_police_uk,
    "areas.geojson": lambda path: read_area_file(path, "id", "name"), "priorities.json": read_priority_file,
    "mapping.toml": read_mapping,
}  # fmt: skip


def refusal(reader, path):
    try:
        reader(path)
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=60, deadline=None)
@given(content=CONTENT)
@example(content=b"ref,received_at\nA1,0001-01-01T00:00:00+23:59\nA2,9999-12-31T23:59:59-23:59\n")
@example(content=b'{"ref": "\\ud800", "received_at": "2024-06-12T21:04"}\n')
@example(content=b"ref,received_at,caller.name\n\xed\xa0\x80,2024-06-12T21:04,x\n")
def test_reading_anything(name, content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        refused = refusal(READERS[name], path)
    assert refused is None or (refused.details and all(detail.problem for detail in refused.details))

"""What must hold for every priority and every point: shapely's inside, no order, no lost near miss."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import shapely
from hypothesis import given
from hypothesis import strategies as st

from everycall.assessment import Status
from everycall.call import Call
from everycall.localtime import LONDON
from everycall.position import Position
from everycall.priorities import Book, match, read_priorities


def ring(centre: tuple[float, float], radii: list[float]) -> list[list[float]]:
    """Return a star-shaped ring, which never crosses itself."""
    import math

    corners = [
        [
            centre[0] + radius * math.cos(2 * math.pi * i / len(radii)),
            centre[1] + radius * math.sin(2 * math.pi * i / len(radii)),
        ]
        for i, radius in enumerate(radii)
    ]
    return [*corners, corners[0]]


centres = st.tuples(st.floats(-0.05, 0.05), st.floats(51.95, 52.05))
shapes = st.builds(
    lambda centre, radii: {"type": "Polygon", "coordinates": [ring(centre, radii)]},
    centres,
    st.lists(st.floats(0.001, 0.03), min_size=3, max_size=12),
)
points = st.builds(
    Position, st.floats(-0.1, 0.1), st.floats(51.9, 52.1), st.none() | st.floats(0, 5_000), st.just("test")
)
rows = st.fixed_dictionaries(
    {
        "title": st.just("x"),
        "status": st.sampled_from(["active", "active", "active", "draft"]),
        "behaviours": st.lists(st.sampled_from(["noise", "litter"]), max_size=1),
        "geometry": st.none() | shapes,
        "times": st.lists(
            st.fixed_dictionaries(
                {
                    "days": st.lists(st.sampled_from(["fri", "sat", "sun"]), max_size=2),
                    "from": st.sampled_from(["18:00", "09:00"]),
                    "to": st.sampled_from(["02:00", "17:00"]),
                }
            ),
            max_size=2,
        ),
    }
)
many_rows = st.lists(rows, max_size=6).map(
    lambda some: [{**row, "id": f"P-{i}"} for i, row in enumerate(some)]
)
CALL = Call(ref="1", received_at=datetime(2026, 6, 12, 21, 4, tzinfo=LONDON), behaviours=("noise",))


@given(shapes, points)
def test_a_point_is_inside_exactly_when_shapely_says_so(shape: dict[str, Any], position: Position) -> None:
    row = {"id": "P-1", "title": "x", "status": "active", "geometry": shape}
    found = match(Book.of(read_priorities([row], "p")), CALL, position)
    inside = shapely.geometry.shape(shape).covers(shapely.Point(position.longitude, position.latitude))
    assert (found.status is Status.FOUND) == inside
    assert len(found.matches) + len(found.near_misses) == 1


@given(many_rows, st.none() | points, st.randoms(use_true_random=False))
def test_the_order_of_priorities_decides_nothing(
    some: list[dict[str, Any]], position: Position | None, chance: random.Random
) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)
    one = match(Book.of(read_priorities(some, "p")), CALL, position)
    assert match(Book.of(read_priorities(shuffled, "p")), CALL, position) == one


@given(many_rows, points)
def test_knowing_the_position_only_settles_what_could_not_be_looked_at(
    some: list[dict[str, Any]], position: Position
) -> None:
    book = Book.of(read_priorities(some, "p"))
    without, with_it = match(book, CALL, None), match(book, CALL, position)
    settled = {m.id for m in (*with_it.matches, *with_it.near_misses)}
    open_before = {reason.text.split()[0] for reason in without.reasons if reason.code == "position_unknown"}
    assert open_before <= settled
    assert {m.id for m in without.matches} <= {m.id for m in with_it.matches}
    assert with_it.status is not Status.COULD_NOT_LOOK


@given(rows, points)
def test_dropping_a_condition_never_loses_a_match(row: dict[str, Any], position: Position) -> None:
    active = {**row, "id": "P-1", "status": "active"}
    for drop in ("behaviours", "geometry", "times"):
        looser = {key: value for key, value in active.items() if key != drop}
        strict_match = match(Book.of(read_priorities([active], "p")), CALL, position)
        loose_match = match(Book.of(read_priorities([looser], "p")), CALL, position)
        assert len(strict_match.matches) <= len(loose_match.matches)

"""A small history of invented people: one who suffers again and again, a neighbour, a namesake, and an open call."""

from __future__ import annotations

from typing import Any

import build

PECK = build.MAUREEN


def _past(ref: str, received_at: str, text: str, **more: Any) -> dict[str, Any]:
    closed = {"status": "closed", "closed_as": "advice", "closed_at": received_at, "district": "Fenside"}
    return build.facts(ref, received_at, log=[{"text": text}], handler="c1001") | closed | more


HISTORY: list[dict[str, Any]] = [
    _past("OLD-1", "2025-11-02T22:15:00+00:00", "INFT STATES NEIGHBOUR SHOUTING THROUGH THE WALL"),
    _past("OLD-2", "2026-03-14T21:40:00+00:00", "NEIGHBOUR BANGING ON WALL AGAIN, CLR SOUNDS UPSET"),
    _past(
        "OLD-3",
        "2026-05-01T23:05:00+01:00",
        "SAME NEIGHBOUR, EGGS AT WINDOW. CLR LIVES ALONE",
        closed_as="no_action",
    ),
    _past("OLD-4", "2026-06-08T21:20:00+01:00", "DAMAGE TO FENCE. CLR FRIGHTENED", category="asb_personal"),
    # possibly the same woman: a like name in the same street, no telephone
    _past(
        "OLD-5",
        "2026-05-20T20:10:00+01:00",
        "M PECK REPORTS KIDS KICKING HER DOOR",
        caller={"name": "M Peck", "address": "14 Larch Road", "role": "victim"},
        location={"address": "14 Larch Road", "postcode": "PE13 9ZZ"},
    ),
    _past(
        "OLD-6",
        "2026-06-10T19:00:00+01:00",
        "LOUD MUSIC FROM FLAT ABOVE",
        caller={
            "name": "Asif Rahman",
            "phone": "07700 900 118",
            "address": "3 Quay Court",
            "postcode": "PE14 8ZZ",
        },
        location={"address": "3 Quay Court", "postcode": "PE14 8ZZ"},
        category="asb_nuisance",
    ),
    build.facts(
        "OPEN-1",
        "2026-06-12T20:40:00+01:00",
        status="open",
        handler="c1001",
        log=[{"text": "YOUTHS THROWING STONES AT WINDOWS LARCH ROAD"}],
        caller={
            "name": "Ray Dunmore",
            "phone": "01632 960 171",
            "address": "18 Larch Road",
            "postcode": "PE13 9ZZ",
        },
        behaviours=["stone_throwing"],
    ),
]

"""Looking up by name, phone and address: on the contract's conditions, by role, logged; never from an old address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

import build
from everycall.access import logged
from everycall.access.viewer import Viewer
from everycall.errors import InputError
from everycall.looking_up.asked import NOTHING_FOUND
from everycall.looking_up.pattern import gaps, pattern
from everycall.looking_up.persons import person
from everycall.looking_up.places import place
from everycall.looking_up.search import search
from everycall.serving.shape import RefusedError

SUPERVISOR = Viewer("s1", "supervisor", 901)
HANDLER = Viewer("c1", "handler", 902)
OFFICER = Viewer("n1", "neighbourhood_officer", 903, "Fenside")
ANALYST = Viewer("a1", "analyst", 904)
MOVED = build.MAUREEN | {"address": "7 Fen Close", "postcode": "PE15 9ZZ"}
BY_NAME = {"phone": "01632 960 114", "name": "Maureen Peck"}
CLOSED = {"status": "closed", "closed_as": "advice", "district": "Fenside"}


@pytest.fixture
def history(served: Any) -> Any:
    """Two calls of Maureen Peck at Larch Road, one after she moved, with words; and a namesake's."""
    force = served.ground.force()
    at = build.NOW - timedelta(hours=3)
    for ref, day, more in (
        ("OLD-1", "2026-03-01", {"log": [{"text": "CLR IS DEAF AND LIVES ALONE"}]}),
        ("OLD-2", "2026-04-01", {}),
        ("NEW-HOME", "2026-06-08", {"caller": MOVED, "location": {"address": "7 Fen Close", "postcode": "PE15 9ZZ"}}),
        ("LATEST", "2026-06-12", {"caller": {"name": "Bo Lin", "phone": "07700 900 999"}, "location": None}),
    ):  # fmt: skip
        build.take(force, build.call(ref, received_at=f"{day}T18:00:00+01:00", **(CLOSED | more)), at=at)
    return served


def refs(told: Any) -> list[str | None]:
    return [one["ref"] for one in told["repeat"]["incidents"]]


def test_a_telephone_alone_is_perhaps_the_person_and_with_a_name_surely(history: Any) -> None:
    found = search({"phone": "01632 960 114"}, SUPERVISOR, None)
    assert found.told is not None
    assert refs(found.told) == []
    assert {one["ref"] for one in found.told["repeat"]["to_confirm"]} == {"NEW-HOME", "OLD-2", "OLD-1"}
    sure = search({"phone": "01632 960 114", "name": "peck, maureen"}, SUPERVISOR, None)
    assert sure.told is not None
    assert refs(sure.told) == ["NEW-HOME", "OLD-2", "OLD-1"], "wherever she lived"


def test_a_search_by_the_old_address_tells_months_alone_and_nothing_of_the_new_one(history: Any) -> None:
    found = search({"address": "14 Larch Road", "postcode": "PE13 9ZZ"}, SUPERVISOR, None)
    assert found.told is not None
    assert refs(found.told) == [None, None]
    assert {one["month"] for one in found.told["repeat"]["incidents"]} == {"2026-03", "2026-04"}
    assert "NEW-HOME" not in str(found.told)
    assert "Fen Close" not in str(found.told)


@pytest.mark.parametrize(
    ("asked", "where"),
    [({"name": "Maureen Peck"}, "name"), ({}, "name"), ({"postcode": "PE13 9ZZ"}, "address"),
     ({"date_of_birth": "1951-03-02"}, "name"), ({"ref": "nothing"}, "ref"),
     ({"name": "Maureen Peck", "date_of_birth": "tomorrow"}, "caller.date_of_birth")],
)  # fmt: skip
def test_what_would_open_everybodys_records_is_refused(history: Any, asked: Any, where: str) -> None:
    with pytest.raises(InputError) as refused:
        search(asked, SUPERVISOR, None)
    assert [one.where for one in refused.value.details] == [where]
    assert logged.entries(history.connection()) == []


def test_a_reference_is_found_however_it_is_written_and_only_by_who_may_know_of_it(history: Any) -> None:
    assert search({"ref": " old-1"}, SUPERVISOR, None).ref == "OLD-1"
    with pytest.raises(InputError):
        search({"ref": "OLD-1"}, Viewer("a", "administrator", 905), None)


def test_every_search_is_logged_with_what_was_shown_also_one_that_found_none(history: Any) -> None:
    search({"phone": "01632 960 114"}, SUPERVISOR, "  a complaint\n")
    search({"phone": "07700 900 000"}, SUPERVISOR, None)
    log = logged.entries(history.connection(), by="s1")
    assert {(one.operation, one.about) for one in log} == {
        ("consultation", NOTHING_FOUND),
        *((name, ref) for name in ("consultation", "combination") for ref in ("OLD-1", "OLD-2", "NEW-HOME")),
    }
    assert {one.justification for one in log} == {"search by phone: a complaint", "search by phone"}


def test_a_role_that_sees_codes_of_any_call_is_told_codes(history: Any) -> None:
    for viewer in (HANDLER, OFFICER):
        found = search(BY_NAME, viewer, None)
        assert found.told is not None
        assert refs(found.told) == ["NEW-HOME", "OLD-2", "OLD-1"]
        assert found.told["vulnerability"]["findings"] == []
        assert "DEAF" not in str(found.told)
    told = search(BY_NAME, SUPERVISOR, None).told
    assert told is not None
    found_of = {one["indicator"] for one in told["vulnerability"]["findings"]}
    assert found_of >= {"physical_disability_or_illness", "alone_or_isolated"}


def test_who_is_a_neighbour_searches_for_nobody_there(history: Any) -> None:
    admin = history.person("adm", "administrator")
    history.person("c1", "handler")
    history.ask("POST", "/conflicts", {"account": "c1", "party": build.MAUREEN, "why": "kin"}, key=admin)
    number = build.rows(history.ground.force(), "SELECT id FROM account WHERE name = 'c1'")[0][0]
    with pytest.raises(RefusedError) as refused:
        search({"phone": "01632 960 114"}, Viewer("c1", "handler", number), None)
    assert refused.value.code == "conflict"


def test_where_the_force_asks_why_nothing_is_searched_without(history: Any) -> None:
    history.ground.justification = "required"
    with pytest.raises(InputError, match="why"):
        search({"phone": "01632 960 114"}, SUPERVISOR, " ")


def test_a_person_is_told_with_all_contacts_what_is_known_and_who_looked(history: Any) -> None:
    found = person("OLD-1", "caller", SUPERVISOR, None)
    assert refs(found.told) == ["NEW-HOME", "OLD-2", "OLD-1"]
    assert found.named["name"] == "Maureen Peck"
    assert any(one["from_call"] == "OLD-1" for one in found.told["vulnerability"]["findings"])
    assert "Fen Close" not in str(found), "another call's address is not told"
    assert found.looks is not None
    assert [(one.by, one.records, one.why) for one in found.looks] == [("s1", 3, "call OLD-1")]


def test_a_persons_page_is_for_whom_the_call_is_open_in_full(history: Any) -> None:
    for viewer in (HANDLER, ANALYST):
        with pytest.raises(RefusedError) as refused:
            person("OLD-1", "caller", viewer, None)
        assert refused.value.status == 403
    found = person("OLD-1", "caller", OFFICER, None)
    assert found.looks is None
    for ref, which in (("nothing", "caller"), ("OLD-1", "victim 3"), ("LATEST", "other 0")):
        with pytest.raises(RefusedError) as refused:
            person(ref, which, SUPERVISOR, None)
        assert refused.value.status == 404


def test_without_a_word_for_whom_the_first_who_suffers_is_meant(history: Any) -> None:
    force = history.ground.force()
    warden = {"name": "Ola Berg", "phone": "01632 960 500", "role": "professional"}
    build.assess(force, "FOR-HER", at=history.at, caller=warden, victims=[build.MAUREEN], status="open")
    assert person("FOR-HER", "", SUPERVISOR, None).which == "victim 0"
    assert person("OLD-1", "", SUPERVISOR, None).which == "caller"


def test_the_other_partys_page_is_not_for_who_takes_the_call(history: Any) -> None:
    suspect = {"name": "Dean Foss", "address": "16 Larch Road", "postcode": "PE13 9ZZ", "role": "suspect"}
    build.assess(
        history.ground.force(), "OPEN-1", at=history.at, others=[suspect], status="open", handler="c1"
    )
    assert person("OPEN-1", "caller", HANDLER, None).named["name"] == "Maureen Peck"
    with pytest.raises(RefusedError) as refused:
        person("OPEN-1", "other 0", HANDLER, None)
    assert refused.value.status == 403
    assert person("OPEN-1", "other 0", SUPERVISOR, None).named["name"] == "Dean Foss"


def test_a_place_is_told_by_months_and_a_protected_one_not_at_all(history: Any) -> None:
    found = place("OLD-1", SUPERVISOR, None)
    assert [(one.month, one.category, one.closed_as, one.many) for one in found.months] == [
        ("2026-04", "asb_nuisance", "advice", 1),
        ("2026-03", "asb_nuisance", "advice", 1),
    ]
    assert "OLD-2" not in str(found)
    from everycall.flag import Flag
    from everycall.store import reference
    from everycall.store.writing import writing

    flag = {
        "kind": "protected_address",
        "about": {"address": "14 Larch Road", "postcode": "PE13 9ZZ"},
        "source": "refuge",
        "recorded_on": "2026-01-01",
    }
    connection = history.connection()
    with writing(connection):
        reference.take_flags(connection, [Flag.model_validate(flag)], build.KNOWN)
    hidden = place("OLD-1", SUPERVISOR, None)
    assert (hidden.address, hidden.is_protected, hidden.months) == ("protected address", True, ())
    assert "Larch" not in str(person("OLD-1", "caller", SUPERVISOR, None).named)
    with pytest.raises(RefusedError):
        place("LATEST", SUPERVISOR, None)


def test_the_pattern_counts_days_hours_and_gaps() -> None:
    def one(ref: str, at: str, event: int | None = None, tier: str = "person") -> dict[str, Any]:
        return {
            "ref": ref,
            "received_at": at,
            "event": event,
            "tier": tier,
            "closed_as": None,
            "category": None,
        }

    told = [
        one("A", "2026-06-12T20:30:00+00:00", 1),
        one("B", "2026-06-12T21:00:00+00:00", 1),
        one("C", "2026-06-11T22:30:00+00:00", None, "household"),
        one("D", "2024-01-01T09:00:00+00:00"),
        one("E", "2026-06-01T09:00:00+00:00", None, "phone"),
    ]
    found = pattern(told, build.NOW)
    assert (found.many, found.last_12m, found.gaps) == (3, 2, None)
    assert found.by_day == (1, 0, 0, 1, 1, 0, 0)
    assert found.by_part == (0, 1, 0, 2), "22:30 in summer is 23:30 by the clock"


@pytest.mark.parametrize(
    ("days", "says"),
    [((0, 40, 80, 85, 90), "shortening"), ((0, 5, 10, 50, 90), "lengthening"), ((0, 10, 20, 30, 41), "steady"),
     ((0, 50, 60, 61), None), ((0, 0, 0, 0, 0), "shortening")],
)  # fmt: skip
def test_how_the_gaps_go(days: tuple[int, ...], says: str | None) -> None:
    first = datetime.fromisoformat("2026-01-01T12:00:00+00:00")
    assert gaps([first + timedelta(days=day) for day in days]) == says

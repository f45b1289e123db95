"""Comparing only the like-named finds what comparing everybody with everybody finds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from everycall.identity.compare import alike
from everycall.identity.history import PastMention
from everycall.identity.likeness import surname_level
from everycall.identity.mention import Mention, same_home
from everycall.identity.namesakes import Members, Namesakes, who
from everycall.identity.normalise.frequencies import is_distinctive
from everycall.identity.shared import Shared

SHARED = Shared(frozenset({"+447700900999"}), frozenset())
FORENAMES = [(), ("MAUREEN",), ("MO",), ("M",), ("ARTHUR",), ("ARTUR",), ("GWEN", "MARY")]
SURNAMES = [None, "PECK", "PECKE", "SMITH", "SMYTH", "ALDOUS", "PECK ALDOUS"]
BORN = [None, date(1951, 3, 2), date(1951, 2, 3), date(1980, 7, 7)]
PHONES = [None, "+441632960114", "+447700900321", "+447700900999"]
HOMES = ["PE13 9ZZ 14", "PE13 9ZZ 14 FLAT 2"]


def _anybody(random: Random) -> Mention:
    return Mention(
        "caller",
        random.choice(["victim", "witness", None]),
        forenames=random.choice(FORENAMES),
        surname=random.choice(SURNAMES),
        born=random.choice(BORN),
        phone=random.choice(PHONES),
        dwelling=random.choice(HOMES),
        uprn=random.choice([None, None, "100", "200"]),
    )


def _one_line(one: Mention, other: Mention) -> bool:
    return bool(one.phone) and one.phone == other.phone and one.phone not in SHARED.phones


def _one_name(one: Mention, other: Mention) -> bool:
    return bool(
        one.surname
        and other.surname
        and surname_level(one.surname, other.surname) != "different"
        and is_distinctive(one.surname)
        and is_distinctive(other.surname)
    )


def test_a_link_to_any_member_is_found() -> None:
    random, found = Random(17), 0
    for also_alike in (False, True) * 150:
        members = [_anybody(random) for _ in range(random.randint(0, 6))]
        somebody = _anybody(random)
        plainly = any(
            same_home(one, somebody)
            and (
                _one_line(one, somebody) or _one_name(one, somebody) or (also_alike and alike(one, somebody))
            )
            for one in members
        )
        assert Members(SHARED, is_distinctive, also_alike, members).link(somebody) is plainly
        found += plainly
    assert 50 < found < 250


def test_everybody_who_may_be_the_same_human_is_found_in_the_same_order() -> None:
    random, found = Random(18), 0
    at = datetime(2026, 6, 1, tzinfo=UTC)
    for _ in range(100):
        numbers = random.sample(range(100), 12)
        mentions = [PastMention(number, _anybody(random), at) for number in numbers]
        namesakes = Namesakes(mentions)
        for past in mentions:
            mine = past.mention
            plainly = [
                one
                for one in mentions
                if same_home(one.mention, mine)
                and (who(one.mention) == who(mine) or alike(one.mention, mine))
            ]
            assert namesakes.of(mine) == plainly
            found += len(plainly) > 1
    assert found > 50

"""Who of those sharing a key is plainly another human, and so of no use: told before the calls that name them are read.

Most who share a key share a birthday and an initial. Their names alone, or their birth dates, tell them apart, and a
search need know nothing more of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from everycall.identity.compare import contradicted
from everycall.identity.mention import Mention, same_home
from everycall.identity.rules import Search
from everycall.identity.tiers import NEVER_VICTIM


@dataclass(frozen=True, slots=True)
class Strangers:
    """Whom a search need not look at (implements `everycall.identity.history.Unneeded`).

    What is found and how sure it is are the same without them: they would get no tier (`everycall.identity.tiers`),
    and no line or home is shared by many because of them. A person's word may still make them one human with
    whoever is looked for, so where one was said of the call nobody may be left out.

    Parameters
    ----------
    people
        Whom the call asks about, also as if they lived where it happens.
    """

    people: Sequence[Mention]
    limits: Search

    def among(self, mentions: Sequence[Mention]) -> set[int]:
        """Return the positions of those who are of no use; who is accused, or on a line or in a home of many, is."""
        many = _of_many(mentions, self.limits)
        return {
            number
            for number, mention in enumerate(mentions)
            if mention.place is None
            and mention.role not in NEVER_VICTIM
            and mention.phone not in many
            and mention.dwelling not in many
            and all(_apart(person, mention) for person in self.people)
        }


def _apart(person: Mention, mention: Mention) -> bool:
    return (
        not (person.phone and person.phone == mention.phone)
        and not same_home(person, mention)
        and contradicted(person, mention)
    )


def _of_many(mentions: Sequence[Mention], limits: Search) -> set[str | None]:
    """Return the lines and homes under which so many surnames stand that they may be shared, unrelated or not."""
    on_line: dict[str, set[str]] = defaultdict(set)
    at_home: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.surname:
            if mention.phone:
                on_line[mention.phone].add(mention.surname)
            if mention.dwelling:
                at_home[mention.dwelling].add(mention.surname)
    many: set[str | None] = {
        line for line, names in on_line.items() if len(names) >= limits.shared_phone_surnames
    }
    many |= {home for home, names in at_home.items() if len(names) >= limits.communal_surnames}
    return many

"""Homes told by number and street alone, where the same line tells the rest: one line at one number of one street."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from everycall.identity.history import PastMention
from everycall.identity.mention import Mention, house_of


class Homes:
    """The homes that were told in full, by line, number and street.

    Parameters
    ----------
    people
        Whom the call asks about; only their lines are of use.
    mentions
        Whom earlier calls name.
    shared_phones
        Lines of many, which tell nothing of a home.
    """

    def __init__(
        self, people: Iterable[Mention], mentions: Iterable[Mention], shared_phones: Collection[str]
    ) -> None:
        people = tuple(people)
        lines = {one.phone for one in people if one.phone and one.phone not in shared_phones}
        self._told: dict[tuple[str, str, str], set[tuple[str, str, str | None]]] = defaultdict(set)
        if not lines:
            return
        for one in (*people, *mentions):
            if one.phone in lines and one.postcode and one.dwelling and (at := _number_of(one)):
                self._told[at].add((one.postcode, one.dwelling, one.building))

    def in_full(self, mention: Mention) -> Mention:
        """Return a mention with the home that its line has at its number and street, if it has one and one only."""
        if not self._told or mention.dwelling or mention.postcode or mention.uprn:
            return mention
        at = _number_of(mention)
        homes = self._told.get(at, set()) if at else set()
        if len(homes) != 1:
            return mention
        ((postcode, dwelling, building),) = homes
        return mention._replace(postcode=postcode, dwelling=dwelling, building=building)

    def of(self, past: PastMention) -> PastMention:
        """Return an earlier mention with its home in full; the same object where that adds nothing."""
        whole = self.in_full(past.mention)
        return past if whole is past.mention else past._replace(mention=whole)


def _number_of(mention: Mention) -> tuple[str, str, str] | None:
    house = house_of(mention.building, mention.postcode)
    if not (mention.phone and mention.street and house) or house.startswith("@"):
        return None
    return mention.phone, house, mention.street

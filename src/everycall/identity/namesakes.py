"""People of one home by name and by line, so that each is compared with the like-named alone and not with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from everycall.identity.compare import alike
from everycall.identity.history import PastMention
from everycall.identity.likeness import surname_level
from everycall.identity.mention import Mention, same_home
from everycall.identity.shared import Shared


class Members:
    """Those known to be of a household, and who is linked to one of them.

    Parameters
    ----------
    distinctive
        Whether a surname is so rare that two bearers at one address are related.
    also_alike
        Whether somebody who may be one of them, by full name and birth date, is linked too.
    """

    def __init__(
        self,
        shared: Shared,
        distinctive: Callable[[str], bool],
        also_alike: bool,
        members: Iterable[Mention] = (),
    ) -> None:
        self._shared = shared
        self._distinctive = distinctive
        self._also_alike = also_alike
        self._by_surname: dict[str, list[Mention]] = defaultdict(list)
        self._by_line: dict[str, list[Mention]] = defaultdict(list)
        self._known: set[tuple[object, ...]] = set()
        for member in members:
            self.add(member)

    def add(self, member: Mention) -> None:
        """Take somebody in; a mention that says the same as another is not compared twice."""
        if member[2:] in self._known:  # all but which of the call's people it is, and in what role
            return
        self._known.add(member[2:])
        if member.surname:
            self._by_surname[member.surname].append(member)
        if member.phone and member.phone not in self._shared.phones:
            self._by_line[member.phone].append(member)

    def link(self, mention: Mention) -> bool:
        """Say whether somebody shares a home with a member, and a line or a distinctive name."""
        if mention.phone and any(same_home(one, mention) for one in self._by_line.get(mention.phone, ())):
            return True
        surname = mention.surname
        if not surname:
            return False
        for other, members in self._by_surname.items():
            if surname_level(other, surname) == "different":
                continue
            one_name = self._distinctive(other) and self._distinctive(surname)
            if not (one_name or self._also_alike):
                continue
            if any(same_home(one, mention) and (one_name or alike(one, mention)) for one in members):
                return True
        return False


class Namesakes:
    """The mentions of a home by first forename and surname."""

    def __init__(self, mentions: Sequence[PastMention]) -> None:
        self._order = {past.id: number for number, past in enumerate(mentions)}
        self._by_name: dict[Mention, list[PastMention]] = defaultdict(list)
        for past in mentions:
            self._by_name[_name_of(past.mention)].append(past)
        self._like: dict[Mention, list[Mention]] = {}

    def of(self, mention: Mention) -> list[PastMention]:
        """Return the mentions that may be of the same human, in the order they were given."""
        name = _name_of(mention)
        if name not in self._like:
            self._like[name] = [other for other in self._by_name if other == name or alike(other, name)]
        found = [
            past
            for other in self._like[name]
            for past in self._by_name[other]
            if same_home(past.mention, mention)
            and (_same(past.mention, mention) or alike(past.mention, mention))
        ]
        return sorted(found, key=lambda past: self._order[past.id])


def _name_of(mention: Mention) -> Mention:
    return Mention("", forenames=mention.forenames[:1], surname=mention.surname)


def _same(one: Mention, other: Mention) -> bool:
    return who(one) == who(other)


def who(mention: Mention) -> tuple[object, ...]:
    """Return what tells the people of a dwelling apart."""
    return (mention.dwelling, mention.forenames, mention.surname, mention.born, mention.phone)

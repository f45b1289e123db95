"""Of what kind a call is: its behaviours, its category, and whole words of its log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from everycall.call import Call
from everycall.priorities.priority import Priority

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HISS = ("ses", "xes", "zes", "ches", "shes")


def singular(word: str) -> str:
    """Return a word without its plural ending, by the simple rules only: mopeds, parties, boxes.

    It need not be a word of the dictionary: the same is done to the keyword and to the log, and only their
    agreement counts.
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(_HISS):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text, each where it stands."""
    return _WORD.finditer(text)


def plain(text: str) -> str:
    """Return the words of ``text``, case folded and singular, one space round each, to be searched in."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return f" {' '.join([singular(word) if word[-1] == 's' else word for word in words])} "


@dataclass(frozen=True, slots=True)
class CallKind:
    """What is known of a call's kind; of its log only which of the keywords asked for stand in it."""

    behaviours: frozenset[str]
    category: str | None
    keywords: frozenset[str]

    @classmethod
    def of(cls, call: Call, keywords: Iterable[str]) -> CallKind:
        """Return the kind of ``call``, its log searched for ``keywords`` (made `plain`)."""
        # Lines are kept apart, so that no phrase is read across two of them.
        words = "|".join(plain(line.text) for line in call.log)
        found = frozenset([keyword for keyword in keywords if keyword in words])
        return cls(frozenset(call.behaviours), call.category, found)


@dataclass(frozen=True, slots=True)
class WantedKind:
    """The kinds a priority is about: any one of them is enough; none at all means any kind.

    ``keywords`` has each keyword made `plain`, with the word as it was written.
    """

    behaviours: tuple[str, ...]
    categories: tuple[str, ...]
    keywords: dict[str, str]

    @classmethod
    def of(cls, priority: Priority) -> WantedKind:
        """Return what ``priority`` asks of a call, its keywords made ready to be searched for."""
        keywords = {plain(keyword): keyword for keyword in priority.keywords}
        return cls(priority.behaviours, priority.categories, keywords)

    def holds_for(self, kind: CallKind) -> bool:
        """Say whether ``kind`` is of the wanted kind."""
        return (
            not kind.behaviours.isdisjoint(self.behaviours)
            or kind.category in self.categories
            or not kind.keywords.isdisjoint(self.keywords)
            or not (self.behaviours or self.categories or self.keywords)
        )

    def found_in(self, kind: CallKind) -> list[str]:
        """Return why ``kind`` is of the wanted kind, in words; nothing when it is not."""
        if not (self.behaviours or self.categories or self.keywords):
            return ["any kind of call"]
        because = [f"behaviour {code}" for code in self.behaviours if code in kind.behaviours]
        because += [f"category {code}" for code in self.categories if code == kind.category]
        written = [word for ready, word in self.keywords.items() if ready in kind.keywords]
        return because + [f"keyword '{word}' in the log" for word in written]

    def missed_by(self, kind: CallKind) -> str:
        """Return in words what was wanted and what the call has; only codes, never the log's words."""
        wanted = [
            _named("behaviour", self.behaviours),
            _named("category", self.categories),
            _named("keyword", [f"'{word}'" for word in self.keywords.values()]),
        ]
        has = [f"behaviour {code}" for code in sorted(kind.behaviours)]
        has += [f"category {kind.category}"] if kind.category else []
        known = ", ".join(has) if has else "no behaviour or category known yet"
        return f"kind: needs {', or '.join(part for part in wanted if part)}; the call has {known}"


def _named(what: str, options: Iterable[str]) -> str:
    listed = " or ".join(options)
    return f"{what} {listed}" if listed else ""

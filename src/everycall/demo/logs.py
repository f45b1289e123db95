"""The words of a log: who types, in which hand, what was asked, what was told and what was not."""

from __future__ import annotations

from dataclasses import dataclass, field

from everycall.demo.rates import Draw, one_of
from everycall.demo.room import Handler
from everycall.demo.sentences import Say

OWN_WORDS = frozenset(("online", "webchat", "email"))
FEWEST_WORDS, MORE_WORDS = 26, 60
"""A log goes on until it has a number of words drawn evenly from 26 up to 86; the last sentence goes over it."""


@dataclass(slots=True)
class Facts:
    """What one log is to tell. ``before`` is what the caller says of the past, None when they say nothing."""

    kind: str
    voice: str
    slots: dict[str, str]
    before: bool | None = None
    before_asked: bool = False
    told: list[str] = field(default_factory=list)
    circumstances_asked: bool = False
    suspect_named: bool = False
    suspect_hinted: bool = False
    about_others: bool = False


Line = tuple[int, str | None, str]
"""Seconds after the call began, by whom, and the text."""


class Logs:
    """Writes logs. One for a neighbourhood."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._short = tuple((f" {word} ", f" {short} ") for word, short in say.short.items())
        self._details = _counted(say.details)
        self._own_details = _counted(say.own_details)

    def slots(
        self, sex: str, age: int, place: str, street: str, suspect: str, door: str, own: bool, chance: Draw
    ) -> dict[str, str]:
        """Return the words for the slots of all sentences of one log."""
        say = self._say
        her = sex == "female"
        number = int(chance() * 7) + 2
        return {
            "them": one_of(say.own_them if own else say.them, chance),
            "place": place,
            "street": street,
            "she": "SHE" if her else "HE",
            "her": "HER" if her else "HIS",
            "obj": "HER" if her else "HIM",
            "age": str(age),
            "suspect": suspect,
            "door": door,
            "day": one_of(say.days, chance),
            "clock": f"{number + 14}:{int(chance() * 6)}0",
            "n": str(number),
            "answer": "",
        }

    def written(self, facts: Facts, handler: Handler, template: str | None, chance: Draw) -> list[Line]:
        """Return the lines of a log about a victim or a street, in order of time."""
        if facts.voice == "own":
            return [(0, None, self._own_words(facts, chance))]
        say, slots = self._say, facts.slots
        kind = say.kinds[facts.kind]
        opening = {
            "third": say.openings_third,
            "professional": say.openings_professional,
        }.get(facts.voice, say.openings)
        incident = one_of(kind.sentences, chance)
        if facts.voice == "neighbour":
            incident = one_of(say.neighbours_call, chance)
        rows = [(one_of(opening, chance) + incident).format_map(slots)]
        statements = self._statements(facts, chance)
        goal = FEWEST_WORDS + chance() * MORE_WORDS
        many = rows[0].count(" ") + sum(one.count(" ") + 1 for one in statements)
        details = _drawn(self._details, goal - 8 - many, chance)
        half = len(details) // 2
        rows[0] = ". ".join((rows[0], *details[:half])).format_map(slots) if half else rows[0]
        rows += statements
        if half < len(details):
            rows.append(", ".join(details[half:]).format_map(slots))
        if chance() < 0.45:
            rows.append(one_of(say.closings, chance))
        rows = self._typed("\n".join(rows), handler, chance).split("\n")
        lines: list[Line] = []
        second = 15
        for row in rows:
            lines.append((second, handler.name, row))
            second += 20 + int(chance() * 70)
        if template or chance() < handler.templates:
            lines.append((second, handler.name, template or one_of(say.template_lines, chance)))
        return lines

    def ended(self, closed_as: str, handler: Handler, chance: Draw) -> tuple[str, str]:
        """Return the dispatcher's line and the last line of a log that was closed so."""
        say = self._say
        return one_of(say.dispatch, chance), one_of(say.results[closed_as], chance)

    def chasing(self, handler: Handler, chance: Draw) -> list[Line]:
        """Return the log of a victim who rings again about the same event."""
        text = one_of(self._say.chasing, chance)
        if chance() < 0.5:
            text = f"{text}. {one_of(self._say.closings, chance)}"
        return [(20, handler.name, self._typed(text, handler, chance))]

    def _statements(self, facts: Facts, chance: Draw) -> list[str]:
        say, slots = self._say, facts.slots
        rows = []
        if facts.before is not None:
            text = one_of(say.again if facts.before else say.first_time, chance)
            if facts.before_asked and chance() < 0.5:
                text = f"{_answered(one_of(say.asked_before, chance), facts.before)}. {text}"
            rows.append(text.format_map(slots))
        elif facts.before_asked:
            rows.append(one_of(say.asked_before, chance).format(answer="N/K"))
        as_told = "other" if facts.voice in ("third", "professional") else "handler"
        told = [
            one_of(getattr(say.circumstances[name], as_told), chance).format_map(slots) for name in facts.told
        ]
        if facts.circumstances_asked and chance() < 0.6:
            rows.append(_answered(one_of(say.asked_circumstances, chance), bool(told)))
        if told:
            rows.append(". ".join(told))
        if facts.suspect_named:
            rows.append(one_of(say.suspect_named, chance).format_map(slots))
        elif facts.suspect_hinted:
            rows.append(one_of(say.suspect_hint, chance))
        if facts.about_others:
            rows.append(one_of(say.about_others, chance))
        return rows

    def _own_words(self, facts: Facts, chance: Draw) -> str:
        say, slots = self._say, facts.slots
        rows = [one_of(say.kinds[facts.kind].own, chance)]
        if facts.before is not None:
            rows.append(one_of(say.own_again if facts.before else say.own_first_time, chance))
        rows += [one_of(say.circumstances[name].own, chance) for name in facts.told]
        if facts.suspect_named:
            rows.append(one_of(say.own_suspect, chance))
        goal = FEWEST_WORDS + chance() * MORE_WORDS
        many = sum(row.count(" ") + 1 for row in rows)
        for detail in _drawn(self._own_details, goal - many, chance):
            rows.insert(1 + int(chance() * len(rows)), detail)
        text = "".join(
            f"{row} " if row[-1] in ".?!" else f"{row}{'. ' if chance() < 0.6 else ' '}" for row in rows
        )
        return text.strip().format_map({**slots, "day": slots["day"].title()})

    def _typed(self, text: str, handler: Handler, chance: Draw) -> str:
        text = text.upper()
        if handler.shortens and chance() < handler.shortens:
            for word, short in self._short:
                if word in text:
                    text = text.replace(word, short)
        if handler.slips and chance() < handler.slips * 3:
            text = slipped(text, chance)
        if handler.hand == "small":
            return text.lower()
        if handler.hand == "sentence":
            return "\n".join(
                [". ".join([part.capitalize() for part in line.split(". ")]) for line in text.split("\n")]
            )
        return text


def _counted(sentences: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((sentence, sentence.count(" ") + 1) for sentence in sentences)


def _drawn(sentences: tuple[tuple[str, int], ...], words: float, chance: Draw) -> list[str]:
    """Return different sentences, drawn until they have so many words; fewer when the same come up again."""
    drawn: dict[str, None] = {}
    while words > 0:
        sentence, many = one_of(sentences, chance)
        words -= 3 if sentence in drawn else many
        drawn[sentence] = None
    return list(drawn)


def _answered(question: str, answer: bool) -> str:
    return question.format(answer="YES" if answer else "NO")


def slipped(text: str, chance: Draw) -> str:
    """Return the text with two neighbouring letters changed round or one left out; digits stay as they are."""
    at = int(chance() * (len(text) - 2))
    if text[at : at + 2].isalpha():
        if chance() < 0.5:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text[:at] + text[at + 1 :]
    return text


def place_named(building: str | None, number: str, street: str, chance: Draw, parks: tuple[str, ...]) -> str:
    """Return how a log names where it is: a park, a street, or a house in it."""
    kind = chance()
    if kind < 0.3:
        return one_of(parks, chance)
    if building:
        return building
    return street if kind < 0.75 else f"{number} {street}"

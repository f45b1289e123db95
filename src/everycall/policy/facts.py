"""What is yes, no and unknown about one call: answers, strong words and findings brought together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from everycall.assessment import Disagreement, Truth
from everycall.policy.conditions import state_of
from everycall.policy.factbook import FactBook


class HasFacts(Protocol):
    """Anything that knows its facts: a pack."""

    @property
    def facts(self) -> FactBook:
        """The facts a table may test."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The truth of every fact of a pack, as two sets of bits; what is in neither is unknown.

    A fact that is yes makes yes all it implies; one that is no makes no all that imply it, so that
    along an implication truth never falls.

    Parameters
    ----------
    book
        The pack's facts; bit ``i`` belongs to fact ``i``.
    yes, no
        Bits of the facts that are yes, and that are no. They never share a bit.
    answered, worded
        Bits of the facts that are yes because a question was answered so, and because strong words say so.
    disagreements
        Facts that one source says are yes and another that they are not; they count as yes.
    """

    book: FactBook
    yes: int
    no: int
    answered: int = 0
    worded: int = 0
    disagreements: tuple[Disagreement, ...] = ()

    def __getitem__(self, name: str) -> Truth:
        """Return the truth of the fact ``name``."""
        bit = 1 << self.book.position(name)
        return Truth.YES if self.yes & bit else Truth.NO if self.no & bit else Truth.UNKNOWN

    @property
    def unknown(self) -> int:
        """Return the bits of the facts that are neither yes nor no."""
        return self.book.every & ~(self.yes | self.no)

    @property
    def state(self) -> int:
        """Return the state of all facts as one integer (`everycall.policy.conditions.state_of`)."""
        return state_of(self.no, self.unknown, self.yes, len(self.book.facts))

    def supposing(self, name: str, truth: Truth) -> Facts:
        """Return these facts as they would be if ``name`` were ``truth``, with all that follows from it.

        For asking "what could the answer change?": a supposed yes makes yes what it implies, a supposed no
        makes no what implies it, and a supposed unknown leaves what it implies no longer no, and what implies
        it no longer yes.
        """
        return Facts(self.book, *self.bits_supposing(name, truth), self.answered, self.worded)

    def bits_supposing(self, name: str, truth: Truth) -> tuple[int, int]:
        """Return the bits of the facts that would then be yes, and that would be no (see `supposing`)."""
        position = self.book.position(name)
        up, down = self.book.up[position], self.book.down[position]
        if truth is Truth.YES:
            return self.yes | up, self.no & ~up
        if truth is Truth.NO:
            return self.yes & ~down, self.no | down
        return self.yes & ~down, self.no & ~up

    def as_dict(self) -> dict[str, str]:
        """Return every fact's name with its truth, in the pack's order."""
        return {fact.name: self[fact.name].value for fact in self.book.facts}


def resolve(
    pack: HasFacts, answers: Mapping[str, str], words: Iterable[str], given: Mapping[str, Truth]
) -> Facts:
    """Bring together what is known about one call.

    A fact is yes when its question was answered yes, strong words say so, a part found it, or another fact
    that is yes implies it. Else it is no when its question was answered no, a part found it to be no, every
    question that covers it was answered no, or it implies something that is no. Else it is unknown: not asked
    and refused are not no (contract, "The default pack's grades" and "Settled").

    Parameters
    ----------
    pack
        Whose facts are meant.
    answers
        Question -> answer, as in a call. Questions that are no fact's own are passed over.
    words
        Names of the facts that strong words of the log, or strong findings, say are so. They say yes only.
    given
        Facts that other parts worked out (``repeat``, ``vulnerable``, ``harm_high`` ...).

    Raises
    ------
    InputError
        When ``words`` or ``given`` names a fact that the pack does not have.
    """
    book = pack.facts
    answered_yes = answered_no = 0
    for question, answer in answers.items():
        if answer == "yes":
            answered_yes |= book.by_answer.get(question, 0)
        elif answer == "no":
            answered_no |= book.by_answer.get(question, 0)
    covered = 0
    for questions, bits in book.covers:
        if all(answers.get(question) == "no" for question in questions):
            covered |= bits
    worded = found_yes = found_no = 0
    for name in words:
        worded |= 1 << book.position(name)
    for name, truth in given.items():
        if truth == "yes":
            found_yes |= 1 << book.position(name)
        elif truth == "no":
            found_no |= 1 << book.position(name)
    yes = book.closed_up(answered_yes | worded | found_yes)
    denied = answered_no | covered | found_no
    no = book.closed_down(denied & ~yes) & ~yes
    clash = denied & yes
    disagreements = (
        _disagreements(book, clash, answered_yes, worded, found_yes, answered_no, covered) if clash else ()
    )
    return Facts(book, yes, no, answered_yes, worded & ~answered_yes, disagreements)


def _disagreements(
    book: FactBook, clash: int, answered_yes: int, worded: int, found_yes: int, answered_no: int, covered: int
) -> tuple[Disagreement, ...]:
    told = []
    for i, fact in enumerate(book.facts):
        bit = 1 << i
        if not clash & bit:
            continue
        if answered_yes & bit:
            says_yes = "the answer"
        elif worded & bit:
            says_yes = "strong words or findings"
        else:
            says_yes = "a finding" if found_yes & bit else "another fact, from which it follows"
        if answered_no & bit:
            says_no = "the answer"
        else:
            says_no = f"the answers to {', '.join(fact.covered_by)}" if covered & bit else "a finding"
        told.append(Disagreement(about=fact.name, says_yes=says_yes, says_no=says_no, counts_as=Truth.YES))
    return tuple(told)

"""The card for when all is down: the questions in talking order and the grades in short, on two sheets of A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from everycall import codes
from everycall.access.viewer import Viewer
from everycall.serving import ground
from everycall.web.page import environment, page
from everycall.web.screens import ANY_PERSON, screen
from everycall.web.static_files import every_file

if TYPE_CHECKING:
    from everycall.force import Policy
    from everycall.policy.grades import Grade

NOT_SAID = ("unknown", "refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, with the answers to tick; those that say nothing stand apart."""

    number: int
    text: str
    answers: tuple[str, ...]
    always: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """One grade with its attendance: by when, and each reason for it, the first that holds."""

    name: str
    within: str
    attendance: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card."""

    pack: str
    questions: tuple[Asked, ...]
    grades: tuple[Graded, ...]


def card(policy: Policy) -> Card:
    """Return the card of a policy pack."""
    questions = tuple(
        Asked(
            number,
            one.text,
            tuple(answer for answer in codes.answers_in_order(one.code) if answer not in NOT_SAID),
            one.always,
        )
        for number, one in enumerate(policy.questions.question, 1)
    )
    graded: list[Graded] = []
    for row in policy.pack.rows:
        if row.floor_only:
            continue
        grade = policy.pack.grades.grade(row.grade)
        last = graded[-1] if graded else None
        if last and (last.name, last.attendance) == (grade.name, row.attendance):
            graded[-1] = Graded(last.name, last.within, last.attendance, (*last.because, row.why))
        else:
            graded.append(Graded(grade.name, within(grade), row.attendance, (row.why,)))
    return Card(f"{policy.pack.name} {policy.pack.version}", questions, tuple(graded))


def within(grade: Grade) -> str:
    """Return by when somebody must be there, in words; empty for a grade without a time."""
    if grade.minutes_urban is None or grade.minutes_rural is None:
        return ""
    town, country = _time(grade.minutes_urban), _time(grade.minutes_rural)
    return town if town == country else f"{town}, in the country {country}"


def _time(minutes: int) -> str:
    return f"{minutes // 60} hours" if minutes >= 120 and minutes % 60 == 0 else f"{minutes} minutes"


def alone(policy: Policy) -> str:
    """Return the card as one file that needs no server: it is kept on paper, and on every desk's own disk."""
    styles = every_file()["card.css"].plain.decode("utf-8")
    return environment().get_template("card_alone.html").render(card=card(policy), styles=styles)


@screen(get=ANY_PERSON)
def show(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the card, to be printed."""
    return page(request, "card.html", {"card": card(ground.ground().policy)})

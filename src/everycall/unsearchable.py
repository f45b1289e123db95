"""What stands in a call but cannot be searched by: a phone of three digits, a postcode that is none."""

from __future__ import annotations

from collections.abc import Iterator

from everycall.call import Call
from everycall.errors import Problem
from everycall.identity.normalise.phones import read_phone
from everycall.identity.normalise.postcodes import read_postcode


def unsearchable(call: Call) -> tuple[Problem, ...]:
    """Return a note for each phone and postcode that others' records are not searched by.

    The call is taken all the same: a slip of the keyboard must not cost the caller an answer, and must not pass
    for a number that was looked up either. Words without any digit ("withheld", "not known") say that there is
    none, and are no slip.

    Returns
    -------
    tuple of Problem
        Each names the field, never what stands in it.
    """
    return tuple(_found(call))


def _found(call: Call) -> Iterator[Problem]:
    for which, party in call.parties():
        if _has_digit(party.phone) and read_phone(party.phone) is None:
            yield Problem(f"{which}.phone", "not a number that can be searched by")
        if party.postcode and read_postcode(party.postcode) is None:
            yield Problem(f"{which}.postcode", "not a full postcode, so not searched by")
    location = call.location
    if location and location.postcode and read_postcode(location.postcode) is None:
        yield Problem("location.postcode", "not a full postcode, so not searched by")


def _has_digit(text: str | None) -> bool:
    return text is not None and any(character.isdigit() for character in text)

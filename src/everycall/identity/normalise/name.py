"""A person's name in one form: forenames and surname in ASCII capitals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name.

    Attributes
    ----------
    forenames
        In the order typed, ASCII capitals; initials stand as single letters.
    surname
        ASCII capitals; the parts of a double-barrelled surname and its particles are apart: ``SMITH JONES``,
        ``VAN DER BERG``, ``AL HASSAN``. ``O'Neil`` and ``Mc Donald`` are one word: ``ONEIL``, ``MCDONALD``.
    initials
        True when the first forename is an initial only.
    full
        Forenames and surname with spaces between.
    one_word
        True when a single bare word was given, which may be a forename or a surname. It stands in the more
        likely of the two fields; `as_forename` and `as_surname` both give it.
    """

    forenames: tuple[str, ...]
    surname: str | None
    initials: bool
    full: str
    one_word: bool = False

    @property
    def as_forename(self) -> str | None:
        """Return the first forename; for one bare word, that word."""
        if self.forenames:
            return self.forenames[0]
        return self.full if self.one_word else None

    @property
    def as_surname(self) -> str | None:
        """Return the surname; for one bare word, that word."""
        return self.surname or (self.full if self.one_word else None)

    @property
    def printed(self) -> str:
        """Return ``SURNAME, FORENAMES``, which `read_name` reads as this same name."""
        if self.surname and self.forenames:
            return f"{self.surname}, {' '.join(self.forenames)}"
        return self.full if self.one_word or not self.surname else f"{self.surname},"

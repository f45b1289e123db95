"""What two mentions are to each other, field by field, in SQL: the levels of the live comparison.

``a`` is the later mention, ``b`` the earlier; ``f``, ``s``, ``o``, ``t``, ``h`` and ``c`` are what Python was asked of
their forenames, surnames, whole names, streets, houses and postcodes.
"""

from __future__ import annotations

_FORENAME_BY_NAME = """CASE
 WHEN a.given IS NULL OR b.given IS NULL THEN NULL
 WHEN o.level = 'transposed' THEN 'transposed'
 WHEN a.given = b.given THEN CASE WHEN length(a.forename) > 1 THEN 'exact' ELSE 'initial' END
 ELSE f.level END"""

BEHIND_THE_FIRST = "replace(concat(substr({0}.given, length({0}.forename) + 1), {0}.surname), ' ', '')"
SAME_BEHIND_THE_FIRST = f"{BEHIND_THE_FIRST.format('a')} = {BEHIND_THE_FIRST.format('b')}"
"""As `everycall.identity.whole_names.same_behind_the_first` has it."""

_SURNAME_BY_NAME = f"""CASE
 WHEN a.surname IS NULL OR b.surname IS NULL THEN NULL
 WHEN o.level = 'transposed' THEN 'transposed'
 WHEN a.surname = b.surname THEN 'exact'
 WHEN a.given IS NOT NULL AND b.given IS NOT NULL AND {SAME_BEHIND_THE_FIRST} THEN 'exact'
 WHEN s.level = 'different' AND o.level = 'part' THEN 'part'
 ELSE s.level END"""

ONE_BY_ONE_WORD = "coalesce((a.given = a.surname) <> (b.given = b.surname), FALSE)"
"""Whether one of two is told by a single word, which may be either name."""

_WORD_IS_SURNAME = (
    f"({_FORENAME_BY_NAME}) IN ('different', 'near', 'initial') AND ({_SURNAME_BY_NAME}) <> 'different'"
)
_FORENAME = f"CASE WHEN {ONE_BY_ONE_WORD} AND {_WORD_IS_SURNAME} THEN NULL ELSE {_FORENAME_BY_NAME} END"
_SURNAME = f"CASE WHEN {ONE_BY_ONE_WORD} AND ({_SURNAME_BY_NAME}) = 'different' THEN NULL ELSE {_SURNAME_BY_NAME} END"
"""As `everycall.identity.whole_names.of_one_word` has it."""

_BY_BIRTH_DATE = """CASE
  WHEN a.born = b.born THEN 'same'
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 6, 2) = substr(b.born, 9, 2)
   AND substr(a.born, 9, 2) = substr(b.born, 6, 2) THEN 'swapped'
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 6, 2) = substr(b.born, 6, 2)
   THEN CASE WHEN levenshtein(a.born, b.born) = 1 OR substr(a.born, 9, 2) = reverse(substr(b.born, 9, 2))
    THEN 'one_digit' ELSE 'two_parts' END
  WHEN substr(a.born, 1, 4) = substr(b.born, 1, 4) AND substr(a.born, 9, 2) = substr(b.born, 9, 2)
   THEN CASE WHEN levenshtein(a.born, b.born) = 1 OR substr(a.born, 6, 2) = reverse(substr(b.born, 6, 2))
    THEN 'one_digit' ELSE 'two_parts' END
  WHEN substr(a.born, 6, 5) = substr(b.born, 6, 5)
   THEN CASE WHEN levenshtein(a.born, b.born) = 1 OR (substr(a.born, 1, 2) = substr(b.born, 1, 2)
     AND substr(a.born, 3, 2) = reverse(substr(b.born, 3, 2)))
    THEN 'one_digit' ELSE 'two_parts' END
  ELSE 'different' END"""
_BY_AGE = """CASE
 WHEN a.years_old IS NULL OR b.years_old IS NULL THEN NULL
 WHEN abs(a.years_old - b.years_old - (a.day - b.day) / 365.25e0) <= 2 THEN 'age'
 ELSE 'age_differs' END"""
_BORN = f"CASE WHEN a.born IS NOT NULL AND b.born IS NOT NULL THEN {_BY_BIRTH_DATE} ELSE {_BY_AGE} END"

BIRTH_NUMBER = "CAST(replace(born, '-', '') AS INTEGER)"
"""A birth date as a whole number, 20260131, of ``BORN_BY_NUMBERS``."""


def _slip(one: str, other: str, unit: int) -> str:
    """Return whether two numbers (SQL) of two digits that differ have one digit in common, or both turned round."""
    ones, other_ones, tens = f"{one} % {10 * unit}", f"{other} % {10 * unit}", f"{one} - {one} % {10 * unit}"
    return (
        f"({ones} = {other_ones} OR {tens} = {other} - {other_ones} OR {ones} * 100 + {tens} = {other} * 10)"
    )


_A_YEAR, _B_YEAR = "(a.born - a.born % 10000)", "(b.born - b.born % 10000)"
_A_MONTH, _B_MONTH = "(a.born % 10000 - a.born % 100)", "(b.born % 10000 - b.born % 100)"
_A_DAY, _B_DAY = "(a.born % 100)", "(b.born % 100)"
_ONE_MONTH, _ONE_DAY = f"{_A_MONTH} = {_B_MONTH}", f"{_A_DAY} = {_B_DAY}"
_A_DECADES, _B_DECADES = (f"({year} % 1000000)" for year in (_A_YEAR, _B_YEAR))
_ONE_CENTURY = f"{_A_YEAR} - {_A_DECADES} = {_B_YEAR} - {_B_DECADES}"
_YEAR_SLIP = f"""CASE WHEN {_ONE_CENTURY} THEN {_slip(_A_DECADES, _B_DECADES, 10_000)}
   ELSE {_A_DECADES} = {_B_DECADES} AND ({_A_YEAR} % 10000000 = {_B_YEAR} % 10000000
    OR {_A_YEAR} - {_A_YEAR} % 10000000 = {_B_YEAR} - {_B_YEAR} % 10000000) END"""

BORN_BY_NUMBERS = f"""CASE
 WHEN a.born IS NULL OR b.born IS NULL THEN {_BY_AGE}
 WHEN a.born = b.born THEN 'same'
 WHEN {_A_YEAR} = {_B_YEAR} THEN CASE
  WHEN {_A_MONTH} = {_B_DAY} * 100 AND {_B_MONTH} = {_A_DAY} * 100 THEN 'swapped'
  WHEN {_ONE_MONTH} THEN CASE WHEN {_slip(_A_DAY, _B_DAY, 1)} THEN 'one_digit' ELSE 'two_parts' END
  WHEN {_ONE_DAY} THEN CASE WHEN {_slip(_A_MONTH, _B_MONTH, 100)} THEN 'one_digit' ELSE 'two_parts' END
  ELSE 'different' END
 WHEN {_ONE_MONTH} AND {_ONE_DAY} THEN CASE WHEN {_YEAR_SLIP} THEN 'one_digit' ELSE 'two_parts' END
 ELSE 'different' END"""
"""The level of ``born`` where birth dates are whole numbers, which is many times faster: the same levels, by a test."""

_UPRNS_DIFFER = "coalesce(a.uprn <> b.uprn, FALSE)"

_ONE_POSTCODE = """(a.postcode IS NULL OR b.postcode IS NULL
   OR substr(a.postcode, 1, instr(concat(a.postcode, ' '), ' '))
    = substr(b.postcode, 1, instr(concat(b.postcode, ' '), ' '))
   OR levenshtein(a.postcode, b.postcode) <= 2)"""

NEAR = f"a.postcode IS NOT NULL AND b.postcode IS NOT NULL AND {_ONE_POSTCODE}"
_LOCATED = "coalesce(a.dwelling, a.building) IS NOT NULL AND coalesce(b.dwelling, b.building) IS NOT NULL"

_NAMED_FOR_THE_NUMBER = (
    "coalesce(a.house = concat('@', b.house_name) OR b.house = concat('@', a.house_name), FALSE)"
)

_ADDRESS = f"""CASE
 WHEN a.dwelling IS NOT NULL AND b.dwelling IS NOT NULL AND coalesce(a.uprn = b.uprn, a.dwelling = b.dwelling)
  THEN CASE
  WHEN a.dwelling_communal OR a.building_communal THEN NULL
  WHEN coalesce(a.uprn = b.uprn, FALSE) THEN 'dwelling'
  WHEN substr(a.house, 1, 1) <> '@' AND a.street <> b.street AND t.level = 'different' THEN 'same_number'
  ELSE 'dwelling' END
 WHEN {_UPRNS_DIFFER} THEN 'different'
 WHEN a.building = b.building AND a.postcode IS NOT NULL THEN CASE
  WHEN a.building_communal THEN NULL
  WHEN a.dwelling IS NOT NULL AND b.dwelling IS NOT NULL AND a.building <> a.dwelling AND a.building <> b.dwelling
   THEN 'neighbour'
  ELSE 'building' END
 WHEN {NEAR} AND {_NAMED_FOR_THE_NUMBER} AND (a.postcode = b.postcode OR a.street = b.street OR t.level = 'same')
  THEN CASE WHEN a.building_communal OR b.building_communal THEN NULL ELSE 'house' END
 WHEN a.house = b.house AND (a.street = b.street OR t.level = 'same') THEN CASE
  WHEN NOT {_ONE_POSTCODE} THEN 'elsewhere'
  WHEN a.building_communal OR b.building_communal THEN NULL
  ELSE 'house' END
 WHEN {NEAR} AND (a.street = b.street OR t.level = 'same')
  THEN CASE WHEN h.level = 'slip' THEN 'slip' WHEN {_LOCATED} THEN 'neighbour' ELSE 'street' END
 WHEN a.postcode = b.postcode THEN CASE
  WHEN NOT ({_LOCATED}) THEN 'postcode'
  WHEN a.street IS NULL OR b.street IS NULL THEN 'neighbour'
  ELSE 'other_street' END
 WHEN a.postcode IS NOT NULL AND b.postcode IS NOT NULL
  THEN CASE WHEN a.house = b.house THEN CASE WHEN c.level = 'slip' THEN 'other_street' ELSE 'different' END
   ELSE 'different' END
 WHEN a.street IS NOT NULL AND b.street IS NOT NULL
  THEN CASE WHEN a.street = b.street AND (a.house IS NULL OR b.house IS NULL) THEN 'street' ELSE 'different' END
 END"""

_ONE_CODE = "coalesce(a.postcode = b.postcode OR levenshtein(a.postcode, b.postcode) <= 2, FALSE)"
_BY_NUMBER = f"({_ONE_CODE} AND coalesce(a.house = b.house, FALSE))"


def _told(column: str, already: str) -> str:
    """Return the level of what an address tells beside its key: as `everycall.identity.told_beside` has it."""
    one, other = f"a.{column}", f"b.{column}"
    within = "instr(concat(' ', {}, ' '), concat(' ', {}, ' ')) > 0"
    shorter = f"least(length({one}), length({other}))"
    return f"""CASE WHEN {one} IS NULL OR {other} IS NULL OR {already} THEN NULL
 WHEN {one} = {other} OR {within.format(one, other)} OR {within.format(other, one)} OR levenshtein({one}, {other})
  <= CASE WHEN {shorter} < 4 THEN 0 WHEN {shorter} >= 8 AND instr(concat({one}, {other}), ' ') = 0 THEN 2 ELSE 1 END
  THEN 'same'
 ELSE 'different' END"""


MAY_BE_CROSSED = """a.given IS NOT NULL AND b.given IS NOT NULL AND a.surname IS NOT NULL AND b.surname IS NOT NULL
AND (a.given <> b.given OR a.surname <> b.surname)
AND (instr(concat(' ', b.given, ' '), concat(' ', a.surname, ' ')) > 0
 OR instr(concat(' ', a.given, ' '), concat(' ', b.surname, ' ')) > 0
 OR a.given_sound = b.sound OR b.given_sound = a.sound
 OR instr(b.given, concat(' ', substr(a.surname, 1, 1))) > 0 OR instr(a.given, concat(' ', substr(b.surname, 1, 1))) > 0
 OR instr(b.run_together, substr(a.run_together, 1, 3)) > 1
 OR instr(a.run_together, substr(b.run_together, 1, 3)) > 1)"""
"""Whose names may be told in another order: as `everycall.identity.whole_names.may_be_in_another_order` has it."""

LEVEL_OF = {
    "forename": _FORENAME,
    "surname": _SURNAME,
    "born": _BORN,
    "address": _ADDRESS,
    "town": _told("town", _ONE_CODE),
    "town_by_postcode": _told("town", f"NOT {_ONE_CODE}"),
    "house_name": _told("house_name", _BY_NUMBER),
    "house_name_by_number": _told("house_name", f"NOT {_BY_NUMBER}"),
}
"""The SQL of each comparison that is more than equal or not."""
BESIDE = ("town", "town_by_postcode", "house_name", "house_name_by_number")
"""What an address tells beside its key: weighed, and not kept of each pair."""

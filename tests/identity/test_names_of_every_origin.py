"""People are found alike whatever the origin of their names: orders, spellings, and parts that are left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from everycall.call import Party
from everycall.identity.compare import compare
from everycall.identity.likeness import forename_level, surname_level
from everycall.identity.mention import Mention, mention_of
from everycall.identity.model import shipped_model
from everycall.identity.normalise.names import read_name
from everycall.identity.whole_names import in_another_order

DAY = date(2026, 6, 12)


def person(name: str, **told: Any) -> Mention:
    return mention_of("caller", Party(name=name, **told), "victim")


@pytest.mark.parametrize(
    ("names", "forename", "surname"),
    [
        (("Wong Ka Ming", "Ka Ming Wong", "Ka-Ming Wong", "Kaming Wong", "WONG Ka Ming"), "KAMING", "WONG"),
        (("Nguyen Thi Lan", "Lan Nguyen", "Nguyễn Thị Lan", "Thi Lan Nguyen", "Lan Thi Nguyen"), "LAN", "NGUYEN"),
        (("Nguyen Van Minh", "Minh Van Nguyen", "Nguyen, Minh"), "MINH", "NGUYEN"),
        (("Kowalski Adam", "ADAM KOWALSKI", "Kowalski, Adam"), "ADAM", "KOWALSKI"),
        (("Popescu Ion", "Ion Popescu"), "ION", "POPESCU"),
        (("Kit Min Ma", "Ma, Kit Min"), "KITMIN", "MA"),
        (("Bin Laith Jamal", "Jamal Bin Laith", "Bin Laith, Jamal"), "JAMAL", "BIN LAITH"),
        (("De La Cruz Maria", "Maria de la Cruz"), "MARIA", "DE LA CRUZ"),
    ],
)  # fmt: skip
def test_a_name_told_with_the_familys_first_is_read_as_in_the_other_order(
    names: tuple[str, ...], forename: str, surname: str
) -> None:
    for name in names:
        read = read_name(name)
        assert read is not None
        assert (read.forenames[0], read.surname) == (forename, surname), name


@pytest.mark.parametrize("name", ["Lee Smith", "Anna Le Blanc", "May Long", "Kim Lee", "Do Santos"])
def test_a_name_of_the_west_stays_as_it_was_told(name: str) -> None:
    read = read_name(name)
    assert read is not None
    assert read.forenames[0] == name.split()[0].upper()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHOUDHURY", "CHOWDHRY"), ("KOWALSKI", "KOWALSKA"), ("KAZLAUSKAS", "KAZLAUSKIENE"), ("MCDONALD", "MACDONALD"),
        ("ONEILL", "NEILL"), ("OSMAN", "UTHMAN"), ("XU", "HSU"), ("DIALLO", "JALLOW"),
        ("HOSSIAN", "HUSSAIN"), ("AL MASRI", "EL MASRY"), ("AL RASHEED", "RASHID"),
    ],
)  # fmt: skip
def test_spellings_and_forms_of_one_surname_are_similar(one: str, other: str) -> None:
    assert surname_level(one, other) == surname_level(other, one) == "similar"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("OLUWASEUN", "SEUN", "nickname"),
        ("ADEKUNLE", "KUNLE", "nickname"),
        ("KAHLID", "KHALED", "similar"),  # a slip for another spelling
        ("SANAH", "SARAH", "similar"),
        ("HAR RISON", "HARRISON", "exact"),
        ("MOHAMMED IMRAN", "IMRAN", "nickname"),
        ("MOHAMMED IMRAN", "MOHAMMED BILAL", "near"),
        ("GURPREET SINGH", "GURPREET", "exact"),
        ("PAUL", "PAULA", "near"),
        ("JEAN", "JOAN", "near"),
        ("MINH", "LINH", "different"),
    ],
)
def test_forenames_of_one_or_of_two(one: str, other: str, level: str) -> None:
    assert forename_level(one, other) == forename_level(other, one) == level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("MENSAH", "YAW"), ("YAW", "MENSAH")),
        (("KOWALSKY", "PIOTR"), ("PIOTR", "KOWALSKI")),
        (("POPA", "ANAMARIA"), ("ANA MARIA", "POPA")),
        (("BELLO", "NNAMDI"), ("NNAMDI", "BLELO")),
    ],
)
def test_the_same_names_in_another_order_are_transposed(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert in_another_order(*one, *other) == in_another_order(*other, *one) == "transposed"


def test_two_names_that_share_one_word_are_not_transposed() -> None:
    assert in_another_order("ALI", "HASSAN", "OMAR", "ALI") is None
    assert in_another_order("JAMES", "MARTIN", "MARTIN", "CLARKE") is None


def test_a_double_name_without_its_hyphen_agrees_in_part() -> None:
    score = compare(person("Anna Smith Jones"), person("Anna Smith"), DAY, DAY, shipped_model())
    assert (score.level("forename"), score.level("surname")) == ("exact", "part")
    assert surname_level("LEWISJACKSON", "JACKSON") == "part"
    assert surname_level("AL HASSAN", "HASSAN") == "part"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Lewis-Rogers", "Anna Lewis Rogers"),
        ("Anna Lewis-Rogers", "Anna Rogers-Lewis"),
        ("Anna LewisRogers", "Anna Lewis Rogers"),
        ("Nasser Al-Masri", "Nasser A LMasri"),
    ],
)
def test_the_same_two_halves_are_one_surname_however_they_are_typed(one: str, other: str) -> None:
    for mine, theirs in ((one, other), (other, one)):
        assert compare(person(mine), person(theirs), DAY, DAY, shipped_model()).level("surname") == "exact"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Anna Lewis Rogers", "Anna Lwis", "part"),
        ("Anna Lewwis Rogers", "Anna Lewis", "part"),
        ("John Mark Pobjoy", "John Marks", "different"),  # a forename, not a half of the surname
        ("Anna Wood Pobjoy", "Anna Woods", "different"),  # another name of a list, not a slip
        ("Anna Lewis Rogers", "Anna Foster", "different"),
        ("Anna Lewis Rogers", "Paula Lwis", "different"),
    ],
)
def test_half_of_a_name_with_a_slip_is_a_part_of_it(one: str, other: str, level: str) -> None:
    for mine, theirs in ((one, other), (other, one)):
        assert compare(person(mine), person(theirs), DAY, DAY, shipped_model()).level("surname") == level


def test_names_alike_are_asked_about_never_asserted() -> None:
    """Twins of a like name: the same birth date, home and family name."""
    told: dict[str, Any] = {
        "date_of_birth": date(1999, 9, 9), "address": "21 Osier Way", "postcode": "PE13 9ZT",
    }  # fmt: skip
    twins = compare(person("Paul Garrod", **told), person("Paula Garrod", **told), DAY, DAY, shipped_model())
    assert not twins.contradicted
    assert not twins.personal


@pytest.mark.parametrize(
    "name", ["Kwame Mensah", "Nguyen Thi Lan", "Wong Ka Ming", "Agnieszka Wisniewska", "Ifeoma Okafor", "Leena Bhogal"]
)  # fmt: skip
def test_a_name_alone_makes_nobody_one_person(name: str) -> None:
    score = compare(person(name), person(name), DAY, DAY, shipped_model())
    assert score.probability(850_000) < 0.95


def test_an_address_without_its_postcode_still_meets_the_home() -> None:
    one = person("Nora Tinsdale", address="21 Osier Way")
    assert one.located
    score = compare(
        one, person("Nora Tinsdale", address="21 Osier Way", postcode="PE13 9ZT"), DAY, DAY, shipped_model()
    )
    assert score.level("address") == "house"
    other = compare(
        one, person("Nora Tinsdale", address="4 Osier Way", postcode="PE13 9ZT"), DAY, DAY, shipped_model()
    )
    assert other.level("address") == "different"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HUGHES HILL", "HUDHES"),
        ("KING CLARKE", "KNIG"),
        ("WATSON", "HALL WATSOON"),
        ("ROBERTS MORGAN", "ROBRTS HILL"),
    ],
)
def test_a_part_of_a_double_barrelled_name_may_have_a_slip_in_it(one: str, other: str) -> None:
    assert surname_level(one, other) == surname_level(other, one) == "part"


@pytest.mark.parametrize(
    ("one", "other"), [("SMITH JONES", "HILL"), ("VAN DYKE", "VAN DAM"), ("COX HILL", "COS")]
)
def test_other_names_are_no_part_of_a_double_barrelled_one(one: str, other: str) -> None:
    assert surname_level(one, other) == surname_level(other, one) == "different"


def test_a_forename_of_two_words_is_one_whatever_stands_behind_it() -> None:
    assert forename_level("ABDUL RAHMAN", "ABDULRAHMAN HASSAN") == "exact"
    assert forename_level("MARYANN LOUISE", "MARY ANN") == "exact"
    assert forename_level("NOURA", "NORA") == "nickname"


@pytest.mark.parametrize(("one", "other"), [("JHN", "JOHN"), ("MRY", "MARY"), ("PUL", "PAUL")])
def test_a_letter_left_out_of_a_short_forename_is_a_slip(one: str, other: str) -> None:
    assert forename_level(one, other) == forename_level(other, one) == "similar"


@pytest.mark.parametrize(("one", "other"), [("HAN", "HANH"), ("JON", "JOAN"), ("LEE", "LEAH")])
def test_another_short_forename_is_no_slip(one: str, other: str) -> None:
    assert forename_level(one, other) == forename_level(other, one) in ("different", "near", "nickname")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gao Ying Wei", "Yingwei Gao"),
        ("Lee Siu Winng", "Siu-Wing Li"),
        ("Al-Hassan Abdulrahman", "Abdul Rahman Hassan"),
        ("Almasri Yusuf", "Yousef Al-Masri"),
    ],
)
def test_the_familys_name_may_stand_first_in_another_spelling(one: str, other: str) -> None:
    assert _level("forename", one, other) not in ("different", "near", None)
    assert _level("surname", one, other) not in ("different", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hong Thu Nguyen", "Nguyen Thu Thuy"),
        ("Dung Thi Nguyen", "Nguyen Thi Ngoc"),
        ("David Harris Jackson", "Jack Harris Jackson"),
        ("Harry White-Harris", "Sarah White Harris"),
        ("Li Ka Wong", "Wong Yee Li"),
    ],
)
def test_kin_with_one_name_in_common_are_two_people(one: str, other: str) -> None:
    assert _level("forename", one, other) in ("different", "near")


@pytest.mark.parametrize(
    ("told", "forenames", "surname"),
    [
        ("Abu-Bakr Faisal", ("FAISAL",), "ABU BAKR"),
        ("El-Masry Ziad", ("ZIAD",), "EL MASRY"),
        ("Gao Ying Wei", ("GAO", "YING"), "WEI"),
        ("Yuen Na Lee", ("YUENNA",), "LEE"),
        ("Al Green", ("AL",), "GREEN"),
    ],
)
def test_a_familys_name_told_first_is_read_as_one(
    told: str, forenames: tuple[str, ...], surname: str
) -> None:
    name = read_name(told)
    assert name is not None
    assert (name.forenames, name.surname) == (forenames, surname)


def _level(field: str, one: str, other: str) -> str | None:
    mine, theirs = (mention_of("caller", Party(name=name), "victim") for name in (one, other))
    return compare(mine, theirs, date(2026, 6, 1), date(2026, 6, 1), shipped_model()).level(field)

"""However a name is typed, it is the same name; and nobody is made up where nobody was named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.identity.normalise.forenames import same_forename_family
from everycall.identity.normalise.names import read_name


def taken(text: str) -> tuple[tuple[str, ...], str | None]:
    name = read_name(text)
    assert name is not None
    return name.forenames, name.surname


@pytest.mark.parametrize(
    "text",
    ["Maureen Peck", "maureen  PECK", "PECK, Maureen", "PECK Maureen", "Mrs Maureen Peck", "Peck, Mrs. Maureen",
     "Maureen Peck, Mrs", "MAUREEN PECK (VICTIM)", "Maureen Peck OBE", "Peck, Maureen Mrs"],
)  # fmt: skip
def test_order_case_title_and_comma_do_not_matter(text: str) -> None:
    assert taken(text) == (("MAUREEN",), "PECK")


@pytest.mark.parametrize(
    ("text", "forenames", "surname"),
    [
        ("Łukasz Nowak", ("LUKASZ",), "NOWAK"),
        ("Siân O'Neil-Hughes", ("SIAN",), "ONEIL HUGHES"),
        ("Sian O’Neil", ("SIAN",), "ONEIL"),
        ("John O Brien", ("JOHN",), "OBRIEN"),
        ("John O Smith", ("JOHN", "O"), "SMITH"),
        ("Ian Mc Donald", ("IAN",), "MCDONALD"),
        ("Jan van der Berg", ("JAN",), "VAN DER BERG"),
        ("Ana de Souza", ("ANA",), "DE SOUZA"),
        ("Fatima Al-Hassan", ("FATIMA",), "AL HASSAN"),
        ("Mary-Ann Smith-Jones", ("MARY", "ANN"), "SMITH JONES"),
        ("Mr and Mrs J Hart", ("J",), "HART"),
        ("Ada and Bo Hart", ("ADA",), "HART"),
        ("PATEL PRIYA", ("PRIYA",), "PATEL"),
        ("JP Smith", ("J", "P"), "SMITH"),
        ("PC 1234 Jones", (), "JONES"),
        ("Lee Child", ("LEE",), "CHILD"),
        ("Ada 😀 Finch", ("ADA",), "FINCH"),
    ],
)
def test_marks_particles_and_pairs(text: str, forenames: tuple[str, ...], surname: str) -> None:
    assert taken(text) == (forenames, surname)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "ANON", "Anonymous", "REFUSED", "withheld", "N/K", "NFA", "MALE CALLER", "Female", "THE OCCUPIER",
     "Police",
     "TEST", "STAFF", "shop manager", "?", "😀", "1234", "Not given", "C7214 x", "Mr"],
)  # fmt: skip
def test_nobody_was_named(text: str) -> None:
    assert read_name(text) is None


def test_missing_stays_missing() -> None:
    assert read_name(None) is None


def test_an_initial_is_marked_and_belongs_to_no_family() -> None:
    name = read_name("K Oduya")
    assert name is not None
    assert name.initials
    assert not same_forename_family("K", "KATHARINE")


def test_one_bare_word_can_be_compared_as_either() -> None:
    name = read_name("Zubrovka")
    assert name is not None
    assert name.one_word
    assert (name.as_forename, name.as_surname) == ("ZUBROVKA", "ZUBROVKA")


def test_a_title_makes_one_word_a_surname() -> None:
    name = read_name("Mrs Oduya")
    assert name is not None
    assert (name.surname, name.as_forename, name.one_word) == ("ODUYA", None, False)


@pytest.mark.parametrize(
    "pair",
    [("KATHARINE", "CATHRYN"), ("KATH", "KATHARINE"), ("MO", "MAUREEN"), ("BILL", "WILLIAM"), ("MUHAMMAD", "MOHAMMED"),
     ("KASIA", "KATARZYNA"), ("SEAN", "SHAUN"),
     ("ALEX", "ALEXANDRA"), ("ALEX", "ALEXANDER"), ("IONUT", "ION"), ("USMAN", "OSMAN")],
)  # fmt: skip
def test_short_forms_and_spellings_are_one_family(pair: tuple[str, str]) -> None:
    assert same_forename_family(*pair)
    assert same_forename_family(*reversed(pair))


@pytest.mark.parametrize("pair", [("TINA", "TARA"), ("FRANCES", "FAY"), ("ALEXANDER", "ALEXANDRA"), ("", "")])
def test_different_people_are_not(pair: tuple[str, str]) -> None:
    assert not same_forename_family(*pair)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_ascii(text: str) -> None:
    name = read_name(text)
    if name is not None:
        assert name.full.isascii()
        assert name.full == name.full.upper()
        assert name.forenames or name.surname


WORDS = st.sampled_from(
    [
        "Maureen",
        "Ada",
        "Lukasz",
        "K",
        "Mary-Ann",
        "Peck",
        "Smith-Jones",
        "O'Neil",
        "Van",
        "Der",
        "Berg",
        "Al",
        "Mc",
        "Donald",
        "Jr",
        "Mrs",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=5).filter(lambda words: "Jr" not in words[:2]))
def test_the_printed_form_is_read_as_the_same_name(words: list[str]) -> None:
    name = read_name(" ".join(words))
    if name is not None:
        again = read_name(name.printed)
        assert again is not None
        assert (again.forenames, again.surname) == (name.forenames, name.surname)


@given(st.sampled_from(["Maureen Peck", "Sian O'Neil-Hughes", "K. Oduya", "Mrs Ada Finch"]), st.data())
def test_case_and_spaces_do_not_matter(text: str, data: st.DataObject) -> None:
    spaced = "".join(letter * data.draw(st.integers(1, 3)) if letter == " " else letter for letter in text)
    for changed in (spaced, spaced.upper(), spaced.lower(), f"  {spaced}. "):
        assert read_name(changed) == read_name(text)

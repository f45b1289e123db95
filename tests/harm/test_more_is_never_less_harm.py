"""Whatever is added never lowers points or band, and supposing is the same as weighing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everycall import codes
from everycall.assessment import Finding, Truth
from everycall.harm.matrix import default_path, load
from everycall.harm.weigh import prepare, weigh, weighed_if

MATRIX = load(default_path())
assert MATRIX is not None
BANDS = ["standard", "medium", "high"]
NAMES = sorted({name for part in MATRIX.parts for name in part.findings})
FACTS = sorted({fact for one in MATRIX.overrides for fact in one.facts} | {"threat_made", "assault"})

answers = st.fixed_dictionaries(
    {}, optional={q: st.sampled_from(sorted(a)) for q, a in codes.answers().items()}
)
finding = st.builds(
    lambda indicator, who, assertion, strength, source: Finding.model_validate(
        {
            "indicator": indicator,
            "who": who,
            "assertion": assertion,
            "strength": strength,
            "source": source,
            "said_by": "self",
            "class": "situation",
            "rule": "made_up",
        }
    ),
    st.sampled_from(NAMES),
    st.sampled_from(["victim", "household", "suspect", "unknown"]),
    st.sampled_from(["present", "possible", "denied"]),
    st.sampled_from(["strong", "weak"]),
    st.sampled_from(["answer", "log", "flag", "history"]),
)
facts = st.dictionaries(st.sampled_from(FACTS), st.sampled_from(list(Truth)))
counts = st.none() | st.integers(0, 12)


@given(answers, st.lists(finding, max_size=4), facts, counts, finding)
def test_a_finding_more(
    given_: dict[str, str], found: list[Finding], known: dict, n: int, more: Finding
) -> None:
    before = weigh(given_, found, known, n, MATRIX)
    after = weigh(given_, [*found, more], known, n, MATRIX)
    assert after.points >= before.points
    assert BANDS.index(after.band) >= BANDS.index(before.band)
    assert BANDS.index(after.could_reach) >= BANDS.index(before.could_reach)


@given(answers, facts, counts, st.sampled_from(FACTS))
def test_a_fact_more(given_: dict[str, str], known: dict, n: int, more: str) -> None:
    before = weigh(given_, (), known, n, MATRIX)
    after = weigh(given_, (), {**known, more: Truth.YES}, n, MATRIX)
    assert after.points >= before.points
    assert BANDS.index(after.band) >= BANDS.index(before.band)


@given(answers, facts, counts, st.data())
def test_an_answer_more_stays_within_what_could_be_reached(
    given_: dict[str, str], known: dict, n: int, data: st.DataObject
) -> None:
    open_ = sorted(set(codes.answers()) - set(given_))
    before = weigh(given_, (), known, n, MATRIX)
    for question in open_:
        answer = data.draw(st.sampled_from(sorted(codes.answers()[question])))
        after = weigh({**given_, question: answer}, (), known, n, MATRIX)
        assert after.points >= before.points
        assert BANDS.index(after.band) >= BANDS.index(before.band)
        if not after.overrides:
            assert BANDS.index(after.could_reach) <= BANDS.index(before.could_reach)
        if after.points > before.points:
            assert question in before.unknown


@given(answers, facts, st.integers(0, 12))
def test_counting_the_incidents_never_leads_past_what_could_be_reached(
    given_: dict[str, str], known: dict, n: int
) -> None:
    unsure = weigh(given_, (), known, None, MATRIX)
    counted = weigh(given_, (), known, n, MATRIX)
    assert counted.points >= unsure.points
    assert BANDS.index(counted.could_reach) <= BANDS.index(unsure.could_reach)


@given(answers, st.lists(finding, max_size=4), facts, counts)
def test_supposing_is_weighing_and_the_parts_add_up(
    given_: dict[str, str], found: list[Finding], known: dict, n: int
) -> None:
    whole = weigh(given_, found, known, n, MATRIX)
    quick = weighed_if(prepare(found, known, n, MATRIX), given_)
    assert (quick.points, quick.band, quick.could_reach) == (whole.points, whole.band, whole.could_reach)
    assert sum(part.points for part in whole.parts) == whole.points
    assert weigh(given_, found[::-1], known, n, MATRIX) == whole

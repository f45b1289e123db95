from hypothesis import given
from hypothesis import strategies as st

from everycall.call import LogLine
from everycall.vulnerability.words.loose_text import ANY_DAY
from everycall.vulnerability.words.reading import read

LINES = st.lists(
    st.sampled_from([
        "22:14 C4410 LIVES ALONE, FRIGHTENED",
        "VULNERABLE? N",
        "Operator (Dean): is anyone hurt?",
        "Visitor 88213: cant talk out loud hes downstairs, he has my keys",
        "she is 81 and in a wheelchair",
        "  ",
        "KE10 NO COMPLAINTS. NFA",
    ]),
    min_size=1, max_size=6,
)  # fmt: skip


@given(LINES)
def test_a_log_in_one_text_says_what_its_lines_say(lexicon, lines):
    text = "\n".join(lines)
    whole = read([LogLine(text=text)], ANY_DAY, lexicon)
    apart = read([LogLine(text=line) for line in lines], ANY_DAY, lexicon)
    begins = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]

    def told(found, together):
        for one in found:
            start = one.start if together else begins[one.line] + one.start
            end = one.end if together else begins[one.line] + one.end
            yield start, end, getattr(one, "code", ""), getattr(one, "assertion", ""), getattr(one, "who", "")

    for kind in ("findings", "templates", "ages"):
        assert list(told(getattr(whole, kind), True)) == list(told(getattr(apart, kind), False))
    assert {one.line for one in whole.findings} <= {0}
    assert all(text[one.start : one.end] == one.text for one in whole.findings)

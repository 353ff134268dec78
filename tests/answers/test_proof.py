"""A line of evidence names a file that can be found again, or is words and nothing more."""

from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.proof import mark_of, name_of, reference

names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(names, digests)
def test_a_reference__gives_back_name_and_mark(name: str, digest: str) -> None:
    line = reference(name, digest)
    assert (name_of(line), mark_of(line)) == (name, digest[:16])


def test_words__mean_no_file() -> None:
    for words in ("看过台账", "磅单 #12", "#标签", "", "a #0123456789abcdeg", "a #0123456789abcdef 已核"):
        assert mark_of(words) == ""
        assert name_of(words) == words

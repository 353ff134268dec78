"""YAML is read strictly: what means two things, or hides something, is refused with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from assessor.pack.yamlfile import parse_yaml, read_yaml
from tests.pack.build import line_told


def parsed(text: str) -> object:
    document = parse_yaml(text.encode(), "t.yaml")
    assert not document.problems
    return document.data


def faults(text: str | bytes) -> list[tuple[str, str]]:
    raw = text.encode() if isinstance(text, str) else text
    return [(problem.code, line_told(problem)) for problem in parse_yaml(raw, "t.yaml").problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", 1),
        ("a: -3", -3),
        ("a: 0", 0),
        ("a: 012", "012"),
        ("a: 0x1F", "0x1F"),
        ("a: 1_000", "1_000"),
        ("a: 1e3", "1e3"),
        ("a: 1.", "1."),
        ("a: .5", ".5"),
        ("a: +1", "+1"),
        ("a: 12:30", "12:30"),
        ("a: 2024-09-04", "2024-09-04"),
        ("a: .inf", ".inf"),
        ("a: .nan", ".nan"),
        ("a: '1'", "1"),
        ('a: "No"', "No"),
        ("a: 'yes'", "yes"),
        ("a: true", True),
        ("a: false", False),
        ("a: null", None),
        ("a: 不", "不"),
    ],
)
def test_a_scalar_means_one_thing(text: str, value: object) -> None:
    found = parsed(text)
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


@pytest.mark.parametrize("digits", ["0.7", "1.875", "0.1", "100.000", "0.12345678901234567890123456789"])
def test_decimals__stay_exact(digits: str) -> None:
    found = parsed(f"a: {digits}")
    assert isinstance(found, dict)
    assert isinstance(found["a"], Decimal)
    assert str(found["a"]) == digits


@pytest.mark.parametrize(
    "word", ["No", "no", "NO", "yes", "Yes", "on", "On", "off", "OFF", "~", "Null", "NULL", "True", "FALSE"]
)
def test_a_bare_word_that_means_yes_or_no__is_refused(word: str) -> None:
    assert faults(f"x: 1\na: {word}") == [("yaml-bare-word", "t.yaml:2")]


@pytest.mark.parametrize("word", ["No", "on", "y: 1\nyes", "null", "true"])
def test_a_bare_word_as_a_key__is_refused(word: str) -> None:
    line = word.count("\n") + 1
    assert faults(f"{word}: 1") == [("yaml-bare-word", f"t.yaml:{line}")]


def test_a_bare_word_in_a_list__is_refused() -> None:
    assert faults("a:\n  - 是\n  - off\n") == [("yaml-bare-word", "t.yaml:3")]


def test_a_key_written_twice__is_refused_at_the_second_place() -> None:
    assert faults("a: 1\nb: 2\na: 3\n") == [("yaml-duplicate-key", "t.yaml:3")]


def test_a_key_written_twice_deep_inside__is_refused() -> None:
    assert faults("a:\n  - {b: 1}\n  - b: 1\n    c: 2\n    b: 3\n") == [("yaml-duplicate-key", "t.yaml:5")]


def test_an_empty_value__is_refused() -> None:
    assert faults("a: 1\nb:\n") == [("yaml-forbidden", "t.yaml:2")]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: &x 2\n",
        "a: 1\nb: *x\n",
        "a: 1\nb: !!python/object/apply:os.getcwd []\n",
        "a: 1\nb: !!str 2\n",
        "a: 1\nb: !mine 2\n",
        "a: 1\nb: [1, 2\n",
        "a: 1\nb: 'open\n",
        "a: 1\n b: 2\n",
        "a: 1\n--- \nb: 2\n",
        "a: 1\n\tb: 2\n",
    ],
)
def test_what_hides_or_breaks__is_refused_near_its_line(text: str) -> None:
    [(code, where)] = faults(text)
    assert code == "yaml-syntax"
    assert where in {"t.yaml:2", "t.yaml:3"}


@pytest.mark.parametrize("key", ["[1, 2]", "{b: c}"])
def test_a_key_that_is_no_word__is_refused(key: str) -> None:
    assert faults(f"a: 1\nb:\n  ? {key}\n  : 3\n") == [("yaml-forbidden", "t.yaml:3")]


def test_a_merge_key__merges_nothing() -> None:
    assert parsed("a: {b: 1}\nc: {<<: {b: 1}, d: 2}") == {"a": {"b": 1}, "c": {"<<": {"b": 1}, "d": 2}}


def test_a_byte_order_mark__is_passed_over() -> None:
    document = parse_yaml(b"\xef\xbb\xbfa: 1\n", "t.yaml")
    assert document.data == {"a": 1}
    assert not document.problems


@pytest.mark.parametrize("raw", ["编号".encode("gb18030"), b"a: \xff\xfe", "a: 1".encode("utf-16")])
def test_text_that_is_not_utf8__is_refused(raw: bytes) -> None:
    assert faults(raw) == [("yaml-syntax", "t.yaml:1")]


def test_an_empty_file__holds_nothing() -> None:
    assert parsed("") is None


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 30 + "1" + "]" * 30,
        "a: " + "{b: " * 30 + "1" + "}" * 30,
        "".join(f"{' ' * depth}k:\n" for depth in range(30)) + " " * 30 + "k: 1\n",
    ],
)
def test_deep_nesting__is_refused_once(text: str) -> None:
    codes = [code for code, _ in faults(text)]
    assert codes == ["yaml-too-big"]


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "[" * 900 + "]" * 900, "- " * 50_000 + "1"])
def test_absurd_nesting__is_refused_and_does_no_harm(text: str) -> None:
    codes = {code for code, _ in faults(text)}
    assert codes <= {"yaml-syntax", "yaml-too-big"}
    assert codes


def test_a_huge_file__is_not_read_through(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"# " + b"x" * 2_000_000)
    document = read_yaml(path, "big.yaml")
    assert [problem.code for problem in document.problems] == ["yaml-too-big"]
    assert document.data is None


def test_a_file_that_is_not_there__is_a_problem_not_an_exception(tmp_path: Path) -> None:
    document = read_yaml(tmp_path / "none.yaml", "none.yaml")
    assert [(problem.code, line_told(problem)) for problem in document.problems] == [
        ("file-unreadable", "none.yaml:1")
    ]


def test_all_faults__are_told_in_one_reading() -> None:
    text = "a: 1\na: 2\nb: No\nc:\nd: {e: 1, e: 2}\n"
    assert faults(text) == [
        ("yaml-duplicate-key", "t.yaml:2"),
        ("yaml-bare-word", "t.yaml:3"),
        ("yaml-forbidden", "t.yaml:4"),
        ("yaml-duplicate-key", "t.yaml:5"),
    ]


def test_a_place__knows_its_line_or_that_of_the_nearest_place_around_it() -> None:
    document = parse_yaml(b"a:\n  - b: 1\n  - b: 2\n", "t.yaml")
    assert document.where(("a", 1, "b")) == "t.yaml:3:5"
    assert document.where(("a", 1, "none", "deeper")) == "t.yaml:3:5"
    assert document.where(("nothing",)) == "t.yaml:1:1"

"""Who the firm is: credit code, region, industry and size class, each by its standard."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.findings import find
from assessor.answers.firm import (
    ALPHABET,
    check_industry,
    check_region,
    check_uscc,
    current_region,
    doubt_uscc,
    industry_name,
    is_invented,
    region_name,
    size_class,
)
from assessor.answers.model import Answers
from assessor.pack.model import Pack

# GB 32100-2015 and GB 11714, typed from the standard: nothing of the program's own tables is used here.
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def with_check(body: str) -> str:
    """17 characters with the 18th that belongs to them."""
    total = sum(CHARACTERS.index(char) * weight for char, weight in zip(body, WEIGHTS, strict=True))
    return body + CHARACTERS[-total % 31]


def with_inner(organisation: str) -> str:
    """8 characters of an organisation code with the 9th that belongs to them."""
    values = [ord(char) - 55 if char > "9" else int(char) for char in organisation]
    rest = 11 - sum(value * weight for value, weight in zip(values, INNER_WEIGHTS, strict=True)) % 11
    return organisation + {10: "X", 11: "0"}.get(rest, str(rest))


GOOD = "91110000600037341L"  # the example in the documentation of python-stdnum


def codes(uscc: str) -> list[str]:
    return [problem.code for problem in check_uscc(uscc)]


def doubts(uscc: str, pack: Pack) -> list[str]:
    return [finding.code for finding in doubt_uscc(uscc, pack.regions)]


def test_the_characters__are_those_of_the_standard() -> None:
    assert ALPHABET == CHARACTERS
    assert len(ALPHABET) == 31


@pytest.mark.parametrize(
    "uscc",
    [
        GOOD,
        "91520100MA00004450",  # Σ mod 31 = 0: the check character is 0, not one beyond the alphabet
        "91520100MA000004XK",  # inner check character X
        "9152A100MA00000077",  # letters where the region stands: doubtful, not impossible
        with_check("N2520100" + with_inner("MA000000")),  # a registering authority added later
    ],
)
def test_a_credit_code_that_may_exist__is_taken(uscc: str) -> None:
    assert codes(uscc) == []


@pytest.mark.parametrize(
    ("uscc", "code"),
    [
        ("", "uscc-shape"),
        (GOOD[:-1], "uscc-shape"),
        (GOOD + "0", "uscc-shape"),
        ("9111000060003734IL", "uscc-shape"),
        ("9111000060003734OL", "uscc-shape"),
        ("9111000060003734SL", "uscc-shape"),
        ("9111000060003734VL", "uscc-shape"),
        ("9111000060003734ZL", "uscc-shape"),
        ("9111000060003734-L", "uscc-shape"),
        ("91110000600037341l", "uscc-shape"),
        ("９1110000600037341L", "uscc-shape"),
        ("91110000600037341K", "uscc-check"),
        ("91110000600037314L", "uscc-check"),
    ],
)
def test_a_credit_code_that_cannot_exist__is_refused(uscc: str, code: str) -> None:
    assert codes(uscc) == [code]


def test_a_wrong_check_character__is_answered_with_the_right_one() -> None:
    [problem] = check_uscc("91110000600037341K")
    assert "校验位应为 L" in problem.what


@given(st.text(CHARACTERS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(CHARACTERS))
def test_one_wrong_character__is_always_found(body: str, place: int, other: str) -> None:
    good = with_check(body)
    assert codes(good) == []
    wrong = good[:place] + other + good[place + 1 :]
    assert codes(wrong) == ([] if wrong == good else ["uscc-check"])


@given(st.text(CHARACTERS, min_size=17, max_size=17), st.integers(0, 15))
def test_two_neighbours_exchanged__are_always_found(body: str, place: int) -> None:
    good = with_check(body)
    wrong = good[:place] + good[place + 1] + good[place] + good[place + 2 :]
    assert codes(wrong) == ([] if wrong == good else ["uscc-check"])


@pytest.mark.parametrize(
    ("uscc", "expected"),
    [
        ("91520100MA0000007B", []),
        ("91000000MA0000007C", ["uscc-invented"]),
        ("91990000MA0000007X", ["uscc-region"]),
        ("9152A100MA00000077", ["uscc-region"]),
        ("91520100MA0000010N", ["uscc-inner"]),
        (with_check("91990000MA0000010"), ["uscc-region", "uscc-inner"]),
    ],
)
def test_a_credit_code_that_may_be_doubted__is_a_finding(
    common: Pack, uscc: str, expected: list[str]
) -> None:
    assert doubts(uscc, common) == expected


def test_an_impossible_credit_code__is_not_doubted_as_well(common: Pack) -> None:
    assert codes("91990000MA0000010Y") != []
    assert doubts("91990000MA0000010Y", common) == []


def test_an_invented_code__is_one_of_no_region() -> None:
    assert is_invented("91000000MA0000007C")
    assert not is_invented(GOOD)


@pytest.mark.parametrize("raw", ["91520100ma0000007b", " 91520100MA0000007B\n", "91520100Ma0000007b"])
def test_a_credit_code_in_small_letters__is_taken_in_capitals(common: Pack, raw: str) -> None:
    answers, problems = parse_answers({"firm": {"uscc": raw}}, common, "a.json")
    assert not problems
    assert answers.fact("uscc") == "91520100MA0000007B"


def test_a_doubtful_code__is_a_finding_of_the_assessment(common: Pack) -> None:
    answers, _ = parse_answers({"firm": {"uscc": "91000000MA0000007C"}}, common, "a.json")
    assert [(finding.code, finding.ids) for finding in find(common, answers)] == [
        ("uscc-invented", ("uscc",))
    ]


# -- region --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["520000", "520100", "520382", "520181", "522702", "110000", "310115", "520222", "522400"]
)
def test_a_region_that_is_or_was__is_taken(common: Pack, code: str) -> None:
    assert check_region(code, common.regions) == []


@pytest.mark.parametrize(
    "code", ["", "52", "52010", "5201000", "520199", "990000", "52010a", "５２０１００", "000000"]
)
def test_a_region_that_never_was__is_refused(common: Pack, code: str) -> None:
    assert [problem.code for problem in check_region(code, common.regions)] == ["region-code"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("520222", "520281"),
        ("520221", "520204"),
        ("520522", "520581"),
        ("522322", "522302"),
        ("520321", "520304"),
        ("522400", "520500"),
        ("522200", "520600"),
        ("520100", "520100"),
        ("110105", "110105"),
    ],
)
def test_an_old_region_code__leads_to_the_one_in_force(common: Pack, old: str, new: str) -> None:
    assert current_region(old, common.regions) == new


def test_every_old_region_code__leads_to_a_living_one(common: Pack) -> None:
    for old, new in common.regions.changed.items():
        assert new in common.regions.regions
        assert old not in common.regions.regions


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("520382", "遵义市仁怀市"),
        ("520100", "贵阳市"),
        ("520321", "遵义市播州区"),
        ("110105", "北京市"),
    ],
)
def test_a_region__has_a_name(common: Pack, code: str, name: str) -> None:
    assert region_name(code, common.regions) == name


def test_the_regions_of_the_province__are_all_there(common: Pack) -> None:
    codes_of = common.regions.regions
    prefectures = [code for code in codes_of if code.endswith("00") and code != "520000"]
    assert len(prefectures) == 9
    assert len(codes_of) - len(prefectures) - 1 == 88


# -- industry ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["2911", "1512", "2622", "2669", "0111", "6513"])
def test_an_industry_class__is_taken(common: Pack, code: str) -> None:
    assert check_industry(code, common.industries) == []


@pytest.mark.parametrize(
    "code", ["", "29", "291", "29110", "2918", "1520", "2699", "0011", "9811", "29l1", "２９１１"]
)
def test_an_industry_class_that_is_none__is_refused(common: Pack, code: str) -> None:
    assert [problem.code for problem in check_industry(code, common.industries)] == ["industry-code"]


def test_an_industry_code_as_a_number__is_taken(common: Pack) -> None:
    answers, problems = parse_answers(
        {"firm": {"industry_code": 2911, "region_code": 520100}}, common, "a.json"
    )
    assert not problems
    assert answers.fact("industry_code") == "2911"
    assert answers.fact("region_code") == "520100"


def test_an_industry__has_a_name(common: Pack) -> None:
    assert industry_name("2911", common.industries) == "轮胎制造"
    assert industry_name("1512", common.industries) == "白酒制造"
    assert industry_name("9999", common.industries) == "9999"


# -- size: 工信部联企业〔2011〕300号, industry ------------------------------------------------------


@pytest.mark.parametrize(
    ("employees", "revenue_wan", "size"),
    [
        (1000, 40000, "large"),
        (999, 40000, "medium"),
        (1000, 39999.99, "medium"),
        (100000, 39999, "medium"),
        (300, 2000, "medium"),
        (299, 2000, "small"),
        (300, 1999.99, "small"),
        (299, 10**6, "small"),
        (20, 300, "small"),
        (19, 300, "micro"),
        (20, 299.99, "micro"),
        (19, 10**6, "micro"),
        (10**5, 299, "micro"),
        (0, 0, "micro"),
    ],
)
def test_a_size_class__is_exact_at_its_edges(
    common: Pack, employees: Any, revenue_wan: Any, size: str
) -> None:
    facts = {"employees": employees, "revenue_wan": revenue_wan}
    answers, problems = parse_answers({"firm": facts}, common, "a.json")
    assert not problems
    assert size_class(answers) == size


@pytest.mark.parametrize("known", [{}, {"employees": 5}, {"revenue_wan": 5}])
def test_a_size_class__is_not_guessed(common: Pack, known: Any) -> None:
    answers, _ = parse_answers({"firm": known}, common, "a.json")
    assert size_class(answers) is None


def test_a_fact__can_be_changed_and_forgotten() -> None:
    answers = Answers("p", "1", {}, {}).with_fact("name", "甲")
    assert answers.fact("name") == "甲"
    assert answers.with_fact("name", None).fact("name") is None

"""Invented firms: the same for the same seed, whole, coherent, marked as invented, and near the profile."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assessor.answers.derived import with_derived
from assessor.answers.document import answers_document, parse_answers
from assessor.answers.findings import find
from assessor.answers.firm import check_uscc, is_invented, size_class
from assessor.answers.model import Answers, AnswerState, Ratio
from assessor.answers.rules import fired
from assessor.answers.state import is_asked
from assessor.commands import Places, get_pack
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, TableQuestion, TextQuestion
from assessor.scoring.result import score_firm
from bench.firms import draw
from bench.firms.workbooks import write_workbooks
from tests.exchange.hand import read
from tests.exchange.normal import normal

QUESTIONNAIRES = Path(__file__).resolve().parents[1] / "questionnaires"
TRADES = ("chemicals", "liquor", "tires")
PACKS = (*TRADES, "common")
MANY = 60

every_pack = pytest.mark.parametrize("name", PACKS)


def pack_of(name: str) -> Pack:
    return get_pack(Places(Path("nowhere"), (QUESTIONNAIRES,)), name)


@cache
def firms(name: str) -> tuple[Answers, ...]:
    return tuple(draw(pack_of(name), MANY, seed=7))


@every_pack
def test_the_same_seed__draws_the_same_firms_and_another_seed_others(name: str) -> None:
    again = list(draw(pack_of(name), 5, seed=7))
    assert list(map(answers_document, again)) == list(map(answers_document, firms(name)[:5]))
    assert answers_document(next(draw(pack_of(name), 1, seed=8))) != answers_document(firms(name)[0])


@every_pack
def test_a_part_of_the_work__gives_the_firms_of_the_whole(name: str) -> None:
    part = [answers_document(one) for one in draw(pack_of(name), 2, seed=7, first=3)]
    assert part == [answers_document(one) for one in firms(name)[3:5]]


@every_pack
def test_a_drawn_firm__is_read_back_without_a_problem(name: str) -> None:
    for answers in firms(name)[:12]:
        document: dict[str, Any] = answers_document(answers)
        found, problems = parse_answers(document, pack_of(name), "drawn")
        assert [str(problem) for problem in problems] == []
        assert found.items == answers.items
        assert found.firm == answers.firm


@every_pack
def test_a_drawn_firm__is_marked_as_invented_and_has_a_code_of_its_own(name: str) -> None:
    codes = [str(one.fact("uscc")) for one in firms(name)]
    assert len(set(codes)) == MANY
    assert all(check_uscc(code) == [] and is_invented(code) for code in codes)
    assert all("虚构" in str(one.fact("name")) for one in firms(name))


@every_pack
def test_a_drawn_firm__lies_in_guizhou_and_belongs_to_the_trade(name: str) -> None:
    pack = pack_of(name)
    for one in firms(name):
        assert str(one.fact("region_code")) in pack.regions.regions
        if pack.manifest.industries:
            assert one.fact("industry_code") in pack.manifest.industries


@every_pack
def test_a_drawn_firm__has_nothing_doubtful_but_its_invented_code(name: str) -> None:
    pack = pack_of(name)
    found = {finding.code for one in firms(name) for finding in find(pack, one)}
    assert found == {"uscc-invented"}


@pytest.mark.parametrize("name", TRADES)
def test_a_drawn_firm__contradicts_itself_nowhere(name: str) -> None:
    pack = pack_of(name)
    for one in firms(name):
        rules = fired(pack, with_derived(pack, one))
        assert [rule.id for rule in rules if rule.effect == "contradiction"] == []


@pytest.mark.parametrize("name", TRADES)
def test_red_lines_caps_and_doubts__stay_as_in_real_firms(name: str) -> None:
    pack = pack_of(name)
    effects = Counter(rule.effect for one in firms(name) for rule in fired(pack, with_derived(pack, one)))
    assert effects["cap"] > 0
    assert effects["ask"] > 0


@every_pack
def test_a_drawn_firm__is_whole_and_answers_only_what_it_is_asked(name: str) -> None:
    pack = pack_of(name)
    optional = (TableQuestion, TextQuestion)
    for one in firms(name):
        asked = [question for question in pack.asked() if is_asked(question, one)]
        assert set(one.items) <= {question.id for question in asked}
        said = [question for question in asked if question.id in one.items]
        wanted = [question for question in asked if not isinstance(question, optional)]
        assert len(said) >= 0.95 * len(wanted)
        assert {fact.id for fact in pack.facts if fact.required} <= one.firm.keys()


@every_pack
def test_a_part__is_never_more_than_its_whole(name: str) -> None:
    for one in firms(name):
        for answer in one.items.values():
            if isinstance(answer.value, Ratio) and answer.value.share is not None:
                assert 0 <= answer.value.share <= 1
        digital, networked = one.get("miit.Q2").value, one.get("miit.Q3").value
        if isinstance(digital, Ratio) and isinstance(networked, Ratio):
            assert networked.numerator is not None and digital.numerator is not None
            assert networked.numerator <= digital.numerator


@every_pack
def test_sizes_and_modes__are_mixed(name: str) -> None:
    sizes = Counter(size_class(one) for one in firms(name))
    assert sizes["small"] > sizes["medium"] > sizes["micro"] > 0
    assert set(sizes) == {"micro", "small", "medium"}
    modes = Counter(one.mode for one in firms(name))
    assert modes["self"] > modes["onsite"] > 0


def test_on_site__every_level_seen_below_the_claim_has_its_reason() -> None:
    pack = pack_of("tires")
    lowered = 0
    for one in firms("tires"):
        for key, answer in one.items.items():
            if isinstance(pack.questions[key], LevelQuestion) and answer.verified is not None:
                assert isinstance(answer.value, int) and isinstance(answer.verified, int)
                assert answer.verified <= answer.value
                assert bool(answer.reason) == (answer.verified < answer.value)
                lowered += answer.verified < answer.value
    assert lowered


@pytest.mark.parametrize("name", TRADES)
def test_levels_seen__come_near_the_shares_of_the_profile(name: str) -> None:
    """Pooled over the scenes of small firms, on the seen side: within five points of the profile."""
    pack = pack_of(name)
    assert pack.profiles is not None
    expected, found, count = [0.0] * 5, [0] * 5, 0
    for one in draw(pack, 160, seed=11, onsite=1.0):
        if size_class(one) != "small":
            continue
        for key, profile in pack.profiles.scenes["small"].items():
            level = one.get(key).verified
            if isinstance(level, int):
                found[level] += 1
                count += 1
                expected = [
                    total + float(share) for total, share in zip(expected, profile.shares, strict=True)
                ]
    assert count > 1200
    for level in range(5):
        assert found[level] / count == pytest.approx(expected[level] / count, abs=0.05)


def test_a_mature_firm__is_mature_throughout() -> None:
    """One factor ties the scenes of a firm together: sums spread far wider than of scenes drawn alone."""
    pack = pack_of("common")
    sums = [
        sum(one.get(scene.id).value or 0 for scene in pack.models[0].scenes)  # type: ignore[misc]
        for one in draw(pack, 200, seed=5, onsite=0)
        if size_class(one) == "small"
    ]
    mean = sum(sums) / len(sums)
    variance = sum((total - mean) ** 2 for total in sums) / len(sums)
    alone = 16 * 0.85**2
    assert variance > 2.5 * alone


def test_scores__lie_where_the_profile_puts_them() -> None:
    """The ministry's points of drawn firms: micro below small below medium, near 22, 35 and 49."""
    pack = pack_of("common")
    points: dict[str, list[float]] = {"micro": [], "small": [], "medium": []}
    for one in draw(pack, 300, seed=3, onsite=0):
        size = size_class(one)
        assert size in points
        points[size].append(score_firm(pack, pack.models[0], one).counting.span.low / 1000)
    for size, near in {"micro": 22.5, "small": 35.1, "medium": 48.6}.items():
        assert sum(points[size]) / len(points[size]) == pytest.approx(near, abs=6)


def test_what_is_not_known__says_why() -> None:
    for one in firms("liquor"):
        for answer in one.items.values():
            if answer.state is AnswerState.UNKNOWN:
                assert answer.reason


def test_workbooks__hold_the_firms_and_are_accepted(tmp_path: Path) -> None:
    written = write_workbooks("common", 3, tmp_path / "in", seed=7)
    assert len(written) == 3
    pack = pack_of("common")
    for path, drawn in zip(written, firms("common"), strict=False):
        found = read(path.read_bytes(), pack)
        assert (found.state, found.faults, found.repairs) == ("accepted", (), ())
        assert found.answers is not None
        assert normal(found.answers) == normal(drawn)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRADES)
def test_a_trade_workbook__comes_back_as_drawn(name: str, tmp_path: Path) -> None:
    (path,) = write_workbooks(name, 1, tmp_path, seed=7)
    found = read(path.read_bytes(), pack_of(name))
    assert (found.state, found.faults, found.repairs) == ("accepted", (), ())
    assert found.answers is not None
    assert normal(found.answers) == normal(firms(name)[0])

"""The interval holds every completion and is no wider; a better answer never makes a result worse."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.pack.model import Pack
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE
from assessor.scoring.engine import BLOCK, Scores, score
from assessor.scoring.result import SideResult, compiled_model, score_firm
from tests.answers.draw import documents, raw_values
from tests.scoring import oracle

MODEL = "miit-sme-2024"
QUESTIONS = tuple(f"miit.{key}" for key in oracle.QUESTIONS)
SCENES = tuple(f"miit.{key}" for key in oracle.SCENES)
BEST: dict[str, Any] = {
    **{key: [option for option in table if option != "A"] for key, table in oracle.MULTI.items()},
    **{key: max(table) for key, table in {**oracle.SINGLE, **oracle.BAND, **oracle.TREND}.items()},
    **dict.fromkeys(oracle.SCENES, 4),
}
WORST: dict[str, Any] = {
    **{key: ["A"] for key in oracle.MULTI},
    **dict.fromkeys((*oracle.SINGLE, *oracle.BAND, *oracle.TREND), "A"),
    **dict.fromkeys(oracle.SCENES, 0),
}


def claimed(pack: Pack, answers: dict[str, Any]) -> SideResult:
    parsed, problems = parse_answers({"answers": answers}, pack, "drawn")
    assert not problems
    return score_firm(pack, pack.model(MODEL), parsed).claimed


def missing(answers: dict[str, Any]) -> list[str]:
    settled = ("value" in raw or raw.get("state") == "not_applicable" for raw in answers.values())
    done = {key for key, is_settled in zip(answers, settled, strict=True) if is_settled}
    return [key for key in (*QUESTIONS, *SCENES) if key not in done]


@given(st.data())
def test_the_interval__holds_every_completion(common: Pack, data: st.DataObject) -> None:
    answers = data.draw(documents(common, *QUESTIONS, *SCENES))["answers"]
    before = claimed(common, answers)
    rest = {key: {"value": data.draw(raw_values(common.questions[key]))} for key in missing(answers)}
    after = claimed(common, {**answers, **rest})
    assert after.span.known
    assert before.span.low <= after.span.low <= before.span.high
    assert after.level is not None
    assert before.level_low <= after.level <= before.level_high


@given(st.data())
def test_the_interval__is_no_wider_than_its_worst_and_best_completion(
    common: Pack, data: st.DataObject
) -> None:
    answers = data.draw(documents(common, *QUESTIONS, *SCENES))["answers"]
    side = claimed(common, answers)
    for ends, points, level in (
        (WORST, side.span.low, side.level_low),
        (BEST, side.span.high, side.level_high),
    ):
        filled = {key: {"value": ends[key.removeprefix("miit.")]} for key in missing(answers)}
        completed = claimed(common, {**answers, **filled})
        assert (completed.span.low, completed.level) == (points, level)


def test_nothing_answered__is_the_whole_range(common: Pack) -> None:
    side = claimed(common, {})
    assert (side.span.low, side.span.high, side.level_low, side.level_high) == (0, 100_000, 0, 4)
    assert side.level is None
    assert not side.span.known


@st.composite
def codes(draw: st.DrawFn) -> Any:
    """A row of codes in any state, near the top half of the time so that gates matter."""
    high = draw(st.booleans())
    row = [
        draw(
            st.one_of(
                st.integers(count - 1 if high else 0, count - 1),
                st.integers(0, count - 1),
                st.sampled_from([MISSING, NOT_APPLICABLE]),
            )
        )
        for count in state_counts()
    ]
    return np.array(row, dtype=np.int64)


TABLES = {**oracle.SINGLE, **oracle.MULTI, **oracle.BAND, **oracle.TREND}


def state_counts() -> list[int]:
    """How many states each column has: a multi question one for each way to tick."""
    counts = [
        2 ** (len(TABLES[key]) - 1) if key in oracle.MULTI else len(TABLES[key]) for key in oracle.QUESTIONS
    ]
    return [*counts, *[5] * len(oracle.SCENES)]


def worth(column: int, code: int) -> int:
    """How good a state is: points of a question, level of a scene; nothing for what does not apply."""
    if code == NOT_APPLICABLE:
        return 0
    if column >= len(oracle.QUESTIONS):
        return code
    key = oracle.QUESTIONS[column]
    options = sorted(TABLES[key])
    if key not in oracle.MULTI:
        return TABLES[key][options[code]]
    return sum(TABLES[key][option] for bit, option in enumerate(options[1:]) if code >> bit & 1)


def ends_of(scores: Scores, row: int) -> tuple[int, int, int, int]:
    low, high = scores.low, scores.high
    return int(low.score[row]), int(high.score[row]), int(low.level[row]), int(high.level[row])


@given(st.data())
def test_a_better_answer__never_lowers_score_or_level(common: Pack, data: st.DataObject) -> None:
    compiled = compiled_model(common, MODEL)
    before = data.draw(codes())
    column = data.draw(st.integers(0, compiled.width - 1).filter(lambda one: before[one] != MISSING))
    now = worth(column, int(before[column]))
    better = [code for code in range(min(state_counts()[column], 64)) if worth(column, code) >= now]
    rows = np.stack(
        [before, *(np.where(np.arange(compiled.width) == column, code, before) for code in better)]
    )
    scores = score(compiled, rows)
    old = ends_of(scores, 0)
    for row in range(1, len(rows)):
        assert all(new >= was for new, was in zip(ends_of(scores, row), old, strict=True))


@given(st.data())
def test_an_answer_to_what_was_missing__only_narrows(common: Pack, data: st.DataObject) -> None:
    compiled = compiled_model(common, MODEL)
    before = data.draw(codes())
    column = data.draw(st.integers(0, compiled.width - 1))
    before[column] = MISSING
    after = before.copy()
    after[column] = data.draw(st.integers(0, state_counts()[column] - 1))
    scores = score(compiled, np.stack([before, after]))
    low, high, level_low, level_high = ends_of(scores, 0)
    new_low, new_high, new_level_low, new_level_high = ends_of(scores, 1)
    assert low <= new_low <= new_high <= high
    assert level_low <= new_level_low <= new_level_high <= level_high


@given(st.data())
def test_a_row__is_scored_the_same_in_any_company(common: Pack, data: st.DataObject) -> None:
    compiled = compiled_model(common, MODEL)
    rows = np.stack(data.draw(st.lists(codes(), min_size=2, max_size=6)))
    together = score(compiled, rows)
    for index, row in enumerate(rows):
        assert ends_of(together, index) == ends_of(score(compiled, row[None, :]), 0)


def test_more_firms_than_one_block__are_each_judged_by_their_own_answers(common: Pack) -> None:
    compiled = compiled_model(common, MODEL)
    generator = np.random.default_rng(20260520)
    size = 2 * BLOCK + 7
    rows = np.stack([generator.integers(-2, count, size) for count in state_counts()], axis=1)
    scores = score(compiled, rows)
    assert scores.low.score.shape == scores.high.level.shape == (size,)
    expected = [
        sum(worth(column, max(int(code), 0)) if code >= 0 else 0 for column, code in enumerate(row))
        for row in rows[:, : len(oracle.QUESTIONS)]
    ]
    assert scores.low.score.tolist() == expected
    for row in (0, BLOCK - 1, BLOCK, 2 * BLOCK - 1, 2 * BLOCK, size - 1):
        assert ends_of(scores, row) == ends_of(score(compiled, rows[row : row + 1]), 0)


def test_the_tables_of_the_engine__are_the_ministry_s(common: Pack) -> None:
    compiled = compiled_model(common, MODEL)
    assert [question.id for question in compiled.questions] == list(QUESTIONS)
    assert [int(most) for most in compiled.most] == [oracle.most_of(key) for key in oracle.QUESTIONS]
    assert [key for key, binding in zip(oracle.SCENES, compiled.binding, strict=True) if binding] == list(
        oracle.BINDING
    )

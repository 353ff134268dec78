"""What to do next, as formulas: red lines that hold, scenes nearest to the next level, points within reach.

Which come first is decided as `diagnosis.gaps` decides it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assessor.exchange.calc import Range, nth_largest, picked, position
from assessor.exchange.heard import ONE, ZERO
from assessor.exchange.logic import UnwritableError
from assessor.exchange.points import Ends, bounds_of
from assessor.exchange.sight import GONE, Sight
from assessor.exchange.term import (
    EMPTY,
    Term,
    add,
    compare,
    div,
    every,
    joined,
    lit,
    mul,
    points_text,
    same,
    sub,
    unless_bad,
    when,
)
from assessor.pack.maturity import PointsModel
from assessor.pack.question import LevelQuestion
from assessor.pack.rule import RedLine
from assessor.scoring.compiled import milli

Texts = Callable[[Sequence[str]], Range]
"""Puts texts below each other on the hidden sheet of lists."""
SHOWN = 5
_FIRST, _BINDING = 1000, 500
"""Weights of what ranks first and second in a key; the order of the pack breaks ties."""
_OUT = lit(-1)
_SIGNS = {"red": "▲红线", "amber": "△提醒"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of advice: what, and what it takes or brings. Both are empty when there is none left."""

    title: Term
    text: Term


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in a ranking: whether anything stands there, and where in the list that is."""

    there: Term
    at: Term


class Steps:
    """Advice on the side that counts."""

    def __init__(self, sight: Sight, model: PointsModel, texts: Texts) -> None:
        self._sight, self._model, self._texts = sight, model, texts

    def _put(self, what: str, term: Term) -> Term:
        return self._sight.calc.put(self._model.id, what, term)

    def _ranking(self, what: str, keys: Sequence[Term]) -> Iterator[Ranked]:
        """The first places by falling key; keys below zero are out."""
        cells = self._sight.calc.column(self._model.id, f"{what}：排序", keys)
        for place in range(1, min(SHOWN, len(keys)) + 1):
            key = self._put(f"{what}：第 {place}", nth_largest(cells, place))
            at = self._put(f"{what}：第 {place} 的位置", position(key, cells))
            yield Ranked(compare(">", key, ZERO), at)

    def scenes(self, scenes: dict[str, Ends], level: Ends) -> tuple[Step, ...]:
        """Scenes below the next level, nearest first, binding before others."""
        top = max(gate.level for gate in self._model.gates.rows)
        below_top = compare("<", level.low, lit(top))
        wanted = self._put("下一级", when(below_top, add(level.low, ONE), ZERO))
        questions = [self._scene(scene.id) for scene in self._model.scenes]
        binding = [scene.binding for scene in self._model.scenes]
        lows = [scenes[question.id].low for question in questions]
        keys = [
            self._scene_key(question, low, wanted, _BINDING * bound + len(questions) - index)
            for index, (question, low, bound) in enumerate(zip(questions, lows, binding, strict=True))
        ]
        marks = ["（约束性）" if bound else "" for bound in binding]
        names = self._texts([q.title + mark for q, mark in zip(questions, marks, strict=True)])
        rungs = [[rung.text for rung in question.levels if rung.level] for question in questions]
        listed = self._texts([text for texts in rungs for text in texts])
        ends = [
            self._sight.calc.column(self._model.id, f"场景{end}", terms)
            for end, terms in (("现级", lows), ("可能", [scenes[q.id].high for q in questions]))
        ]
        width = len(rungs[0]) if rungs else 0
        return tuple(
            self._scene_step(ranked, names, listed, ends, width) for ranked in self._ranking("场景", keys)
        )

    def _scene(self, scene_id: str) -> LevelQuestion:
        question = self._sight.pack.questions[scene_id]
        assert isinstance(question, LevelQuestion)
        return question

    def _scene_key(self, question: LevelQuestion, low: Term, wanted: Term, rank: int) -> Term:
        sight = self._sight
        standing = when(
            same(sight.onsite(), ONE),
            sight.standing(question, "verified"),
            sight.standing(question, "claimed"),
        )
        applies = same(same(standing, lit(GONE)), lit(False))
        below = every(applies, compare("<", low, wanted))
        return when(below, add(mul(low, lit(_FIRST)), lit(rank)), _OUT)

    def _scene_step(
        self, ranked: Ranked, names: Range, rungs: Range, ends: Sequence[Range], width: int
    ) -> Step:
        low, high = (self._put("场景现级", picked(cells, ranked.at)) for cells in ends)
        rung = add(mul(sub(ranked.at, ONE), lit(width)), low, ONE)
        known = same(low, high)
        stands = when(known, joined(lit("　现在 "), low, lit(" 级")), lit("　还没答"))
        text = joined(lit("升到 "), add(low, ONE), lit(" 级："), picked(rungs, rung))
        advice = when(known, unless_bad(text, EMPTY), lit("先到问卷里答这一题"))
        return Step(
            when(ranked.there, joined(picked(names, ranked.at), stands), EMPTY),
            when(ranked.there, advice, EMPTY),
        )

    def questions(self, points: dict[str, Ends]) -> tuple[Step, ...]:
        """Questions by the points still within reach."""
        leaves = [leaf for _, _, leaf in self._model.indicators()]
        titles, opens = [], []
        for leaf in leaves:
            question = self._sight.pack.questions[leaf.question]
            table = {key: milli(value) for key, value in (leaf.points or {}).items()}
            titles.append(question.title)
            opens.append(sub(lit(bounds_of(question, table)[1]), points[question.id].low))
        keys = [
            when(compare(">", left, ZERO), add(mul(left, lit(_FIRST)), lit(len(leaves) - index)), _OUT)
            for index, left in enumerate(opens)
        ]
        amounts = self._sight.calc.column(self._model.id, "还能得的毫分", opens)
        names = self._texts(titles)
        return tuple(_reach(ranked, names, amounts) for ranked in self._ranking("题目", keys))

    def red_lines(self) -> tuple[Step, ...]:
        """Red and amber lines that hold, red before amber."""
        lines = sorted(self._sight.pack.rules.red_lines, key=lambda line: line.colour != "red")
        held = [(line, term) for line in lines if (term := self._held(line)) is not None]
        if not held:
            return ()
        keys = [when(same(term, ONE), lit(len(held) - index), _OUT) for index, (_, term) in enumerate(held)]
        titles = self._texts([f"{_SIGNS[line.colour]}　{line.title}" for line, _ in held])
        cures = self._texts([line.cure.text for line, _ in held])
        return tuple(
            Step(
                when(ranked.there, picked(titles, ranked.at), EMPTY),
                when(ranked.there, picked(cures, ranked.at), EMPTY),
            )
            for ranked in self._ranking("底线", keys)
        )

    def _held(self, line: RedLine) -> Term | None:
        try:
            return self._sight.calc.put(line.id, "底线", self._sight.rule(line.when))
        except UnwritableError:
            self._sight.unwritable.append(line.id)
            return None


def _reach(ranked: Ranked, names: Range, amounts: Range) -> Step:
    figure = points_text(div(picked(amounts, ranked.at), lit(1000)))
    text = joined(lit("最多还能得 "), figure, lit(" 分"))
    return Step(when(ranked.there, picked(names, ranked.at), EMPTY), when(ranked.there, text, EMPTY))

"""What does a question's entry say? Its cells read by formulas, as strictly as the reader reads them.

What is not lawful counts as not there. The results stand on the hidden sheet, where conditions, rules
and scores refer to them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessor.exchange import labels
from assessor.exchange.calc import Calc
from assessor.exchange.sheet import AFTER, BEFORE, DENOMINATOR, LETTER, NUMERATOR, line_id
from assessor.exchange.term import (
    EMPTY,
    Term,
    add,
    as_number,
    compare,
    div,
    every,
    holds_number,
    lit,
    mul,
    rounded,
    same,
    some,
    sub,
    trimmed,
    unless_bad,
    when,
)
from assessor.pack.condition import Condition
from assessor.pack.question import (
    BoolQuestion,
    Bound,
    Bounds,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TextQuestion,
    TrendQuestion,
    option_ids,
)

ONE, ZERO = lit(1), lit(0)
Cells = Callable[[str], Term]
"""Gives the cell of a line by its id."""
Holds = Callable[[Condition | None], Term]
"""Gives a condition as a truth that may be unknown."""
_SLACK = 1 + 1e-12
"""Counts of up to twelve digits: a share this close to a band's end is on it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One question on one side.

    `there` is 1 when a lawful value stands; `value` is what conditions compare (text or number, empty
    while unknown); `letter` the option that scores; `ticks` by option; `share` the quotient of counts.
    """

    there: Term
    value: Term = EMPTY
    letter: Term = EMPTY
    share: Term = EMPTY
    ticks: Mapping[str, Term] | None = None

    def tick(self, option: str) -> Term:
        """1 when the option is ticked and the whole is lawful."""
        return (self.ticks or {}).get(option, ZERO)


NOTHING = Heard(ZERO)


class Ear:
    """Reads the entries of one side."""

    def __init__(self, calc: Calc, cells: Cells, holds: Holds, side: str) -> None:
        self._calc, self._cells, self._holds, self._side = calc, cells, holds, side

    def hear(self, question: Question) -> Heard:
        """What stands for a question that is not a table."""
        match question:
            case LevelQuestion():
                return self._level(question)
            case SingleQuestion():
                return self._single(question)
            case MultiQuestion():
                return self._multi(question)
            case BoolQuestion():
                return self._bool(question)
            case NumberQuestion():
                return self._number(question)
            case RatioQuestion():
                return self._ratio(question)
            case TrendQuestion():
                return self._trend(question)
            case TextQuestion():
                return self._whole(question.id, self._text(question.id))
        return NOTHING

    def _put(self, item: str, what: str, term: Term) -> Term:
        return self._calc.put(item, f"{self._side}：{what}", term)

    def _text(self, line: str) -> Term:
        return self._put(line, "文字", trimmed(self._cells(line)))

    def _figure(self, line: str) -> Term:
        cell = self._cells(line)
        return self._put(line, "数", when(same(cell, EMPTY), EMPTY, unless_bad(as_number(cell), lit("?"))))

    def _whole(self, item: str, value: Term, letter: Term = EMPTY) -> Heard:
        value = self._put(item, "值", value)
        there = self._put(item, "有值", when(same(value, EMPTY), ZERO, ONE))
        return Heard(there, value, letter)

    def _level(self, question: LevelQuestion) -> Heard:
        figure = self._figure(question.id)
        lawful = some(*(same(figure, lit(rung.level)) for rung in question.levels))
        return self._whole(question.id, when(lawful, figure, EMPTY))

    def _one_of(self, line: str, options: Sequence[str]) -> Term:
        text = self._text(line)
        lawful = some(*(same(text, lit(option)) for option in options))
        return self._put(line, "选项", when(lawful, text, EMPTY))

    def _single(self, question: SingleQuestion) -> Heard:
        letter = self._one_of(question.id, option_ids(question))
        return self._whole(question.id, letter, letter)

    def _bool(self, question: BoolQuestion) -> Heard:
        text = self._text(question.id)
        value = when(same(text, lit(labels.YES)), ONE, when(same(text, lit(labels.NO)), ZERO, EMPTY))
        return self._whole(question.id, value)

    def _multi(self, question: MultiQuestion) -> Heard:
        ticked = {
            option.id: self._put(
                line_id(question.id, option.id),
                "勾选",
                when(
                    same(trimmed(self._cells(line_id(question.id, option.id))), lit(labels.TICK)), ONE, ZERO
                ),
            )
            for option in question.options
        }
        count = self._put(question.id, "勾选数", add(*ticked.values()))
        lawful = compare(">", count, ZERO)
        for option in question.options:
            if option.none:
                alone = some(same(ticked[option.id], ZERO), same(count, ONE))
                lawful = every(lawful, alone)
        there = self._put(question.id, "有值", when(lawful, ONE, ZERO))
        ticks = {
            option: self._put(line_id(question.id, option), "算数", mul(tick, there))
            for option, tick in ticked.items()
        }
        return Heard(there, when(same(there, ONE), count, EMPTY), ticks=ticks)

    def _within(self, figure: Term, bounds: Bounds) -> Term:
        """Whether a number lies in the first hard bound that applies."""
        inside = lit(True)
        for bound in reversed(bounds.hard):
            fits = _fits(figure, bound)
            inside = when(same(self._holds(bound.if_), ONE), fits, inside) if bound.if_ else fits
        return inside

    def _number(self, question: NumberQuestion) -> Heard:
        figure = self._figure(question.id)
        within = self._within(figure, question.bounds)
        return self._whole(question.id, when(holds_number(figure), when(within, figure, EMPTY), EMPTY))

    def _pair(self, question: Question, first: str, second: str) -> tuple[Term, Term, Term, Term]:
        """Both figures, whether both are numbers, and whether both cells are empty."""
        a, b = (self._figure(line_id(question.id, part)) for part in (first, second))
        both = every(holds_number(a), holds_number(b))
        return a, b, both, every(same(a, EMPTY), same(b, EMPTY))

    def _letter(self, question: Question) -> tuple[Term, Term]:
        """The letter that was chosen, and whether the cell is lawful (a letter or empty)."""
        if not option_ids(question):
            return EMPTY, lit(True)
        line = line_id(question.id, LETTER)
        letter = self._one_of(line, option_ids(question))
        return letter, some(same(self._text(line), EMPTY), same(self._text(line), letter))

    def _ratio(self, question: RatioQuestion) -> Heard:
        item = question.id
        top, bottom, both, neither = self._pair(question, NUMERATOR, DENOMINATOR)
        letter, lawful = self._letter(question)
        empty = every(same(top, ZERO), lit(question.empty_is_zero))
        percent = when(same(bottom, ZERO), when(empty, ZERO, EMPTY), div(mul(lit(100), top), bottom))
        signs = every(compare(">=", top, ZERO), compare(">=", bottom, ZERO))
        percent = self._put(item, "百分数", when(both, when(signs, percent, EMPTY), EMPTY))
        within = when(holds_number(percent), self._within(percent, question.bounds), lit(False))
        counts = self._put(item, "两数齐", when(within, ONE, ZERO))
        band = self._band(question, top, bottom, counts)
        given = every(neither, differs_from_empty(letter))
        there = self._put(item, "有值", when(lawful, when(some(same(counts, ONE), given), ONE, ZERO), ZERO))
        value = when(same(counts, ONE), percent, letter)
        share = when(same(bottom, ZERO), ZERO, div(top, bottom))
        return Heard(
            there,
            self._put(item, "值", when(same(there, ONE), value, EMPTY)),
            self._put(item, "区间", when(same(there, ONE), when(same(counts, ONE), band, letter), EMPTY)),
            self._put(item, "比", when(every(same(there, ONE), same(counts, ONE)), share, EMPTY)),
        )

    def _band(self, question: RatioQuestion, top: Term, bottom: Term, counts: Term) -> Term:
        band = when(same(counts, ONE), band_term(question, top, bottom), EMPTY)
        return self._put(question.id, "按数区间", band)

    def _trend(self, question: TrendQuestion) -> Heard:
        item = question.id
        before, after, both, neither = self._pair(question, BEFORE, AFTER)
        letter, lawful = self._letter(question)
        within = every(self._within(before, question.bounds), self._within(after, question.bounds))
        counts = self._put(item, "两数齐", when(both, unless_bad(when(within, ONE, ZERO), ZERO), ZERO))
        step = sub(rounded(after, question.decimals), rounded(before, question.decimals))
        up, down = ("C", "A") if question.better == "up" else ("A", "C")
        moved = when(compare(">", step, ZERO), lit(up), when(compare("<", step, ZERO), lit(down), lit("B")))
        by_figures = self._put(item, "按数走势", when(same(counts, ONE), unless_bad(moved, EMPTY), EMPTY))
        given = every(neither, differs_from_empty(letter))
        there = self._put(item, "有值", when(lawful, when(some(same(counts, ONE), given), ONE, ZERO), ZERO))
        return Heard(
            there,
            self._put(item, "值", when(same(there, ONE), letter, EMPTY)),
            self._put(
                item, "走势", when(same(there, ONE), when(same(counts, ONE), by_figures, letter), EMPTY)
            ),
        )


def band_term(question: RatioQuestion, top: Term, bottom: Term) -> Term:
    """The band that two lawful counts fall in; each includes its upper end."""
    if not question.bands:
        return EMPTY
    band = lit(question.bands[-1].id)
    for other in reversed(question.bands[:-1]):
        if other.up_to is not None:
            limit = mul(lit(float(other.up_to) * _SLACK), bottom)
            band = when(compare("<=", mul(lit(100), top), limit), lit(other.id), band)
    return band


def differs_from_empty(term: Term) -> Term:
    """Whether anything stands there."""
    return when(same(term, EMPTY), lit(False), lit(True))


def _fits(figure: Term, bound: Bound) -> Term:
    ends = [
        compare(sign, figure, lit(end))
        for sign, end in ((">=", bound.min), ("<=", bound.max))
        if end is not None
    ]
    return every(*ends) if ends else lit(True)

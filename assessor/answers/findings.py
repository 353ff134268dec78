"""What in these answers is doubtful? Checks that hold for every trade."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from assessor.answers.firm import doubt_uscc
from assessor.answers.model import SIDES, Answers, Finding, Ratio, Trend, Value
from assessor.answers.reading import band_of, trend_of
from assessor.answers.state import is_asked, lookup_in
from assessor.answers.value import bound_for, outside, shown
from assessor.pack.model import Pack
from assessor.pack.question import (
    LevelQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    TrendQuestion,
)

Check = Callable[[Question, Answers], Iterator[Finding]]


def find(pack: Pack, answers: Answers) -> tuple[Finding, ...]:
    """All findings, in the order of the questions."""
    found = list(_firm(pack, answers))
    for question in pack.asked():
        if is_asked(question, answers):
            found += find_in(question, answers)
    return tuple(found)


def find_in(question: Question, answers: Answers) -> tuple[Finding, ...]:
    """What is doubtful about one answer."""
    return tuple(finding for check in _CHECKS for finding in check(question, answers))


def _firm(pack: Pack, answers: Answers) -> Iterator[Finding]:
    uscc = answers.fact("uscc")
    if isinstance(uscc, str):
        yield from doubt_uscc(uscc, pack.regions)
    for fact in pack.facts:
        value = answers.fact(fact.id)
        if isinstance(fact, NumberQuestion) and isinstance(value, Decimal):
            yield from _soft(fact, value, answers, "")


def _letter_against_figures(question: Question, answers: Answers) -> Iterator[Finding]:
    for side in SIDES:
        value = answers.get(question.id).on(side)
        letter, by_figures = _two_readings(question, value)
        if letter and by_figures and letter != by_figures:
            values = {"letter": letter, "figures": by_figures, "side": side}
            yield Finding("letter-against-figures", (question.id,), values)


def _two_readings(question: Question, value: Value | None) -> tuple[str | None, str | None]:
    if isinstance(question, RatioQuestion) and isinstance(value, Ratio):
        return value.letter, band_of(question, value)
    if isinstance(question, TrendQuestion) and isinstance(value, Trend):
        return value.letter, trend_of(question, value)
    return None, None


def _soft_range(question: Question, answers: Answers) -> Iterator[Finding]:
    answer = answers.get(question.id)
    figures: list[Decimal | Fraction] = []
    match answer.value:
        case Decimal():
            figures = [answer.value]
        case Ratio() if answer.value.share is not None:
            figures = [100 * answer.value.share]
        case Trend() if answer.value.before is not None and answer.value.after is not None:
            figures = [answer.value.before, answer.value.after]
    if isinstance(question, NumberQuestion | RatioQuestion | TrendQuestion):
        for figure in dict.fromkeys(figures):
            yield from _soft(question, figure, answers, answer.reason)


def _soft(
    question: NumberQuestion | RatioQuestion | TrendQuestion,
    figure: Decimal | Fraction,
    answers: Answers,
    reason: str,
) -> Iterator[Finding]:
    bound = bound_for(question.bounds.soft, lookup_in(answers))
    if bound is None or not outside(figure, bound) or reason:
        return
    values = {"value": shown(figure), "low": bound.min, "high": bound.max}
    yield Finding("unusual-without-reason", (question.id,), values)


def _verified_above_claimed(question: Question, answers: Answers) -> Iterator[Finding]:
    answer = answers.get(question.id)
    if not isinstance(question, LevelQuestion):
        return
    if isinstance(answer.value, int) and isinstance(answer.verified, int) and answer.verified > answer.value:
        values = {"claimed": answer.value, "verified": answer.verified}
        yield Finding("verified-above-claimed", (question.id,), values)


def _lowered_without_reason(question: Question, answers: Answers) -> Iterator[Finding]:
    answer = answers.get(question.id)
    if answer.value is None or answer.verified is None or answer.value == answer.verified:
        return
    if not answer.reason and not answer.remark:
        yield Finding("changed-without-reason", (question.id,))


_CHECKS: tuple[Check, ...] = (
    _letter_against_figures,
    _soft_range,
    _verified_above_claimed,
    _lowered_without_reason,
)

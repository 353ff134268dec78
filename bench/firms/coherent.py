"""What can't both be true is put right: a figure that claims too much is nothing, two that were swapped are
swapped back, and where neither helps one of them is not known."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from assessor.answers.model import Answer, Answers, AnswerState, Value
from assessor.answers.rules import concerned, expression, lookup_seen
from assessor.answers.state import lookup_in
from assessor.answers.value import bound_for, outside
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, NumberQuestion
from assessor.pack.rule import Rule
from bench.firms.asked import only_asked

_ROUNDS = 12
_DOUBTED = Answer(state=AnswerState.UNKNOWN, reason="两个数对不上，正在核对")


def coherent(pack: Pack, answers: Answers) -> Answers:
    """The answers without a contradiction; red lines, caps and doubts stay, real firms have them too."""
    broken: list[Rule] = []
    for _round in range(_ROUNDS):
        look = lookup_seen(pack, answers)
        broken = [rule for rule in _contradictions(pack) if expression(rule.when).value(look) is True]
        if not broken:
            return answers
        for rule in broken:
            answers = _mended(pack, answers, rule)
    raise ValueError(f"{answers.fact('name')}: {[rule.id for rule in broken]} still hold")


@lru_cache(maxsize=8)
def _contradictions(pack: Pack) -> tuple[Rule, ...]:
    return tuple(rule for rule in pack.rules.rules if rule.effect == "contradiction")


def _breaks(pack: Pack, answers: Answers, rule: Rule) -> bool:
    return expression(rule.when).value(lookup_seen(pack, answers)) is True


def _mended(pack: Pack, answers: Answers, rule: Rule) -> Answers:
    """The first way of putting it right that does; an answer that is not known never breaks a rule."""
    names = [
        name
        for name in dict.fromkeys((*concerned(rule), *expression(rule.when).ids))
        if answers.get(name).value is not None
    ]
    figures = [name for name in names if not isinstance(pack.questions[name], LevelQuestion)]
    for changed in _ways(pack, answers, figures):
        if not _breaks(pack, changed, rule):
            return changed
    if not names:
        return _without_fact(pack, answers, rule)
    return only_asked(pack, answers.with_answer((figures or names)[-1], _DOUBTED))


def _ways(pack: Pack, answers: Answers, figures: list[str]) -> Iterator[Answers]:
    numbers = [name for name in figures if isinstance(pack.questions[name], NumberQuestion)]
    for name in reversed(numbers):
        if _usual(pack, answers, name, Decimal(0)):
            yield only_asked(pack, _with(answers, name, Decimal(0)))
    for one, other in combinations(numbers, 2):
        first, second = answers.get(one).value, answers.get(other).value
        assert isinstance(first, Decimal) and isinstance(second, Decimal)
        if _usual(pack, answers, one, second) and _usual(pack, answers, other, first):
            yield only_asked(pack, _with(_with(answers, one, second), other, first))


def _usual(pack: Pack, answers: Answers, name: str, value: Decimal) -> bool:
    question = pack.questions[name]
    assert isinstance(question, NumberQuestion)
    bounds = (question.bounds.soft, question.bounds.hard)
    return not any(outside(value, bound_for(each, lookup_in(answers))) for each in bounds)


def _with(answers: Answers, name: str, value: Value) -> Answers:
    old = answers.get(name)
    seen = value if old.verified is not None else None
    return answers.with_answer(name, replace(old, value=value, verified=seen))


def _without_fact(pack: Pack, answers: Answers, rule: Rule) -> Answers:
    names = (*concerned(rule), *expression(rule.when).ids)
    spare = [name for name in names if name in answers.firm and not pack.items[name].required]
    if not spare:
        raise ValueError(f"{rule.id} holds for what every firm of this kind is: mend kinds.yaml")
    return only_asked(pack, answers.with_fact(spare[-1], None))

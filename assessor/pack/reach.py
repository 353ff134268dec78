"""Can a condition be met at all? Tried over the values that make a difference."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations, islice, product

from assessor.pack.condition import Condition, holds
from assessor.pack.question import (
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    TrendQuestion,
    option_ids,
)

_MOST_TRIES = 50_000


def can_hold(condition: Condition, items: Mapping[str, Question]) -> bool:
    """Whether some answers meet the condition and those of the questions it looks at.

    True when there are too many combinations to try.
    """
    whole = _with_conditions_of_ids(condition, items, frozenset())
    names = sorted(whole.ids())
    choices = [tuple(_values(name, items.get(name), whole)) for name in names]
    tries = islice(product(*choices), _MOST_TRIES + 1)
    for count, values in enumerate(tries, 1):
        if count > _MOST_TRIES or holds(whole, dict(zip(names, values, strict=True)).get):
            return True
    return False


def _with_conditions_of_ids(
    condition: Condition, items: Mapping[str, Question], seen: frozenset[str]
) -> Condition:
    """The condition; what it looks at must itself be asked, else it is unknown (None)."""
    inner = [
        _with_conditions_of_ids(question.ask_if, items, seen | {name})
        for name in sorted(condition.ids() - seen)
        if (question := items.get(name)) is not None and question.ask_if is not None
    ]
    return Condition.model_validate({"all": (condition, *inner)}) if inner else condition


def _values(name: str, question: Question | None, whole: Condition) -> Iterator[object]:
    mentioned = [leaf for leaf in whole.comparisons() if leaf.of == name]
    match question:
        case BoolQuestion():
            yield from (True, False)
        case LevelQuestion():
            yield from range(5)
        case MultiQuestion():
            yield from _ticks(question, mentioned)
        case RatioQuestion() | TrendQuestion():
            yield from option_ids(question)
            yield from _around(mentioned)
        case _ if question is not None and option_ids(question):
            yield from option_ids(question)
        case _:
            yield from _around(mentioned)


def _ticks(question: MultiQuestion, mentioned: list[Condition]) -> Iterator[tuple[str, ...]]:
    """All ways to tick the options that conditions mention, with and without one other."""
    named = {name for leaf in mentioned for name in leaf.options()}
    used = [option.id for option in question.options if option.id in named]
    others = [option.id for option in question.options if option.id not in named][:1]
    subsets = chain.from_iterable(combinations(used, size) for size in range(len(used) + 1))
    for subset in subsets:
        for extra in ((), tuple(others)) if others else ((),):
            if subset or extra:
                yield (*subset, *extra)


def _around(mentioned: list[Condition]) -> Iterator[object]:
    """Figures at, just below and just above each one mentioned; texts as they stand, and another."""
    for leaf in mentioned:
        for figure in (leaf.lt, leaf.le, leaf.gt, leaf.ge):
            if figure is not None:
                yield from (figure - 1, figure, figure + 1)
        for value in (leaf.eq, leaf.ne, *(leaf.in_ or ())):
            if value is not None:
                yield value
                if isinstance(value, int | Decimal):
                    yield value + 1
    yield "…"

"""Which questions does a firm get? Worked out once for all firms with the same facts.

Half the time of a draw would go into conditions that look at facts alone; their outcomes are kept and put
where `assessor.answers.state.applies` looks first.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from assessor.answers.model import Answer, Answers, Value
from assessor.answers.state import is_asked, lookup_in
from assessor.pack.condition import holds
from assessor.pack.model import Pack
from assessor.pack.question import Question


def with_items(pack: Pack, answers: Answers, items: Mapping[str, Answer]) -> Answers:
    """The same firm with these answers."""
    return settled(pack, replace(answers, items=items))


def settled(pack: Pack, answers: Answers) -> Answers:
    """The answers, with what their facts alone decide filled in."""
    key = tuple(answers.firm.get(name) for name in _fact_names(pack))
    answers.applicability.clear()
    answers.applicability.update(_by_facts(pack, key))
    return answers


def only_asked(pack: Pack, answers: Answers) -> Answers:
    """Without answers to questions that are no longer asked."""
    settled(pack, answers)
    items = {key: one for key, one in answers.items.items() if is_asked(pack.questions[key], answers)}
    return answers if len(items) == len(answers.items) else with_items(pack, answers, items)


@lru_cache(maxsize=4096)
def _by_facts(pack: Pack, key: tuple[Value | None, ...]) -> Mapping[str, bool | None]:
    firm = {name: value for name, value in zip(_fact_names(pack), key, strict=True) if value is not None}
    look = lookup_in(Answers(pack.id, pack.version, firm, {}))
    return {question.id: holds(question.ask_if, look) for question in _conditioned(pack)}


@lru_cache(maxsize=8)
def _fact_names(pack: Pack) -> tuple[str, ...]:
    names = {name for one in _conditioned(pack) if one.ask_if for name in one.ask_if.ids()}
    return tuple(sorted(names))


@lru_cache(maxsize=8)
def _conditioned(pack: Pack) -> tuple[Question, ...]:
    """The questions whose condition looks at facts and nothing else."""
    facts = {fact.id for fact in pack.facts}
    return tuple(one for one in pack.asked() if one.ask_if is not None and one.ask_if.ids() <= facts)

"""What contradicts what, and where is the legal floor broken? The pack's rules over the answers.

Rules look at what was seen on site, else at what the firm says. What is not known, does not apply
or is not asked never triggers a rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from assessor.answers.model import Answers, Finding
from assessor.answers.state import comparable, is_asked
from assessor.pack.condition import Lookup
from assessor.pack.expression import Expression, parse_expression
from assessor.pack.model import Pack
from assessor.pack.rule import RedLine, Rule


@lru_cache(maxsize=2048)
def expression(text: str) -> Expression:
    """A parsed expression, kept."""
    return parse_expression(text)


def lookup_seen(pack: Pack, answers: Answers) -> Lookup:
    """What rules see of what this firm is asked: the verified value, else the claimed one, or the fact.

    Each id is looked up once.
    """

    @cache
    def look(item_id: str) -> object:
        question = pack.items.get(item_id)
        if question is not None and not is_asked(question, answers):
            return None
        answer = answers.get(item_id)
        if answer.verified is not None:
            return comparable(answer.verified)
        return comparable(answers.known(item_id))

    return look


def fired(pack: Pack, answers: Answers) -> tuple[Rule, ...]:
    """The rules that hold for these answers (as `with_derived` gives them)."""
    look = lookup_seen(pack, answers)
    return tuple(rule for rule in pack.rules.rules if expression(rule.when).value(look) is True)


def rule_findings(rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """Rules that fired as findings: code `rule`, the rule's id and effect in the values."""
    return tuple(
        Finding(
            "rule",
            concerned(rule),
            {"rule": rule.id, "effect": rule.effect, "say": rule.say, "sample": rule.sample},
        )
        for rule in rules
    )


def concerned(rule: Rule) -> tuple[str, ...]:
    """The ids a rule is about: those it names, else those it looks at."""
    return rule.concerns or expression(rule.when).ids


def red_lines(pack: Pack, answers: Answers) -> tuple[RedLine, ...]:
    """The red and amber lines that hold, red before amber."""
    look = lookup_seen(pack, answers)
    held = [line for line in pack.rules.red_lines if expression(line.when).value(look) is True]
    return tuple(sorted(held, key=lambda line: line.colour != "red"))


def caps(rules: Sequence[Rule]) -> Mapping[str, int]:
    """Scene → the level its verified level may not exceed, from rules that fired."""
    found: dict[str, int] = {}
    for rule in rules:
        for scene, level in rule.cap.items():
            found[scene] = min(level, found.get(scene, level))
    return found


def with_caps(answers: Answers, held: Mapping[str, int]) -> Answers:
    """The answers with verified levels held down; no claim is changed."""
    items = dict(answers.items)
    for scene, level in held.items():
        answer = answers.get(scene)
        if isinstance(answer.verified, int) and answer.verified > level:
            items[scene] = replace(answer, verified=level)
    return replace(answers, items=items)

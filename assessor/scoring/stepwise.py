"""A level from requirements, level by level: the rule of GB/T 39117 for a file that holds them all.

Each requirement is met to a share between 0 and 1; a leaf's share at a level is the mean of its
requirements there, a node's the weighted mean of what is below it. Levels count from the bottom: each
that reaches the mark counts 1, the first that does not counts its share, and nothing above it counts.
Fractions throughout, so the mark is exact. What does not apply leaves, the rest share its weight.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from assessor.answers.model import Answers, Side
from assessor.pack.model import Pack
from assessor.pack.question import step_ids
from assessor.pack.standard import Capability, CapabilityModel, PlantType, Requirement
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE
from assessor.scoring.encode import code_of
from assessor.scoring.standard_result import Total

End = Callable[[Sequence[Decimal]], Decimal]
"""What a blank is taken for: `min` or `max` of the shares it could give."""


def weights_missing(model: CapabilityModel, kind: PlantType | None) -> tuple[str, ...]:
    """Titles of the nodes without a weight that this kind of plant has; an only child needs none."""
    return tuple(_weightless(model.domains, kind)) if kind else ()


def _weightless(nodes: Sequence[Capability], kind: PlantType) -> Sequence[str]:
    there = _there(nodes, kind)
    own = [node.title for node in there if kind.id not in node.weights] if len(there) > 1 else []
    return [*own, *(title for node in there for title in _weightless(node.parts, kind))]


def _there(nodes: Sequence[Capability], kind: PlantType | None) -> list[Capability]:
    return [node for node in nodes if not node.only or kind is None or kind.id in node.only]


def requirements_missing(model: CapabilityModel, kind: PlantType | None) -> tuple[str, ...]:
    """Titles of the leaves without a single requirement, of those that this kind of plant has."""
    return tuple(_bare(model.domains, kind))


def _bare(nodes: Sequence[Capability], kind: PlantType | None) -> Sequence[str]:
    there = _there(nodes, kind)
    own = [node.title for node in there if not node.parts and not node.requirements]
    return [*own, *(title for node in there for title in _bare(node.parts, kind))]


def total_of(
    pack: Pack, model: CapabilityModel, kind: PlantType | None, answers: Answers, side: Side
) -> Total | None:
    """The total and the level at both ends; None for a model that has no such rule."""
    if model.stepwise is None:
        return None
    mark = Fraction(model.stepwise.satisfied)
    levels = sorted(level.level for level in model.levels if level.level > 0)
    ends = []
    for end in (min, max):
        shares = [_share(pack, model.domains, kind, level, answers, side, end) for level in levels]
        ends.append(count_levels([share or Fraction(0) for share in shares], mark))
    (low, level_low), (high, level_high) = ends
    return Total(low, high, level_low, level_high)


def count_levels(shares: Sequence[Fraction], mark: Fraction) -> tuple[Fraction, int]:
    """The total and the level from the shares of each level, lowest first.

    >>> count_levels([Fraction(9, 10), Fraction(8, 10), Fraction(1, 2)], Fraction(8, 10))
    (Fraction(5, 2), 2)
    """
    for level, share in enumerate(shares):
        if share < mark:
            return level + share, level
    return Fraction(len(shares)), len(shares)


def _share(
    pack: Pack,
    nodes: Sequence[Capability],
    kind: PlantType | None,
    level: int,
    answers: Answers,
    side: Side,
    end: End,
) -> Fraction | None:
    """The weighted share of some nodes at a level; None when none of them asks anything there."""
    there, weighted, used = _there(nodes, kind), Fraction(0), Fraction(0)
    for node in there:
        if node.parts:
            share = _share(pack, node.parts, kind, level, answers, side, end)
        else:
            share = _leaf(pack, node, level, answers, side, end)
        if share is not None:
            weight = _weight(node, kind)
            weighted, used = weighted + weight * share, used + weight
    return weighted / used if used else None


def _weight(node: Capability, kind: PlantType | None) -> Fraction:
    """The weight of a node; one without a stated weight has no sibling, so any weight will do."""
    stated = node.weights.get(kind.id) if kind else None
    return Fraction(stated.value) if stated else Fraction(1)


def _leaf(
    pack: Pack, node: Capability, level: int, answers: Answers, side: Side, end: End
) -> Fraction | None:
    asked = [one for one in node.requirements if one.level == level]
    shares = [share for one in asked if (share := _met(pack, one, answers, side, end)) is not None]
    return sum(map(Fraction, shares), Fraction(0)) / len(shares) if shares else None


def _met(pack: Pack, requirement: Requirement, answers: Answers, side: Side, end: End) -> Decimal | None:
    question = pack.questions[requirement.question]
    code = code_of(question, answers, side)
    if code == NOT_APPLICABLE:
        return None
    scores = [requirement.scores[step] for step in step_ids(question)]
    return end(scores) if code == MISSING else scores[code]

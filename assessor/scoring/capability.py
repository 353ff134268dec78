"""A capability tree read from the answers: which of them speak about each node, and how far they reach.

A question has states that can be counted: the rungs of a scene, the options that may be ticked, the
steps of a ladder or the bands of a share above the lowest. What is reached out of all is a reading of
the answers, not a score of the standard; a blank counts as none at the low end and as all at the high.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assessor.answers.model import SIDES, Answers, Side
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, Question
from assessor.pack.standard import Capability, CapabilityModel, PlantType
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE, TOP_LEVEL, scored_options
from assessor.scoring.encode import code_of
from assessor.scoring.papers import papers_held
from assessor.scoring.result import Note
from assessor.scoring.standard_result import (
    CapabilityResult,
    CapabilitySide,
    NodeReading,
    Rungs,
)
from assessor.scoring.stepwise import requirements_missing, total_of, weights_missing
from assessor.words import _, named


def read_capability(pack: Pack, model: CapabilityModel, answers: Answers) -> CapabilityResult:
    """Read one assessment against a tree; `answers` as `effective` gives them."""
    kind = model.type_of(answers.fact("industry_code"))
    reasons = tuple(_reasons(model, kind))
    claimed, verified = (_side(pack, model, kind, answers, side, not reasons) for side in SIDES)
    papers = papers_held(model.papers, answers)
    return CapabilityResult(model, answers.headline, kind, reasons, claimed, verified, papers)


def _reasons(model: CapabilityModel, kind: PlantType | None) -> Iterator[Note]:
    """Why no level may be given; nothing when one may."""
    if model.stepwise is None:
        yield Note("standard-reading-only")
        return
    if model.types and kind is None:
        yield Note("standard-plant-type-unknown", {"types": _("、").join(named(one) for one in model.types)})
    weights = weights_missing(model, kind)
    if weights:
        yield Note("standard-weights-unknown", {"number": len(weights), "items": _("、").join(weights)})
    requirements = requirements_missing(model, kind)
    if requirements:
        yield Note("standard-requirements-unknown", {"number": len(requirements)})


@lru_cache(maxsize=64)
def speaking(pack: Pack, model_id: str) -> Mapping[str, tuple[str, ...]]:
    """Node → the questions that speak about it or about anything below it, in the order they are asked.

    A trade's scene speaks about what its ministry's scenes speak about, unless its link says otherwise.
    """
    [model] = [one for one in pack.capabilities if one.id == model_id]
    own: dict[str, set[str]] = {node.id: set(node.questions) for node in model.nodes()}
    for scene, link in (pack.crosswalk.scenes if pack.crosswalk else {}).items():
        through = [node.id for node in model.nodes() if set(node.questions) & set(link.ministry)]
        for name in link.standards.get(model_id, through):
            own[name].add(scene)
    order = [question.id for question in pack.asked()]
    return {
        node.id: tuple(sorted(set().union(*(own[below.id] for below in node.nodes())), key=order.index))
        for node in model.nodes()
    }


def _side(
    pack: Pack, model: CapabilityModel, kind: PlantType | None, answers: Answers, side: Side, levelled: bool
) -> CapabilitySide:
    members = speaking(pack, model.id)
    asked = dict.fromkeys(name for names in members.values() for name in names)
    codes = {name: code_of(pack.questions[name], answers, side) for name in asked}
    nodes = tuple(
        _node(pack, node, depth, kind, applies, members[node.id], codes)
        for node, depth, applies in _walk(model.domains, kind)
    )
    return CapabilitySide(side, nodes, total_of(pack, model, kind, answers, side) if levelled else None)


def _walk(
    nodes: Sequence[Capability], kind: PlantType | None, depth: int = 0, above: bool = True
) -> Iterator[tuple[Capability, int, bool]]:
    for node in nodes:
        applies = above and node_applies(node, kind)
        yield node, depth, applies
        yield from _walk(node.parts, kind, depth + 1, applies)


def node_applies(node: Capability, kind: PlantType | None) -> bool:
    """Whether this kind of plant has the node; while the kind is not known it may."""
    return not node.only or kind is None or kind.id in node.only


def _node(
    pack: Pack,
    node: Capability,
    depth: int,
    kind: PlantType | None,
    applies: bool,
    names: Sequence[str],
    codes: Mapping[str, int],
) -> NodeReading:
    there = [(pack.questions[name], codes[name]) for name in names if codes[name] != NOT_APPLICABLE]
    low, high, most = (sum(counts) for counts in zip((0, 0, 0), *(steps(*one) for one in there), strict=True))
    blank = sum(code == MISSING for _, code in there)
    return NodeReading(
        node=node,
        depth=depth,
        applies=applies,
        weight=node.weights.get(kind.id) if kind else None,
        speaking=tuple(question.id for question, _ in there),
        answered=len(there) - blank,
        blank=blank,
        gone=len(names) - len(there),
        low=low,
        high=high,
        most=most,
        rungs=_rungs([code for question, code in there if isinstance(question, LevelQuestion)]),
    )


def steps(question: Question, code: int) -> tuple[int, int, int]:
    """States reached at both ends, and how many there are above the lowest."""
    options = len(scored_options(question))
    if isinstance(question, LevelQuestion):
        most, reached = TOP_LEVEL, code
    elif isinstance(question, MultiQuestion):
        most, reached = options, code.bit_count()
    else:
        most, reached = options - 1, code
    return (0, most, most) if code == MISSING else (reached, reached, most)


def _rungs(codes: Sequence[int]) -> Rungs | None:
    if not codes:
        return None
    least = [0 if code == MISSING else code for code in codes]
    best = [TOP_LEVEL if code == MISSING else code for code in codes]
    return Rungs(min(least), min(best), max(least), max(best))

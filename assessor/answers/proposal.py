"""Which level of a ministry's scene do the trade's scenes suggest?

A proposal is no answer: until a person confirms it the scene counts as unanswered.
"""

from collections.abc import Mapping, Sequence

from assessor.answers.model import Answers, AnswerState, Side
from assessor.answers.state import lookup_in, state_of
from assessor.pack.condition import holds
from assessor.pack.model import Crosswalk, Pack, Proposal

_CORE_WEIGHT = 2


def scene_weight(crosswalk: Crosswalk, scene_id: str, answers: Answers) -> int:
    """The weight of a trade scene for this firm: 2 for core process scenes, else 1."""
    link = crosswalk.scenes[scene_id]
    look = lookup_in(answers)
    return next((other.weight for other in link.weight_if if holds(other.if_, look)), link.weight)


def proposals(pack: Pack, answers: Answers, side: Side = "claimed") -> Mapping[str, int]:
    """Ministry's scene → proposed level, for scenes whose trade scenes are all answered.

    Trade scenes that do not apply drop out; when none applies nothing is proposed.
    """
    if pack.crosswalk is None:
        return {}
    found = {}
    for scene_id, rule in pack.crosswalk.proposals.items():
        level = _propose(pack, pack.crosswalk, rule, answers, side)
        if level is not None:
            found[scene_id] = level
    return found


def _propose(pack: Pack, crosswalk: Crosswalk, rule: Proposal, answers: Answers, side: Side) -> int | None:
    levels: list[tuple[int, int]] = []
    for scene_id in rule.from_:
        state = state_of(pack.questions[scene_id], answers)
        level = answers.get(scene_id).on(side)
        if state is AnswerState.NOT_ASKED or (state is AnswerState.NOT_APPLICABLE and level is None):
            continue
        if not isinstance(level, int):
            return None
        levels.append((level, scene_weight(crosswalk, scene_id, answers)))
    if not levels:
        return None
    return _lowest_core(levels) if rule.rule == "lowest_core" else _lower_median(levels)


def _lowest_core(levels: Sequence[tuple[int, int]]) -> int:
    core = [level for level, weight in levels if weight == _CORE_WEIGHT]
    return min(core or [level for level, _ in levels])


def _lower_median(levels: Sequence[tuple[int, int]]) -> int:
    """The highest level that at least ⌊n/2⌋+1 of the n scenes reach."""
    ordered = sorted((level for level, _ in levels), reverse=True)
    return ordered[len(ordered) // 2]


def unconfirmed(pack: Pack, answers: Answers, side: Side = "claimed") -> Mapping[str, int]:
    """Proposals whose scene is still without a value on that side."""
    return {
        scene_id: level
        for scene_id, level in proposals(pack, answers, side).items()
        if answers.get(scene_id).on(side) is None
        and answers.get(scene_id).state is not AnswerState.NOT_APPLICABLE
    }

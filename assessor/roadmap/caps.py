"""What must other scenes have reached before a scene may rise? From the caps that rest on scenes.

Caps that rest on quantities or facts are not applied to lifted scenes: the action promises the scene and
its evidence together (`docs/roadmap.md` §3). So a rule is looked at as if nothing but levels were known.
"""

from collections.abc import Callable, Mapping, Sequence

from assessor.answers.rules import expression
from assessor.pack.rule import Rule
from assessor.scoring.compiled import TOP_LEVEL

Needs = Mapping[tuple[str, int], Mapping[str, int]]
"""(scene, level) → the levels that other scenes must hold first."""


def level_needs(rules: Sequence[Rule], today: Mapping[str, int]) -> Needs:
    """What each level of each scene needs of others; `today` are the levels known today.

    A scene whose level is not known, or that does not apply, is not asked for.
    """
    needs: dict[tuple[str, int], dict[str, int]] = {}
    for rule in rules:
        scenes = [name for name in expression(rule.when).ids if name in today]
        for scene, cap in rule.cap.items():
            if scene not in today:
                continue
            for level in range(cap + 1, TOP_LEVEL + 1):
                others = [name for name in scenes if name != scene]
                found = needs.setdefault((scene, level), {})
                for other, least in _released(rule, scene, level, others).items():
                    found[other] = max(least, found.get(other, 0))
    return {key: found for key, found in needs.items() if found}


def _released(rule: Rule, scene: str, level: int, others: Sequence[str]) -> Mapping[str, int]:
    """The least level of each other scene at which the rule lets go, the rest being at the top."""
    fires = _fires(rule)
    least = {}
    for other in others:
        top = {name: TOP_LEVEL for name in others} | {scene: level}
        held = [value for value in range(TOP_LEVEL + 1) if fires({**top, other: value})]
        if held and max(held) < TOP_LEVEL:
            least[other] = max(held) + 1
    return least


def _fires(rule: Rule) -> Callable[[Mapping[str, int]], bool]:
    when = expression(rule.when)
    return lambda levels: when.value(levels.get) is True

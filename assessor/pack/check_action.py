"""What is wrong with actions? Names that lead nowhere, rungs nothing leads to, cures that are not there.

The ministry's and the province's actions serve several trades. So an id of another pack may stand
as one of several alternatives of a prerequisite, and inside `given(…)` of a condition: `not
given(TP01)` keeps an action from firms that are assessed with the tire pack.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from assessor.errors import Problem
from assessor.pack.action import Action, Effect
from assessor.pack.check import Check, Checked
from assessor.pack.expression import parse_expression
from assessor.pack.question import (
    LEVELS,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    option_ids,
)
from assessor.pack.reference import Size
from assessor.words import SIZES, _

STEPS_OF = "miit.Q4"
"""The question whose options are the business steps; the one that says none is no step."""

_GIVEN = re.compile(r"given\([^()]*\)")
_ID = re.compile(r"[A-Z]+[0-9]+[a-z]?(\.[0-9]+)?")
_OPTIONS = re.compile(r"(?:has|within)\(\s*([\w.]+)\s*,([^()]*)\)|([\w.]+)\s*[!=]=\s*('[^']*')")
_QUOTED = re.compile(r"'([^']*)'")
_HIGH = 3  # from this level up the one below must be reached first


# -- names -----------------------------------------------------------------------------------------


def namespaces(checked: Checked) -> Iterator[Problem]:
    """An action's id begins with the id of its pack."""
    for action in checked.pack.actions:
        if _is_foreign(checked, action.id):
            own = checked.pack.manifest.id
            yield checked.problem("action-namespace", action.id, id=action.id, pack=own)


def _is_foreign(checked: Checked, action_id: str) -> bool:
    manifest = checked.pack.manifest
    return action_id.split(".")[0] not in (manifest.id, *manifest.depends)


def conditions(checked: Checked) -> Iterator[Problem]:
    """Conditions look at facts and questions that exist, and name options that exist."""
    for action in checked.pack.actions:
        if action.when is None:
            continue
        for name in parse_expression(_GIVEN.sub("yes", action.when)).ids:
            yield from _unless_known(checked, action, name)
        for found in _OPTIONS.finditer(action.when):
            question = checked.pack.items.get(found[1] or found[3])
            for option in _QUOTED.findall(found[2] or found[4]):
                yield from _option(checked, action, question, option)


def _unless_known(checked: Checked, action: Action, name: str) -> Iterator[Problem]:
    if name not in checked.pack.items:
        yield checked.problem("pack-unknown-id", action.id, id=name)


def _option(checked: Checked, action: Action, question: Question | None, option: str) -> Iterator[Problem]:
    known = option_ids(question) if question else ()
    if known and option not in known:
        values = {"id": question.id if question else "", "option": option, "known": _("、").join(known)}
        yield checked.problem("pack-unknown-option", action.id, **values)


def targets(checked: Checked) -> Iterator[Problem]:
    """Effects change questions of the right kind, by options, levels and steps that exist."""
    for action in checked.pack.actions:
        for effect in action.effects:
            yield from _levels(checked, action, effect)
            yield from _ticks(checked, action, effect)
            yield from _units(checked, action, effect)


def _levels(checked: Checked, action: Action, effect: Effect) -> Iterator[Problem]:
    for name, level in effect.levels.items():
        if not isinstance(checked.pack.questions.get(name), LevelQuestion) or level not in LEVELS[1:]:
            yield checked.problem("pack-unknown-id", action.id, id=f"{name} {level}")
    for name, lower in effect.via.items():
        if any(level not in LEVELS[1 : effect.levels.get(name, 0)] for level in lower):
            yield checked.problem("action-via", action.id, id=action.id, scene=name)


def _ticks(checked: Checked, action: Action, effect: Effect) -> Iterator[Problem]:
    chosen = [("multi", name, option) for name, options in effect.ticks.items() for option in options]
    chosen += [("single", name, option) for name, option in effect.rungs.items()]
    chosen += [("multi", STEPS_OF, step) for step in effect.steps]
    for kind, name, option in chosen:
        question = checked.pack.questions.get(name)
        if not isinstance(question, SingleQuestion | MultiQuestion) or question.kind != kind:
            yield checked.problem("pack-unknown-id", action.id, id=name)
            continue
        real = [each.id for each in question.options if not each.none]
        if option not in real:
            values = {"id": name, "option": option, "known": _("、").join(real)}
            yield checked.problem("pack-unknown-option", action.id, **values)


def _units(checked: Checked, action: Action, effect: Effect) -> Iterator[Problem]:
    for name, units in effect.units.items():
        if not isinstance(checked.pack.questions.get(name), RatioQuestion):
            yield checked.problem("pack-unknown-id", action.id, id=name)
        if units.count_of and not isinstance(checked.pack.items.get(units.count_of), NumberQuestion):
            yield checked.problem("pack-unknown-id", action.id, id=units.count_of)


def links(checked: Checked) -> Iterator[Problem]:
    """Actions name actions, red lines and facts that exist."""
    actions = {action.id for action in checked.pack.actions}
    lines = {line.id for line in checked.pack.rules.red_lines}
    for action in checked.pack.actions:
        names = [name for entry in action.prerequisites for name in _astray(checked, entry, actions)]
        names += [name for effect in action.effects for name in effect.together if name not in actions]
        names += [name for name in action.cures if name not in lines]
        names += [
            name for name in action.records if not isinstance(checked.pack.items.get(name), NumberQuestion)
        ]
        names += [name for name in action.needs if _ID.fullmatch(name) and name not in checked.pack.items]
        for name in names:
            yield checked.problem("pack-unknown-id", action.id, id=name)


def _astray(checked: Checked, entry: Sequence[str], actions: set[str]) -> Iterator[str]:
    """Alternatives that exist nowhere; those of other packs only beside one that is here."""
    here = any(name in actions for name in entry)
    for name in entry:
        if name not in actions and not (here and _is_foreign(checked, name)):
            yield name


def sources(checked: Checked) -> Iterator[Problem]:
    """Every action and every benefit names entries of `sources.yaml`."""
    for action in checked.pack.actions:
        for name in dict.fromkeys((*action.cite.source, *action.benefit.cite.source)):
            if name not in checked.pack.sources:
                yield checked.problem("pack-source-unknown", action.id, source=name)


# -- order -----------------------------------------------------------------------------------------


def loops(checked: Checked) -> Iterator[Problem]:
    """No action waits for itself, by whichever alternative."""
    graph = {
        action.id: [name for entry in action.prerequisites for name in entry]
        for action in checked.pack.actions
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        loop: list[str] = error.args[1]
        yield checked.problem("action-cycle", *loop, ids=" → ".join(loop))


def steps_below(checked: Checked) -> Iterator[Problem]:
    """A high level, or a high rung of a ladder, has its step below: by the same work or another action."""
    for action in checked.pack.actions:
        others = [other for other in checked.pack.actions if other.id != action.id]
        for effect in action.effects:
            for name, level in effect.levels.items():
                if level >= _HIGH and level - 1 not in effect.via.get(name, ()):
                    yield from _step(checked, action, effect, others, name, level)
            for name, option in effect.rungs.items():
                yield from _rung(checked, action, others, name, option)


def _step(
    checked: Checked, action: Action, effect: Effect, others: Sequence[Action], name: str, level: int
) -> Iterator[Problem]:
    for size in effect.sizes or action.cost_wan:
        if not _reached(checked, others, size, name, level - 1):
            values = {"id": action.id, "scene": name, "step": level, "size": _(SIZES[size])}
            yield checked.problem("action-step", action.id, **values)


def _reached(checked: Checked, others: Sequence[Action], size: Size, name: str, level: int) -> bool:
    """Whether others bring a question to a level at a size, themselves or by the scenes it follows."""
    crosswalk = checked.pack.crosswalk
    proposal = crosswalk.proposals.get(name) if crosswalk else None
    followed = proposal.from_ if proposal else ()
    return any(
        level == effect.levels.get(scene) or level in effect.via.get(scene, ())
        for other in others
        for effect in other.effects
        if size in (effect.sizes or other.cost_wan)
        for scene in (name, *followed)
    )


def _rung(
    checked: Checked, action: Action, others: Sequence[Action], name: str, option: str
) -> Iterator[Problem]:
    question = checked.pack.questions.get(name)
    rungs = option_ids(question) if question else ()
    below = rungs.index(option) - 1 if option in rungs else 0
    given = {effect.rungs.get(name) for other in others for effect in other.effects}
    if below > 0 and rungs[below] not in given:
        values = {"id": action.id, "scene": name, "step": option, "size": _("任何")}
        yield checked.problem("action-step", action.id, **values)


def sizes(checked: Checked) -> Iterator[Problem]:
    """Nothing is offered at a size that depends on what is not offered there."""
    offered = {action.id: set(action.cost_wan) for action in checked.pack.actions}
    for action in checked.pack.actions:
        own = offered[action.id]
        for size in sorted({size for effect in action.effects for size in effect.sizes} - own):
            yield _at_size(checked, action, size, _("本身不提供，效果却写了它"))
        for size in sorted(set(action.yearly_wan) - own):
            yield _at_size(checked, action, size, _("本身不提供，却写了以后每年的费用"))
        for entry in action.prerequisites:
            yield from _dependence(checked, action, own, entry, offered)
        for effect in action.effects:
            for name in effect.together:
                yield from _dependence(checked, action, set(effect.sizes or own), (name,), offered)


def _dependence(
    checked: Checked,
    action: Action,
    own: set[Size],
    entry: Sequence[str],
    offered: Mapping[str, set[Size]],
) -> Iterator[Problem]:
    there = {size for name in entry for size in offered.get(name, ())}
    if any(name in offered for name in entry):
        for size in sorted(own - there):
            yield _at_size(checked, action, size, _("要靠不提供的 {entry}").format(entry=_("、").join(entry)))


def _at_size(checked: Checked, action: Action, size: Size, reason: str) -> Problem:
    return checked.problem("action-size", action.id, id=action.id, size=_(SIZES[size]), reason=reason)


# -- red lines -------------------------------------------------------------------------------------


def cures(checked: Checked) -> Iterator[Problem]:
    """Each action a red line is cured by exists and says so itself."""
    actions = {action.id: action for action in checked.pack.actions}
    for line in checked.pack.rules.red_lines:
        for name in line.digital_cure:
            if name not in actions:
                yield checked.problem("pack-unknown-id", line.id, id=name)
            elif line.id not in actions[name].cures:
                yield checked.problem("action-cure", name, id=name, line=line.id)


ACTION_CHECKS: tuple[Check, ...] = (
    namespaces,
    conditions,
    targets,
    links,
    sources,
    loops,
    steps_below,
    sizes,
    cures,
)

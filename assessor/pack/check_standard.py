"""What is wrong with the models of other standards? Names, weights, gates and tables of papers."""

from collections.abc import Iterator, Sequence

from assessor.errors import Problem
from assessor.pack.check import Check, Checked
from assessor.pack.papers import ITEM, PAPER_COLUMNS, Papers
from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    option_ids,
    step_ids,
)
from assessor.pack.record import Cite
from assessor.pack.standard import Capability, CapabilityModel, LadderGate, LadderModel, Requirement
from assessor.words import _


def sources(checked: Checked) -> Iterator[Problem]:
    """Every weight, gate, mapping and paper names entries of `sources.yaml`."""
    for key, cite in _cites(checked):
        for name in cite.source:
            if name not in checked.pack.sources:
                yield checked.problem("pack-source-unknown", key, source=name)


def _cites(checked: Checked) -> Iterator[tuple[str, Cite]]:
    for model in checked.pack.standards:
        yield f"model {model.id}", model.cite
        yield f"model {model.id}", model.mapping
    for tree in checked.pack.capabilities:
        if tree.stepwise:
            yield f"model {tree.id}", tree.stepwise.cite
        for node in tree.nodes():
            yield from ((f"{tree.id} {node.id}", weight.cite) for weight in node.weights.values())
    for ladder in checked.pack.ladders:
        yield from ((f"{ladder.id} {gate.id}", gate.cite) for gate in ladder.gates())
    yield from ((f"model {name}", papers.cite) for name, papers in _papers(checked))


def _papers(checked: Checked) -> Iterator[tuple[str, Papers]]:
    for model in (*checked.pack.reported, *checked.pack.standards):
        if model.papers is not None:
            yield model.id, model.papers


def papers(checked: Checked) -> Iterator[Problem]:
    """Papers stand in a table with the columns they need, under an item that may be chosen there."""
    for name, held in _papers(checked):
        key, table = f"model {name}", checked.pack.questions.get(held.table)
        if not isinstance(table, TableQuestion):
            yield checked.problem("pack-unknown-id", key, id=held.table)
            continue
        columns = {column.id: column for column in table.columns}
        missing = [column for column in PAPER_COLUMNS if column not in columns]
        if missing:
            yield checked.problem("standard-papers", key, id=held.table, columns=_("、").join(missing))
        elif held.item not in columns[ITEM].options:
            known = _("、").join(columns[ITEM].options)
            values = {"id": f"{held.table}.{ITEM}", "option": held.item, "known": known}
            yield checked.problem("pack-unknown-option", key, **values)


def has_steps(question: Question | None) -> bool:
    """Whether a question has states that can be counted, lowest first."""
    if isinstance(question, RatioQuestion):
        return bool(question.bands)
    return isinstance(question, LevelQuestion | MultiQuestion | SingleQuestion)


def members(checked: Checked) -> Iterator[Problem]:
    """What speaks about a node exists and has states to count; so does what a requirement rests on."""
    for model in checked.pack.capabilities:
        for node in model.nodes():
            key = f"{model.id} {node.id}"
            for name in node.questions:
                yield from _member(checked, key, name)
            for requirement in node.requirements:
                yield from _requirement(checked, model, key, requirement)


def _member(checked: Checked, key: str, name: str) -> Iterator[Problem]:
    question = checked.pack.questions.get(name)
    if question is None:
        yield checked.problem("pack-unknown-id", key, id=name)
    elif not has_steps(question):
        yield checked.problem("standard-steps", key, id=name)


def _requirement(
    checked: Checked, model: CapabilityModel, key: str, requirement: Requirement
) -> Iterator[Problem]:
    question = checked.pack.questions.get(requirement.question)
    if question is None:
        yield checked.problem("pack-unknown-id", key, id=requirement.question)
        return
    if isinstance(question, MultiQuestion) or not has_steps(question):
        yield checked.problem("standard-steps", key, id=question.id)
        return
    steps = step_ids(question)
    if set(steps) != requirement.scores.keys():
        reason = _("应当正好写出 {steps} 各档").format(steps=_("、").join(steps))
        yield checked.problem("standard-scores", key, id=question.id, reason=reason)
        return
    scores = [requirement.scores[step] for step in steps]
    if scores != sorted(scores):
        yield checked.problem("standard-scores", key, id=question.id, reason=_("随档次升高反而下降"))
    if requirement.level not in {level.level for level in model.levels}:
        reason = _("写的 {level} 级不存在").format(level=requirement.level)
        yield checked.problem("standard-scores", key, id=question.id, reason=reason)


def weights(checked: Checked) -> Iterator[Problem]:
    """Weights are given for kinds of plant that exist; where all of a level are known they make 100."""
    for model in checked.pack.capabilities:
        kinds = {kind.id for kind in model.types}
        for node in model.nodes():
            for name in sorted({*node.weights, *node.only} - kinds):
                yield checked.problem("pack-unknown-id", f"{model.id} {node.id}", id=name)
        for kind in model.types:
            yield from _weights(checked, model, kind.id, model.domains, model.title, f"model {model.id}")
            for node in model.nodes():
                key = f"{model.id} {node.id}"
                yield from _weights(checked, model, kind.id, node.parts, node.title, key)


def _weights(
    checked: Checked, model: CapabilityModel, kind: str, nodes: Sequence[Capability], title: str, key: str
) -> Iterator[Problem]:
    there = [node for node in nodes if not node.only or kind in node.only]
    if not there or any(kind not in node.weights for node in there):
        return
    total = sum(node.weights[kind].value for node in there)
    if total != 100:
        yield checked.problem("pack-weights", key, f"model {model.id}", what=title, sum=total)


def ladders(checked: Checked) -> Iterator[Problem]:
    """Rungs rise one by one; gates look at things that exist and at papers that say a level."""
    for model in checked.pack.ladders:
        for number, rung in enumerate(model.rungs, 1):
            if rung.level != number:
                key = f"{model.id} rung {rung.level}"
                yield checked.problem(
                    "pack-gates", key, reason=_("第 {number} 档应为 {number} 级").format(number=number)
                )
        for gate in model.gates():
            yield from _gate(checked, model, gate)


def _gate(checked: Checked, model: LadderModel, gate: LadderGate) -> Iterator[Problem]:
    key = f"{model.id} {gate.id}"
    for name in gate.speaks:
        if name not in checked.pack.items:
            yield checked.problem("pack-unknown-id", key, id=name)
    for leaf in gate.when.comparisons() if gate.when else ():
        target = checked.pack.items.get(leaf.of or "")
        if target is None:
            yield checked.problem("pack-unknown-id", key, id=leaf.of)
            continue
        known = option_ids(target)
        for option in leaf.options():
            if known and option not in known:
                values = {"id": target.id, "option": option, "known": _("、").join(known)}
                yield checked.problem("pack-unknown-option", key, **values)
    if gate.paper is not None:
        graded = {one.id: one.papers for one in checked.pack.standards if one.papers}
        held = graded.get(gate.paper.model)
        if held is None or gate.paper.level > len(held.grades):
            yield checked.problem("pack-unknown-id", key, id=f"{gate.paper.model} {gate.paper.level}")


def crosswalk(checked: Checked) -> Iterator[Problem]:
    """What a trade's scene says in another standard leads to nodes of it."""
    links = checked.pack.crosswalk.scenes if checked.pack.crosswalk else {}
    nodes = {model.id: {node.id for node in model.nodes()} for model in checked.pack.capabilities}
    for scene, link in links.items():
        key = f"crosswalk.yaml scenes {scene}"
        for name, targets in link.standards.items():
            unknown = [name] if name not in nodes else [one for one in targets if one not in nodes[name]]
            for one in unknown:
                yield checked.problem("pack-unknown-id", key, "crosswalk.yaml", id=one)


STANDARD_CHECKS: tuple[Check, ...] = (sources, papers, members, weights, ladders, crosswalk)

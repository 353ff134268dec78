"""What is wrong with exemplars? Names that lead nowhere, and statements that are no case."""

from collections.abc import Iterator

from assessor.errors import Problem
from assessor.pack.check import Check, Checked
from assessor.pack.exemplar import Exemplar
from assessor.pack.question import LevelQuestion


def namespaces(checked: Checked) -> Iterator[Problem]:
    """An exemplar's id begins with the id of its pack."""
    manifest = checked.pack.manifest
    for one in checked.pack.exemplars:
        if one.id.split(".")[0] not in (manifest.id, *manifest.depends):
            yield checked.problem("exemplar-namespace", one.id, id=one.id, pack=manifest.id)


def references(checked: Checked) -> Iterator[Problem]:
    """Scenes, actions, questions, facts, regions and showcases are there."""
    for one in checked.pack.exemplars:
        for name in _astray(checked, one):
            yield checked.problem("pack-unknown-id", one.id, id=name)


def _astray(checked: Checked, one: Exemplar) -> Iterator[str]:
    pack = checked.pack
    actions = {action.id for action in pack.actions}
    showcases = {box.id for box in pack.benchmarks.showcases}
    yield from (name for name in one.scenes if not isinstance(pack.questions.get(name), LevelQuestion))
    yield from (name for step in one.did for name in step.actions if name not in actions)
    yield from (name for name in one.showcases if name not in showcases)
    yield from (name for name in (one.if_.ids() if one.if_ else ()) if name not in pack.items)
    if one.region_code and one.region_code not in pack.regions.regions:
        yield one.region_code


def sources(checked: Checked) -> Iterator[Problem]:
    """Every exemplar names entries of `sources.yaml`."""
    for one in checked.pack.exemplars:
        for name in one.cite.source:
            if name not in checked.pack.sources:
                yield checked.problem("pack-source-unknown", one.id, source=name)


def cases(checked: Checked) -> Iterator[Problem]:
    """An exemplar is a case: nobody counted a sample, no standard asks for it."""
    for one in checked.pack.exemplars:
        if one.cite.kind != "case":
            yield checked.problem("exemplar-kind", one.id, id=one.id, kind=one.cite.kind)


EXEMPLAR_CHECKS: tuple[Check, ...] = (namespaces, references, sources, cases)

"""From folders to a `Pack`: the folder itself, what it depends on, one digest over all of it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import Problem, UserError, refuse
from assessor.pack.check import CHECKS, check_pack
from assessor.pack.check_action import ACTION_CHECKS
from assessor.pack.check_exemplar import EXEMPLAR_CHECKS
from assessor.pack.check_model import MODEL_CHECKS
from assessor.pack.check_rule import RULE_CHECKS
from assessor.pack.draft import Draft, read_draft
from assessor.pack.maturity import IndexModel, PointsModel, ReportedModel
from assessor.pack.model import Pack
from assessor.pack.question import Section
from assessor.pack.reference import Benchmarks
from assessor.pack.rule import Rules


@dataclass(frozen=True)
class Loaded:
    """A pack, or None when its files can't make one, and every fault found."""

    pack: Pack | None
    problems: tuple[Problem, ...]


def pack_folders(roots: Sequence[Path]) -> dict[str, Path]:
    """Pack id → folder; an earlier root wins over a later one."""
    found: dict[str, Path] = {}
    for root in roots:
        for manifest in sorted(root.glob("*/pack.yaml")):
            found.setdefault(manifest.parent.name, manifest.parent)
    return found


def load_pack(folder: Path, roots: Sequence[Path]) -> Loaded:
    """Read the pack in `folder` with its dependencies, found in `roots`; report every fault."""
    own = read_draft(folder)
    drafts, problems = _with_dependencies(own, roots)
    problems += [problem for draft in drafts for problem in draft.problems]
    pack = _assemble(drafts)
    if pack is not None:
        checks = (*CHECKS, *MODEL_CHECKS, *RULE_CHECKS, *ACTION_CHECKS, *EXEMPLAR_CHECKS)
        problems += check_pack(pack, drafts, checks)
    return Loaded(pack, tuple(sorted(set_of(problems), key=_order)))


def open_pack(pack_id: str, roots: Sequence[Path]) -> Pack:
    """The pack of that id, or a `UserError` when there is none or it has faults."""
    folders = pack_folders(roots)
    if pack_id not in folders:
        raise refuse("pack-missing", pack=pack_id, known="、".join(folders) or "无")
    loaded = load_pack(folders[pack_id], roots)
    if loaded.problems or loaded.pack is None:
        first = loaded.problems[:1]
        count = len(loaded.problems)
        raise UserError(Problem("pack-broken", str(folders[pack_id]), {"count": count}), *first)
    return loaded.pack


def set_of(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without repetitions, in order."""
    seen: set[str] = set()
    for problem in problems:
        line = str(problem)
        if line not in seen:
            seen.add(line)
            yield problem


def _order(problem: Problem) -> tuple[str, int]:
    name, _, line = problem.where.rpartition(":")
    return (name, int(line)) if line.isdigit() else (problem.where, 0)


def _with_dependencies(own: Draft, roots: Sequence[Path]) -> tuple[list[Draft], list[Problem]]:
    folders = pack_folders(roots)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for name in own.manifest.depends if own.manifest else ():
        if name in folders:
            drafts.append(read_draft(folders[name]))
        else:
            where = own.places["pack.yaml depends"][0]
            known = "、".join(folders) or "无"
            problems.append(Problem("pack-missing", where, {"pack": name, "known": known}))
    return [*drafts, own], problems


def _assemble(drafts: Sequence[Draft]) -> Pack | None:
    own = drafts[-1]
    regions = next((draft.regions for draft in drafts if draft.regions), None)
    industries = next((draft.industries for draft in drafts if draft.industries), None)
    if own.manifest is None or regions is None or industries is None:
        return None
    sections = [section for draft in drafts for section in draft.sections]
    models = [model for draft in drafts for model in draft.models]
    return Pack(
        manifest=own.manifest,
        facts=tuple(fact for draft in drafts for fact in draft.facts),
        sections=_in_order(sections, own.manifest.sections),
        models=tuple(model for model in models if isinstance(model, PointsModel)),
        indexes=tuple(model for model in models if isinstance(model, IndexModel)),
        reported=tuple(model for model in models if isinstance(model, ReportedModel)),
        rules=_rules([draft.rules for draft in drafts if draft.rules]),
        benchmarks=_benchmarks([draft.benchmarks for draft in drafts if draft.benchmarks]),
        actions=tuple(one for draft in drafts if draft.actions for one in draft.actions.actions),
        exemplars=tuple(one for draft in drafts if draft.exemplars for one in draft.exemplars.exemplars),
        profiles=own.profiles,
        sources={key: source for draft in drafts for key, source in draft.sources.items()},
        crosswalk=own.crosswalk,
        regions=regions,
        industries=industries,
        digest=_digest(drafts),
        folder=own.folder,
    )


def _rules(found: Sequence[Rules]) -> Rules:
    return Rules(
        rules=tuple(rule for each in found for rule in each.rules),
        red_lines=tuple(line for each in found for line in each.red_lines),
        feeds=tuple(feed for each in found for feed in each.feeds),
    )


def _benchmarks(found: Sequence[Benchmarks]) -> Benchmarks:
    return Benchmarks(
        published=tuple(one for each in found for one in each.published),
        showcases=tuple(one for each in found for one in each.showcases),
        distributions=tuple(one for each in found for one in each.distributions),
    )


def _in_order(sections: Sequence[Section], order: Sequence[str]) -> tuple[Section, ...]:
    place = {name: index for index, name in enumerate(order)}
    return tuple(sorted(sections, key=lambda section: place.get(section.id, len(place))))


def _digest(drafts: Sequence[Draft]) -> str:
    lines = [
        f"{draft.manifest.id if draft.manifest else ''}/{name} {digest}"
        for draft in drafts
        for name, digest in sorted(draft.digests.items())
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()

"""From folders to a `Pack`: the folder itself, what it depends on, one digest over all of it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from assessor.errors import Problem, UserError, refuse
from assessor.pack.check import CHECKS, KIND_NAMES, Check, check_pack, duplicate_ids
from assessor.pack.check_action import ACTION_CHECKS
from assessor.pack.check_exemplar import EXEMPLAR_CHECKS
from assessor.pack.check_model import MODEL_CHECKS
from assessor.pack.check_policy import POLICY_CHECKS
from assessor.pack.check_rule import RULE_CHECKS
from assessor.pack.check_standard import STANDARD_CHECKS
from assessor.pack.counted import FOLDER, HEAD, counted_for
from assessor.pack.draft import OVERLAY_FILES, Draft, read_draft, read_manifest
from assessor.pack.fault import hint
from assessor.pack.maturity import IndexModel, PointsModel, ReportedModel
from assessor.pack.model import Manifest, Pack
from assessor.pack.platform import Platform, Platforms
from assessor.pack.policy import Policy
from assessor.pack.question import Section
from assessor.pack.reference import Benchmarks
from assessor.pack.rule import Rules
from assessor.pack.standard import CapabilityModel, LadderModel
from assessor.words import _

D = TypeVar("D", Policy, Platform)


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
    """Read the pack in `folder` with its dependencies and overlays, found in `roots`; report every fault."""
    own = read_draft(folder)
    drafts, problems = _with_dependencies(own, roots)
    overlays = _overlays(drafts, roots)
    problems += [problem for draft in (*drafts, *overlays) for problem in draft.problems]
    problems += [problem for draft in (own, *overlays) for problem in _strange_files(draft)]
    pack = _assemble(drafts, overlays)
    if pack is not None:
        pack = replace(pack, counted=() if pack.manifest.overlays else counted_for(pack.id, roots))
        found = check_pack(pack, (*drafts, *overlays), _checks(pack.manifest))
        problems += _told(found, pack, (*drafts, *overlays))
    return Loaded(pack, tuple(sorted(set_of(problems), key=_order)))


def load_once(folder: Path, roots: Sequence[Path]) -> Loaded:
    """The same, read anew only when a file of any pack in `roots` has changed since."""
    return _load_once(folder, tuple(roots), _stamp(roots))


@lru_cache(maxsize=32)
def _load_once(folder: Path, roots: tuple[Path, ...], _now: frozenset[tuple[str, int, int]]) -> Loaded:
    return load_pack(folder, roots)


def _stamp(roots: Sequence[Path]) -> frozenset[tuple[str, int, int]]:
    """Name, time and size of every pack file: a few milliseconds, where reading takes a second."""
    files = [path for folder in pack_folders(roots).values() for path in folder.rglob("*.yaml")]
    files += [path for root in roots for path in root.glob(f"{FOLDER}/*/{HEAD}")]
    found = ((path, path.stat()) for path in files)
    return frozenset((str(path), state.st_mtime_ns, state.st_size) for path, state in found)


def open_pack(pack_id: str, roots: Sequence[Path]) -> Pack:
    """The pack of that id, or a `UserError` when there is none or it has faults."""
    folders = pack_folders(roots)
    if pack_id not in folders:
        raise refuse("pack-missing", pack=pack_id, known=_("、").join(folders) or _("无"))
    loaded = load_once(folders[pack_id], roots)
    if loaded.problems or loaded.pack is None:
        first = loaded.problems[:1]
        count = len(loaded.problems)
        raise UserError(Problem("pack-broken", str(folders[pack_id]), {"count": count}), *first)
    if loaded.pack.manifest.overlays:
        raise refuse("overlay-alone", str(folders[pack_id]), pack=pack_id, base=loaded.pack.manifest.overlays)
    return loaded.pack


def set_of(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems without repetitions, in order."""
    seen: set[str] = set()
    for problem in problems:
        line = str(problem)
        if line not in seen:
            seen.add(line)
            yield problem


def _order(problem: Problem) -> tuple[str, int, int]:
    file, line, column = place_of(problem)
    return file, line, column


def place_of(problem: Problem) -> tuple[str, int, int]:
    """File, line and column of a problem; line and column 0 where it has none."""
    file, *numbers = problem.where.rsplit(":", 2)
    if len(numbers) == 2 and all(map(str.isdigit, numbers)):
        return file, int(numbers[0]), int(numbers[1])
    return problem.where, 0, 0


_REFERRING = frozenset({"pack-unknown-id", "pack-unknown-option", "pack-source-unknown", "pack-levels"})
_TWICE = frozenset({"pack-cycle", "pack-unreachable"})


def _told(found: Sequence[Problem], pack: Pack, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """The problems that are no mere consequence of others, each with what may have been meant."""
    unread = any(draft.unread for draft in drafts)
    twice = any(problem.code == "pack-duplicate-id" for problem in found)
    unfilled = {one.where for draft in drafts for one in draft.problems if one.code == "pack-todo"}
    known = [*pack.items, *(action.id for action in pack.actions), *(part.id for part in pack.sections)]
    for problem in found:
        consequence = (unread and problem.code in _REFERRING) or (twice and problem.code in _TWICE)
        if consequence or problem.where in unfilled or _is_written(problem, drafts):
            continue
        yield replace(problem, values={**problem.values, **_meant(problem, pack, known)})


def _meant(problem: Problem, pack: Pack, known: Sequence[str]) -> Mapping[str, object]:
    """What a name that leads nowhere may have been meant to be; or that it is of the wrong kind."""
    if problem.code == "pack-source-unknown":
        return {"hint": hint(str(problem.values["source"]), [*pack.sources])}
    if problem.code != "pack-unknown-id":
        return {}
    name = str(problem.values["id"])
    found = pack.items.get(name)
    if found is not None:
        return {
            "lack": _("这里不能用的"),
            "hint": _("（它是{kind_names}题）").format(kind_names=_(KIND_NAMES[found.kind])),
        }
    return {"hint": hint(name, known)}


def _is_written(problem: Problem, drafts: Sequence[Draft]) -> bool:
    """Whether a name is missed only because what stands under it has a fault, which is reported itself."""
    match problem.code:
        case "pack-unknown-id":
            key = str(problem.values["id"]).split(" ")[0]
        case "pack-source-unknown":
            key = f"source {problem.values['source']}"
        case _:
            return False
    return any(draft.problems and key in draft.places for draft in drafts)


def _with_dependencies(own: Draft, roots: Sequence[Path]) -> tuple[list[Draft], list[Problem]]:
    folders = pack_folders(roots)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for name in _needs(own, folders):
        if name in folders:
            drafts.append(read_draft(folders[name]))
        else:
            places = own.places
            where = places.get("pack.yaml depends", places.get("pack.yaml overlays", [str(own.folder)]))[0]
            known = _("、").join(folders) or _("无")
            problems.append(Problem("pack-missing", where, {"pack": name, "known": known}))
    return [*drafts, own], problems


def _needs(own: Draft, folders: Mapping[str, Path]) -> Sequence[str]:
    """What has to be read before the pack: what it depends on, or what it overlays with its dependencies."""
    if own.manifest is None:
        return ()
    base = own.manifest.overlays
    if not base:
        return own.manifest.depends
    below = read_manifest(Draft(folders[base])) if base in folders else None
    return (*(below.depends if below else ()), base)


def _checks(manifest: Manifest) -> Sequence[Check]:
    """All checks; for an overlay what it can break, as what it lies over is checked by itself."""
    if manifest.overlays:
        return (duplicate_ids, *POLICY_CHECKS)
    return (
        *CHECKS,
        *MODEL_CHECKS,
        *RULE_CHECKS,
        *STANDARD_CHECKS,
        *ACTION_CHECKS,
        *EXEMPLAR_CHECKS,
        *POLICY_CHECKS,
    )


def _overlays(drafts: Sequence[Draft], roots: Sequence[Path]) -> list[Draft]:
    """The overlays of any of the packs, oldest first; none over a pack that is one itself."""
    ids = {draft.manifest.id for draft in drafts if draft.manifest}
    own = drafts[-1].manifest
    if own is None or own.overlays:
        return []
    found = []
    for name, folder in pack_folders(roots).items():
        manifest = read_manifest(Draft(folder)) if name not in ids else None
        if manifest is not None and manifest.overlays in ids:
            found.append((manifest.date, manifest.id, folder))
    return [read_draft(folder) for _date, _id, folder in sorted(found)]


def _strange_files(draft: Draft) -> Iterator[Problem]:
    """What an overlay may not hold: it can't change what is asked and how it is judged."""
    if draft.manifest is None or not draft.manifest.overlays:
        return
    for name in sorted(draft.digests.keys() - set(OVERLAY_FILES)):
        allowed = _("、").join(OVERLAY_FILES)
        yield Problem("overlay-content", str(draft.folder / name), {"file": name, "allowed": allowed})


def _assemble(drafts: Sequence[Draft], overlays: Sequence[Draft]) -> Pack | None:
    own, every = drafts[-1], (*drafts, *overlays)
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
        standards=tuple(model for model in models if isinstance(model, CapabilityModel | LadderModel)),
        rules=_rules([draft.rules for draft in drafts if draft.rules]),
        benchmarks=_benchmarks([draft.benchmarks for draft in drafts if draft.benchmarks]),
        actions=tuple(one for draft in drafts if draft.actions for one in draft.actions.actions),
        exemplars=tuple(one for draft in drafts if draft.exemplars for one in draft.exemplars.exemplars),
        policies=_policies(every),
        platforms=_platforms(every),
        profiles=own.profiles,
        sources={key: source for draft in every for key, source in draft.sources.items()},
        crosswalk=own.crosswalk,
        regions=regions,
        industries=industries,
        digest=_digest([own] if own.manifest.overlays else drafts),
        folder=own.folder,
        overlays=tuple(draft.manifest for draft in overlays if draft.manifest),
    )


def _policies(drafts: Sequence[Draft]) -> tuple[Policy, ...]:
    """Every policy once, in the order of first mention, as it was last checked."""
    return tuple(_newest([one for draft in drafts if draft.policies for one in draft.policies.policies]))


def _platforms(drafts: Sequence[Draft]) -> Platforms:
    """The same of platforms; what was not found is told by every pack."""
    files = [draft.platforms for draft in drafts if draft.platforms]
    return Platforms(
        platforms=tuple(_newest([one for file in files for one in file.platforms])),
        absent=tuple(one for file in files for one in file.absent),
    )


def _newest(records: Sequence[D]) -> Iterator[D]:
    """One record for each id: the one checked last, the later pack's when both were on one day."""
    found: dict[str, D] = {}
    for record in records:
        if record.id not in found or record.checked >= found[record.id].checked:
            found[record.id] = record
    yield from found.values()


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

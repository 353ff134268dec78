"""What is wrong with a pack as a whole? A list of small checks; each reports, none raises."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from assessor.errors import Problem
from assessor.pack.condition import Condition
from assessor.pack.model import Manifest, Pack
from assessor.pack.question import (
    LEVELS,
    Bound,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
    option_ids,
)
from assessor.pack.reach import can_hold
from assessor.words import _


class PlacedDraft(Protocol):
    """What a check needs of a draft: where its ids stand."""

    @property
    def manifest(self) -> Manifest | None:
        """The pack's identity."""

    @property
    def places(self) -> Mapping[str, Sequence[str]]:
        """`file:line:column` of each id, once per definition."""


@dataclass(frozen=True)
class Checked:
    """A pack with the places of its ids."""

    pack: Pack
    places: Mapping[str, Sequence[str]]

    def where(self, *keys: str) -> str:
        """Place of the first key that has one; in the pack's own files rather than a dependency's."""
        return next((self.places[key][-1] for key in keys if key in self.places), "")

    def problem(self, code: str, *keys: str, **values: object) -> Problem:
        """A problem at the place of the first key that has one."""
        return Problem(code, self.where(*keys), values)


Check = Callable[[Checked], Iterator[Problem]]


def check_pack(pack: Pack, drafts: Sequence[PlacedDraft], checks: Sequence["Check"]) -> list[Problem]:
    """All faults that the checks find in an assembled pack."""
    places: dict[str, list[str]] = {}
    for draft in drafts:
        for key, found in draft.places.items():
            places.setdefault(key, []).extend(found)
    checked = Checked(pack, places)
    return [problem for check in checks for problem in check(checked)]


def _every(checked: Checked) -> Iterator[Question]:
    yield from checked.pack.facts
    yield from checked.pack.asked()


def duplicate_ids(checked: Checked) -> Iterator[Problem]:
    """An id may stand once, in this pack and all it depends on."""
    for key, places in checked.places.items():
        if ".yaml" in key:
            continue
        for place in places[1:]:
            yield Problem("pack-duplicate-id", place, {"id": key.split(" ")[-1], "other": places[0]})


def frozen_ids(checked: Checked) -> Iterator[Problem]:
    """Retired and renamed ids are never used again; a rename leads to a living id."""
    manifest = checked.pack.manifest
    for key in (*manifest.retired, *manifest.renamed):
        if key in checked.pack.items:
            yield checked.problem("pack-frozen-id", key, id=key)
    for old, target in manifest.renamed.items():
        if target not in checked.pack.items:
            yield checked.problem("pack-unknown-id", f"pack.yaml renamed {old}", "pack.yaml", id=target)


def sections_exist(checked: Checked) -> Iterator[Problem]:
    """The manifest orders sections that exist."""
    known = {section.id for section in checked.pack.sections}
    for index, name in enumerate(checked.pack.manifest.sections):
        if name not in known:
            yield checked.problem("pack-unknown-id", f"pack.yaml sections {index}", "pack.yaml", id=name)


def conditions_of(question: Question) -> Iterator[Condition]:
    """Every condition a question carries."""
    if question.ask_if is not None:
        yield question.ask_if
    for reading in question.readings:
        yield reading.if_
    for bound in _bounds(question):
        if bound.if_ is not None:
            yield bound.if_


def _bounds(question: Question) -> tuple[Bound, ...]:
    if isinstance(question, NumberQuestion | RatioQuestion | TrendQuestion):
        return (*question.bounds.hard, *question.bounds.soft)
    return ()


def condition_references(checked: Checked) -> Iterator[Problem]:
    """Conditions look at things that exist, and name options that exist."""
    for question in _every(checked):
        for condition in conditions_of(question):
            yield from condition_problems(checked, question.id, condition)


def condition_problems(checked: Checked, key: str, condition: Condition) -> Iterator[Problem]:
    """What a condition looks at and is not there; `key` is the place it is told at."""
    for leaf in condition.comparisons():
        target = checked.pack.items.get(leaf.of or "")
        if target is None:
            yield checked.problem("pack-unknown-id", key, id=leaf.of)
            continue
        options = option_ids(target)
        for name in leaf.options():
            if options and name not in options:
                known = _("、").join(options)
                yield checked.problem("pack-unknown-option", key, id=target.id, option=name, known=known)


def cycles(checked: Checked) -> Iterator[Problem]:
    """No question may hang on itself through others."""
    items = checked.pack.items
    done: set[str] = set()
    for start in items:
        loop = _loop_from(start, items, done)
        if loop:
            yield checked.problem("pack-cycle", loop[0], ids=" → ".join(loop))


def _loop_from(start: str, items: Mapping[str, Question], done: set[str]) -> list[str]:
    path: list[str] = []

    def visit(key: str) -> list[str]:
        if key in path:
            return [*path[path.index(key) :], key]
        if key in done or key not in items:
            return []
        path.append(key)
        condition = items[key].ask_if
        for other in sorted(condition.ids()) if condition else ():
            loop = visit(other)
            if loop:
                return loop
        path.pop()
        done.add(key)
        return []

    loop = visit(start)
    done.update(path)
    return loop


_ORDER = ("lt", "le", "gt", "ge")
_TICKS = ("has", "has_any", "subset_of")
_FITTING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "level": ("等级", ("eq", "ne", "in", *_ORDER)),
    "number": ("数字", ("eq", "ne", "in", *_ORDER)),
    "ratio": ("比率", ("eq", "ne", "in", *_ORDER)),
    "trend": ("前后比较", ("eq", "ne", "in", *_ORDER)),
    "single": ("单选", ("eq", "ne", "in")),
    "multi": ("多选", _TICKS),
    "bool": ("是非", ("eq", "ne")),
    "text": ("文字", ("eq", "ne", "in")),
}
"""Kind of question → its name, and the comparisons that can ever hold."""
KIND_NAMES: Mapping[str, str] = {**{kind: name for kind, (name, _) in _FITTING.items()}, "table": "清单"}


def comparisons_fit(checked: Checked) -> Iterator[Problem]:
    """A condition compares as the kind of answer allows; yes and no are true and false."""
    for question in _every(checked):
        for condition in conditions_of(question):
            for leaf in condition.comparisons():
                yield from _misfit(checked, question, leaf)


def _misfit(checked: Checked, question: Question, leaf: Condition) -> Iterator[Problem]:
    target = checked.pack.items.get(leaf.of or "")
    if target is None or target.kind not in _FITTING:
        return
    kind, fitting = _FITTING[target.kind]
    test, value = leaf.test()
    if test not in fitting:
        values = {"id": target.id, "kind": kind, "test": test, "known": _("、").join(fitting)}
        yield checked.problem("pack-comparison", question.id, **values)
    elif target.kind == "bool" and not isinstance(value, bool):
        values = {
            "id": target.id,
            "kind": kind,
            "test": _("“{value}”").format(value=value),
            "known": _("true 或 false"),
        }
        yield checked.problem("pack-comparison", question.id, **values)


def industries_exist(checked: Checked) -> Iterator[Problem]:
    """The manifest names classes of the national classification, as far as it is listed here."""
    codes = checked.pack.industries
    listed = {code[:2] for code in codes.industries}
    for index, code in enumerate(checked.pack.manifest.industries):
        shaped = len(code) == 4 and code.isascii() and code.isdigit() and code[:2] in codes.divisions
        if not shaped or (code[:2] in listed and code not in codes.industries):
            yield checked.problem("pack-industry", f"pack.yaml industries {index}", "pack.yaml", number=code)


def unreachable(checked: Checked) -> Iterator[Problem]:
    """Every question's condition can be met by some answers; what it names wrong is told elsewhere."""
    for question in _every(checked):
        condition = question.ask_if
        if condition is None or any(_is_amiss(checked, question, leaf) for leaf in condition.comparisons()):
            continue
        if not can_hold(condition, checked.pack.items):
            yield checked.problem("pack-unreachable", question.id, id=question.id)


def _is_amiss(checked: Checked, question: Question, leaf: Condition) -> bool:
    """Whether a comparison names what is not there, or compares what can't be compared."""
    target = checked.pack.items.get(leaf.of or "")
    if target is None:
        return True
    known = option_ids(target)
    misfits = any(True for _ in _misfit(checked, question, leaf))
    return misfits or any(known and name not in known for name in leaf.options())


def sources_exist(checked: Checked) -> Iterator[Problem]:
    """Every source named is an entry of `sources.yaml`."""
    for question in _every(checked):
        cites = [question.cite]
        if isinstance(question, LevelQuestion):
            cites += [rung.cite for rung in question.levels if rung.cite]
        if isinstance(question, NumberQuestion | RatioQuestion | TrendQuestion) and question.bounds.cite:
            cites.append(question.bounds.cite)
        for cite in cites:
            yield from _unknown_sources(checked, cite.source, question.id)
    if checked.pack.crosswalk:
        yield from _unknown_sources(checked, checked.pack.crosswalk.cite.source, "crosswalk.yaml cite")
    for codes, file in (
        (checked.pack.regions, "codes/regions.yaml"),
        (checked.pack.industries, "codes/industries.yaml"),
    ):
        yield from _unknown_sources(checked, codes.cite.source, file)
    for key, source in checked.pack.sources.items():
        if source.same_as and source.same_as not in checked.pack.sources:
            yield checked.problem("pack-source-unknown", f"source {key}", source=source.same_as)


def _unknown_sources(checked: Checked, names: Sequence[str], *keys: str) -> Iterator[Problem]:
    for name in names:
        if name not in checked.pack.sources:
            yield checked.problem("pack-source-unknown", *keys, source=name)


def levels_complete(checked: Checked) -> Iterator[Problem]:
    """A level question has the levels 0 to 4, once each, in order."""
    for question in _every(checked):
        if isinstance(question, LevelQuestion) and [rung.level for rung in question.levels] != [*LEVELS]:
            yield checked.problem("pack-levels", question.id, id=question.id)


def options_once(checked: Checked) -> Iterator[Problem]:
    """Option ids are unique; "none" stands at most once, and only in multi questions."""
    for question in _every(checked):
        ids = option_ids(question)
        for option in sorted({option for option in ids if ids.count(option) > 1}):
            where = checked.where(question.id)
            yield Problem("pack-duplicate-id", where, {"id": f"{question.id}.{option}", "other": where})
        if isinstance(question, SingleQuestion | MultiQuestion):
            count = sum(option.none for option in question.options)
            if count > (1 if isinstance(question, MultiQuestion) else 0):
                yield checked.problem("pack-none-option", question.id, id=question.id, count=count)


def bands_join(checked: Checked) -> Iterator[Problem]:
    """Bands of a share rise and leave no gap; the last one is open."""
    for question in _every(checked):
        if isinstance(question, RatioQuestion) and question.bands:
            cuts = [band.up_to for band in question.bands]
            reason = _band_fault(cuts)
            if reason:
                yield checked.problem("pack-bands", question.id, id=question.id, reason=reason)


def _band_fault(cuts: Sequence[object]) -> str:
    *inner, last = cuts
    if last is not None:
        return _("最后一段有上限，高处没有归属")
    if None in inner:
        return _("中间一段没有上限，与后面重叠")
    if any(a >= b for a, b in pairwise(inner)):  # type: ignore[operator]
        return _("没有依次递增，有重叠")
    return ""


def bounds_in_order(checked: Checked) -> Iterator[Problem]:
    """A lower bound lies below the upper one."""
    for question in _every(checked):
        for bound in _bounds(question):
            if bound.min is not None and bound.max is not None and bound.min > bound.max:
                yield checked.problem(
                    "pack-bounds", question.id, id=question.id, low=bound.min, high=bound.max
                )


def crosswalk_references(checked: Checked) -> Iterator[Problem]:
    """The crosswalk joins level questions that exist."""
    crosswalk = checked.pack.crosswalk
    if crosswalk is None:
        return
    links, rules = crosswalk.scenes, crosswalk.proposals
    named = [(scene, f"scenes {key}") for key, link in links.items() for scene in (key, *link.ministry)]
    named += [(scene, f"proposals {key}") for key, rule in rules.items() for scene in (key, *rule.from_)]
    for scene, place in named:
        if not isinstance(checked.pack.questions.get(scene), LevelQuestion):
            yield checked.problem("pack-unknown-id", f"crosswalk.yaml {place}", "crosswalk.yaml", id=scene)


CHECKS: tuple[Check, ...] = (
    duplicate_ids,
    frozen_ids,
    sections_exist,
    industries_exist,
    condition_references,
    comparisons_fit,
    cycles,
    unreachable,
    sources_exist,
    levels_complete,
    options_once,
    bands_join,
    bounds_in_order,
    crosswalk_references,
)

"""Which question feeds which model, and which blank question would narrow the verdict most."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.answers.effective import effective
from assessor.diagnosis import Diagnosis
from assessor.pack.maturity import IndexPart, MeanOf, PointsOf
from assessor.report.context_standards import cross_standards
from assessor.scoring.narrowing import narrowing
from assessor.words import _, named

_MOST = 8


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One part of a model with the questions it is made of."""

    model: str
    part: str
    weight: str
    members: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A trade's or ministry's scene, its weight, and where it belongs in each list."""

    scene: str
    weight: str
    ministry: str
    standards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A blank question and what hangs on it."""

    title: str
    id: str
    points: str
    level: str
    minutes: int


def feed_rows(diagnosis: Diagnosis) -> tuple[FeedRow, ...]:
    """Every part of every model."""
    return tuple(_feeds(diagnosis))


def _feeds(diagnosis: Diagnosis) -> Iterator[FeedRow]:
    for verdict in diagnosis.verdicts:
        model = verdict.result.model
        for dimension in model.dimensions:
            names = [leaf.question for part in dimension.parts for leaf in part.indicators]
            yield FeedRow(
                _(model.short),
                named(dimension),
                _("{points} 分").format(points=dimension.points),
                _("、").join(names),
            )
        scenes = _("、").join(f"{scene.id}{'★' if scene.binding else ''}" for scene in model.scenes)
        yield FeedRow(_(model.short), _("场景（只看等级）"), "—", scenes)
    for index in diagnosis.indexes:
        for _dimension, part in index.model.parts():
            yield FeedRow(_(index.model.short), named(part), f"{part.weight:g}", _members(part))


def _members(part: IndexPart) -> str:
    match part.value:
        case PointsOf(points_of=names):
            return _("{names} 的得分之和 ÷ 满分之和").format(names=_("、").join(names))
        case MeanOf(mean_of=names):
            return _("{names} 的平均（等级 ÷ 4 或占比）").format(names=_("、").join(names))
        case _:
            return _("达到 {scenes_at} 级的行业场景权重 ÷ 适用场景权重").format(
                scenes_at=part.value.scenes_at
            )


def link_rows(diagnosis: Diagnosis) -> tuple[LinkRow, ...]:
    """The crosswalk of the trade's scenes, with the weights that hold for this firm, then the ministry's."""
    pack = diagnosis.pack
    links = pack.crosswalk.scenes if pack.crosswalk else {}
    trade = [
        LinkRow(
            f"{view.question.id} {named(view.question)}",
            str(view.weight),
            _("、").join(named(pack.items[name]) for name in links[view.question.id].ministry) or "—",
            cross_standards(pack, view.question.id),
        )
        for view in diagnosis.scenes
    ]
    scenes = [pack.questions[scene.id] for scene in diagnosis.main.result.model.scenes]
    ministry = [LinkRow(named(one), "—", named(one), cross_standards(pack, one.id)) for one in scenes]
    return (*trade, *ministry)


def blank_rows(diagnosis: Diagnosis) -> tuple[BlankRow, ...]:
    """The blank questions that would narrow the verdict most, a handful of them."""
    short = {model.id: _(model.short) for model in diagnosis.pack.models}
    short |= {index.id: _(index.short) for index in diagnosis.pack.indexes}
    found = narrowing(diagnosis.pack, effective(diagnosis.pack, diagnosis.answers))[:_MOST]
    return tuple(
        BlankRow(
            named(one.question),
            one.question.id,
            _("；").join(
                _("{short} {points:.1f} 分").format(short=short[model], points=points)
                for model, points in one.points.items()
                if points
            ),
            _("、").join(short[model] for model in one.levels),
            one.minutes,
        )
        for one in found
    )

"""The chapter on the index: its stage, its dimensions, and what the next stage asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.answers.effective import effective
from assessor.answers.model import Side
from assessor.diagnosis import Diagnosis
from assessor.pack.model import Pack
from assessor.report.charts import Ends, Spoke, radar, spoke_bars
from assessor.report.charts.marks import was_seen
from assessor.report.looks import Theme
from assessor.report.text import part_text
from assessor.report.wording import cite_text
from assessor.scoring.figures import span_text
from assessor.scoring.index_result import (
    IndexResult,
    IndexSide,
    PartScore,
    ReadingScore,
    StageNeed,
)
from assessor.scoring.robustness import robustness
from assessor.words import MODES, NOTES, _, named, ranged, sentence


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the index on the side that counts."""

    dimension: str
    title: str
    weight: str
    value: str
    counted: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One condition of the next stage."""

    title: str
    need: str
    have: str
    met: str
    lift: str


@dataclass(frozen=True, slots=True)
class IndexView:
    """One index with its charts; they are empty when too few dimensions apply."""

    title: str
    short: str
    sentence: str
    radar: str
    bars: str
    parts: tuple[PartRow, ...]
    next_stage: str
    needs: tuple[NeedRow, ...]
    readings: tuple[tuple[str, str], ...]
    robust: str
    notes: tuple[str, ...]
    cite: str
    cite_note: str


def indexes(diagnosis: Diagnosis, theme: Theme) -> tuple[IndexView, ...]:
    """Every index of the pack."""
    seen = was_seen(diagnosis.main.result)
    return tuple(_index(diagnosis, index, seen, theme) for index in diagnosis.indexes)


def _index(diagnosis: Diagnosis, index: IndexResult, seen: bool, theme: Theme) -> IndexView:
    side, model = index.counting, index.model
    directions = tuple(_spokes(index, seen))
    drawn = 4 <= len(directions) <= 8
    stage = side.next_stage
    return IndexView(
        title=named(model),
        short=_(model.short),
        sentence=_("{short}（{modes}）{index_standing}。").format(
            short=_(model.short),
            modes=_(MODES[diagnosis.answers.mode]),
            index_standing=index_standing(index, side),
        ),
        radar=radar(directions, theme) if drawn else "",
        bars=spoke_bars(directions, theme) if drawn else "",
        parts=tuple(_parts(side)),
        next_stage=_names(index).get(stage.level, "") if stage else "",
        needs=tuple(_need(diagnosis.pack, need) for need in stage.needs) if stage else (),
        readings=tuple((named(reading), _reading(reading)) for reading in index.readings),
        robust=_robust(diagnosis, index),
        notes=tuple(sentence(NOTES, note.code, note.values) for note in side.notes),
        cite=cite_text(diagnosis.pack, model.cite),
        cite_note=_(model.cite.note),
    )


def _reading(reading: ReadingScore) -> str:
    bars = _("，").join(f"{named(bar)} {_share(bar.low, bar.high)}" for bar in reading.bars)
    return _("{bars}。{note}").format(bars=bars, note=_(reading.note))


def _share(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _("不适用")
    return (
        f"{100 * low:.0f}%"
        if low == high
        else _("{value:.0f}%—{value2:.0f}%").format(value=100 * low, value2=100 * high)
    )


def _robust(diagnosis: Diagnosis, index: IndexResult) -> str:
    """How much hangs on weights and gates that are judgement, in one sentence."""
    seen = effective(diagnosis.pack, diagnosis.answers)
    found = robustness(diagnosis.pack, index.model, seen)
    names = _names(index)
    if found.steady:
        stage = _("阶段不变")
    else:
        stage = _("阶段依次为{value}").format(value=_("、").join(names[level] for level in found.stages))
    if found.low is None or found.high is None:
        return _("门槛松紧 5 个百分点，{stage}。").format(stage=stage)
    scores = _("换一组合理的权重（抽 {draws} 次），按已答的题得分在 {low:.1f}—{high:.1f} 之间").format(
        draws=found.draws, low=found.low, high=found.high
    )
    return _("{scores}；门槛松紧 5 个百分点，{stage}。").format(scores=scores, stage=stage)


def _names(index: IndexResult) -> dict[int, str]:
    return {level.level: named(level) for level in index.model.levels}


def index_standing(index: IndexResult, side: IndexSide) -> str:
    """Where one side stands, as the end of a sentence: 处在起步建设阶段，31.2 分."""
    names = _names(index)
    score = _("{span} 分").format(span=span_text(side.span)) if side.span else _("适用的部分太少，不出分")
    low, high = names[side.level_low], names[side.level_high]
    stage = (
        _("处在{low}阶段").format(low=low)
        if side.level is not None
        else _("处在{low}到{high}阶段之间").format(low=low, high=high)
    )
    return _("{stage}，{score}").format(stage=stage, score=score)


def _spokes(index: IndexResult, seen: bool) -> Iterator[Spoke]:
    counting: Side = index.headline if seen else "claimed"
    for claimed, verified in zip(index.claimed.dimensions, index.verified.dimensions, strict=True):
        own, other = _ends(claimed.low, claimed.high), _ends(verified.low, verified.high)
        if own is not None or other is not None:
            yield Spoke(named(claimed), own, other if seen else None, counting)


def _ends(low: float | None, high: float | None) -> Ends | None:
    return None if low is None or high is None else Ends(low, high)


def _parts(side: IndexSide) -> Iterator[PartRow]:
    for dimension in side.dimensions:
        for index, part in enumerate(dimension.parts):
            yield PartRow(
                dimension=_("{title}（{weight:g}）").format(title=named(dimension), weight=dimension.weight)
                if index == 0
                else "",
                title=named(part),
                weight=f"{part.weight:g}",
                value=part_text(part),
                counted=_counted(part),
            )


def _counted(part: PartScore) -> str:
    """How many of its questions or scenes count, are blank, do not apply."""
    said = [_("计 {answered}").format(answered=part.answered)]
    said += [_("空 {blank}").format(blank=part.blank)] * bool(part.blank)
    said += [_("不适用 {gone}").format(gone=part.gone)] * bool(part.gone)
    return _("，").join(said)


def _need(pack: Pack, need: StageNeed) -> NeedRow:
    words = {True: _("达到"), False: _("没达到"), None: _("答全才知道")}
    titles = [named(pack.questions[key]) for key in need.lift if key in pack.questions]
    return NeedRow(
        title=named(need),
        need=_("不低于 {need:g}%").format(need=need.need),
        have=_have(need.low, need.high),
        met=words[need.met],
        lift=_("、").join(titles) if need.met is not True else "",
    )


def _have(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _("没有适用的题")
    return f"{low:.1f}%" if low == high else ranged(f"{low:.1f}", f"{high:.1f}%")

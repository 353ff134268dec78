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
from assessor.words import MODES, NOTES, _, sentence


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
        title=model.title,
        short=model.short,
        sentence=f"{model.short}（{_(MODES[diagnosis.answers.mode])}）{index_standing(index, side)}。",
        radar=radar(directions, theme) if drawn else "",
        bars=spoke_bars(directions, theme) if drawn else "",
        parts=tuple(_parts(side)),
        next_stage=_names(index).get(stage.level, "") if stage else "",
        needs=tuple(_need(diagnosis.pack, need) for need in stage.needs) if stage else (),
        readings=tuple((reading.title, _reading(reading)) for reading in index.readings),
        robust=_robust(diagnosis, index),
        notes=tuple(sentence(NOTES, note.code, note.values) for note in side.notes),
        cite=cite_text(diagnosis.pack, model.cite),
        cite_note=model.cite.note,
    )


def _reading(reading: ReadingScore) -> str:
    bars = "，".join(f"{bar.title} {_share(bar.low, bar.high)}" for bar in reading.bars)
    return f"{bars}。{reading.note}"


def _share(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "不适用"
    return f"{100 * low:.0f}%" if low == high else f"{100 * low:.0f}%—{100 * high:.0f}%"


def _robust(diagnosis: Diagnosis, index: IndexResult) -> str:
    """How much hangs on weights and gates that are judgement, in one sentence."""
    seen = effective(diagnosis.pack, diagnosis.answers)
    found = robustness(diagnosis.pack, index.model, seen)
    names = _names(index)
    if found.steady:
        stage = "阶段不变"
    else:
        stage = f"阶段依次为{'、'.join(names[level] for level in found.stages)}"
    if found.low is None or found.high is None:
        return f"门槛松紧 5 个百分点，{stage}。"
    scores = (
        f"换一组合理的权重（抽 {found.draws} 次），按已答的题得分在 {found.low:.1f}—{found.high:.1f} 之间"
    )
    return f"{scores}；门槛松紧 5 个百分点，{stage}。"


def _names(index: IndexResult) -> dict[int, str]:
    return {level.level: level.name for level in index.model.levels}


def index_standing(index: IndexResult, side: IndexSide) -> str:
    """Where one side stands, as the end of a sentence: 处在起步建设阶段，31.2 分."""
    names = _names(index)
    score = f"{span_text(side.span)} 分" if side.span else "适用的部分太少，不出分"
    low, high = names[side.level_low], names[side.level_high]
    stage = f"处在{low}阶段" if side.level is not None else f"处在{low}到{high}阶段之间"
    return f"{stage}，{score}"


def _spokes(index: IndexResult, seen: bool) -> Iterator[Spoke]:
    counting: Side = index.headline if seen else "claimed"
    for claimed, verified in zip(index.claimed.dimensions, index.verified.dimensions, strict=True):
        own, other = _ends(claimed.low, claimed.high), _ends(verified.low, verified.high)
        if own is not None or other is not None:
            yield Spoke(claimed.title, own, other if seen else None, counting)


def _ends(low: float | None, high: float | None) -> Ends | None:
    return None if low is None or high is None else Ends(low, high)


def _parts(side: IndexSide) -> Iterator[PartRow]:
    for dimension in side.dimensions:
        for index, part in enumerate(dimension.parts):
            yield PartRow(
                dimension=f"{dimension.title}（{dimension.weight:g}）" if index == 0 else "",
                title=part.title,
                weight=f"{part.weight:g}",
                value=part_text(part),
                counted=_counted(part),
            )


def _counted(part: PartScore) -> str:
    """How many of its questions or scenes count, are blank, do not apply."""
    said = [f"计 {part.answered}"]
    said += [f"空 {part.blank}"] * bool(part.blank)
    said += [f"不适用 {part.gone}"] * bool(part.gone)
    return "，".join(said)


def _need(pack: Pack, need: StageNeed) -> NeedRow:
    words = {True: "达到", False: "没达到", None: "答全才知道"}
    titles = [pack.questions[key].title for key in need.lift if key in pack.questions]
    return NeedRow(
        title=need.title,
        need=f"不低于 {need.need:g}%",
        have=_have(need.low, need.high),
        met=words[need.met],
        lift="、".join(titles) if need.met is not True else "",
    )


def _have(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "没有适用的题"
    return f"{low:.1f}%" if low == high else f"{low:.1f}—{high:.1f}%"

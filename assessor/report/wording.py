"""How is it said? Answers, levels, verdicts and sources in words, for window and paper alike."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assessor.answers.model import AnswerState, Ratio, Side, Trend, Value
from assessor.answers.reading import band_of, trend_of
from assessor.diagnosis import Diagnosis, Gaps, Verdict
from assessor.pack.maturity import MaturityModel
from assessor.pack.model import Pack
from assessor.pack.question import (
    TREND_LETTERS,
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    TextQuestion,
    TrendQuestion,
)
from assessor.pack.record import Cite, Source
from assessor.scoring.compiled import milli
from assessor.scoring.figures import points_text, span_text
from assessor.scoring.result import ModelResult, SideResult, Span
from assessor.words import MODES, READ_AS, RUNGS, STATES, _, language, named, ranged

_ORDINALS = "零一二三四五六七八九"
_YEAR = "年"
_PAUSES = ("；", "，", "、", "。", "; ", ", ", ". ")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ROWS, _NAMES = 3, 12
"""A table with more rows is named by its first column, and by so many names of it."""


def numeral(number: int) -> str:
    """A number below a hundred as chapters are counted: 一, 十二, 二十; in English 1, 12, 20."""
    if language() != "zh":
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_ORDINALS[tens]}十"
    return head + (_ORDINALS[ones] if ones or not tens else "")


# -- levels --------------------------------------------------------------------------------------


def rung_text(level: int) -> str:
    """A trade scene's level with its name: `2 在线`."""
    return f"{level} {_(RUNGS[level])}"


def ordinal(level: int) -> str:
    """A model's level as it is spoken of: 二级, level 2; 0 is no level at all."""
    return _("{ordinal}级").format(ordinal=numeral(level)) if level else _("无等级")


def level_text(model: MaturityModel, level: int) -> str:
    """A model's level with its name: 二级（规范级）."""
    name = next((named(item) for item in model.levels if item.level == level), "")
    return (
        _("{ordinal}（{name}）").format(ordinal=ordinal(level), name=name)
        if level and name
        else ordinal(level)
    )


def level_span_text(side: SideResult) -> str:
    """The level of one side, or both ends of it: 一级—三级."""
    low, high = ordinal(side.level_low), ordinal(side.level_high)
    return low if side.level is not None else ranged(low, high)


def counter() -> str:
    """The word that counts scenes, which only Chinese has."""
    return "个" if language() == "zh" else ""


# -- figures -------------------------------------------------------------------------------------


def number_text(number: Decimal, unit: str = "") -> str:
    """A figure as it was given, thousands separated; years are left alone."""
    plain = format(number.normalize(), "f")
    whole, _point, rest = plain.partition(".")
    grouped = whole if unit == _YEAR else f"{int(whole):,}"
    sign = "-" if whole.startswith("-") and not grouped.startswith("-") else ""
    return f"{sign}{grouped}.{rest}" if rest else f"{sign}{grouped}"


def quantity_text(number: Decimal, unit: str) -> str:
    """A figure with its unit; per cent without a gap."""
    return f"{number_text(number, unit)}{'' if unit == '%' else ' '}{_(unit)}".rstrip()


def percent_text(share: Fraction, cuts: Iterable[Decimal] = (), decimals: int = 1) -> str:
    """A share in per cent with one decimal; with more where rounding would step over a cut.

    >>> percent_text(Fraction(1, 5))
    '20.0%'
    """
    cuts = tuple(cuts)
    exact = 100 * share
    shown = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )
    crossed = any((exact <= cut) != (shown <= cut) for cut in cuts)
    return percent_text(share, cuts, decimals + 1) if crossed and decimals < 6 else f"{shown}%"


def missing_text(points: int) -> str:
    """Missing milli-points; a rest is never printed as nothing."""
    return points_text(points, cuts=[1])


def cuts_of(model: MaturityModel) -> tuple[int, ...]:
    """The scores that divide the model's levels, in milli-points."""
    return tuple(milli(gate.score) for gate in model.gates.rows)


def score_text(result: ModelResult, side: Side | None = None) -> str:
    """The score of one side, or both ends of it."""
    chosen = result.on(side) if side else result.counting
    return span_text(chosen.span, cuts_of(result.model))


def exact_text(points: int) -> str:
    """Milli-points to the last digit, without trailing zeros: 5.625, 30."""
    return points_text(points, decimals=3).rstrip("0").rstrip(".")


def points_of(span: Span) -> str:
    """Points gained out of points there are: `4.5 / 6`."""
    return f"{span_text(span)} / {exact_text(span.most)}"


def brief_text(text: str, most: int) -> str:
    """A text cut at a pause where it is longer than there is room for."""
    if len(text) <= most:
        return text
    cut = max(text.rfind(pause, 0, most) for pause in _PAUSES)
    return f"{text[: cut if cut > most // 2 else most - 1]}…"


def date_text(day: str) -> str:
    """2026-05-20 as 2026年5月20日 or 20 May 2026, 2026-05 as 2026年5月; anything else as it is."""
    parts = day.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return day
    if language() == "zh":
        return "".join(f"{int(part)}{name}" for part, name in zip(parts, "年月日", strict=False))
    if len(parts) > 1 and not 1 <= int(parts[1]) <= len(_MONTHS):
        return day
    year, months, days = parts[0], parts[1:2], parts[2:]
    return " ".join([*(str(int(one)) for one in days), *(_MONTHS[int(one) - 1] for one in months), year])


# -- answers -------------------------------------------------------------------------------------


def state_text(state: AnswerState) -> str:
    """The name of a state."""
    return _(STATES[state.value])


def absent_text(state: AnswerState) -> str:
    """Why a scene has no level, as a reader of the report would say it."""
    return _("本厂不涉及") if state is AnswerState.NOT_ASKED else state_text(state)


def value_text(question: Question, value: Value) -> str:
    """An answer in words."""
    say: Callable[..., str] = _SAY[type(question)]
    return say(question, value)


def _say_level(question: LevelQuestion, value: int) -> str:
    text = next((rung.text for rung in question.levels if rung.level == value), "")
    return _("{value} 级：{text}").format(value=value, text=text).rstrip("：: ")


def _say_options(question: SingleQuestion | MultiQuestion, value: str | tuple[str, ...]) -> str:
    chosen = (value,) if isinstance(value, str) else value
    texts = [named(option) for option in question.options if option.id in chosen]
    return (_("；") if any(pause in text for text in texts for pause in "，、,") else _("、")).join(texts)


def _say_number(question: NumberQuestion, value: Decimal) -> str:
    step = Decimal(1).scaleb(-question.decimals)
    return quantity_text(value.quantize(step, ROUND_HALF_UP), question.unit)


def _say_ratio(question: RatioQuestion, value: Ratio) -> str:
    texts = {band.id: band.text for band in question.bands}
    if value.numerator is None or value.denominator is None or value.share is None:
        return texts.get(value.letter or "", value.letter or "")
    cuts = [band.up_to for band in question.bands if band.up_to is not None]
    share = percent_text(value.share, cuts)
    counts = f"{number_text(value.numerator)} ÷ {number_text(value.denominator)} = {share}"
    band = band_of(question, value)
    return _("{counts}（{texts}）").format(counts=counts, texts=texts[band]) if band else counts


def _say_trend(question: TrendQuestion, value: Trend) -> str:
    letter = trend_of(question, value) or value.letter or ""
    word = _(TREND_LETTERS.get(letter, ""))
    if value.before is None or value.after is None:
        return word
    step = Decimal(1).scaleb(-question.decimals)
    before, after = (f"{part.quantize(step, ROUND_HALF_UP):,}" for part in (value.before, value.after))
    gap = "" if question.unit == "%" else " "
    return _("{before} → {after}{gap}{unit}（{word}）").format(
        before=before, after=after, gap=gap, unit=_(question.unit), word=word
    )


def _say_bool(question: BoolQuestion, value: bool) -> str:
    return _("是") if value else _("否")


def _say_table(question: TableQuestion, value: tuple[Mapping[str, object], ...]) -> str:
    if len(value) <= _ROWS:
        return _("；").join(_say_row(question, row) for row in value)
    first = question.columns[0]
    names = list(dict.fromkeys(_say_cell(row[first.id], "") for row in value if row.get(first.id)))
    more = _("等") if len(names) > _NAMES else ""
    return _("共 {count} 行：{names}{more}").format(
        count=len(value), names=_("、").join(names[:_NAMES]), more=more
    )


def _say_row(question: TableQuestion, row: Mapping[str, object]) -> str:
    cells = [
        f"{_(column.title)} {_say_cell(row[column.id], column.unit)}"
        for column in question.columns
        if row.get(column.id) is not None
    ]
    return _("，").join(cells)


def _say_cell(cell: object, unit: str) -> str:
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    return number_text(cell, unit) if isinstance(cell, Decimal) else str(cell)


def _say_text(question: TextQuestion, value: str) -> str:
    return date_text(value) if question.format == "date" else value


_SAY: dict[type, Callable[..., str]] = {
    LevelQuestion: _say_level,
    SingleQuestion: _say_options,
    MultiQuestion: _say_options,
    NumberQuestion: _say_number,
    RatioQuestion: _say_ratio,
    TrendQuestion: _say_trend,
    BoolQuestion: _say_bool,
    TableQuestion: _say_table,
    TextQuestion: _say_text,
}


# -- verdicts ------------------------------------------------------------------------------------


def verdict_sentence(diagnosis: Diagnosis) -> str:
    """The result in one sentence: level and score on the side that counts."""
    result = diagnosis.main.result
    return _("{modes}{standing}。").format(
        modes=_(MODES[diagnosis.answers.mode]), standing=standing_text(result.model, result.counting)
    )


def standing_text(model: MaturityModel, side: SideResult) -> str:
    """Where one side stands, as the end of a sentence: 达到二级（规范级），得 46.3 分."""
    score = span_text(side.span, cuts_of(model))
    if side.level is not None:
        reached = (
            _("达到{level}").format(level=level_text(model, side.level))
            if side.level
            else _("还没有达到一级")
        )
        return _("{reached}，得 {score} 分").format(reached=reached, score=score)
    high = level_text(model, side.level_high)
    if side.level_low == 0:
        return _("还定不了等级，最高可能到{high}，得分 {score}").format(high=high, score=score)
    return _("可以确定{level}，最高可能到{high}，得分 {score}").format(
        level=level_text(model, side.level_low), high=high, score=score
    )


def missing_sentence(gaps: Gaps) -> str:
    """What the next level still takes: points, scenes, binding scenes."""
    parts = missing_parts(gaps)
    level = ordinal(gaps.level)
    return (
        _("到{level}还差 {parts}。").format(level=level, parts=_("，").join(parts))
        if parts
        else _("到{level}的各项条件都已满足。").format(level=level)
    )


def missing_of(verdict: Verdict) -> str:
    """What the next level still takes, with a word of caution while answers are missing."""
    if verdict.gaps is None:
        return _("已是最高等级。")
    gate = verdict.result.counting.next_gate
    needs = (gate.score, gate.scenes, gate.binding) if gate else ()
    open_ = any(need.met is None for need in needs)
    said = missing_sentence(verdict.gaps)
    return _("按已答的题，{said}").format(said=said) if open_ else said


def missing_parts(gaps: Gaps) -> list[str]:
    """The same, one part for each condition that fails."""
    level = ordinal(gaps.level)
    parts = []
    if gaps.score:
        parts.append(_("{missing} 分").format(missing=missing_text(gaps.score)))
    if gaps.scene_count:
        parts.append(_("{scene_count} 个{level}场景").format(scene_count=gaps.scene_count, level=level))
    if gaps.binding_count:
        inside = _("{level}约束性场景").format(level=level) if not gaps.scene_count else _("约束性场景")
        parts.append(_("{binding_count} 个{inside}").format(binding_count=gaps.binding_count, inside=inside))
    return parts


def level_sentence(verdict: Verdict) -> str:
    """Why the level is not what the score alone would give; empty when it is."""
    side = verdict.result.counting
    passed = [gate.level for gate in side.gates if gate.score.met is True]
    if not passed or side.level is None or max(passed) <= side.level:
        return ""
    return _("分数过了{ordinal}线，等级仍是{ordinal2}：够级的场景不足").format(
        ordinal=ordinal(max(passed)), ordinal2=ordinal(side.level)
    )


# -- sources -------------------------------------------------------------------------------------


def find_source(pack: Pack, key: str) -> Source | None:
    """The entry that carries the title: an entry that stands for another is followed."""
    source = pack.sources.get(key)
    seen = {key}
    while source is not None and source.same_as and source.same_as not in seen:
        seen.add(source.same_as)
        source = pack.sources.get(source.same_as)
    return source


def source_text(source: Source, clause: str = "") -> str:
    """Title (or our own description), issuer, number, date, clause, and how it was read."""
    name = _("《{title}》").format(title=source.title.strip("《》")) if source.title else (source.desc or "")
    day = date_text(source.date) if source.date else ""
    parts = [part for part in (source.issuer, source.number, day, clause) if part]
    text = _("，").join([name, *parts])
    return (
        _("{text}（{read_as}）").format(text=text, read_as=_(READ_AS[source.read_as]))
        if source.read_as
        else text
    )


def cite_text(pack: Pack, cite: Cite) -> str:
    """All sources of a statement."""
    found = [find_source(pack, key) for key in cite.source]
    return _("；").join(source_text(source, cite.clause) for source in found if source is not None)

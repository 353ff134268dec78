"""A plan in the words of whoever pays for it: what it costs, what it brings, and how sure that is."""

from collections.abc import Sequence

from assessor.report.wording import numeral, ordinal
from assessor.roadmap.evaluate import Evaluation, Standing
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.quarters import YEAR
from assessor.roadmap.request import models_of
from assessor.roadmap.task import Task
from assessor.words import _

_HALF = YEAR // 2


def span_text(quarters: int) -> str:
    """How long a plan runs: 半年, 一年, 一年半, else in quarters."""
    years, rest = divmod(quarters, YEAR)
    if rest == 0:
        return _("两年") if years == 2 else _("{count}年").format(count=numeral(years))
    if rest == _HALF:
        half = {0: _("半年"), 1: _("一年半"), 2: _("两年半")}
        return half.get(years, _("{count}年半").format(count=numeral(years)))
    return _("{count} 个季度").format(count=quarters)


def money_text(tenths: float) -> str:
    """Tenths of 万元 as an amount: 42 万元, 3.5 万元."""
    return _("{amount} 万元").format(amount=f"{tenths / 10:,.10g}")


def score_of(milli: int) -> str:
    """A score with one decimal."""
    return f"{milli / 1000:.1f}"


def quarter_text(task: Task, quarter: int) -> str:
    """A quarter by the calendar, 2027年第1季度, or by its number where no date is known."""
    if task.first is None:
        return _("第 {quarter} 季度").format(quarter=quarter)
    found = task.first.plus(quarter - 1)
    return _("{year}年第{number}季度").format(year=found.year, number=found.number)


def model_title(task: Task, model: str) -> str:
    """What a model is called for short."""
    return next(_(one.short) for one in models_of(task.start.pack) if one.id == model)


def reached_in(standings: Sequence[Standing], level: int) -> int:
    """The first quarter at whose end a level is held; 0 is today."""
    return next(place for place, one in enumerate(standings) if one.level_low >= level)


def verdict_text(roadmap: Roadmap, evaluation: Evaluation | None = None) -> str:
    """The plan in one sentence: how long, how much, from which level to which, and when.

    With `evaluation` that of a schedule which differs from the best one.
    """
    shown = evaluation or roadmap.evaluation
    task = roadmap.task
    paid = round(sum(shown.cash) * 10)
    if not shown.schedule and not paid:
        return _("不排任何举措：不花钱，等级和得分都不变")
    last = last_quarter(task, shown)
    lead = _("{span}花 {money}").format(span=span_text(last), money=money_text(paid))
    if not shown.schedule:
        return _("{lead}，只办红线整改").format(lead=lead)
    told = [rise_text(task, shown, model) for model in (*_also_rising(task, shown), task.request.model)]
    return _("，").join([lead, *told])


def _also_rising(task: Task, evaluation: Evaluation) -> Sequence[str]:
    """Models whose level rises though the plan was made for another whose level does not."""
    rises = {model: rows[-1].level_low > rows[0].level_low for model, rows in evaluation.standings.items()}
    return [] if rises[task.request.model] else [model for model, rise in rises.items() if rise]


def last_quarter(task: Task, evaluation: Evaluation) -> int:
    """The quarter at whose end everything is finished."""
    finished = [task.finish(n, start) for n, start in evaluation.schedule.items() if n in task.candidates]
    return max([1, *finished])


def rise_text(task: Task, evaluation: Evaluation, model: str) -> str:
    """How far one model rises: 万企融合指数从一级到二级，第 5 季度末达到（39.8→55.0 分）."""
    rows = evaluation.standings[model]
    today, end = rows[0], rows[-1]
    values = {
        "model": model_title(task, model),
        "old": score_of(today.low),
        "new": score_of(end.low),
        "before": ordinal(today.level_low),
        "after": ordinal(end.level_low),
    }
    if end.level_low > today.level_low:
        told = _("{model}从{before}到{after}，第 {quarter} 季度末达到（{old}→{new} 分）")
        return told.format(quarter=reached_in(rows, end.level_low), **values)
    if end.low == today.low:
        return _("{model}仍是 {new} 分、{after}").format(**values)
    return _("{model}从 {old} 分到 {new} 分，仍是{after}").format(**values)


def other_models_text(task: Task, evaluation: Evaluation) -> Sequence[str]:
    """The same for the models that the sentence of the plan does not name."""
    named = {task.request.model, *_also_rising(task, evaluation)}
    return [
        rise_text(task, evaluation, model)
        for model, rows in evaluation.standings.items()
        if model not in named and rows[0].low >= 0
    ]


def proof_text(roadmap: Roadmap) -> str:
    """How sure it is that there is nothing better."""
    if roadmap.gap_percent is None:
        return _("这是算到的最好排法，还不知道离最好有多远")
    if roadmap.gap_percent > 0:
        return _("这是算到的最好排法，最多还能好 {gap}%").format(gap=f"{roadmap.gap_percent:.1f}")
    if roadmap.task.request.target is not None:
        return _("已证明没有更省钱的排法")
    return _("已证明没有更好的排法")


def high_cost_text(roadmap: Roadmap) -> str:
    """Whether the plan holds when everything costs its high end."""
    low, high = (money_text(roadmap.total(case)) for case in ("low", "high"))
    span = _("总价低则 {low}，高则 {high}").format(low=low, high=high)
    if roadmap.survives_high:
        return _("{span}；都按高价成交也不超预算").format(span=span)
    broken = _("；").join(one.text for one in roadmap.at_high_cost.broken)
    return _("{span}；如果都按高价成交：{broken}").format(span=span, broken=broken)


def paper_text(roadmap: Roadmap) -> str:
    """What the level would cost on paper alone; empty where nothing would be saved."""
    if roadmap.paper_cost is None:
        return ""
    told = _("不动核心工序只要 {money}，但那是纸面上的等级，生产没有变")
    return told.format(money=money_text(roadmap.paper_cost))

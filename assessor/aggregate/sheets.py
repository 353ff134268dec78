"""What stands on the sheets of `summary.xlsx` behind the first: rows of plain values."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assessor.aggregate.movement import STEPS, Movement, steps
from assessor.aggregate.population import ALL, Group, counted_in
from assessor.aggregate.record import Assessed
from assessor.aggregate.regional import Named, Regional
from assessor.aggregate.statistics import LEVELS, OPEN
from assessor.aggregate.wording import RESPONSES, STATES

SCORE, SHARE, WHOLE = "0.0", "0.0", "0"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: title, width in characters, number format."""

    title: str
    width: float
    form: str = ""


Row = Sequence[object]
Sheet = tuple[str, str, Sequence[Column], Iterable[Row]]


def sheets(regional: Regional) -> Iterator[Sheet]:
    """Every sheet behind the first: name, note, columns, rows."""
    yield "待处理", _TODO, _TODO_COLUMNS, _todo(regional)
    if regional.responses is not None:
        yield "报送率", "按名单统计；“已收到”指发来了文件但还不能计入。", _RATE_COLUMNS, _rates(regional)
        yield "未报送", "名单上还没有计入的企业。", _MISSING_COLUMNS, _missing(regional)
    yield "企业", _FIRMS_NOTE, _FIRM_COLUMNS, _firms(regional)
    yield "分布", _SPREAD_NOTE, _spread_columns(regional), _spread(regional)
    moved = regional.movement
    if moved is not None:
        yield "年度变化", _MOVED.format(moved), _moved_columns(regional), _moves(regional, moved)
    yield "答题分布", _ANSWERS_NOTE, _ANSWER_COLUMNS, _answers(regional)
    yield "共性短板", _LACKING_NOTE, _LACKING_COLUMNS, _lacking(regional)
    yield "疑点与底线", _DOUBTS_NOTE, _DOUBT_COLUMNS, _doubts(regional)


def count_of(named: Named, indicator: str, statistic: str) -> int:
    """How many firms a share counts."""
    figure = named.get((indicator, statistic))
    return 0 if figure is None or figure.count is None else figure.count


def value_of(named: Named, indicator: str, statistic: str) -> float | None:
    """The value of a figure, None where there is none."""
    figure = named.get((indicator, statistic))
    return None if figure is None else figure.value


# -- what is to be done --------------------------------------------------------------------------

_TODO = "要人处理的文件。回信在 letters 文件夹，一份文件一封，编号是台账中的行号。"
_TODO_COLUMNS = (
    Column("文件", 46),
    Column("情况", 16),
    Column("企业", 26),
    Column("统一社会信用代码", 22),
    Column("原因", 52),
    Column("怎么办", 44),
)


def _todo(regional: Regional) -> Iterable[Row]:
    for state in ("quarantined", "conflict", "flagged"):
        for one in regional.ledger:
            if one.state == state:
                uscc = one.key.uscc if one.key else one.taken.uscc
                yield one.label, STATES[state], one.taken.name, uscc, one.reason, one.remedy


_RATE_COLUMNS = (
    Column("地区", 20),
    Column("应报", 10, WHOLE),
    Column("已计入", 10, WHOLE),
    Column("已收到，还不能用", 18, WHOLE),
    Column("未报送", 10, WHOLE),
    Column("计入率 %", 12, SHARE),
)
_MISSING_COLUMNS = (
    Column("企业", 34),
    Column("统一社会信用代码", 22),
    Column("地区", 18),
    Column("情况", 18),
    Column("发来的文件", 60),
)


def _rates(regional: Regional) -> Iterable[Row]:
    answers = regional.responses or ()
    regions = list(dict.fromkeys(one.firm.region for one in answers))
    for region in [None, *regions] if len(regions) > 1 else [None]:
        told = Counter(one.state for one in answers if region is None or one.firm.region == region)
        n = sum(told.values())
        name = "合计" if region is None else region or "未填地区"
        yield name, n, told["counted"], told["received"], told["missing"], 100 * told["counted"] / max(n, 1)


def _missing(regional: Regional) -> Iterable[Row]:
    for one in regional.responses or ():
        if one.state != "counted":
            firm = one.firm
            yield firm.name, firm.uscc, firm.region, RESPONSES[one.state], "、".join(one.labels)


# -- firms ---------------------------------------------------------------------------------------

_FIRMS_NOTE = "计入本年度的每一份诊断。得分为区间时，低端按未答为零计，高端按未答得满分计。"
_FIRM_COLUMNS = (
    Column("企业", 30),
    Column("统一社会信用代码", 22),
    Column("厂区", 10),
    Column("行业", 8),
    Column("地区", 16),
    Column("规模", 8),
    Column("方式", 10),
    Column("日期", 12),
    Column("得分低端", 10, SCORE),
    Column("得分高端", 10, SCORE),
    Column("等级", 18),
    Column("未答计分题", 10, WHOLE),
    Column("底线", 30),
)


def _firms(regional: Regional) -> Iterable[Row]:
    model = regional.main_model
    for one in regional.population.members:
        yield _firm(regional, one, model)


def _firm(regional: Regional, one: Assessed, model: str) -> Row:
    words = regional.words
    verdict = next((each for each in one.verdicts if each.model == model), None)
    low, high, level = None, None, ""
    if verdict is not None and verdict.low is not None and verdict.high is not None:
        low, high = verdict.low / 1000, verdict.high / 1000
        ends = dict.fromkeys((verdict.level_low, verdict.level_high))
        level = " 至 ".join(words.level(model, end) for end in ends)
    return (
        one.name,
        one.key.uscc,
        one.key.site,
        words.industry(one.key.pack),
        words.region(one.region_code) if one.region_code else "",
        words.size(one.size) if one.size else "",
        words.mode(one.mode),
        one.date,
        low,
        high,
        level,
        one.blanks,
        "；".join(words.red_line(name) for name in one.red_lines),
    )


# -- distributions -------------------------------------------------------------------------------

_SPREAD_NOTE = "行业 × 地区 × 规模逐组统计，含只有几家的组：内部使用，公开请用 public 文件夹。"
_GROUP_COLUMNS = (
    Column("行业", 10),
    Column("地区", 14),
    Column("规模", 10),
    Column("方式", 10),
    Column("企业数", 9, WHOLE),
)
_SPREAD = ("mean_low", "p25_low", "p50_low", "p75_low", "p50_high")


def _spread_columns(regional: Regional) -> Sequence[Column]:
    names = ("平均分", "P25", "中位数", "P75", "中位数上限")
    levels = _level_titles(regional)
    return (
        *_GROUP_COLUMNS,
        *(Column(name, 9, SCORE) for name in names),
        *(Column(f"{name} %", 10, SHARE) for name in levels),
    )


def _level_titles(regional: Regional) -> Sequence[str]:
    if not regional.population.members:
        return [f"{level} 级" for level in LEVELS]
    return [regional.words.level(regional.main_model, level) for level in (*LEVELS, None)]


def _spread(regional: Regional) -> Iterable[Row]:
    model = regional.main_model
    for group, named in regional.by_group.items():
        if group.mode == ALL:
            continue
        scores = [value_of(named, f"{model}.score", name) for name in _SPREAD]
        levels = [value_of(named, f"{model}.level", f"share_{level}") for level in (*LEVELS, OPEN)]
        n = counted_in(regional.population, group)
        yield (*regional.words.group(group), n, *scores, *levels)


_MOVED = (
    "{0.earlier} 到 {0.later} 年度，两年都有诊断的同一企业、厂区、诊断包，自评只比自评。"
    "一行是上一年度的等级，各列是这些企业今年的等级。"
    "含只有几家的组：内部使用，公开请用 public 文件夹的 movement-public.csv。"
)


def _moved_columns(regional: Regional) -> Sequence[Column]:
    return (
        Column("行业", 10),
        Column("地区", 14),
        Column("方式", 10),
        Column("上一年度等级", 16),
        *(Column(f"今年 {name}", 12, WHOLE) for name in _level_titles(regional)),
        Column("合计", 9, WHOLE),
        Column("升级", 9, WHOLE),
        Column("不变", 9, WHOLE),
        Column("降级", 9, WHOLE),
    )


def _moves(regional: Regional, moved: Movement) -> Iterable[Row]:
    words = regional.words
    for group, pairs in moved.pairs.items():
        head = (words.industry(group.industry), words.region(group.region), words.mode(group.mode))
        for old in (*STEPS, ALL):
            row = pairs if old == ALL else Counter({key: n for key, n in pairs.items() if key[0] == old})
            if row:
                name = "合计" if old == ALL else words.level(moved.model, None if old == OPEN else int(old))
                now = [sum(n for (_, new), n in row.items() if new == step) for step in STEPS]
                yield (*head, name, *now, sum(now), *steps(row))


_ANSWERS_NOTE = "每题各答案的企业占比（以答了这题的企业为 100%）；数值题给百分位。多选题各项之和可超过 100%。"
_ANSWER_COLUMNS = (
    Column("行业", 10),
    Column("方式", 10),
    Column("编号", 10),
    Column("题目", 30),
    Column("答案", 46),
    Column("占比 % 或数值", 14, "0.##"),
    Column("企业数", 9, WHOLE),
    Column("答了这题的", 11, WHOLE),
)
_STATISTICS = {
    "answered": "答了这题（占应答企业 %）",
    "mean": "平均",
    "p10": "P10",
    "p25": "P25",
    "p50": "中位数",
    "p75": "P75",
    "p90": "P90",
}


def _answers(regional: Regional) -> Iterable[Row]:
    words = regional.words
    for industry, questions in regional.questions.items():
        for mode in regional.modes:
            named = regional.by_group.get(Group(industry=industry, mode=mode), {})
            by_question: dict[str, list[tuple[str, float, int | None, int]]] = {}
            for (indicator, statistic), one in named.items():
                by_question.setdefault(indicator, []).append((statistic, one.value, one.count, one.n))
            for question in questions:
                for statistic, value, count, n in by_question.get(question.id, ()):
                    answer = _STATISTICS.get(statistic) or words.option(question, statistic)
                    head = (words.industry(industry), words.mode(mode), question.id, question.title)
                    yield (*head, answer, value, count, n)


_LACKING_NOTE = "离上一级最近还缺什么：多少企业缺这一项。按行业从多到少，最多各列三十项。"
_LACKING_COLUMNS = (
    Column("行业", 10),
    Column("方式", 10),
    Column("编号", 10),
    Column("缺的场景或题目", 44),
    Column("企业占比 %", 12, SHARE),
    Column("企业数", 9, WHOLE),
    Column("共", 9, WHOLE),
)
_MOST = 30


def _lacking(regional: Regional) -> Iterable[Row]:
    for industry in regional.questions:
        yield from _ranked(regional, industry, "lacking.", partial(_question, regional, industry), _MOST)


def _question(regional: Regional, industry: str, key: str) -> Row:
    return key, regional.words.question(industry, key)


def _ranked(
    regional: Regional, industry: str, prefix: str, told: Callable[[str], Row], most: int
) -> Iterable[Row]:
    words = regional.words
    for mode in regional.modes:
        named = regional.by_group.get(Group(industry=industry, mode=mode), {})
        found = [one for (indicator, _), one in named.items() if indicator.startswith(prefix)]
        for one in sorted(found, key=lambda figure: (-figure.value, figure.indicator))[:most]:
            key = one.indicator.removeprefix(prefix)
            yield words.industry(industry), words.mode(mode), *told(key), one.value, one.count, one.n


_DOUBTS_NOTE = "安全和法规底线、答案之间的疑点：各有多少企业。底线是提示，不是执法结论。"
_DOUBT_COLUMNS = (
    Column("行业", 10),
    Column("方式", 10),
    Column("类别", 8),
    Column("编号", 18),
    Column("内容", 70),
    Column("企业占比 %", 12, SHARE),
    Column("企业数", 9, WHOLE),
    Column("共", 9, WHOLE),
)


def _doubts(regional: Regional) -> Iterable[Row]:
    words = regional.words
    for industry in regional.questions:
        yield from _ranked(regional, industry, "red_line.", partial(_kind, "底线", words.red_line), 100)
        yield from _ranked(regional, industry, "finding.", partial(_kind, "疑点", words.finding), 100)


def _kind(kind: str, name: Callable[[str], str], key: str) -> Row:
    return kind, key, name(key)

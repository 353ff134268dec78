"""What does the workbook of a pack look like? The one description that writer and reader share.

A question is a block of rows: its head, how to judge it, and a line for each thing to enter or to
read. Every line that takes an entry has an id of its own (`miit.Q2/denominator`), so rows may move;
columns are known by their headers, so they may move too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from assessor.exchange import labels
from assessor.pack.model import Pack
from assessor.pack.question import (
    TREND_LETTERS,
    BoolQuestion,
    Column,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    TextQuestion,
    TrendQuestion,
    option_ids,
)
from assessor.words import MODES

EntryKind = Literal["none", "level", "choice", "tick", "bool", "number", "text", "rows"]
NUMERATOR, DENOMINATOR, BEFORE, AFTER, LETTER = "numerator", "denominator", "before", "after", "letter"
LINK = "link"
"""A line that leads to the sheet of a table."""
LEVELS = tuple(str(level) for level in range(5))
TABLE_ROWS = 100
"""Rows made ready in a table sheet."""
_NAME_LENGTH = 31


@dataclass(frozen=True, slots=True)
class Line:
    """One row. With an `id` it takes an entry of that kind on each side, else it is there to be read.

    `options` may be chosen from the drop-down `listed`; `part` is what of the question it holds;
    `hint` names evidence; `quiet` is what one may skip.
    """

    item: str
    label: str
    id: str = ""
    part: str = ""
    entry: EntryKind = "none"
    options: tuple[str, ...] = ()
    listed: str = ""
    unit: str = ""
    decimals: int = 0
    hint: str = ""
    quiet: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A question with its lines; the first one is its head, where state, reason and the like stand."""

    question: Question
    lines: tuple[Line, ...]

    @property
    def entries(self) -> tuple[Line, ...]:
        """The lines that take an entry of value."""
        return tuple(line for line in self.lines if line.entry != "none")


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A sheet of questions."""

    key: str
    name: str
    title: str
    intro: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet of rows for one table question."""

    question: TableQuestion
    name: str


@dataclass(frozen=True)
class Book:
    """The whole description. `lists` are the drop-downs: name → what may be chosen."""

    pack: Pack
    head: tuple[Line, ...]
    facts: tuple[Block, ...]
    sheets: tuple[AnswerSheet, ...]
    tables: tuple[TableSheet, ...]
    lists: Mapping[str, tuple[str, ...]]

    def blocks(self) -> Iterator[tuple[AnswerSheet, Block]]:
        """Every block with its sheet, facts left out."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                yield sheet, block

    @cached_property
    def known(self) -> Mapping[str, str]:
        """Ids of all lines, as they are and as people may have bent them."""
        lines = [line.id for line in self.head]
        lines += [line.id for block in self.by_item.values() for line in block.lines]
        exact = {line: line for line in lines if line}
        return {**{labels.folded(line).casefold(): line for line in exact}, **exact}

    @cached_property
    def by_item(self) -> Mapping[str, Block]:
        """The block of a question or fact."""
        return {block.question.id: block for block in (*self.facts, *(block for _, block in self.blocks()))}


@lru_cache(maxsize=16)
def describe(pack: Pack) -> Book:
    """The workbook of a pack."""
    lists = _Lists()
    names = _Names()
    facts = tuple(Block(fact, tuple(_lines(fact, lists, pack))) for fact in pack.facts)
    sheets = tuple(
        AnswerSheet(
            section.id,
            names.take(f"{number} {section.title}"),
            section.title,
            section.intro,
            tuple(Block(question, tuple(_lines(question, lists, pack))) for question in section.questions),
        )
        for number, section in enumerate(pack.sections, 1)
    )
    tables = tuple(
        TableSheet(question, names.take(f"表 {question.title}"))
        for question in pack.asked()
        if isinstance(question, TableQuestion)
    )
    for table in tables:
        for column in table.question.columns:
            lists.name(column.options)
    return Book(pack, tuple(_head(lists)), facts, sheets, tables, dict(lists.found))


class _Lists:
    """Drop-downs by content; equal ones share a name."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, ...]] = {}
        for name, options in _FIXED.items():
            self.found[name] = options

    def name(self, options: tuple[str, ...]) -> str:
        """The name of the list with these options; empty for none."""
        if not options:
            return ""
        known = next((name for name, other in self.found.items() if other == options), None)
        if known is None:
            known = f"选项_{len(self.found) - len(_FIXED) + 1}"
            self.found[known] = options
        return known


LIST_LEVELS, LIST_BOOL, LIST_TICK, LIST_SURE = "等级", "是否", "勾选", "把握"
LIST_STATES, LIST_STATES_NA, LIST_TREND, LIST_MODES = "状态", "状态及不适用", "走势", "方式"
LIST_EMPTY, LIST_SIDES = "清单", "哪一方"
_STATES = tuple(labels.STATE_NAMES.values())
_FIXED: Mapping[str, tuple[str, ...]] = {
    LIST_LEVELS: LEVELS,
    LIST_BOOL: (labels.YES, labels.NO),
    LIST_TICK: (labels.TICK,),
    LIST_SURE: ("1", "2", "3"),
    LIST_STATES: _STATES[:2],
    LIST_STATES_NA: _STATES[:3],
    LIST_TREND: tuple(TREND_LETTERS),
    LIST_MODES: tuple(MODES.values()),
    LIST_EMPTY: (labels.EMPTY_TABLE,),
    LIST_SIDES: (labels.CLAIMED, labels.VERIFIED),
}


class _Names:
    """Sheet names: lawful, at most 31 characters, none twice."""

    def __init__(self) -> None:
        shown = (labels.COVER, labels.SCORE, labels.VERDICT, labels.ROADMAP)
        self._taken = {name.lower() for name in (*shown, labels.CALC, labels.LISTS, labels.META)}

    def take(self, wanted: str) -> str:
        """The name itself, cut and numbered where it must be."""
        plain = "".join("·" if char in "[]:*?/\\'" else char for char in wanted).strip()
        name, number = plain[:_NAME_LENGTH], 1
        while name.lower() in self._taken:
            number += 1
            end = f"（{number}）"
            name = plain[: _NAME_LENGTH - len(end)] + end
        self._taken.add(name.lower())
        return name


def _head(lists: _Lists) -> Iterator[Line]:
    entries: Mapping[str, tuple[str, EntryKind, tuple[str, ...]]] = {
        "mode": (
            "诊断方式：企业自己填是“自评”，诊断人员到现场核实过是“现场评定”",
            "choice",
            tuple(MODES.values()),
        ),
        "date": ("诊断日期，如 2026-05-20", "text", ()),
        "campaign": ("填报批次，不填就取诊断日期的年份", "text", ()),
        "by": ("填表人或诊断人员", "text", ()),
    }
    for key, (label, entry, options) in entries.items():
        item = f"{labels.HEAD}{key}"
        yield Line(item, label, item, "", entry, options, lists.name(options))
    for key, label in (("pack", "诊断包编号（程序填写）"), ("version", "诊断包版本（程序填写）")):
        yield Line(f"{labels.HEAD}{key}", label, f"{labels.HEAD}{key}")


_SAID = {NUMERATOR: "分子", DENOMINATOR: "分母", BEFORE: "前", AFTER: "后", LETTER: "档"}


def line_id(item: str, part: str) -> str:
    """The id of a line: the question's own for its head, else with the part behind a stroke."""
    return f"{item}/{_SAID.get(part, part)}" if part else item


def column_title(column: Column) -> str:
    """A table column's header: its title with the unit."""
    return f"{column.title}\n（{column.unit}）" if column.unit else column.title


def _lines(question: Question, lists: _Lists, pack: Pack) -> Iterator[Line]:
    yield _head_line(question, lists, pack)
    judged = "　".join(
        f"{label}：{text}" for label, text in (("怎么判断", question.help), ("看什么", question.look)) if text
    )
    readings = "\n".join(f"· {reading.text}" for reading in question.readings)
    if judged or readings:
        yield Line(question.id, "\n".join(filter(None, (judged, readings))), quiet=True)
    yield from _parts(question, lists)


def _head_line(question: Question, lists: _Lists, pack: Pack) -> Line:
    entry, options = _HEADS.get(type(question), ("none", ()))
    unit, decimals = "", 0
    match question:
        case SingleQuestion():
            options = option_ids(question)
        case NumberQuestion():
            unit, decimals = question.unit, question.decimals
        case TextQuestion(format="industry"):
            options = industry_options(pack)
        case TextQuestion(format="region"):
            options = region_options(pack)
        case _:
            pass
    return Line(
        item=question.id,
        label=question.title,
        id=question.id,
        entry=entry,
        options=options,
        listed=lists.name(options),
        unit=unit,
        decimals=decimals,
        hint="、".join(question.evidence),
    )


_HEADS: Mapping[type, tuple[EntryKind, tuple[str, ...]]] = {
    LevelQuestion: ("level", LEVELS),
    SingleQuestion: ("choice", ()),
    BoolQuestion: ("bool", (labels.YES, labels.NO)),
    NumberQuestion: ("number", ()),
    TextQuestion: ("text", ()),
    TableQuestion: ("rows", (labels.EMPTY_TABLE,)),
}


def industry_options(pack: Pack) -> tuple[str, ...]:
    """Industry classes to choose from: those of the trade, else all that are listed."""
    listed = pack.industries.industries
    return tuple(f"{code} {listed[code]}" for code in pack.manifest.industries or listed if code in listed)


def region_options(pack: Pack) -> tuple[str, ...]:
    """Regions to choose from, each with its prefecture."""
    regions = pack.regions.regions

    def name(code: str) -> str:
        above = regions.get(f"{code[:4]}00", "")
        return regions[code] if above in ("", regions[code]) else f"{above}{regions[code]}"

    return tuple(f"{code} {name(code)}" for code in regions)


def _parts(question: Question, lists: _Lists) -> Iterator[Line]:
    match question:
        case LevelQuestion():
            for rung in question.levels:
                hint = "、".join(rung.evidence)
                yield Line(question.id, f"{rung.level} 级　{rung.text}", hint=hint, level=rung.level)
        case SingleQuestion():
            for option in question.options:
                yield Line(question.id, _option(option.id, option.text), hint="、".join(option.evidence))
        case MultiQuestion():
            yield from _ticks(question)
        case RatioQuestion():
            yield from _ratio(question, lists)
        case TrendQuestion():
            yield from _trend(question, lists)
        case TableQuestion():
            yield Line(question.id, "", part=LINK)
        case _:
            pass


def _option(key: str, text: str) -> str:
    return text if key == text else f"{key}　{text}"


def _ticks(question: MultiQuestion) -> Iterator[Line]:
    for option in question.options:
        label = _option(option.id, option.text) + ("（选了它就不能再选别的）" if option.none else "")
        yield Line(
            item=question.id,
            label=label,
            id=line_id(question.id, option.id),
            part=option.id,
            entry="tick",
            options=(labels.TICK,),
            listed=LIST_TICK,
            hint="、".join(option.evidence),
        )


def _figure(question: RatioQuestion | TrendQuestion, part: str, label: str) -> Line:
    return Line(
        item=question.id,
        label=label,
        id=line_id(question.id, part),
        part=part,
        entry="number",
        unit=question.unit,
        decimals=question.decimals,
    )


def _ratio(question: RatioQuestion, lists: _Lists) -> Iterator[Line]:
    yield _figure(question, NUMERATOR, question.numerator)
    yield _figure(question, DENOMINATOR, question.denominator)
    if question.bands:
        bands = "　".join(f"{band.id} {band.text}" for band in question.bands)
        yield _letter(question, f"一时数不清的只选区间：{bands}", lists)


def _trend(question: TrendQuestion, lists: _Lists) -> Iterator[Line]:
    yield _figure(question, BEFORE, f"{question.quantity}：前一年度（或改造前）")
    yield _figure(question, AFTER, f"{question.quantity}：上年度（或改造后）")
    letters = "　".join(f"{letter} {word}" for letter, word in TREND_LETTERS.items())
    yield _letter(question, f"没有数字的只选走势：{letters}", lists)


def _letter(question: Question, label: str, lists: _Lists) -> Line:
    options = option_ids(question)
    return Line(
        item=question.id,
        label=label,
        id=line_id(question.id, LETTER),
        part=LETTER,
        entry="choice",
        options=options,
        listed=lists.name(options),
    )

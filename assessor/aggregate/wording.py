"""What are groups, figures and files called on paper? Ids become the words of the packs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from assessor.aggregate.population import ALL, UNKNOWN, Group, Population
from assessor.answers.firm import region_name
from assessor.pack.maturity import IndexModel, PointsModel
from assessor.pack.model import Pack
from assessor.pack.question import TREND_LETTERS as TRENDS
from assessor.pack.question import (
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    Question,
    SingleQuestion,
    TrendQuestion,
)
from assessor.words import FINDINGS, MODES, SIZES

STATES: Mapping[str, str] = {
    "accepted": "可用",
    "repaired": "可用，写法已统一",
    "flagged": "可用，部分按未答",
    "duplicate": "重复",
    "superseded": "已被取代",
    "conflict": "互相矛盾",
    "quarantined": "不能使用",
    "ignored": "不相干",
}
COUNTED: Mapping[str, str] = {
    "accepted": "计入",
    "repaired": "计入",
    "flagged": "计入",
    "duplicate": "不计，另一份已计",
    "superseded": "不计，另一份已计",
    "conflict": "不计，待核实",
    "quarantined": "不计，待重发",
    "ignored": "不计",
}
RESPONSES: Mapping[str, str] = {"counted": "已计入", "received": "已收到，还不能用", "missing": "未报送"}
_AUTONOMOUS = re.compile(r"(?:(?:布依|苗|侗)族)+自治州")
_HOLLOW = {"uscc-region": "信用代码的登记地不是已知的地区", "uscc-inner": "信用代码第 17 位不合规则"}


class Words:
    """The words of one population."""

    def __init__(self, population: Population) -> None:
        newest = sorted(population.packs.values(), key=lambda pack: pack.version)
        self._packs: dict[str, Pack] = {pack.id: pack for pack in newest}

    @cached_property
    def any_pack(self) -> Pack:
        """A pack whose lists of places and trades all share."""
        return next(iter(self._packs.values()))

    def pack(self, industry: str) -> Pack:
        """The newest pack of a trade."""
        return self._packs[industry]

    def industry(self, industry: str) -> str:
        """The trade, from the title of its pack."""
        if industry == ALL:
            return "全部行业"
        title = self._packs[industry].manifest.title
        return title.partition("诊断包")[0].removesuffix("行业") or title

    def region(self, region: str) -> str:
        """The prefecture, or the province elsewhere."""
        fixed = {ALL: "全省", UNKNOWN: "未填所在地"}
        name = fixed.get(region) or region_name(region, self.any_pack.regions)
        return _AUTONOMOUS.sub("州", name)

    def size(self, size: str) -> str:
        """The size class."""
        return {ALL: "全部规模", UNKNOWN: "规模不明"}.get(size) or SIZES[size]

    def mode(self, mode: str) -> str:
        """Self-assessment or on site."""
        return "全部方式" if mode == ALL else MODES[mode]

    def group(self, group: Group) -> tuple[str, str, str, str]:
        """Trade, place, size and mode of a group."""
        return (
            self.industry(group.industry),
            self.region(group.region),
            self.size(group.size),
            self.mode(group.mode),
        )

    @cached_property
    def _models(self) -> Mapping[str, PointsModel | IndexModel]:
        found: dict[str, PointsModel | IndexModel] = {}
        for pack in self._packs.values():
            found.update({model.id: model for model in pack.models})
            found.update({model.id: model for model in pack.indexes})
        return found

    def model(self, model: str) -> str:
        """The title of a model."""
        return self._models[model].title

    def level(self, model: str, level: int | None) -> str:
        """The name of a level under a model."""
        if level is None:
            return "等级未定"
        names = {each.level: each.name for each in self._models[model].levels}
        return names.get(level, f"{level} 级")

    def levels(self, model: str) -> Sequence[int]:
        """The levels of a model from the lowest; 0 is where no gate is passed."""
        return sorted({0, *(each.level for each in self._models[model].levels)})

    def dimensions(self, model: str) -> Mapping[str, str]:
        """The titles of a model's dimensions, in order."""
        return {part.id: part.title for part in self._models[model].dimensions}

    def question(self, industry: str, question: str) -> str:
        """The title of a question."""
        found = self._packs[industry].items.get(question)
        return found.title if found else question

    def option(self, question: Question, statistic: str) -> str:
        """The answer that a share counts."""
        option = statistic.removeprefix("share_")
        match question:
            case LevelQuestion():
                return f"{option} 级"
            case BoolQuestion():
                return {"yes": "是", "no": "否"}[option]
            case SingleQuestion() | MultiQuestion():
                return next((one.text for one in question.options if one.id == option), option)
            case TrendQuestion():
                return TRENDS.get(option, option)
            case _:
                return option

    def red_line(self, name: str) -> str:
        """The title of a red line."""
        return self._first(
            name, ((line.id, line.title) for p in self._packs.values() for line in p.rules.red_lines)
        )

    def finding(self, name: str) -> str:
        """What a doubt says, without the values of one firm."""
        fixed = _HOLLOW.get(name)
        if fixed or name in FINDINGS:
            return fixed or FINDINGS[name].partition("，请")[0].replace("{", "（").replace("}", "）")
        return self._first(
            name, ((rule.id, rule.say) for p in self._packs.values() for rule in p.rules.rules)
        )

    def _first(self, name: str, pairs: Iterable[tuple[str, str]]) -> str:
        return next((text for key, text in pairs if key == name), name)

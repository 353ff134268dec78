"""`public/bulletin.pdf`: the campaign for everybody. Made of public figures alone, so it can't tell more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessor.aggregate.disclosure import MIN_GROUP, MIN_PERCENTILE, PublicFigure
from assessor.aggregate.population import ALL, UNKNOWN, Group
from assessor.aggregate.regional import Regional
from assessor.aggregate.statistics import LEVELS, OPEN
from assessor.answers.firm import is_invented
from assessor.answers.model import Mode
from assessor.pack.maturity import PointsModel
from assessor.pack.question import LevelQuestion
from assessor.report.charts.groups import WITHHELD, ShareRow, SpreadRow, share_bars, spread_bars
from assessor.report.looks import load_looks

_TOP = 8
_SCENES = 24
_TRAITS = ("region", "size", "industry")


@dataclass(frozen=True, slots=True)
class Lack:
    """What many firms of a trade lack for their next level."""

    title: str
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a group, its number of firms, its figures as printed."""

    title: str
    n: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade's page; `chart` is empty where nothing may be published."""

    title: str
    n: str
    sentence: str
    chart: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Everything about one way of answering: self-assessed, or seen on site."""

    title: str
    n: str
    sentences: tuple[str, ...]
    levels: str
    dimensions: tuple[Line, ...]
    regions: str
    region_scores: str
    sizes: str
    trades: tuple[Trade, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What the template prints."""

    campaign: str
    firms: str
    trades: str
    until: str
    model: str
    source: str
    dimensions: tuple[str, ...]
    invented: bool
    ways: tuple[Way, ...]
    response: str
    least: int
    least_percentile: int
    withheld: int


class _Public:
    """Public figures by group, indicator and statistic."""

    def __init__(self, figures: Iterable[PublicFigure]) -> None:
        self._found = {(one.group, one.indicator, one.statistic): one for one in figures}

    def get(self, group: Group, indicator: str, statistic: str) -> PublicFigure | None:
        return self._found.get((group, indicator, statistic))

    def value(self, group: Group, indicator: str, statistic: str) -> float | None:
        found = self.get(group, indicator, statistic)
        return None if found is None else found.value

    def firms(self, group: Group) -> int | None:
        found = self.get(group, "firms", "count")
        return None if found is None else found.n

    @cached_property
    def groups(self) -> Sequence[Group]:
        return sorted({group for group, _, _ in self._found})

    @property
    def hidden(self) -> int:
        return sum(one.value is None for one in self._found.values())


def bulletin(regional: Regional) -> Bulletin:
    """The bulletin of a campaign."""
    figures = _Public(regional.public)
    members = regional.population.members
    words = regional.words
    model = _model(regional)
    ways = tuple(_Way(regional, figures, model, mode).made() for mode in regional.modes)
    trades = sorted({one.key.pack for one in members})
    return Bulletin(
        campaign=regional.population.campaign,
        firms=_firms(regional, figures),
        trades="、".join(words.industry(trade) for trade in trades),
        until=max((one.date for one in members), default=""),
        model=model.title,
        source=_source(regional, model),
        dimensions=tuple(words.dimensions(model.id).values()),
        invented=any(is_invented(one.key.uscc) for one in members),
        ways=ways,
        response=_response(regional),
        least=MIN_GROUP,
        least_percentile=MIN_PERCENTILE,
        withheld=figures.hidden,
    )


def bulletin_page(regional: Regional) -> str:
    """The bulletin as the printer takes it."""
    from assessor.report.html import render_sheet

    return render_sheet("bulletin.html", b=bulletin(regional))


def bulletin_bytes(regional: Regional) -> bytes:
    """The PDF; `UserError` "pdf-engine" when the machine lacks Pango."""
    from assessor.report.pdf import print_page

    content, _ = print_page(bulletin_page(regional))
    return content


def _model(regional: Regional) -> PointsModel:
    pack = next(iter(regional.population.packs.values()))
    return pack.model(regional.main_model)


def _source(regional: Regional, model: PointsModel) -> str:
    from assessor.report.wording import cite_text

    pack = next(iter(regional.population.packs.values()))
    return cite_text(pack, model.gates.cite)


def _firms(regional: Regional, figures: _Public) -> str:
    """How many took part; by mode only, where one of the two is withheld."""
    told = {mode: figures.firms(Group(mode=mode)) for mode in regional.modes}
    parts = "，".join(
        f"{regional.words.mode(mode)} {WITHHELD if n is None else f'{n} 家'}" for mode, n in told.items()
    )
    if None in told.values():
        return parts
    total = f"{sum(n or 0 for n in told.values())} 家"
    return f"{total}（{parts}）" if len(told) > 1 else f"{total}，{parts.partition(' ')[0]}"


def _response(regional: Regional) -> str:
    if regional.responses is None:
        return ""
    total = len(regional.responses)
    done = sum(one.state == "counted" for one in regional.responses)
    if total < MIN_GROUP or min(done, total - done) in range(1, MIN_GROUP):
        return ""
    return f"应报企业 {total} 家，已报送并计入 {done} 家，占 {100 * done / total:.1f}%"


def _count(n: int | None) -> str:
    return WITHHELD if n is None else str(n)


def _per_cent(value: float | None) -> str:
    return WITHHELD if value is None else f"{value:.1f}%"


def _score(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return WITHHELD
    return f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f}—{high:.1f}"


class _Way:
    """Puts the figures of one mode together."""

    def __init__(self, regional: Regional, figures: _Public, model: PointsModel, mode: Mode) -> None:
        self._regional, self._figures, self._model, self._mode = regional, figures, model, mode
        self._words, self._theme = regional.words, load_looks().light
        self._all = Group(mode=mode)
        self._levels = self._words.levels(model.id)
        self._names = [self._words.level(model.id, level) for level in (*self._levels, None)]

    def made(self) -> Way:
        """The pages of this mode."""
        whole = self._shares(self._all, "全省")
        return Way(
            title=self._words.mode(self._mode),
            n=_count(self._figures.firms(self._all)),
            sentences=tuple(self._sentences()),
            levels=self._chart("各等级企业占比", [whole, *self._rows("industry")]),
            dimensions=tuple(self._dimensions()),
            regions=self._chart(self._region_title(), self._rows("region")),
            region_scores=self._score_chart(),
            sizes=self._chart("不同规模企业的等级分布", self._rows("size")),
            trades=tuple(self._trade(group) for group in self._split("industry")),
        )

    def _sentences(self) -> Iterable[str]:
        n = self._figures.firms(self._all)
        if n is None:
            yield f"参加的企业不足 {MIN_GROUP} 家，或为防止推算，不公布数字"
            return
        ends = [
            self._figures.value(self._all, f"{self._model.id}.score", f"p50_{e}") for e in ("low", "high")
        ]
        yield f"{n} 家企业"
        if None not in ends:
            yield f"得分中位数 {_score(ends[0], ends[1])} 分"
        below = [self._level(self._all, level) for level in (0, 1, OPEN)]
        if None not in below and len(self._levels) > 2:
            yield f"{self._names[2]}及以上占 {100 - sum(share or 0 for share in below):.1f}%"
        if below[0] is not None:
            yield f"{self._names[0]}占 {below[0]:.1f}%"

    def _level(self, group: Group, level: object) -> float | None:
        return self._figures.value(group, f"{self._model.id}.level", f"share_{level}")

    def _shares(self, group: Group, title: str) -> ShareRow:
        shares = tuple(self._level(group, level) for level in (*self._levels, OPEN))
        return ShareRow(title, self._figures.firms(group), shares)

    def _split(self, trait: str) -> Sequence[Group]:
        """The groups of this mode that one trait makes."""
        others = [name for name in _TRAITS if name != trait]
        return [
            group
            for group in self._figures.groups
            if group.mode == self._mode
            and getattr(group, trait) not in (ALL,)
            and all(getattr(group, name) == ALL for name in others)
        ]

    def _title(self, group: Group, trait: str) -> str:
        name: str = getattr(self._words, trait)(getattr(group, trait))
        return name

    def _rows(self, trait: str) -> list[ShareRow]:
        groups = self._split(trait)
        if trait == "size":
            order = ("micro", "small", "medium", "large", UNKNOWN)
            groups = sorted(groups, key=lambda group: order.index(group.size))
        return [self._shares(group, self._title(group, trait)) for group in groups]

    def _chart(self, title: str, rows: Sequence[ShareRow]) -> str:
        """Nothing where every share would be withheld."""
        told = any(share is not None for row in rows if row.n is not None for share in row.shares)
        return share_bars(title, self._names, rows, self._theme) if told else ""

    def _median(self, group: Group) -> float | None:
        return self._figures.value(group, f"{self._model.id}.score", "p50_low")

    def _region_title(self) -> str:
        known = [value for group in self._split("region") if (value := self._median(group)) is not None]
        if len(known) < 2:
            return "各市州企业的等级分布"
        return f"各市州的得分中位数在 {min(known):.1f} 到 {max(known):.1f} 分之间"

    def _score_chart(self) -> str:
        rows = []
        for group in self._split("region"):
            found = [
                self._figures.value(group, f"{self._model.id}.score", name)
                for name in ("p25_low", "p50_low", "p50_high", "p75_high")
            ]
            title = self._title(group, "region")
            rows.append(SpreadRow(title, self._figures.firms(group), *found))
        cuts = [0.0, *(float(gate.score) for gate in self._model.gates.rows), float(self._model.total)]
        told = any(row.low is not None for row in rows)
        return spread_bars("各市州企业得分的中间一半", rows, cuts, self._theme) if told else ""

    def _dimensions(self) -> Iterable[Line]:
        groups = [self._all, *self._split("industry")]
        for group in groups:
            title = "全省" if group is self._all else self._title(group, "industry")
            cells = []
            for name in self._words.dimensions(self._model.id):
                ends = [
                    self._figures.value(group, f"{self._model.id}.{name}", f"mean_{e}")
                    for e in ("low", "high")
                ]
                cells.append(_score(ends[0], ends[1]))
            yield Line(title, _count(self._figures.firms(group)), tuple(cells))

    def _trade(self, group: Group) -> Trade:
        scenes = self._scenes(group)
        known = [row for row in scenes if row.n is not None and None not in row.shares[:2]]
        weak = sorted(known, key=lambda row: -((row.shares[0] or 0) + (row.shares[1] or 0)))[:3]
        sentence = "、".join(
            f"{row.title}（{(row.shares[0] or 0) + (row.shares[1] or 0):.0f}%）" for row in weak
        )
        title = f"{self._words.industry(group.industry)}：各场景的等级"
        return Trade(
            title=self._words.industry(group.industry),
            n=_count(self._figures.firms(group)),
            sentence=f"停在 0—1 级的企业最多的场景：{sentence}" if sentence else "",
            chart=share_bars(title, [f"{level} 级" for level in LEVELS], scenes, self._theme) if weak else "",
            lacks=tuple(self._lacks(group)),
        )

    def _scenes(self, group: Group) -> list[ShareRow]:
        """The trade's own scenes; the ministry's where a trade has none."""
        pack = self._words.pack(group.industry)
        scenes: Sequence[LevelQuestion] = pack.scenes or tuple(
            question
            for scene in self._model.scenes
            if isinstance(question := pack.questions[scene.id], LevelQuestion)
        )
        rows = []
        for scene in scenes[:_SCENES]:
            first = self._figures.get(group, scene.id, "share_0")
            if first is None:
                continue
            shares = tuple(self._figures.value(group, scene.id, f"share_{level}") for level in LEVELS)
            size = self._figures.get(group, scene.id, "answered")
            told = [self._figures.get(group, scene.id, f"share_{level}") for level in LEVELS]
            n = next((one.n for one in told if one is not None and one.n is not None), None)
            rows.append(ShareRow(scene.title, n if size is not None else None, shares))
        return rows

    def _lacks(self, group: Group) -> Iterable[Lack]:
        found: Mapping[str, float] = {
            one.indicator.removeprefix("lacking."): one.value
            for one in self._regional.public
            if one.group == group and one.indicator.startswith("lacking.") and one.value is not None
        }
        for name, value in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOP]:
            yield Lack(self._words.question(group.industry, name), value)

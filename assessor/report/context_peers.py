"""The chapter on peers: each figure of the firm beside what it may be held against, the kinds kept apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessor.benchmark import (
    REPLACED_FROM,
    AgainstDistribution,
    AgainstProfile,
    AgainstPublished,
    Position,
    Standing,
    Word,
)
from assessor.diagnosis import Diagnosis
from assessor.pack.counted import Found, Head
from assessor.pack.question import LevelQuestion, NumberQuestion, Question
from assessor.pack.reference import QuantityProfile, SceneProfile, Showcase
from assessor.report.charts import strip
from assessor.report.looks import Theme
from assessor.report.wording import cite_text, date_text, quantity_text, rung_text
from assessor.words import MODES, SIDES, SIZES, _

_WORDS: dict[Word, str] = {"low": "偏低", "alike": "相当", "high": "偏高"}
_SHOWN = 3
_MEASURES = {"mean": "平均", "share": "占比", "limit": "限值", "target": "目标"}
_TENTHS = ("不到一成", "一成", "两成", "三成", "四成", "五成", "六成", "七成", "八成", "九成", "十成")


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One scene or quantity: the firm's own, published figures, expert band with its word, counted firms."""

    title: str
    id: str
    value: str
    published: tuple[str, ...]
    band: str
    strip: str
    word: str
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShowcaseRow:
    """What one plant reached; a case, no promise. Those told in full as exemplars have their own chapter."""

    firm: str
    what: str
    change: str
    cite: str


@dataclass(frozen=True, slots=True)
class Peers:
    """The chapter; empty tuples where the pack has no references."""

    label: str
    basis: str
    standings: tuple[str, ...]
    guarantee: str
    scenes: tuple[PeerRow, ...]
    quantities: tuple[PeerRow, ...]
    showcases: tuple[ShowcaseRow, ...]

    def __bool__(self) -> bool:
        return bool(self.standings or self.scenes or self.quantities or self.showcases)


def peers(diagnosis: Diagnosis, theme: Theme) -> Peers:
    """Everything the firm can be held against."""
    profiles = diagnosis.pack.profiles
    rows = [(one, _row(one, theme)) for one in diagnosis.positions]
    return Peers(
        label=f"{profiles.label}（n=0，{profiles.date}，第 {profiles.edition} 版）" if profiles else "",
        basis=_("参考按现场核实口径；自评通常偏高。") if diagnosis.answers.mode == "self" else "",
        standings=tuple(_standing(diagnosis, one) for one in diagnosis.standings),
        guarantee="；".join(_limits(one.head) for one in diagnosis.pack.counted),
        scenes=tuple(row for one, row in rows if isinstance(one.question, LevelQuestion)),
        quantities=tuple(row for one, row in rows if not isinstance(one.question, LevelQuestion)),
        showcases=tuple(_showcases(diagnosis)),
    )


def _row(position: Position, theme: Theme) -> PeerRow:
    question = position.question
    unit = "" if isinstance(question, LevelQuestion) else getattr(question, "unit", "")
    own = rung_text(int(position.value)) if isinstance(question, LevelQuestion) else _figure(position, unit)
    profile = position.profile
    return PeerRow(
        title=question.title,
        id=question.id,
        value=f"{own}（{SIDES[position.side]}）",
        published=tuple(_published(one) for one in _newest(position.published)),
        band=_band(profile) if profile else "",
        strip=strip(position, theme),
        word=_WORDS[profile.word] if profile and profile.word else "",
        counted=tuple(
            _counted(one, "%" if question.kind == "ratio" else unit) for one in position.distributions
        ),
    )


def _newest(found: Sequence[AgainstPublished]) -> Sequence[AgainstPublished]:
    """Limits, and of other figures the newest few: older ones say what was, not what is."""
    limits = [one for one in found if one.reference.measure == "limit"]
    others = sorted(found, key=lambda one: (one.difference is None, _age(one)))
    return [*limits, *[one for one in others if one.reference.measure != "limit"][:_SHOWN]]


def _age(one: AgainstPublished) -> tuple[int, ...]:
    """Sorts the newest first."""
    return tuple(-ord(sign) for sign in one.reference.date)


def _figure(position: Position, unit: str) -> str:
    if position.question.kind == "ratio":
        return f"{_short(position.value)}%"
    return quantity_text(_fewer(position.value, position.question), unit)


def _fewer(value: Decimal, question: Question) -> Decimal:
    """A figure with the decimals it is asked in; a counted one has no end of them."""
    decimals = question.decimals if isinstance(question, NumberQuestion) else 0
    step = Decimal(1).scaleb(-max(decimals, 1))
    return value if value == value.quantize(step) else value.quantize(step, ROUND_HALF_UP)


def _short(value: Decimal) -> str:
    """One decimal at most, without a zero at its end."""
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):f}".removesuffix(".0")


def _published(one: AgainstPublished) -> str:
    reference = one.reference
    figure = quantity_text(reference.value, reference.unit)
    who = f"{reference.scope}{_MEASURES[reference.measure]} {figure}（{reference.who}，{reference.date}）"
    if one.difference is None:
        return f"{who}；口径不同，不相减（{reference.definition}）"
    sign = "高" if one.difference > 0 else "低"
    apart = f"本企业{sign} {_short(abs(one.difference))}" if one.difference else "与本企业相同"
    return f"{who}；{apart}"


def _band(profile: AgainstProfile) -> str:
    size = SIZES[profile.size]
    if profile.scene is not None:
        return f"同类{size}企业{_spoken(profile.scene)}"
    if profile.quantity is None or profile.quantity.p is None:
        return profile.absent
    return _quantity_band(profile.quantity, size)


def _quantity_band(profile: QuantityProfile, size: str) -> str:
    assert profile.p is not None
    low, middle, high = (_short(part) for part in profile.p[1:4])
    return f"同类{size}企业中间一半在 {low}—{high}，居中的约 {middle}（{profile.unit}）"


def _spoken(profile: SceneProfile) -> str:
    """The two commonest levels in tenths, as an estimate may be spoken."""
    order = sorted(range(5), key=lambda level: (-profile.shares[level], level))[:2]
    return "、".join(f"约{_TENTHS[_tenth(profile.shares[level])]}在 {level} 级" for level in sorted(order))


def _tenth(share: Decimal) -> int:
    return int((10 * share).quantize(Decimal(1), ROUND_HALF_UP))


def _standing(diagnosis: Diagnosis, one: Standing) -> str:
    titles = {verdict.result.model.id: verdict.result.model.title for verdict in diagnosis.verdicts}
    titles |= {index.model.id: index.model.title for index in diagnosis.indexes}
    told = "；".join(_imported(against, against.found, "分") for against in one.against if against.found)
    return f"{titles[one.model]} {_short(one.score)} 分（{SIDES[one.side]}）：{told}"


def _limits(head: Head) -> str:
    who = f"{head.region_name}{head.campaign}基准包 {head.version}（{date_text(head.date)}）"
    invented = "含虚构企业，只供练习；" if head.invented else ""
    return f"{who}：{invented}少于 {head.rules.min_group} 家企业的、能推算出单个企业的数字都没有给"


def _imported(one: AgainstDistribution, found: Found, unit: str) -> str:
    """Firms of a benchmark pack: how many of whom are passed, where the middle half lies, how narrow."""
    distribution = one.distribution
    who = f"{distribution.n} 家{found.trade}企业"
    place = f"{found.head.region_name} {found.head.campaign}，{MODES[distribution.mode]}，{_detail(found)}"
    rank = f"好于 {one.better_than}% 的 {who}" if one.better_than is not None else who
    return f"{rank}（{place}）{_middle(one, unit)}{_unranked(one)}"


def _unranked(one: AgainstDistribution) -> str:
    """Why there is no rank: few firms; otherwise judged in another way, or no direction is better."""
    if one.better_than is not None:
        return ""
    few = one.distribution.n < REPLACED_FROM
    return f"；不足 {REPLACED_FROM} 家，不排名次" if few else _("；不排名次")


def _detail(found: Found) -> str:
    """Which group it is: the fallback is said, not hidden."""
    size = f"{SIZES[found.cell.size]}企业" if found.cell.size else ""
    match found.detail:
        case "region":
            return _("同市州的{size}").format(size=size)
        case "size":
            return _("全省{size}，没有公布更细的").format(size=size)
    return _("全省各种规模，没有公布更细的")


def _middle(one: AgainstDistribution, unit: str) -> str:
    distribution = one.distribution
    if distribution.p is None:
        return ""
    low, high = distribution.p[1], distribution.p[3]
    mean = one.found.cell.mean if one.found else None
    average = f"，平均 {_plain(mean)}" if mean is not None else ""
    return f"，中间一半在 {_plain(low)}—{_plain(high)}{unit}{average}"


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _counted(one: AgainstDistribution, unit: str) -> str:
    if one.found is not None:
        return _imported(one, one.found, unit)
    distribution = one.distribution
    where = f"{distribution.region}{distribution.period}，n={distribution.n}，非抽样"
    if one.better_than is None:
        return f"已评企业（{where}）"
    return f"优于已评企业的 {one.better_than}%（{where}）"


def _showcases(diagnosis: Diagnosis) -> Iterator[ShowcaseRow]:
    told = {name for exemplar in diagnosis.pack.exemplars for name in exemplar.showcases}
    known: dict[str, Showcase] = {}
    for position in diagnosis.positions:
        for one in position.showcases:
            if one.id not in told:
                known.setdefault(one.id, one)
    for one in known.values():
        change = f"{one.before} → {one.after}" if one.before and one.after else one.after or one.before
        yield ShowcaseRow(one.firm, one.what, change, cite_text(diagnosis.pack, one.cite))

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
from assessor.words import MODES, SIDES, SIZES, _, named

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
        label=_("{label}（n=0，{date}，第 {edition} 版）").format(
            label=_(profiles.label), date=profiles.date, edition=profiles.edition
        )
        if profiles
        else "",
        basis=_("参考按现场核实口径；自评通常偏高。") if diagnosis.answers.mode == "self" else "",
        standings=tuple(_standing(diagnosis, one) for one in diagnosis.standings),
        guarantee=_("；").join(_limits(one.head) for one in diagnosis.pack.counted),
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
        title=named(question),
        id=question.id,
        value=_("{own}（{sides}）").format(own=own, sides=_(SIDES[position.side])),
        published=tuple(_published(one) for one in _newest(position.published)),
        band=_band(profile) if profile else "",
        strip=strip(position, theme),
        word=_(_WORDS[profile.word]) if profile and profile.word else "",
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
    who = _("{scope}{measures} {figure}（{who}，{date}）").format(
        scope=reference.scope,
        measures=_(_MEASURES[reference.measure]),
        figure=figure,
        who=reference.who,
        date=reference.date,
    )
    if one.difference is None:
        return _("{who}；口径不同，不相减（{definition}）").format(who=who, definition=reference.definition)
    sign = _("高") if one.difference > 0 else _("低")
    apart = (
        _("本企业{sign} {short}").format(sign=sign, short=_short(abs(one.difference)))
        if one.difference
        else _("与本企业相同")
    )
    return _("{who}；{apart}").format(who=who, apart=apart)


def _band(profile: AgainstProfile) -> str:
    size = _(SIZES[profile.size])
    if profile.scene is not None:
        return _("同类{size}企业{spoken}").format(size=size, spoken=_spoken(profile.scene))
    if profile.quantity is None or profile.quantity.p is None:
        return profile.absent
    return _quantity_band(profile.quantity, size)


def _quantity_band(profile: QuantityProfile, size: str) -> str:
    assert profile.p is not None
    low, middle, high = (_short(part) for part in profile.p[1:4])
    return _("同类{size}企业中间一半在 {low}—{high}，居中的约 {middle}（{unit}）").format(
        size=size, low=low, high=high, middle=middle, unit=_(profile.unit)
    )


def _spoken(profile: SceneProfile) -> str:
    """The two commonest levels in tenths, as an estimate may be spoken."""
    order = sorted(range(5), key=lambda level: (-profile.shares[level], level))[:2]
    return _("、").join(
        _("约{tenths}在 {level} 级").format(tenths=_(_TENTHS[_tenth(profile.shares[level])]), level=level)
        for level in sorted(order)
    )


def _tenth(share: Decimal) -> int:
    return int((10 * share).quantize(Decimal(1), ROUND_HALF_UP))


def _standing(diagnosis: Diagnosis, one: Standing) -> str:
    titles = {verdict.result.model.id: verdict.result.model.title for verdict in diagnosis.verdicts}
    titles |= {index.model.id: named(index.model) for index in diagnosis.indexes}
    told = _("；").join(
        _imported(against, against.found, _("分")) for against in one.against if against.found
    )
    return _("{titles} {short} 分（{sides}）：{told}").format(
        titles=titles[one.model], short=_short(one.score), sides=SIDES[one.side], told=told
    )


def _limits(head: Head) -> str:
    who = _("{region_name}{campaign}基准包 {version}（{date}）").format(
        region_name=head.region_name, campaign=head.campaign, version=head.version, date=date_text(head.date)
    )
    invented = _("含虚构企业，只供练习；") if head.invented else ""
    return _("{who}：{invented}少于 {min_group} 家企业的、能推算出单个企业的数字都没有给").format(
        who=who, invented=invented, min_group=head.rules.min_group
    )


def _imported(one: AgainstDistribution, found: Found, unit: str) -> str:
    """Firms of a benchmark pack: how many of whom are passed, where the middle half lies, how narrow."""
    distribution = one.distribution
    who = _("{n} 家{trade}企业").format(n=distribution.n, trade=found.trade)
    place = _("{region_name} {campaign}，{modes}，{detail}").format(
        region_name=found.head.region_name,
        campaign=found.head.campaign,
        modes=MODES[distribution.mode],
        detail=_detail(found),
    )
    rank = (
        _("好于 {better_than}% 的 {who}").format(better_than=one.better_than, who=who)
        if one.better_than is not None
        else who
    )
    return _("{rank}（{place}）{middle}{unranked}").format(
        rank=rank, place=place, middle=_middle(one, unit), unranked=_unranked(one)
    )


def _unranked(one: AgainstDistribution) -> str:
    """Why there is no rank: few firms; otherwise judged in another way, or no direction is better."""
    if one.better_than is not None:
        return ""
    few = one.distribution.n < REPLACED_FROM
    return (
        _("；不足 {replaced_from} 家，不排名次").format(replaced_from=REPLACED_FROM)
        if few
        else _("；不排名次")
    )


def _detail(found: Found) -> str:
    """Which group it is: the fallback is said, not hidden."""
    size = _("{sizes}企业").format(sizes=SIZES[found.cell.size]) if found.cell.size else ""
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
    average = _("，平均 {plain}").format(plain=_plain(mean)) if mean is not None else ""
    return _("，中间一半在 {plain}—{plain2}{unit}{average}").format(
        plain=_plain(low), plain2=_plain(high), unit=unit, average=average
    )


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _counted(one: AgainstDistribution, unit: str) -> str:
    if one.found is not None:
        return _imported(one, one.found, unit)
    distribution = one.distribution
    where = _("{region}{period}，n={n}，非抽样").format(
        region=distribution.region, period=distribution.period, n=distribution.n
    )
    if one.better_than is None:
        return _("已评企业（{where}）").format(where=where)
    return _("优于已评企业的 {better_than}%（{where}）").format(better_than=one.better_than, where=where)


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

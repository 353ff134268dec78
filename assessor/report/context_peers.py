"""The chapter on peers: each figure of the firm beside what it may be held against, the kinds kept apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessor.benchmark import AgainstDistribution, AgainstProfile, AgainstPublished, Position, Word
from assessor.diagnosis import Diagnosis
from assessor.pack.question import LevelQuestion, NumberQuestion, Question
from assessor.pack.reference import QuantityProfile, SceneProfile, Showcase
from assessor.report.charts import strip
from assessor.report.looks import Theme
from assessor.report.wording import cite_text, quantity_text, rung_text
from assessor.words import SIDES, SIZES, _

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
    scenes: tuple[PeerRow, ...]
    quantities: tuple[PeerRow, ...]
    showcases: tuple[ShowcaseRow, ...]

    def __bool__(self) -> bool:
        return bool(self.scenes or self.quantities or self.showcases)


def peers(diagnosis: Diagnosis, theme: Theme) -> Peers:
    """Everything the firm can be held against."""
    profiles = diagnosis.pack.profiles
    rows = [(one, _row(one, theme)) for one in diagnosis.positions]
    return Peers(
        label=f"{profiles.label}（n=0，{profiles.date}，第 {profiles.edition} 版）" if profiles else "",
        basis=_("参考按现场核实口径；自评通常偏高。") if diagnosis.answers.mode == "self" else "",
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
        counted=tuple(_counted(one) for one in position.distributions),
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


def _counted(one: AgainstDistribution) -> str:
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

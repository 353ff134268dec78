"""Where does the firm stand among its like? Four kinds of reference, never blended.

Published figures, showcases, expert profiles and counted distributions stay apart; like is compared
with like only. An expert profile gives a band and no rank, and is never mixed with counted firms.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from assessor.answers.firm import Size, current_region
from assessor.answers.model import Answers, Mode, Ratio, Side
from assessor.answers.state import is_asked, lookup_in
from assessor.pack.condition import holds
from assessor.pack.counted import Found, Head
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, NumberQuestion, Question, RatioQuestion
from assessor.pack.record import Cite
from assessor.pack.reference import (
    Better,
    Distribution,
    Published,
    QuantityProfile,
    SceneProfile,
    Showcase,
)

Word = Literal["low", "alike", "high"]

_LOW_SHARE = Decimal("0.17")
_HIGH_SHARE = Decimal("0.83")
_MARKET, _HAND = "MARKET", "HAND"
SIDE_BY_SIDE_FROM = 10
REPLACED_FROM = 30
_RANKS = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True)
class AgainstPublished:
    """A published figure beside the firm's; `difference` (firm minus figure) only for like and like."""

    reference: Published
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class AgainstProfile:
    """An expert band. `word` is None where only the band is shown; `absent` says why there is no band."""

    scene: SceneProfile | None
    quantity: QuantityProfile | None
    size: Size
    word: Word | None
    absent: str


@dataclass(frozen=True, slots=True)
class AgainstDistribution:
    """Counted firms. `better_than` is a per cent of them, None below the size that allows a rank.

    None too where the firm's value is claimed and theirs was seen on site, or the other way round. `found`
    is there for firms of an imported benchmark pack and says how narrow their group is.
    """

    distribution: Distribution
    better_than: int | None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One scene or quantity of the firm with everything it can be held against."""

    question: Question
    side: Side
    value: Decimal
    published: tuple[AgainstPublished, ...]
    showcases: tuple[Showcase, ...]
    profile: AgainstProfile | None
    distributions: tuple[AgainstDistribution, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The certain score of one model beside the scores of counted firms."""

    model: str
    side: Side
    score: Decimal
    against: tuple[AgainstDistribution, ...]


def standings(
    pack: Pack, answers: Answers, size: Size | None, scores: Iterable[tuple[str, Side, Decimal]]
) -> tuple[Standing, ...]:
    """Every score (model, side, points) that imported benchmark packs know."""
    found = (
        Standing(
            model, side, score, tuple(_imported(pack, f"{model}.score", "up", score, side, answers, size))
        )
        for model, side, score in scores
    )
    return tuple(one for one in found if one.against)


def positions(pack: Pack, answers: Answers, size: Size | None) -> tuple[Position, ...]:
    """Every answered scene and quantity that has a reference, in the order of the questions."""
    found = (_position(pack, question, answers, size) for question in pack.asked())
    return tuple(position for position in found if position is not None)


def _position(pack: Pack, question: Question, answers: Answers, size: Size | None) -> Position | None:
    value, side = figure(question, answers)
    if value is None:
        return None
    profile = _profile(pack, question, value, size)
    shipped = tuple(_distributions(pack, question, value, side, size))
    if any(one.distribution.n >= REPLACED_FROM and one.distribution.mode == "onsite" for one in shipped):
        profile = None
    better = _direction(pack, question)
    distributions = (*shipped, *_imported(pack, question.id, better, value, side, answers, size))
    position = Position(
        question=question,
        side=side,
        value=value,
        published=tuple(_published(pack, question, value, answers, size)),
        showcases=tuple(one for one in pack.benchmarks.showcases if question.id in one.of),
        profile=profile,
        distributions=distributions,
    )
    has_any = position.published or position.showcases or profile or distributions
    return position if has_any else None


def figure(question: Question, answers: Answers) -> tuple[Decimal | None, Side]:
    """A level, a number or a share in per cent; what was seen on site before what is claimed."""
    if not is_asked(question, answers):
        return None, answers.headline
    answer = answers.get(question.id)
    side: Side = "verified" if answer.verified is not None and answers.mode == "onsite" else "claimed"
    value = answer.on(side)
    match question, value:
        case LevelQuestion(), int():
            return Decimal(value), side
        case NumberQuestion(), Decimal():
            return value, side
        case RatioQuestion(), Ratio() if value.share is not None:
            return 100 * Decimal(value.share.numerator) / Decimal(value.share.denominator), side
    return None, side


def _published(
    pack: Pack, question: Question, value: Decimal, answers: Answers, size: Size | None
) -> Iterator[AgainstPublished]:
    for reference in pack.benchmarks.published:
        if reference.of != question.id or (reference.sizes and size not in reference.sizes):
            continue
        if holds(reference.if_, lookup_in(answers)) is True:
            yield AgainstPublished(reference, value - reference.value if reference.comparable else None)


def _profile(pack: Pack, question: Question, value: Decimal, size: Size | None) -> AgainstProfile | None:
    if pack.profiles is None or size is None:
        return None
    shown: Size = "medium" if size == "large" else size
    scene = pack.profiles.scenes.get(shown, {}).get(question.id)
    if scene is not None:
        return AgainstProfile(scene, None, shown, scene_word(scene, int(value)), "")
    quantity = pack.profiles.quantities.get(shown, {}).get(question.id)
    if quantity is None:
        return None
    absent = pack.profiles.absences.get(quantity.absent, "")
    return AgainstProfile(None, quantity, shown, quantity_word(quantity, value), absent)


def scene_word(profile: SceneProfile, level: int) -> Word | None:
    """Low when at most 17 % stand at or below the level, high when at least 83 % stand below it.

    Hand work kept by choice is never called low.
    """
    at_or_below = sum(profile.shares[: level + 1], Decimal(0))
    below = sum(profile.shares[:level], Decimal(0))
    if at_or_below <= _LOW_SHARE:
        return None if _HAND in profile.reasons else "low"
    return "high" if below >= _HIGH_SHARE else "alike"


def quantity_word(profile: QuantityProfile, value: Decimal) -> Word | None:
    """Low below the middle of P10 and P25, high above that of P75 and P90; mirrored where less is better.

    No word where orders and prices decide, or where no direction is better. Where both limits are
    equal, only "alike" or the better word. Hand work kept by choice is never called low.
    """
    if profile.p is None or profile.better == "neutral" or _MARKET in profile.reasons:
        return None
    p10, p25, _, p75, p90 = profile.p
    low, high = (p10 + p25) / 2, (p75 + p90) / 2
    if profile.better == "down":
        value, low, high = -value, -high, -low
    if value > high:
        return "high"
    if value >= low or low == high:
        return "alike"
    return None if _HAND in profile.reasons else "low"


def _distributions(
    pack: Pack, question: Question, value: Decimal, side: Side, size: Size | None
) -> Iterator[AgainstDistribution]:
    own: Mode = "onsite" if side == "verified" else "self"
    for one in pack.benchmarks.distributions:
        if one.of == question.id and one.size in (None, size) and one.n >= SIDE_BY_SIDE_FROM:
            rank = better_than(one, value) if one.n >= REPLACED_FROM and one.mode == own else None
            yield AgainstDistribution(one, rank)


def _imported(
    pack: Pack, of: str, better: Better, value: Decimal, side: Side, answers: Answers, size: Size | None
) -> Iterator[AgainstDistribution]:
    """Of each benchmark pack the narrowest group that allows a rank, else the narrowest at all.

    Firms judged in the same way come first; those of the other way stand beside without a rank.
    """
    modes: tuple[Mode, Mode] = ("onsite", "self") if side == "verified" else ("self", "onsite")
    for counted in pack.counted:
        region = _prefecture(pack, answers, counted.head)
        for mode in modes:
            found = [
                AgainstDistribution(one, _rank(one, value) if mode == modes[0] else None, cell)
                for cell in counted.narrowing(of, mode, size or "", region)
                if (one := _distribution(cell, better)) is not None and one.n >= SIDE_BY_SIDE_FROM
            ]
            if found:
                yield next((one for one in found if one.distribution.n >= REPLACED_FROM), found[0])
                break


def _rank(one: Distribution, value: Decimal) -> int | None:
    return better_than(one, value) if one.n >= REPLACED_FROM else None


def _distribution(found: Found, better: Better) -> Distribution | None:
    """A cell as counted firms; None where only its size was told."""
    cell, head = found.cell, found.head
    shares = cell.shares if cell.p is None else None
    if cell.p is None and shares is None:
        return None
    return Distribution(
        of=cell.of,
        size=cell.size or None,
        region=head.region_name,
        mode=cell.mode,
        period=head.campaign,
        n=cell.n,
        p=cell.p,
        shares=shares,
        better=better,
        cite=Cite(source=(head.id,), kind="statistic", sure="read"),
    )


def _direction(pack: Pack, question: Question) -> Better:
    """Which way is better: the profile's word, else that of a published figure; neutral when nobody says."""
    if isinstance(question, LevelQuestion):
        return "up"
    sizes = pack.profiles.quantities.values() if pack.profiles else ()
    said = [size[question.id].better for size in sizes if question.id in size]
    said += [one.better for one in pack.benchmarks.published if one.of == question.id]
    return said[0] if said else "neutral"


def _prefecture(pack: Pack, answers: Answers, head: Head) -> str:
    code = current_region(str(answers.firm.get("region_code") or ""), pack.regions)
    return f"{code[:4]}00" if code[:2] == head.region[:2] else ""


def better_than(distribution: Distribution, value: Decimal) -> int | None:
    """Per cent of the counted firms that this value is better than, floored; None without direction.

    Scenes count firms below the level; quantities read between the percentiles, 90 at most. Where
    several percentiles are equal, the lowest counts: firms with the same value are not passed.
    """
    if distribution.shares is not None:
        return int(100 * sum(distribution.shares[: int(value)], Decimal(0)))
    if distribution.p is None or distribution.better == "neutral":
        return None
    points = list(zip(distribution.p, _RANKS, strict=True))
    if distribution.better == "down":
        points = [(-p, 100 - rank) for p, rank in reversed(points)]
        value = -value
    return _between(points, value)


def _between(points: list[tuple[Decimal, int]], value: Decimal) -> int:
    if value <= points[0][0]:
        return points[0][1] if value == points[0][0] < points[1][0] else 0
    for (low, rank), (high, above) in pairwise(points):
        if value <= high:
            return int(rank + (above - rank) * (value - low) / (high - low))
    return points[-1][1]

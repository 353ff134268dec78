"""The index of ours for one firm, plainly: tree, weights and gates typed from the paper that defines it,
scene weights from the table of effects, points from the ministry's tables in `oracle`. Fractions, no
arrays. It reads
the JSON answers itself; what it gives is what the program must give.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from tests.scoring import oracle

Span = tuple[Fraction, Fraction]
Raw = Mapping[str, Any]


class Part(NamedTuple):
    """`members` are the ministry's questions (points), ours (mean), or a level that scenes must reach."""

    title: str
    weight: int
    kind: str
    members: tuple[str, ...] | int


TREE: dict[str, tuple[int, tuple[Part, ...]]] = {
    "基础建设": (
        25,
        (
            Part("规划与投入", 8, "points", ("Q8", "Q9", "Q10", "Q11")),
            Part("设备与网络", 9, "points", ("Q1", "Q2", "Q3")),
            Part("安全", 4, "points", ("Q6", "Q7")),
            Part("算力与上云", 4, "mean", ("G01", "G02", "G03")),
        ),
    ),
    "数据要素": (
        15,
        (
            Part("采集", 5, "points", ("Q4",)),
            Part("治理", 5, "mean", ("G05", "G06")),
            Part("资产与流通", 5, "mean", ("G07", "G08", "G09")),
        ),
    ),
    "单项应用": (25, (Part("场景在线", 20, "scenes", 2), Part("系统覆盖", 5, "points", ("Q5",)))),
    "综合集成": (20, (Part("闭环", 14, "scenes", 3), Part("上下游贯通", 6, "mean", ("G13", "G14")))),
    "协同与创新": (8, (Part("模型驱动", 4, "scenes", 4), Part("人工智能应用", 4, "mean", ("G10", "G12")))),
    "成效": (7, (Part("成效走势", 7, "points", ("Q12", "Q13", "Q14", "Q15")),)),
}
PARTS = tuple(part for _, parts in TREE.values() for part in parts)
RATIOS = ("G02", "G14")
LEVELS = ("G01", "G03", "G05", "G06", "G07", "G08", "G09", "G10", "G12", "G13")
ASKED = (*(f"miit.{key}" for key in oracle.QUESTIONS), *LEVELS, *RATIOS)
LEAST = 60
GATES: dict[int, tuple[tuple[tuple[str, ...], int], ...]] = {
    2: ((("场景在线",), 50), (("设备与网络",), 40)),
    3: ((("闭环",), 50), (("系统覆盖",), 75), (("采集", "治理", "资产与流通"), 50)),
    4: ((("闭环",), 70), (("模型驱动",), 10), (("人工智能应用",), 50)),
}


@dataclass
class Verdict:
    """Values of parts (None: has left), milli-points (None: no score), stages, and the weight left."""

    parts: dict[str, Span | None]
    dimensions: dict[str, Span | None]
    low: int | None
    high: int | None
    level_low: int
    level_high: int
    used: int


class Scene(NamedTuple):
    """A scene for one firm; `asked` is None while that hangs on something not known."""

    id: str
    weight: int
    asked: bool | None


def judge(answers: Raw, side: str, scenes: Sequence[Scene]) -> Verdict:
    """The verdict on the side `value` or `verified` of a document's answers."""
    levels = {scene: level_of(scene, answers, side) for scene in scenes}
    there = {scene: span for scene, span in levels.items() if span is not None}
    parts = {part.title: value_of(part, answers, side, there) for part in PARTS}
    left = [part for part in PARTS if parts[part.title] is not None]
    used = sum(part.weight for part in left)
    ends = [milli(left, parts, end) if used >= LEAST else None for end in (0, 1)]
    stage = [stage_of(parts, end, len(there)) for end in (0, 1)]
    dimensions = {title: dimension_of(inner, parts) for title, (_, inner) in TREE.items()}
    return Verdict(parts, dimensions, ends[0], ends[1], stage[0], stage[1], used)


def level_of(scene: Scene, answers: Raw, side: str) -> tuple[int, int] | None:
    """Least and highest level of a scene; None when it does not apply."""
    raw = answers.get(scene.id, {})
    if scene.asked is False:
        return None
    if scene.asked is None:
        return 0, 4
    if raw.get(side) is not None:
        return raw[side], raw[side]
    return None if raw.get("state") == "not_applicable" else (0, 4)


def value_of(part: Part, answers: Raw, side: str, scenes: Mapping[Scene, tuple[int, int]]) -> Span | None:
    """The value of a part at both ends."""
    if isinstance(part.members, int):
        least = part.members
        total = sum(scene.weight for scene in scenes)
        reached = [
            sum(scene.weight for scene, span in scenes.items() if span[end] >= least) for end in (0, 1)
        ]
        return (Fraction(reached[0], total), Fraction(reached[1], total)) if total else None
    if part.kind == "points":
        spans = [oracle.points_of(key, answers.get(f"miit.{key}", {}), side) for key in part.members]
        most = sum(oracle.most_of(key) for key in part.members)
        return tuple(Fraction(sum(span[end] for span in spans), most) for end in (0, 1))  # type: ignore[return-value]
    shares = [share_of(answers.get(key, {}), side) for key in part.members]
    return tuple(Fraction(sum(share[end] for share in shares)) / len(shares) for end in (0, 1))  # type: ignore[return-value]


def share_of(raw: Raw, side: str) -> Span:
    """Level ÷ 4, or n ÷ d with 0 of 0 as 0."""
    value = raw.get(side)
    if value is None:
        return Fraction(0), Fraction(1)
    if isinstance(value, int):
        return (Fraction(value, 4),) * 2
    bottom = oracle.exact(value["denominator"])
    return ((oracle.exact(value["numerator"]) / bottom) if bottom else Fraction(0),) * 2


def milli(left: Sequence[Part], parts: Mapping[str, Span | None], end: int) -> int:
    """The score in thousandths, half up."""
    weighed = sum(part.weight * span[end] for part in left if (span := parts[part.title]))
    return floor(100_000 * weighed / sum(part.weight for part in left) + Fraction(1, 2))


def dimension_of(inner: Sequence[Part], parts: Mapping[str, Span | None]) -> Span | None:
    """Weighted mean of the parts that are left."""
    spans = [(part.weight, span) for part in inner if (span := parts[part.title]) is not None]
    total = sum(weight for weight, _ in spans)
    if not total:
        return None
    low, high = (sum(weight * span[end] for weight, span in spans) / total for end in (0, 1))
    return Fraction(low), Fraction(high)


def stage_of(parts: Mapping[str, Span | None], end: int, applicable: int) -> int:
    """Each stage wants all of its gate and the stage before."""
    if applicable < 1:
        return 0
    stage = 1
    for level, needs in GATES.items():
        if not all(passes(parts, end, titles, cut) for titles, cut in needs):
            break
        stage = level
    return stage


def passes(parts: Mapping[str, Span | None], end: int, titles: Sequence[str], cut: int) -> bool:
    """Whether the plain mean of the parts reaches the cut; what has left passes nothing."""
    spans = [parts[title] for title in titles]
    return None not in spans and 100 * sum(span[end] for span in spans if span) >= cut * len(spans)


# -- which scenes, and how much they weigh ---------------------------------------------------------

MINISTRY = tuple(Scene(f"miit.{key}", 2 if key in oracle.BINDING else 1, True) for key in oracle.SCENES)
"""For a firm of no shipped trade."""

TIRE_WEIGHTS = {f"T{number:02}": 2 if 4 <= number <= 9 else 1 for number in range(1, 17)}
NEW_TIRES = {"全钢", "半钢", "斜交", "工程", "实心"}
ALL_BUT_RETREAD = NEW_TIRES | {"内胎垫带", "橡胶制品"}


def tire_scenes(firm: Raw) -> tuple[Scene, ...]:
    """The sixteen scenes of a tire maker: who is asked, and the weight (2 for core)."""
    classes = set(firm["TP01"]) if "TP01" in firm else None
    largest = firm.get("TP01.2") if classes is None or len(classes) > 1 else next(iter(classes))
    own_parts = either(
        None if classes is None else bool(classes & ALL_BUT_RETREAD),
        both(None if classes is None else "翻新" in classes, firm.get("TP01.1")),
    )
    mixes = None if "TP02" not in firm else firm["TP02"] in ("自炼", "两者")
    asked = {
        "T04": both(mixes, own_parts),
        "T05": own_parts,
        "T06": both(None if classes is None else bool(classes & NEW_TIRES), firm.get("TP04")),
        "T07": None if classes is None else bool(classes & (NEW_TIRES | {"翻新"})),
    }
    weights = {**TIRE_WEIGHTS, "T03": 2 if largest == "翻新" else 1}
    return tuple(Scene(key, weight, asked.get(key, True)) for key, weight in weights.items())


def both(one: bool | None, other: bool | None) -> bool | None:
    """And, with not known as a third outcome."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def either(one: bool | None, other: bool | None) -> bool | None:
    """Or, likewise."""
    if one or other:
        return True
    return None if one is None or other is None else False

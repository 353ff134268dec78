"""The ministry's 2024 index for one firm, plainly: tables typed from 工信厅企业〔2024〕56号 as transcribed,
whole milli-points and fractions, no arrays. It reads the JSON answers itself and shares nothing with the
program; what it gives is what the program must give.

The number of printed decimals of a trend is the one thing taken from our own questionnaire's wording.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

SINGLE = {
    "Q5": {"A": 0, "B": 2500, "C": 5000, "D": 7500, "E": 10000},
    "Q8": {"A": 0, "B": 1500, "C": 3000, "D": 4500, "E": 6000, "F": 7500},
}
MULTI = {
    "Q1": {"A": 0, "B": 2000, "C": 2000, "D": 2000, "E": 2000},
    "Q4": {"A": 0, **dict.fromkeys("BCDEFGHIJKLMN", 700), "O": 900},
    "Q6": {"A": 0, "B": 1250, "C": 1250, "D": 1250, "E": 1250},
    "Q7": {"A": 0, "B": 1250, "C": 1250, "D": 1250, "E": 1250},
    "Q9": {"A": 0, "B": 1875, "C": 1875, "D": 1875, "E": 1875},
    "Q10": {"A": 0, "B": 1500, "C": 1500, "D": 1500, "E": 1500, "F": 1500},
}
BAND = {
    "Q2": {"A": 0, "B": 1500, "C": 3000, "D": 4500, "E": 6000},
    "Q3": {"A": 0, "B": 1500, "C": 3000, "D": 4500, "E": 6000},
    "Q11": {"A": 0, "B": 1875, "C": 3750, "D": 5625, "E": 7500},
}
UPPER_ENDS = (10, 20, 40, 60)  # [0,10%], (10,20%], (20,40%], (40,60%], (60,100%]
TREND = {
    "Q12": {"A": 0, "B": 3500, "C": 7000},
    "Q13": {"A": 0, "B": 3500, "C": 7000},
    "Q14": {"A": 0, "B": 1500, "C": 3000},
    "Q15": {"A": 0, "B": 1500, "C": 3000},
}
BETTER = {"Q12": "down", "Q13": "up", "Q14": "up", "Q15": "down"}
DECIMALS = {"Q12": 3, "Q13": 2, "Q14": 2, "Q15": 2}
QUESTIONS = tuple(f"Q{number}" for number in range(1, 16))
DIMENSIONS = {
    "base": (50000, ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7")),
    "manage": (30000, ("Q8", "Q9", "Q10", "Q11")),
    "effect": (20000, ("Q12", "Q13", "Q14", "Q15")),
}
SCENES = tuple(f"S{number:02}" for number in range(1, 17))
BINDING = ("S01", "S03", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S13")
GATES = ((1, 20000, 6, 3), (2, 40000, 6, 3), (3, 60000, 8, 5), (4, 80000, 10, 6))


@dataclass
class Verdict:
    """Milli-points by question as (low, high), their sums, levels of scenes and of the firm."""

    questions: dict[str, tuple[int, int]]
    scenes: dict[str, tuple[int, int]]
    low: int
    high: int
    level_low: int
    level_high: int


def judge(answers: dict[str, Any], side: str) -> Verdict:
    """The verdict on the side `value` or `verified` of a document's answers."""
    questions = {key: points_of(key, answers.get(f"miit.{key}", {}), side) for key in QUESTIONS}
    scenes = {key: level_of(answers.get(f"miit.{key}", {}), side) for key in SCENES}
    low = sum(span[0] for span in questions.values())
    high = sum(span[1] for span in questions.values())
    return Verdict(
        questions,
        scenes,
        low,
        high,
        firm_level(low, {key: span[0] for key, span in scenes.items()}),
        firm_level(high, {key: span[1] for key, span in scenes.items()}),
    )


def points_of(key: str, answer: dict[str, Any], side: str) -> tuple[int, int]:
    """Least and most milli-points of one question."""
    raw = answer.get(side)
    if raw is not None:
        exact = points_for(key, raw)
        return exact, exact
    if answer.get("state") == "not_applicable":
        return 0, 0
    return 0, most_of(key)


def most_of(key: str) -> int:
    """The most a question can give."""
    if key in MULTI:
        return sum(MULTI[key].values())
    return max({**SINGLE, **BAND, **TREND}[key].values())


def points_for(key: str, raw: Any) -> int:
    """Milli-points of a value."""
    if key in SINGLE:
        return SINGLE[key][raw]
    if key in MULTI:
        return sum(points for option, points in MULTI[key].items() if option in raw)
    if key in BAND:
        return BAND[key][raw if isinstance(raw, str) else band(raw)]
    return TREND[key][raw if isinstance(raw, str) else trend(key, raw)]


def band(raw: dict[str, Any]) -> str:
    """The band of two counts."""
    share = 100 * exact(raw["numerator"]) / exact(raw["denominator"])
    for letter, upper in zip("ABCD", UPPER_ENDS, strict=True):
        if share <= upper:
            return letter
    return "E"


def trend(key: str, raw: dict[str, Any]) -> str:
    """Worse, flat or better, after rounding both figures to what is printed."""
    before, after = (rounded(exact(raw[part]), DECIMALS[key]) for part in ("before", "after"))
    if before == after:
        return "B"
    rising = after > before
    return "C" if rising == (BETTER[key] == "up") else "A"


def exact(figure: float) -> Fraction:
    """A figure as it is written."""
    return Fraction(str(figure))


def rounded(figure: Fraction, decimals: int) -> int:
    """A figure that is not negative, half up, in units of its last printed digit."""
    return (2 * figure * 10**decimals + 1) // 2


def level_of(answer: dict[str, Any], side: str) -> tuple[int, int]:
    """Least and highest level of one scene."""
    if answer.get(side) is not None:
        return answer[side], answer[side]
    return (0, 0) if answer.get("state") == "not_applicable" else (0, 4)


def firm_level(score: int, scenes: dict[str, int]) -> int:
    """The highest level all of whose three conditions hold, 0 when none does."""
    found = 0
    for level, points, count, binding in GATES:
        reached = [key for key, scene in scenes.items() if scene >= level]
        if score >= points and len(reached) >= count and sum(key in BINDING for key in reached) >= binding:
            found = level
    return found

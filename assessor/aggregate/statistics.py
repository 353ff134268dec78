"""What do the firms of a group say together? Counts, shares, means and percentiles, long and sorted.

Percentiles interpolate linearly between ranks (type 7). A score that answers left open enters twice:
once at its low end, once at its high end. Claimed and seen on site are never mixed: but for the number of
firms, every figure belongs to one mode.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assessor.aggregate.figures import STATE_CODES, Floats
from assessor.aggregate.population import ALL, Group, Population
from assessor.aggregate.record import Verdict
from assessor.answers.model import AnswerState
from assessor.pack.model import Pack
from assessor.pack.question import (
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
    option_ids,
)

PERCENTILES = (10, 25, 50, 75, 90)
LEVELS = (0, 1, 2, 3, 4)
OPEN = "open"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: of how many (`n`), and for shares how many of them (`count`)."""

    group: Group
    indicator: str
    statistic: str
    value: float
    n: int
    count: int | None = None


def statistics(population: Population, matrices: "Matrices") -> Iterator[Figure]:
    """Every figure, group by group; figures of single questions only by trade, and by size or region."""
    columns = _columns(population)
    for group, places in population.groups.items():
        yield Figure(group, "firms", "count", len(places), len(places), len(places))
        if group.mode == ALL:
            continue
        yield from _verdicts(columns, group, np.array(places))
        yield from _hurdles(population, group, places)
        if group.industry != ALL and group.traits <= 2:
            yield from matrices.figures(group, places)


def mean(values: Floats) -> float:
    """The mean, rounded to what is printed at most."""
    return round(float(values.mean()), _DIGITS)


def share(count: int, n: int) -> float:
    """Per cent."""
    return round(100 * count / n, _DIGITS)


def percentiles(values: Floats) -> list[float]:
    """P10 to P90."""
    return [round(float(one), _DIGITS) for one in np.percentile(values, PERCENTILES)]


@dataclass(frozen=True)
class _Column:
    """One model on every member: scores and parts at both ends (N, 2), NaN where there is none.

    `level` is -1 where it is open and -2 where the model did not judge.
    """

    scores: Floats
    level: NDArray[np.int8]
    parts: dict[str, Floats]


_ENDS = ("low", "high")
_OPEN, _NOT_JUDGED = -1, -2


def _columns(population: Population) -> dict[str, _Column]:
    n = len(population.members)
    found: dict[str, _Column] = {}
    for place, one in enumerate(population.members):
        for verdict in one.verdicts:
            if verdict.model not in found:
                levels = np.full(n, _NOT_JUDGED, dtype=np.int8)
                found[verdict.model] = _Column(np.full((n, 2), np.nan), levels, {})
            _enter(found[verdict.model], place, verdict)
    return dict(sorted(found.items()))


def _enter(column: _Column, place: int, verdict: Verdict) -> None:
    column.level[place] = _OPEN if verdict.level is None else verdict.level
    if verdict.low is not None and verdict.high is not None:
        column.scores[place] = verdict.low / 1000, verdict.high / 1000
    for part in verdict.parts:
        if part.id not in column.parts:
            column.parts[part.id] = np.full_like(column.scores, np.nan)
        if part.most:
            column.parts[part.id][place] = 100 * part.low / part.most, 100 * part.high / part.most


def _verdicts(columns: dict[str, _Column], group: Group, places: NDArray[np.intp]) -> Iterator[Figure]:
    for model, column in columns.items():
        levels = column.level[places]
        judged = int((levels != _NOT_JUDGED).sum())
        if not judged:
            continue
        scores = _known(column.scores[places])
        for at, end in enumerate(_ENDS):
            if len(scores):
                yield from _spread(group, f"{model}.score", scores[:, at], f"_{end}")
        for level in (*LEVELS, _OPEN):
            count = int((levels == level).sum())
            name = OPEN if level == _OPEN else level
            yield Figure(group, f"{model}.level", f"share_{name}", share(count, judged), judged, count)
        for part, values in column.parts.items():
            known = _known(values[places])
            for at, end in enumerate(_ENDS):
                if len(known):
                    yield Figure(group, f"{model}.{part}", f"mean_{end}", mean(known[:, at]), len(known))


def _known(values: Floats) -> Floats:
    """The rows that are there."""
    rows: Floats = values[~np.isnan(values[:, 0])]
    return rows


def _spread(group: Group, indicator: str, values: Floats, suffix: str = "") -> Iterator[Figure]:
    n = len(values)
    yield Figure(group, indicator, f"mean{suffix}", mean(values), n)
    for rank, value in zip(PERCENTILES, percentiles(values), strict=True):
        yield Figure(group, indicator, f"p{rank}{suffix}", value, n)


def _hurdles(population: Population, group: Group, places: Sequence[int]) -> Iterator[Figure]:
    """Red lines, doubts, and what stands before the next level: shares of the group's firms."""
    members = [population.members[place] for place in places]
    n = len(members)
    any_line = sum(bool(one.red_lines) for one in members)
    whole = sum(one.complete for one in members)
    yield Figure(group, "red_lines", "share_any", share(any_line, n), n, any_line)
    yield Figure(group, "complete", "share", share(whole, n), n, whole)
    for indicator, attribute in (("red_line", "red_lines"), ("finding", "findings"), ("lacking", "lacking")):
        told = Counter(name for one in members for name in getattr(one, attribute))
        for name, count in sorted(told.items()):
            yield Figure(group, f"{indicator}.{name}", "share", share(count, n), n, count)


class Matrices:
    """The answers of each trade as one matrix, (firms, questions).

    Firms of several versions of a pack stand in one matrix: a question that a version lacks is missing.
    """

    def __init__(self, population: Population, rows: Iterable[tuple[bytes, bytes]]) -> None:
        self._questions: dict[str, dict[str, Question]] = {}
        self._place: dict[int, int] = {}
        count: Counter[str] = Counter()
        for place, one in enumerate(population.members):
            self._place[place] = count[one.key.pack]
            count[one.key.pack] += 1
        for pack in sorted(population.packs.values(), key=lambda pack: pack.version, reverse=True):
            named = self._questions.setdefault(pack.id, {})
            named.update({q.id: q for q in pack.asked() if q.id not in named})
        self._values: dict[str, Floats] = {}
        self._states: dict[str, NDArray[np.uint8]] = {}
        for name, questions in self._questions.items():
            shape = (count[name], len(questions))
            self._values[name] = np.full(shape, np.nan)
            self._states[name] = np.full(shape, STATE_CODES[AnswerState.NOT_IN_VERSION], dtype=np.uint8)
        self._fill(population, rows)

    def _fill(self, population: Population, rows: Iterable[tuple[bytes, bytes]]) -> None:
        columns: dict[str, list[int]] = {}
        for pack in population.packs.values():
            order = {name: column for column, name in enumerate(self._questions[pack.id])}
            columns[pack.digest] = [order[question.id] for question in pack.asked()]
        for place, (figures, states) in enumerate(rows):
            one = population.members[place]
            row, at = self._place[place], columns[one.pack_digest]
            self._values[one.key.pack][row, at] = np.frombuffer(figures, dtype="<f8")
            self._states[one.key.pack][row, at] = np.frombuffer(states, dtype=np.uint8)

    def questions(self, industry: str) -> Sequence[Question]:
        """The questions of a trade, in order."""
        return tuple(self._questions.get(industry, {}).values())

    def figures(self, group: Group, places: Sequence[int]) -> Iterator[Figure]:
        """The figures of every question for a group of one trade."""
        rows = [self._place[place] for place in places]
        values, states = self._values[group.industry][rows], self._states[group.industry][rows]
        for column, question in enumerate(self.questions(group.industry)):
            yield from _question(group, question, values[:, column], states[:, column])


_NOT_MEANT = [STATE_CODES[AnswerState.NOT_ASKED], STATE_CODES[AnswerState.NOT_IN_VERSION]]


def _question(
    group: Group, question: Question, values: Floats, states: NDArray[np.uint8]
) -> Iterator[Figure]:
    asked = int((~np.isin(states, _NOT_MEANT)).sum())
    known = values[~np.isnan(values)]
    if asked:
        yield Figure(group, question.id, "answered", share(len(known), asked), asked, len(known))
    if not len(known):
        return
    match question:
        case LevelQuestion():
            yield from _shares(group, question.id, known, [str(level) for level in LEVELS])
            yield Figure(group, question.id, "mean", mean(known), len(known))
        case SingleQuestion() | TrendQuestion():
            yield from _shares(group, question.id, known, option_ids(question))
        case BoolQuestion():
            yield from _shares(group, question.id, known, ("no", "yes"))
        case MultiQuestion():
            yield from _ticked(group, question, known)
        case NumberQuestion() | RatioQuestion():
            yield from _spread(group, question.id, known)


def _shares(group: Group, indicator: str, known: Floats, options: Sequence[str]) -> Iterator[Figure]:
    told = Counter(known.tolist())
    n = len(known)
    for place, option in enumerate(options):
        count = told[float(place)]
        yield Figure(group, indicator, f"share_{option}", share(count, n), n, count)


def _ticked(group: Group, question: MultiQuestion, known: Floats) -> Iterator[Figure]:
    bits, n = known.astype(np.int64), len(known)
    for bit, option in enumerate(option_ids(question)):
        count = int((bits >> bit & 1).sum())
        yield Figure(group, question.id, f"share_{option}", share(count, n), n, count)


def points(milli: int) -> Decimal:
    """Milli-points as points."""
    return Decimal(milli) / 1000


def title_of(pack: Pack, indicator: str) -> str:
    """What an indicator is called; the id where it is none of the pack's questions."""
    question = pack.items.get(indicator)
    return question.title if question else indicator

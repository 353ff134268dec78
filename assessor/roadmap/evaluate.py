"""What does a given schedule bring? Scores, money, people and every limit it breaks, without solving.

Quick enough to answer while an action is dragged: all quarters are scored in one call of the engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessor.answers.model import Answer, Answers, Value
from assessor.pack.maturity import IndexModel, PointsModel
from assessor.pack.question import Question
from assessor.roadmap.burden import at_work, cash, load
from assessor.roadmap.checking import Broken, broken_limits
from assessor.roadmap.effects import Gained
from assessor.roadmap.request import TENTHS
from assessor.roadmap.task import Schedule, Task
from assessor.scoring.compiled import CompiledModel
from assessor.scoring.encode import code_of, encode
from assessor.scoring.engine import score
from assessor.scoring.index import (
    CompiledIndex,
    IndexCodes,
    encode_index,
    score_many,
    share_of,
    unknown_weights,
)
from assessor.scoring.index_verdict import compiled_index
from assessor.scoring.result import compiled_model


@dataclass(frozen=True, slots=True)
class Standing:
    """One model at the end of one quarter: score in thousandths (-1 without one) and level, both ends."""

    low: int
    high: int
    level_low: int
    level_high: int


Standings = Mapping[str, tuple[Standing, ...]]
"""Model → its standing today and at the end of each quarter."""


@dataclass(frozen=True)
class Evaluation:
    """A schedule as it stands; a quarter: `cash` in 万元, `it` and `ops` person-days, `parallel` actions."""

    schedule: Schedule
    standings: Standings
    cash: tuple[float, ...]
    it: tuple[float, ...]
    ops: tuple[float, ...]
    parallel: tuple[int, ...]
    broken: tuple[Broken, ...]

    @property
    def feasible(self) -> bool:
        """Whether no limit is broken."""
        return not self.broken


class Evaluator:
    """Looks at schedules of one task; keeps what does not change between them."""

    def __init__(self, task: Task) -> None:
        self.task = task
        pack, codes = task.start.pack, _Codes(task)
        self._risen: dict[frozenset[Gained], dict[str, Value]] = {}
        self._points = [
            _PointsRows(task, model, compiled_model(pack, model.id), codes)
            for model in pack.models
            if not model.unknown_weights()
        ]
        self._indexes = [
            _IndexRows(task, index, compiled_index(pack, index), codes)
            for index in pack.indexes
            if not unknown_weights(pack, index)
        ]

    def evaluate(self, schedule: Schedule) -> Evaluation:
        """What the schedule brings and which limits it breaks."""
        known = {name: start for name, start in schedule.items() if name in self.task.candidates}
        quarters = range(1, self.task.limits.quarters + 1)
        return Evaluation(
            schedule=dict(schedule),
            standings=self.standings(known),
            cash=tuple(float(one) / TENTHS for one in cash(self.task, known)),
            it=tuple(float(load(self.task, known, "it", quarter)) for quarter in quarters),
            ops=tuple(float(load(self.task, known, "ops", quarter)) for quarter in quarters),
            parallel=tuple(len(at_work(self.task, known, quarter)) for quarter in quarters),
            broken=broken_limits(self.task, schedule),
        )

    def standings(self, schedule: Schedule) -> Standings:
        """Every model today and at the end of each quarter."""
        sets = [self.task.gained(schedule, quarter) for quarter in range(self.task.limits.quarters + 1)]
        return self.standings_of([frozenset(), *sets[1:]])

    def standings_of(self, sets: Sequence[frozenset[Gained]]) -> Standings:
        """Every model for each set of things gained."""
        for gained in sets:
            if gained not in self._risen:
                self._risen[gained] = self.task.future.risen_answers(gained)
        rows = [self._risen[gained] for gained in sets]
        both: tuple[_IndexRows | _PointsRows, ...] = (*self._indexes, *self._points)
        return {each.model.id: each.standings(rows) for each in both}


class _PointsRows:
    """Rows of codes for a points model, changed where answers have risen."""

    def __init__(self, task: Task, model: PointsModel, compiled: CompiledModel, codes: "_Codes") -> None:
        self.model = model
        self._codes, self._compiled = codes, compiled
        self._base = encode(compiled, task.start.answers, "claimed")
        self._column = {q.id: place for place, q in enumerate((*compiled.questions, *compiled.scenes))}

    def standings(self, rows: Sequence[Mapping[str, Value]]) -> tuple[Standing, ...]:
        """The model's standing for each set of risen answers."""
        codes = np.repeat(self._base[None, :], len(rows), axis=0)
        for row, risen in enumerate(rows):
            for name, value in risen.items():
                if name in self._column:
                    codes[row, self._column[name]] = self._codes.code(name, value)
        found = score(self._compiled, codes)
        ends = (found.low.score, found.high.score, found.low.level, found.high.level)
        return tuple(Standing(*map(int, row)) for row in zip(*ends, strict=True))


class _IndexRows:
    """The same for an index."""

    def __init__(self, task: Task, model: IndexModel, compiled: CompiledIndex, codes: "_Codes") -> None:
        self.model = model
        self._codes, self._compiled = codes, compiled
        self._base = encode_index(task.start.pack, compiled, task.start.answers, ["claimed"])
        self._columns = {
            "points": {q.id: place for place, q in enumerate(compiled.point_questions())},
            "shares": {q.id: place for place, q in enumerate(compiled.share_questions)},
            "scenes": {q.id: place for place, q in enumerate(compiled.scenes)},
        }

    def standings(self, rows: Sequence[Mapping[str, Value]]) -> tuple[Standing, ...]:
        """The index's standing for each set of risen answers."""
        codes = IndexCodes(
            *(
                np.repeat(getattr(self._base, name), len(rows), axis=0)
                for name in ("points", "shares", "scenes", "scene_weights")
            )
        )
        for row, risen in enumerate(rows):
            for name, value in risen.items():
                self._change(codes, row, name, value)
        found = score_many(self._compiled, codes)
        ends = (found.low, found.high, found.level_low, found.level_high)
        return tuple(Standing(*map(int, row)) for row in zip(*ends, strict=True))

    def _change(self, codes: IndexCodes, row: int, name: str, value: Value) -> None:
        for kind, columns in self._columns.items():
            if name in columns:
                code = getattr(self._codes, "share" if kind == "shares" else "code")(name, value)
                getattr(codes, kind)[row, columns[name]] = code


class _Codes:
    """Codes of risen answers, each worked out once."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._codes: dict[tuple[str, Value], int] = {}
        self._shares: dict[tuple[str, Value], float] = {}

    def code(self, name: str, value: Value) -> int:
        """The state of a question with this value."""
        if (name, value) not in self._codes:
            self._codes[name, value] = code_of(*self._asked(name, value), "claimed")
        return self._codes[name, value]

    def share(self, name: str, value: Value) -> float:
        """The share of a question with this value."""
        if (name, value) not in self._shares:
            self._shares[name, value] = share_of(*self._asked(name, value), "claimed")
        return self._shares[name, value]

    def _asked(self, name: str, value: Value) -> tuple[Question, Answers]:
        answers = self._task.start.answers
        changed = answers.with_answer(name, Answer(value=value, verified=value))
        changed.applicability.update(answers.applicability)
        return self._task.start.pack.questions[name], changed

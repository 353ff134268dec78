"""A linear program with whole-number variables, and HiGHS to solve it.

One thread, a fixed seed and a limit on nodes instead of time: the same program gives the same answer on
every machine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, lcm
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from highspy import Highs, HighsLp

NODE_LIMIT = 20_000
_SCALE_LIMIT = 10**7
_DUST = 1e-6
Number = int | Fraction
Status = Literal["optimal", "feasible", "infeasible"]
_stop: ContextVar[Callable[[], bool] | None] = ContextVar("stop", default=None)


class InterruptedSolvingError(Exception):
    """Nobody waits for the answer any more."""


@contextmanager
def interruptible(stop: Callable[[], bool]) -> Iterator[None]:
    """Inside, solving ends soon after `stop` says yes, with `InterruptedSolvingError`."""
    token = _stop.set(stop)
    try:
        yield
    finally:
        _stop.reset(token)


@dataclass
class Line:
    """A linear expression: a constant and coefficients by variable."""

    constant: Number = 0
    terms: dict[int, Number] = field(default_factory=dict)

    def add(self, other: "Line", times: Number = 1) -> "Line":
        """Add another, times a number; gives itself."""
        self.constant += times * other.constant
        for name, value in other.terms.items():
            self.terms[name] = self.terms.get(name, 0) + times * value
        return self

    @property
    def is_zero(self) -> bool:
        """Whether it is nothing at all."""
        return not self.terms and not self.constant


def total(lines: Sequence[Line]) -> Line:
    """The sum of expressions."""
    found = Line()
    for line in lines:
        found.add(line)
    return found


@dataclass(frozen=True)
class Solved:
    """What came back: values by variable, and the proven bound.

    Without values there is no solution, or (`feasible`) the limit on nodes was too low to find one.
    """

    status: Status
    values: Sequence[float]
    bound: float
    nodes: int


class Program:
    """Variables and rows, built up once and solved for several goals."""

    def __init__(self) -> None:
        self._upper: list[float] = []
        self._lower: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[dict[int, float], float, float]] = []

    def variable(self, lower: float = 0, upper: float = 1, *, whole: bool = False) -> Line:
        """A new variable."""
        self._lower.append(lower)
        self._upper.append(upper)
        self._whole.append(whole)
        return Line(0, {len(self._lower) - 1: 1})

    def at_least(self, line: Line, least: Number = 0) -> None:
        """The expression must be at least so much. Fractions are cleared, so that coefficients are whole."""
        scale = lcm(
            1, *(Fraction(value).denominator for value in (*line.terms.values(), line.constant, least))
        )
        if scale > _SCALE_LIMIT:
            scale = 1
        terms = {name: float(value * scale) for name, value in line.terms.items() if value}
        self._rows.append((terms, float((least - line.constant) * scale), inf))

    def at_most(self, line: Line, most: Number = 0) -> None:
        """The expression must be at most so much."""
        self.at_least(Line().add(line, -1), -most)

    def mark(self) -> int:
        """Where the rows end now, to come back to with `cut`."""
        return len(self._rows)

    def cut(self, mark: int) -> None:
        """Forget all rows after a mark."""
        del self._rows[mark:]

    def maximise(self, goal: Line, start: Sequence[float] = (), node_limit: int = NODE_LIMIT) -> Solved:
        """The best values for a goal whose value is a whole number at every solution."""
        import highspy  # heavy, and needed for planning alone

        stop = _stop.get()
        solver = _solver()
        solver.setOptionValue("mip_max_nodes", node_limit)
        solver.passModel(self._model(goal))
        if len(start):
            held = highspy.HighsSolution()
            held.col_value = list(start)
            solver.setSolution(held)
        if stop is not None:
            _run_unless(stop, solver)
        else:
            solver.run()
        return _solved(solver, goal)

    def narrow(self, goal: Line, least: int) -> None:
        """Fix what no solution with at least so much of a goal can change; call it on the way to a tie.

        A variable at one end of its range in the relaxed optimum costs its reduced cost to move: where
        that leaves less than `least`, it stays.
        """
        solver = _solver()
        relaxed = self._model(goal)
        relaxed.integrality_ = []
        solver.passModel(relaxed)
        solver.run()
        room = float(solver.getInfo().objective_function_value) - least + 1
        found = solver.getSolution()
        for name, (value, cost) in enumerate(zip(found.col_value, found.col_dual, strict=True)):
            if self._whole[name] and self._upper[name] - self._lower[name] == 1 and abs(cost) > room:
                self._lower[name] = self._upper[name] = float(round(value))

    def _model(self, goal: Line) -> "HighsLp":
        import highspy
        import numpy as np

        count = len(self._lower)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self._rows)
        cost = np.zeros(count)
        for name, value in goal.terms.items():
            cost[name] = float(value)
        lp.col_cost_ = cost
        lp.offset_ = float(goal.constant)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_lower_ = np.array(self._lower, dtype=np.float64)
        lp.col_upper_ = np.array(self._upper, dtype=np.float64)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[whole] for whole in self._whole]
        lp.row_lower_ = np.array([row[1] for row in self._rows], dtype=np.float64)
        lp.row_upper_ = np.array([row[2] for row in self._rows], dtype=np.float64)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        sizes = [len(row[0]) for row in self._rows]
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([name for row in self._rows for name in row[0]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array(
            [value for row in self._rows for value in row[0].values()], dtype=np.float64
        )
        return lp


_OPTIONS: Mapping[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,
    "mip_feasibility_tolerance": 1e-7,
    "primal_feasibility_tolerance": 1e-8,
    "mip_allow_restart": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_pscost_minreliable": 2,
}
"""Goals are whole numbers, so a gap below 1 is a proof. Restarts, two of the three searches around the
root and long trials before branching took more time than they saved on the shipped firms."""


def _solver() -> "Highs":
    """A solver that is told to be silent before it says anything."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802  # its name there; it prints a banner, and none is used
            """Leave callbacks off."""

    solver = Quiet()  # type: ignore[no-untyped-call]
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    return solver


def _run_unless(stop: Callable[[], bool], solver: "Highs") -> None:
    """Run, and ask at every step of the search whether anybody still waits."""
    import highspy

    def ask(_kind: object, _message: str, _out: object, given: Any, _data: object) -> None:
        given.user_interrupt = stop()

    if not stop():
        solver.setCallback(ask, None)
        solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
        solver.run()
    if stop():
        raise InterruptedSolvingError


def _solved(solver: "Highs", goal: Line) -> Solved:
    import highspy

    status = solver.getModelStatus()
    info = solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved("infeasible", (), -inf, 0)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved("feasible", (), float(info.mip_dual_bound), int(info.mip_node_count))
    values = tuple(map(_snapped, solver.getSolution().col_value))
    proven = status == highspy.HighsModelStatus.kOptimal
    bound = (
        float(info.mip_dual_bound)
        if not proven
        else min(float(info.mip_dual_bound), float(info.objective_function_value) + 0.999)
    )
    return Solved("optimal" if proven else "feasible", values, bound, int(info.mip_node_count))


def _snapped(value: float) -> float:
    """A value without the solver's dust."""
    whole = round(value)
    return float(whole) if abs(value - whole) < _DUST else float(value)

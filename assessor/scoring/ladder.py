"""A ladder of gates held against the answers and the papers: each gate met, failed, or open."""

from collections.abc import Iterable, Iterator, Sequence

from assessor.answers.model import SIDES, Answers, Side
from assessor.answers.state import comparable
from assessor.pack.condition import Lookup, holds
from assessor.pack.model import Pack
from assessor.pack.standard import LadderGate, LadderModel, PaperNeed
from assessor.scoring.papers import papers_held, papers_on
from assessor.scoring.result import Note
from assessor.scoring.standard_result import GateStanding, LadderResult, LadderSide, RungStanding
from assessor.words import _


def climb(pack: Pack, model: LadderModel, answers: Answers) -> LadderResult:
    """Hold one assessment against a ladder; `answers` as `effective` gives them."""
    open_rungs = [rung.name for rung in model.rungs if not rung.complete]
    reasons = (Note("standard-gates-incomplete", {"items": _("、").join(open_rungs)}),) if open_rungs else ()
    claimed, verified = (_side(pack, model, answers, side, not reasons) for side in SIDES)
    papers = papers_held(model.papers, answers)
    return LadderResult(model, answers.headline, reasons, claimed, verified, papers)


def _side(pack: Pack, model: LadderModel, answers: Answers, side: Side, levelled: bool) -> LadderSide:
    def judge(gates: Iterable[LadderGate]) -> tuple[GateStanding, ...]:
        return tuple(_standing(pack, gate, answers, side) for gate in gates)

    common = judge(model.common)
    rungs = tuple(RungStanding(rung, judge(rung.gates)) for rung in model.rungs)
    if not levelled:
        return LadderSide(side, common, rungs, None, None)
    low, high = (_height(common, rungs, hope) for hope in (False, True))
    return LadderSide(side, common, rungs, low, high)


def _height(common: Sequence[GateStanding], rungs: Sequence[RungStanding], hope: bool) -> int:
    """The highest rung whose gates are met with all below; an open gate counts as `hope` says."""
    level = 0
    for rung in rungs:
        if not all(hope if gate.met is None else gate.met for gate in (*common, *rung.gates)):
            break
        level = rung.rung.level
    return level


def _standing(pack: Pack, gate: LadderGate, answers: Answers, side: Side) -> GateStanding:
    if gate.paper is not None:
        return GateStanding(gate, _paper(pack, gate.paper, answers, side), "paper", gate.speaks)
    if gate.when is None:
        return GateStanding(gate, None, "nothing", gate.speaks)
    speaks = tuple(dict.fromkeys((*sorted(gate.when.ids()), *gate.speaks)))
    return GateStanding(gate, holds(gate.when, lookup_on(answers, side)), "answers", speaks)


def lookup_on(answers: Answers, side: Side) -> Lookup:
    """What conditions see on one side: facts hold on both."""

    def look(item_id: str) -> object:
        fact = answers.fact(item_id)
        return comparable(fact if fact is not None else answers.get(item_id).on(side))

    return look


def _paper(pack: Pack, need: PaperNeed, answers: Answers, side: Side) -> bool | None:
    """Met by a valid paper of that level, failed by valid papers below it only; open without one."""
    levels = list(_levels(pack, need.model, answers, side))
    return max(levels) >= need.level if levels else None


def _levels(pack: Pack, model_id: str, answers: Answers, side: Side) -> Iterator[int]:
    [papers] = [one.papers for one in pack.standards if one.id == model_id]
    for held in papers_on(papers, answers, side):
        if held.standing == "valid" and held.level is not None:
            yield held.level

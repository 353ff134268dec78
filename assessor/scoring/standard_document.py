"""What other standards say, as JSON: the form `score --json` prints under `models`."""

from collections.abc import Iterator
from typing import Any

from assessor.pack.standard import StatedWeight
from assessor.scoring.result import Note
from assessor.scoring.standard_result import (
    CapabilitySide,
    GateStanding,
    LadderResult,
    LadderSide,
    NodeReading,
    PaperHeld,
    StandardResult,
)
from assessor.words import NOTES, _, sentence


def standard_document(result: StandardResult) -> dict[str, Any]:
    """One standard: both sides, the side that counts once more at the top, and why there is no level."""
    return {
        "headline": result.headline,
        **_side(result.counting),
        "reason": reason_text(result.reasons),
        "reasons": [{"code": note.code, **note.values} for note in result.reasons],
        "says": result.model.says,
        **_kind(result),
        "papers": [paper_document(held) for held in result.papers],
        "claimed": _side(result.claimed),
        "verified": _side(result.verified),
    }


def reason_text(reasons: tuple[Note, ...]) -> str | None:
    """Why there is no level, in one sentence; None where there may be one."""
    return _("；").join(sentence(NOTES, note.code, note.values) for note in reasons) or None


def _kind(result: StandardResult) -> dict[str, Any]:
    if isinstance(result, LadderResult):
        return {}
    return {"type": result.kind.id if result.kind else None}


def _side(side: CapabilitySide | LadderSide) -> dict[str, Any]:
    return _capability(side) if isinstance(side, CapabilitySide) else _ladder(side)


def _capability(side: CapabilitySide) -> dict[str, Any]:
    total = side.total
    return {
        "level": side.level,
        "level_low": total.level_low if total else None,
        "level_high": total.level_high if total else None,
        "score": float(total.low) if total and total.low == total.high else None,
        "low": float(total.low) if total else None,
        "high": float(total.high) if total else None,
        "nodes": {node.node.id: _node(node) for node in side.nodes},
    }


def _node(node: NodeReading) -> dict[str, Any]:
    rungs = node.rungs
    return {
        "title": node.node.title,
        "depth": node.depth,
        "applies": node.applies,
        "weight": _weight(node.weight),
        "states": {"low": node.low, "high": node.high, "of": node.most},
        "rungs": None
        if rungs is None
        else {
            "lowest": [rungs.lowest_low, rungs.lowest_high],
            "highest": [rungs.highest_low, rungs.highest_high],
        },
        "answered": node.answered,
        "blank": node.blank,
        "not_applicable": node.gone,
        "questions": list(node.speaking),
    }


def _weight(weight: StatedWeight | None) -> dict[str, Any] | None:
    """A weight with how sure it is; None where it is unknown."""
    return None if weight is None else {"value": float(weight.value), "sure": weight.cite.sure}


def _ladder(side: LadderSide) -> dict[str, Any]:
    return {
        "level": side.level,
        "level_low": side.level_low,
        "level_high": side.level_high,
        "gates": list(_gates(side)),
    }


def _gates(side: LadderSide) -> Iterator[dict[str, Any]]:
    yield from (_gate(gate, 0) for gate in side.common)
    for rung in side.rungs:
        yield from (_gate(gate, rung.rung.level) for gate in rung.gates)


def _gate(standing: GateStanding, level: int) -> dict[str, Any]:
    gate = standing.gate
    return {
        "id": gate.id,
        "level": level,
        "title": gate.title,
        "met": standing.met,
        "by": standing.by,
        "near": gate.near or None,
        "sure": gate.cite.sure,
        "questions": list(standing.speaks),
    }


def paper_document(held: PaperHeld) -> dict[str, Any]:
    """A certificate or listing as it stands in its row."""
    return {
        "grade": held.grade or None,
        "level": held.level,
        "year": held.year or None,
        "number": held.number or None,
        "issuer": held.issuer or None,
        "valid_until": held.valid_until or None,
        "standing": held.standing,
        "seen": held.seen,
    }

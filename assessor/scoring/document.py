"""Verdicts as JSON: the form `score --json` prints. Points are plain numbers, exact to the thousandth."""

from typing import Any

from assessor.scoring.result import GateCheck, ModelResult, Need, SideResult, Span


def result_document(result: ModelResult) -> dict[str, Any]:
    """One model: both sides, and the side that counts once more at the top."""
    return {
        "headline": result.headline,
        **side_document(result.counting),
        "claimed": side_document(result.claimed),
        "verified": side_document(result.verified),
    }


def side_document(side: SideResult) -> dict[str, Any]:
    """One side of a verdict."""
    gate = side.next_gate
    return {
        **span_document(side.span),
        "level": side.level,
        "level_low": side.level_low,
        "level_high": side.level_high,
        "dimensions": {part.id: span_document(part.span) for part in side.dimensions},
        "questions": {
            item.id: {"state": item.state.value, **span_document(item.span)} for item in side.questions
        },
        "scenes": {
            scene.id: {
                "state": scene.state.value,
                "binding": scene.binding,
                "low": scene.low,
                "high": scene.high,
            }
            for scene in side.scenes
        },
        "gates": [_gate(check) for check in side.gates],
        "next": None if gate is None else _missing(gate),
        "notes": [{"code": note.code, **note.values} for note in side.notes],
    }


def span_document(span: Span) -> dict[str, Any]:
    """Low, high, score (only where both agree) and the most there is."""
    low, high = points(span.low), points(span.high)
    return {"low": low, "high": high, "score": low if span.known else None, "max": points(span.most)}


def points(milli: int) -> int | float:
    """Milli-points as a JSON number."""
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def _gate(check: GateCheck) -> dict[str, Any]:
    return {
        "level": check.level,
        "met": check.met,
        "score": _need(check.score, milli=True),
        "scenes": _need(check.scenes),
        "binding": _need(check.binding),
    }


def _need(need: Need, *, milli: bool = False) -> dict[str, Any]:
    figures = {"need": need.need, "low": need.low, "high": need.high}
    shown = {key: points(value) if milli else value for key, value in figures.items()}
    return {**shown, "met": need.met}


def _missing(gate: GateCheck) -> dict[str, Any]:
    return {
        "level": gate.level,
        "score": points(gate.score.missing),
        "scenes": gate.scenes.missing,
        "binding": gate.binding.missing,
    }

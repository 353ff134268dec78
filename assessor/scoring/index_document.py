"""Index verdicts and results held on paper as JSON, in the fields of the points models where they fit."""

from typing import Any

from assessor.scoring.document import points, span_document
from assessor.scoring.index_result import (
    IndexDimensionScore,
    IndexResult,
    IndexSide,
    PartScore,
    ReportedResult,
    StageCheck,
    StageNeed,
)
from assessor.scoring.standard_document import paper_document


def index_document(result: IndexResult) -> dict[str, Any]:
    """One index: both sides, the side that counts at the top, and the other readings."""
    return {
        "headline": result.headline,
        **index_side_document(result.counting),
        "claimed": index_side_document(result.claimed),
        "verified": index_side_document(result.verified),
        "readings": {
            reading.id: {
                bar.title: {"low": _per_cent(bar.low), "high": _per_cent(bar.high)} for bar in reading.bars
            }
            for reading in result.readings
        },
    }


def index_side_document(side: IndexSide) -> dict[str, Any]:
    """One side of an index; without a score low and high are null."""
    span = {"low": None, "high": None, "score": None, "max": points(100_000)}
    stage = side.next_stage
    return {
        **(span_document(side.span) if side.span else span),
        "level": side.level,
        "level_low": side.level_low,
        "level_high": side.level_high,
        "weight_used": side.weight_used,
        "dimensions": {part.id: _dimension(part) for part in side.dimensions},
        "parts": {part.id: _part(part) for part in side.parts},
        "gates": [_stage(check) for check in side.stages],
        "next": None if stage is None else _stage(stage),
        "notes": [{"code": note.code, **note.values} for note in side.notes],
    }


def reported_document(result: ReportedResult) -> dict[str, Any]:
    """A result as it stands on its paper."""
    return {
        "score": None if result.score is None else float(result.score),
        "stage": None if result.stage is None else int(result.stage),
        "year": None if result.year is None else int(result.year),
        "issuer": result.issuer,
        "papers": [paper_document(held) for held in result.papers],
    }


def _per_cent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _dimension(dimension: IndexDimensionScore) -> dict[str, Any]:
    return {
        "weight": dimension.weight,
        "low": _per_cent(dimension.low),
        "high": _per_cent(dimension.high),
        "parts": [part.id for part in dimension.parts],
    }


def _part(part: PartScore) -> dict[str, Any]:
    return {
        "weight": part.weight,
        "low": part.share_low,
        "high": part.share_high,
        "answered": part.answered,
        "blank": part.blank,
        "not_applicable": part.gone,
    }


def _stage(check: StageCheck) -> dict[str, Any]:
    return {"level": check.level, "needs": [_need(need) for need in check.needs]}


def _need(need: StageNeed) -> dict[str, Any]:
    return {
        "parts": list(need.parts),
        "need": need.need,
        "low": need.low,
        "high": need.high,
        "met": need.met,
        "lift": list(need.lift),
    }

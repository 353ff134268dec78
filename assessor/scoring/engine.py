"""The one scoring function: codes of N firms → points, scenes and levels of N firms.

Integers throughout, so every threshold is exact. Low and high ends come from the same code:
what is missing takes its least or its most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessor.scoring.compiled import MISSING, TOP_LEVEL, CompiledModel, Ints


@dataclass(frozen=True)
class End:
    """One end of the interval for N firms.

    `questions` (N, Q) and `dimensions` (N, D) in milli-points, `score` (N); `scenes` (N, S) levels;
    `reached` (N, G) scenes and `bound` (N, G) binding scenes at or above each gate's level;
    `level` (N) is 0 where no gate is passed.
    """

    questions: Ints
    dimensions: Ints
    score: Ints
    scenes: NDArray[np.int8]
    reached: Ints
    bound: Ints
    level: Ints


@dataclass(frozen=True)
class Scores:
    """Both ends of the interval."""

    low: End
    high: End


BLOCK = 4096
"""Firms scored at a time: what one block needs stays in the processor's cache."""


def score(compiled: CompiledModel, codes: Ints) -> Scores:
    """Score N firms; `codes` is (N, questions + scenes) as `encode` makes them."""
    if len(codes) <= BLOCK:
        return _score(compiled, codes)
    blocks = [_score(compiled, codes[start : start + BLOCK]) for start in range(0, len(codes), BLOCK)]
    return Scores(_joined([block.low for block in blocks]), _joined([block.high for block in blocks]))


def _joined(ends: Sequence[End]) -> End:
    return End(*(np.concatenate([getattr(end, part.name) for end in ends]) for part in fields(End)))


def _score(compiled: CompiledModel, codes: Ints) -> Scores:
    split = len(compiled.questions)
    at = compiled.offsets + codes[:, :split]
    given = codes[:, split:].astype(np.int8)
    scenes = np.maximum(given, 0)
    hoped = np.where(given == MISSING, np.int8(TOP_LEVEL), scenes)
    return Scores(_end(compiled, compiled.low[at], scenes), _end(compiled, compiled.high[at], hoped))


def _end(compiled: CompiledModel, questions: Ints, scenes: NDArray[np.int8]) -> End:
    dimensions = whole_product(questions, compiled.membership)
    total = whole_product(dimensions, np.ones(dimensions.shape[1]))
    counted = np.stack([np.ones_like(compiled.binding), compiled.binding], axis=1)
    level = np.zeros(len(scenes), dtype=np.int64)
    counts = []
    for gate in range(len(compiled.gate_level)):
        count = whole_product(scenes >= compiled.gate_level[gate], counted)
        passed = total >= compiled.gate_score[gate]
        passed &= count[:, 0] >= compiled.gate_scenes[gate]
        passed &= count[:, 1] >= compiled.gate_binding[gate]
        level[passed] = compiled.gate_level[gate]
        counts.append(count)
    reached, bound = np.stack(counts, axis=-1).transpose(1, 0, 2)
    return End(questions, dimensions, total, scenes, reached, bound, level)


def whole_product(left: NDArray[Any], right: NDArray[Any]) -> Ints:
    """The matrix product of whole numbers below 2**53: exact in floating point, and far faster."""
    return (left.astype(np.float64) @ right.astype(np.float64)).astype(np.int64)

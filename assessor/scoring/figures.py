"""How a score is printed: rounded once, half up, and never across a threshold."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from assessor.scoring.result import Span
from assessor.words import ranged


def points_text(milli_points: int, cuts: Iterable[int] = (), decimals: int = 1) -> str:
    """Points with one decimal; with more where rounding would step over one of `cuts`.

    >>> points_text(59_960, cuts=[60_000])
    '59.96'
    """
    exact = Decimal(milli_points) / 1000
    shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    crossed = any((exact < Decimal(cut) / 1000) != (shown < Decimal(cut) / 1000) for cut in cuts)
    if crossed and decimals < 3:
        return points_text(milli_points, cuts, decimals + 1)
    return str(shown)


def span_text(span: Span, cuts: Iterable[int] = ()) -> str:
    """A score, or both ends of it where answers are missing (41.0—58.5)."""
    cuts = tuple(cuts)
    low = points_text(span.low, cuts)
    return low if span.known else ranged(low, points_text(span.high, cuts))

"""What do the figures say? Bands and trends read from counts, exactly."""

from decimal import ROUND_HALF_UP, Decimal

from assessor.answers.model import Ratio, Trend
from assessor.pack.question import RatioQuestion, TrendQuestion


def band_of(question: RatioQuestion, ratio: Ratio) -> str | None:
    """The band the counts fall in (each includes its upper end); None without counts or bands."""
    share = ratio.share
    if share is None or not question.bands:
        return None
    return next(band.id for band in question.bands if band.up_to is None or 100 * share <= band.up_to)


def trend_of(question: TrendQuestion, trend: Trend) -> str | None:
    """A worse, B flat, C better; None without figures.

    Flat means equal after rounding half up to the printed decimals.
    """
    if trend.before is None or trend.after is None:
        return None
    step = Decimal(1).scaleb(-question.decimals)
    before = trend.before.quantize(step, ROUND_HALF_UP)
    after = trend.after.quantize(step, ROUND_HALF_UP)
    if before == after:
        return "B"
    return "C" if (after > before) == (question.better == "up") else "A"

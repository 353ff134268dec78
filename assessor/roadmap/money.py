"""What does an action cost this firm? In tenths of 万元, so that every sum is exact."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessor.pack.action import Action
from assessor.roadmap.request import TENTHS, CostCase
from assessor.roadmap.situation import Situation


@dataclass(frozen=True, slots=True)
class Price:
    """Low, middle and high cost, the certain grant, and what the plan reckons with; tenths of 万元.

    `net` is the cost of the chosen case less the grant. The grant is never more than the cost.
    """

    low: int
    middle: int
    high: int
    grant: int
    net: int

    def of(self, case: CostCase) -> int:
        """The cost of a case before grants."""
        return {"low": self.low, "middle": self.middle, "high": self.high}[case]


def price_of(action: Action, start: Situation, case: CostCase, grant: int = 0) -> Price:
    """The price in the column of the firm's size.

    Middle is the mean of low and high, rounded half up to a tenth. Large firms have no column: they
    are reckoned at the high end of the medium one until quotations are there.
    """
    low, high = action.cost_wan[start.offered]
    if start.size == "large":
        low = high
    price = Price(tenths(low), tenths((low + high) / 2), tenths(high), 0, 0)
    paid = min(max(grant, 0), price.of(case))
    return Price(price.low, price.middle, price.high, paid, price.of(case) - paid)


def tenths(wan: Decimal) -> int:
    """万元 as tenths, half up."""
    return int((wan * TENTHS).quantize(Decimal(1), ROUND_HALF_UP))


def wan(amount: int) -> float:
    """Tenths as 万元."""
    return amount / TENTHS

"""Calendar quarters: the first full one after a date, and those that follow."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assessor.errors import refuse

MONTHS = 3
YEAR = 4


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter; `number` 1 to 4."""

    year: int
    number: int

    def plus(self, count: int) -> "Quarter":
        """The quarter so many later."""
        index = self.year * YEAR + self.number - 1 + count
        return Quarter(index // YEAR, index % YEAR + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.plus(1).first_day - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def quarter_after(day: str) -> Quarter:
    """The first full quarter after a day written as 2026-05-20."""
    found = date.fromisoformat(day)
    return Quarter(found.year, (found.month - 1) // MONTHS + 1).plus(1)


def parse_quarter(text: str) -> Quarter:
    """A quarter written as 2027Q1; `UserError` otherwise."""
    found = re.fullmatch(r"(20\d\d)[Qq]([1-4])", text.strip())
    if found is None:
        raise refuse("roadmap-quarter", quarter=text)
    return Quarter(int(found[1]), int(found[2]))

"""Firms that fill in the small pack: answers, workbooks, and rows as the intake takes them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from assessor.aggregate.decide import Item
from assessor.aggregate.record import Taken
from assessor.aggregate.take import assess, take
from assessor.answers.firm import inner_check_character, uscc_check_character
from assessor.answers.model import Answer, Answers, Mode, Ratio, Value
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack

WHOLE: Mapping[str, Value] = {
    "C1": "B",
    "C2": ("B",),
    "C3": True,
    "R1": Ratio(Decimal(14), Decimal(70)),
    "N1": Decimal("7.5"),
    "T1": 2,
    "M1": 1,
}


def code(number: int) -> str:
    """A credit code of nobody."""
    inner = f"MB{number:06d}"
    body = f"91000000{inner}{inner_check_character(inner)}"
    return body + uscc_check_character(body)


class Sender:
    """Writes what a firm would send."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.book = lru_cache(maxsize=None)(self._book)

    def answers(
        self,
        number: int,
        date: str = "2026-05-20",
        campaign: str = "",
        mode: Mode = "self",
        drop: tuple[str, ...] = (),
        level: int = 2,
    ) -> Answers:
        """The answers of a firm; `drop` leaves some blank, `level` is that of the floor."""
        values = {**WHOLE, "T1": level}
        items = {
            key: Answer(value=value, verified=value if mode == "onsite" else None)
            for key, value in values.items()
            if key not in drop
        }
        facts: dict[str, Value] = {
            "name": f"虚构企业{number}",
            "uscc": code(number),
            "employees": Decimal(20 + number % 50),
        }
        return Answers(
            self.pack.id, self.pack.version, facts, items, mode, date, campaign or date[:4], by="填表人"
        )

    def _book(self, number: int, **how: object) -> bytes:
        answers = self.answers(number, **how)  # type: ignore[arg-type]  # passed on
        return workbook_bytes(self.pack, answers, digest=self.pack.digest)

    def row(self, number: int, **how: object) -> Taken:
        """The row of a firm's workbook."""
        return take(self.book(number, **how), "x.xlsx", lambda name, version: self.pack)

    def item(self, label: str, number: int, **how: object) -> Item:
        """A file of a firm, without the trouble of writing and reading it."""
        said = assess(self.pack, self.answers(number, **how))  # type: ignore[arg-type]  # passed on
        return Item(label, Taken(label, "accepted", assessed=said))

"""One cell at a time: what stands in a line's column, taken, mended or refused with its place noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessor.errors import Problem
from assessor.exchange.clean import Outcome, Refused, Taken, words_of
from assessor.exchange.grid import Raw, address
from assessor.exchange.locate import Located, Spot, Spread
from assessor.exchange.report import Fault, Repair, fault_of

Take = Callable[[Raw], Outcome]
_BLANK = Taken(None)


@dataclass(frozen=True, slots=True)
class Found:
    """A cell that holds something, and where it is."""

    spread: Spread
    row: int
    column: int

    @property
    def sheet(self) -> str:
        """The sheet as the file calls it."""
        return self.spread.grid.name

    @property
    def cell(self) -> str:
        """Its address."""
        return address(self.row, self.column)


@dataclass
class Desk:
    """Collects repairs and faults while cells are read."""

    located: Located
    kinds: Mapping[int, str]
    whole: bool
    repairs: list[Repair] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _percents: dict[str, bool] = field(default_factory=dict)

    def fault(self, code: str, item: str, place: Found | None = None, **values: object) -> None:
        """Note a fault of an item."""
        sheet, cell = (place.sheet, place.cell) if place else ("", "")
        self.faults.append(fault_of(Problem(code, "", values), sheet, cell, item))

    def spot(self, line: str, item: str, keys: Sequence[str]) -> tuple[Spot | None, bool]:
        """The row of a line, and whether it may be used: missing or contradictory rows may not."""
        spots = self.located.lines.get(line, [])
        if not spots:
            return None, not self.whole
        if len(spots) == 1:
            return spots[0], True
        filled = [spot for spot in spots if not self._blank(spot, keys)]
        if len(filled) <= 1:
            chosen = filled[0] if filled else spots[0]
            if filled:
                place = chosen.spread.place(chosen.row, "id")
                self.repairs.append(Repair("row-moved", chosen.spread.grid.name, place, item=item))
            return chosen, True
        if len({self._contents(spot, keys) for spot in filled}) == 1:
            return filled[0], True
        place_of_second = filled[1].spread.place(filled[1].row, "id")
        problem = Problem("workbook-row-twice", "", {"id": line})
        self.faults.append(fault_of(problem, filled[1].spread.grid.name, place_of_second, item))
        return None, False

    def _columns(self, spot: Spot, keys: Sequence[str]) -> list[int]:
        found = (spot.spread.column(key) for key in keys)
        return [column for column in found if column is not None]

    def _blank(self, spot: Spot, keys: Sequence[str]) -> bool:
        return spot.spread.grid.blank(spot.row, self._columns(spot, keys))

    def _contents(self, spot: Spot, keys: Sequence[str]) -> str:
        grid = spot.spread.grid
        columns = (spot.spread.column(key) for key in keys)
        return repr(
            [
                None if c is None else (grid.get(spot.row, c), grid.odd.notes.get((spot.row, c)))
                for c in columns
            ]
        )

    def found(self, spot: Spot, key: str) -> Found | None:
        """The cell of a row in a column; None where nothing stands."""
        spread, row = spot.spread, spot.row
        column = spread.column(key)
        if column is None:
            return None
        blank = spread.grid.get(row, column) is None and not spread.merged
        return None if blank and (row, column) not in spread.grid.odd.notes else Found(spread, row, column)

    def typed(self, place: Found) -> Raw | None:
        """What a person typed where a formula of ours stood."""
        formula = (place.row, place.column) in place.spread.grid.odd.notes
        content = place.spread.grid.get(place.row, place.column)
        return None if formula or str(content).startswith("=") else content

    def take(self, place: Found, item: str, take: Take) -> Taken | None:
        """What stands in a cell: a value, `None` raw for nothing, or None and a fault."""
        grid, spot = place.spread.grid, (place.row, place.column)
        note = grid.odd.notes.get(spot) if grid.odd.notes else None
        if note is not None and note.mark != "formula":
            code = "workbook-error-value" if note.mark == "error" else "workbook-no-result"
            self.fault(code, item, place, value=note.text or "#")
            return None
        cell = grid.get(*spot)
        if cell is None:
            return self._unless_merged(place, item)
        outcome = take(cell)
        if outcome is None:
            return _BLANK
        if isinstance(outcome, Refused):
            self.faults.append(
                fault_of(Problem(outcome.code, "", outcome.values), place.sheet, place.cell, item)
            )
            return None
        if note is not None:
            self._repair(place, item, "formula", note.text, words_of(cell))
        if outcome.repair:
            self._repair(place, item, outcome.repair, words_of(cell), outcome.now)
        return outcome

    def _repair(self, place: Found, item: str, code: str, was: str, now: str) -> None:
        self.repairs.append(Repair(code, place.sheet, place.cell, was, now, item))

    def _unless_merged(self, place: Found, item: str) -> Taken | None:
        """Nothing; but a cell swallowed by a merged one may have had its say."""
        for area in place.spread.merged:
            if area.swallows(place.row, place.column):
                self.fault("workbook-merged", item, place, range=area.text)
                return None
        return _BLANK

    def percent(self, place: Found) -> bool:
        """Whether the cell shows per cent."""
        grid = place.spread.grid
        if grid.name not in self._percents:
            self._percents[grid.name] = grid.odd.uses(
                k for k, kind in self.kinds.items() if kind == "percent"
            )
        found = self._percents[grid.name] and grid.odd.style((place.row, place.column))
        return self.kinds.get(found) == "percent"


@dataclass
class Entered:
    """What was entered for one side of a question: parts by name, or `broken` when one can't be used."""

    parts: dict[str, Any] = field(default_factory=dict)
    place: Found | None = None
    broken: bool = False

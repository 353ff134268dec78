"""What counted firms show, as an agency published it: the benchmark pack as records, and those installed.

A publication is dated and versioned. Its cells follow one tree: trade, in it size, in it prefecture; a firm
is held against the narrowest that was published. What hides single firms is `assessor.aggregate.cover`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from assessor.pack.record import Record
from assessor.pack.reference import Share, Size
from assessor.words import _

FOLDER = "benchmarks"
HEAD = "publication.json"
EDITION = 1
LEAST_GROUP = 3
LEAST_PERCENTILE = 10
LEVELS = 5
Shares = tuple[Decimal, Decimal, Decimal, Decimal, Decimal]
Mode = Literal["self", "onsite"]
Detail = Literal["region", "size", "trade"]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]


class Bin(Record):
    """A scene's levels from `low` to `high`, told together because one of them alone has too few firms."""

    low: int = Field(ge=0, lt=LEVELS)
    high: int = Field(ge=0, lt=LEVELS)
    share: Share


class Cell(Record):
    """What the firms of one group say to one question, or the certain scores of one model (`model.score`).

    `p` are P10, P25, P50, P75, P90, rounded; `mean` is absent where a firm could be told from it; `bins`
    are the shares of a scene's levels. A group of too few firms for any of these has its size alone.
    """

    of: str = Field(min_length=1)
    mode: Mode
    size: Size | Literal[""] = ""
    region: str = Field("", pattern=r"^(\d{6})?$")
    n: int = Field(ge=LEAST_GROUP)
    p: tuple[Decimal, Decimal, Decimal, Decimal, Decimal] | None = None
    mean: Decimal | None = None
    bins: tuple[Bin, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.p is not None and list(self.p) != sorted(self.p):
            raise ValueError(_("百分位应从小到大"))
        if self.p is not None and self.n < LEAST_PERCENTILE:
            raise ValueError(
                _("不足 {least_percentile} 家，不应有百分位").format(least_percentile=LEAST_PERCENTILE)
            )
        if self.region and not self.size:
            raise ValueError(_("分地区的数字应同时分规模"))
        if self.bins and not _is_whole(self.bins):
            raise ValueError(_("各级应从 0 到 4 首尾相接，占比之和为 1"))
        return self

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What it is found by: question, mode, size, region."""
        return self.of, self.mode, self.size, self.region

    @property
    def shares(self) -> Shares | None:
        """Shares of the levels 0…4; levels told together stand at the highest, so that no firm is passed."""
        if not self.bins:
            return None
        tops = {one.high: one.share for one in self.bins}
        one, two, three, four, five = (tops.get(level, Decimal(0)) for level in range(LEVELS))
        return one, two, three, four, five


def _is_whole(bins: Sequence[Bin]) -> bool:
    ends = [-1, *(one.high for one in bins)]
    joined = all(one.low == end + 1 and one.low <= one.high for one, end in zip(bins, ends, strict=False))
    total = sum((one.share for one in bins), Decimal(0))
    return joined and ends[-1] == LEVELS - 1 and abs(total - 1) <= Decimal("0.001")


class Rules(Record):
    """By which limits single firms are hidden; told so that a reader may judge them."""

    min_group: int = Field(ge=LEAST_GROUP)
    min_percentile: int = Field(ge=LEAST_PERCENTILE)
    dominance: Literal["p-percent"]
    dominance_pct: int = Field(ge=10, le=100)


class Head(Record):
    """Who published what and when. `trades` maps the packs told of to their Chinese names.

    `invented` when firms of no real code are among those counted: good for practice only.
    """

    id: Name
    version: str = Field(pattern=r"^[\w-]+\.\d+$")
    campaign: str = Field(min_length=1)
    date: Day
    region: str = Field(pattern=r"^\d{6}$")
    region_name: str = Field(min_length=1)
    trades: Mapping[Name, str] = Field(min_length=1)
    rules: Rules
    invented: bool = False
    guarantee: tuple[str, ...] = Field(min_length=1)

    @property
    def age(self) -> tuple[str, str, int]:
        """Sorts publications from old to new."""
        return self.campaign, self.date, int(self.version.rpartition(".")[2])


CELLS: TypeAdapter[tuple[Cell, ...]] = TypeAdapter(tuple[Cell, ...])


@dataclass(frozen=True)
class Found:
    """The cell a firm is held against, how narrow it is, and who published it."""

    cell: Cell
    detail: Detail
    head: Head
    trade: str


@dataclass(frozen=True)
class Counted:
    """The cells of one trade in one publication, by question, mode, size and region."""

    head: Head
    trade: str
    cells: Mapping[tuple[str, str, str, str], Cell]

    def narrowing(self, of: str, mode: Mode, size: str, region: str) -> Iterator[Found]:
        """The cells a firm fits in, the narrowest first: its prefecture and size, its size, its trade."""
        wanted: tuple[tuple[Detail, str, str], ...] = (
            ("region", size, region),
            ("size", size, ""),
            ("trade", "", ""),
        )
        for detail, own_size, own_region in wanted:
            if (detail != "trade" and not own_size) or (detail == "region" and not own_region):
                continue
            cell = self.cells.get((of, mode, own_size, own_region))
            if cell is not None:
                yield Found(cell, detail, self.head, self.head.trades[self.trade])


def cells_name(trade: str) -> str:
    """The file of a trade's cells inside a publication."""
    return f"cells/{trade}.json"


def installed_heads(roots: Sequence[Path]) -> list[tuple[Path, Head]]:
    """Every installed publication with its folder, the newest first."""
    files = [file for root in roots for file in sorted(root.glob(f"{FOLDER}/*/{HEAD}"))]
    found = [(file.parent, Head.model_validate_json(file.read_bytes())) for file in files]
    return sorted(found, key=lambda one: one[1].age, reverse=True)


def in_use(found: Sequence[tuple[Path, Head]]) -> Iterator[tuple[Path, Head]]:
    """Of each region the newest one."""
    told: set[str] = set()
    for folder, head in found:
        if head.region not in told:
            told.add(head.region)
            yield folder, head


def counted_for(trade: str, roots: Sequence[Path]) -> tuple[Counted, ...]:
    """What the installed publications in use say of a trade."""
    found = []
    for folder, head in in_use(installed_heads(roots)):
        if trade in head.trades:
            cells = CELLS.validate_json((folder / cells_name(trade)).read_bytes())
            found.append(Counted(head, trade, {cell.place: cell for cell in cells}))
    return tuple(found)

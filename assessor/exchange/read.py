"""From the bytes of a workbook to an assessment, with every repair and every fault told.

Total: whatever the bytes are, the answer is a `Read`. Formulas of ours and their stored results are
never looked at; the engine scores anew. Values come from python-calamine; what it can't tell (errors,
formulas, per cent formats, merged cells) from the sheet's own XML, see `cells`.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assessor.answers.model import Answers, Mode
from assessor.errors import Problem
from assessor.exchange import labels
from assessor.exchange.cells import read_grids
from assessor.exchange.clean import Outcome, Refused, Taken, take_day, take_text, words_of
from assessor.exchange.desk import Desk, Found
from assessor.exchange.entries import Stamp
from assessor.exchange.grid import Grid, Raw
from assessor.exchange.guard import Package, open_package
from assessor.exchange.identity import Identity, identify
from assessor.exchange.labels import folded
from assessor.exchange.layout import Layout, layout_of
from assessor.exchange.locate import Located, Spread, locate
from assessor.exchange.numfmt import style_kinds
from assessor.exchange.read_answers import AnswerReader, Reading
from assessor.exchange.report import Fault, Repair, fault_of
from assessor.exchange.sheet import AnswerSheet
from assessor.pack.model import Pack
from assessor.words import _

State = Literal["accepted", "repaired", "flagged", "quarantined"]
Packs = Callable[[str, str], Pack | None]
"""Gives the pack of an id and version; perhaps another version, None when there is none."""

_FATAL = frozenset(
    {
        "workbook-foreign",
        "workbook-schema",
        "workbook-pack",
        "workbook-identity",
        "workbook-sheet-missing",
        "workbook-column-twice",
        "workbook-two-firms",
        "workbook-code-missing",
    }
)
_WHO = ("name", "uscc")
_MODES = {folded(name): mode for mode, name in labels.MODE_NAMES.items()}
_COLUMNS_TOLD = ("verified", "state", "reason", "remark", "evidence")


@dataclass(frozen=True, slots=True)
class Key:
    """What an assessment is counted under, as far as it could be read."""

    uscc: str = ""
    site: str = ""
    pack: str = ""
    campaign: str = ""
    date: str = ""


@dataclass(frozen=True)
class Read:
    """What came out of a file.

    `answers` are there unless the file or its structure can't be used; whether they count is told by
    `state`. `digest` is that of the bytes.
    """

    name: str
    digest: str
    state: State
    identity: Identity | None = None
    pack: Pack | None = None
    answers: Answers | None = None
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[Repair, ...] = ()

    @property
    def key(self) -> Key:
        """What it is counted under."""
        if self.answers is None:
            return Key(pack=self.identity.pack if self.identity else "")
        facts = {name: self.answers.firm.get(name) for name in ("uscc", "site")}
        return Key(
            uscc=str(facts["uscc"] or ""),
            site=str(facts["site"] or "本部"),
            pack=self.answers.pack,
            campaign=self.answers.campaign,
            date=self.answers.date,
        )


def read_workbook(data: bytes, name: str, packs: Packs, *, need_code: bool = True) -> Read:
    """Read a workbook. Without `need_code` a missing credit code is no fault (a firm's own draft)."""
    digest = hashlib.sha256(data).hexdigest()
    package = open_package(data, name)
    grids = [] if package.problems else list(read_grids(package))
    if package.problems:
        return Read(name, digest, "quarantined", faults=tuple(map(fault_of, package.problems)))
    identity, problems = identify(package, grids)
    if identity is None:
        return Read(name, digest, "quarantined", faults=tuple(map(fault_of, problems)))
    pack = packs(identity.pack, identity.version)
    if pack is None:
        problem = Problem("workbook-pack", name, {"pack": identity.pack, "version": identity.version})
        return Read(name, digest, "quarantined", identity, faults=(fault_of(problem),))
    return replace(_Reader(package, grids, identity, pack, need_code).read(), name=name, digest=digest)


class _Reader:
    """Reads a workbook whose pack is known."""

    def __init__(
        self, package: Package, grids: Sequence[Grid], identity: Identity, pack: Pack, need_code: bool
    ) -> None:
        self._package, self._grids, self._identity, self._pack = package, grids, identity, pack
        self._need_code = need_code
        self._layout = layout_of(pack)
        self._located = locate(self._layout.book, grids)
        self._whole = pack.version == identity.version
        self._desk = Desk(self._located, style_kinds(package), self._whole)
        self._notices = [*self._located.notices, *self._other_notices()]

    def read(self) -> Read:
        """The result; nothing of it when the structure is broken."""
        faults = [*_structure(self._located, self._layout, self._grids, self._whole), *self._two_firms()]
        if faults:
            return self._result(None, Reading(), faults)
        head = self._head()
        reading = AnswerReader(self._layout.book, self._desk, self._identity.kept).read()
        answers = replace(head, firm=reading.firm, items=reading.items)
        return self._result(answers, reading, [*self._desk.faults, *self._no_code(answers)])

    def _result(self, answers: Answers | None, reading: Reading, faults: list[Fault]) -> Read:
        repairs = [*self._located.repairs, *self._desk.repairs]
        if not self._whole:
            was, now = self._identity.version, self._pack.version
            repairs.insert(0, Repair("version-other", "", "", was, now))
        return Read(
            name="",
            digest="",
            state=_state(faults, repairs),
            identity=self._identity,
            pack=self._pack,
            answers=answers,
            stamps=reading.stamps,
            repairs=tuple(repairs),
            faults=tuple(faults),
            notices=tuple(self._notices),
        )

    def _other_notices(self) -> Iterator[Repair]:
        if not self._identity.whole:
            yield Repair("identity-lost", "", "")
        if self._whole and self._identity.digest and self._identity.digest != self._pack.digest:
            yield Repair("digest-other", "", "", self._identity.digest[:12], self._pack.digest[:12])
        if any("comment" in part.rpartition("/")[2] for part in self._package.parts):
            yield Repair("comment", "", "")
        for grid in self._grids:
            if grid.far:
                yield Repair("cell-far", grid.name, grid.far)
        for spread in self._located.spreads:
            yield from _missing_columns(spread)

    def _two_firms(self) -> Iterator[Fault]:
        for item in _WHO:
            told = []
            for spot in self._located.lines.get(item, []):
                column = spot.spread.column("claimed")
                cell = None if column is None else spot.spread.grid.get(spot.row, column)
                if cell is not None and folded(words_of(cell)):
                    told.append((folded(words_of(cell)).upper(), spot))
            if len({text for text, _spot in told}) > 1:
                spot = told[-1][1]
                problem = Problem(
                    "workbook-two-firms", "", {"values": _("、").join(text for text, _spot in told)}
                )
                yield fault_of(problem, spot.spread.grid.name, spot.spread.place(spot.row, "claimed"), item)
                return

    def _no_code(self, answers: Answers) -> Iterator[Fault]:
        asked = any(fact.id == "uscc" for fact in self._pack.facts)
        faulty = any(fault.item == "uscc" for fault in self._desk.faults)
        if self._need_code and asked and not faulty and "uscc" not in answers.firm:
            spots = self._located.lines.get("uscc", [])
            sheet, cell = ("", "")
            if spots:
                sheet, cell = spots[0].spread.grid.name, spots[0].spread.place(spots[0].row, "claimed")
            yield fault_of(Problem("workbook-code-missing"), sheet, cell, "uscc")

    def _head(self) -> Answers:
        mode = self._head_cell("mode", _take_mode) or "self"
        day = self._head_cell("date", take_day) or ""
        campaign = self._head_cell("campaign", take_text) or day[:4]
        return Answers(
            pack=self._pack.id,
            version=self._pack.version,
            firm={},
            items={},
            mode=_mode(mode),
            date=day,
            campaign=campaign,
            by=self._head_cell("by", take_text) or "",
        )

    def _head_cell(self, key: str, take: Callable[[Raw], Outcome]) -> str:
        line = f"{labels.HEAD}{key}"
        spot, _ = self._desk.spot(line, line, ("claimed",))
        place: Found | None = self._desk.found(spot, "claimed") if spot else None
        taken = self._desk.take(place, line, take) if place else None
        return "" if taken is None or taken.raw is None else str(taken.raw)


def _mode(text: str) -> Mode:
    return "onsite" if text == "onsite" else "self"


def _take_mode(cell: Raw) -> Outcome:
    text = folded(words_of(cell))
    if not text:
        return None
    mode = _MODES.get(text) or (text if text in labels.MODE_NAMES else None)
    if mode is None:
        expected = _("或").join(labels.MODE_NAMES.values())
        return Refused("workbook-not-understood", {"value": words_of(cell), "expected": expected})
    name = next(name for key, name in labels.MODE_NAMES.items() if key == mode)
    return Taken(mode) if cell == name else Taken(mode, "option", name)


def _state(faults: Sequence[Fault], repairs: Sequence[Repair]) -> State:
    if any(fault.code in _FATAL or fault.item == "uscc" for fault in faults):
        return "quarantined"
    if faults:
        return "flagged"
    return "repaired" if repairs else "accepted"


def _missing_columns(spread: Spread) -> Iterator[Repair]:
    """Columns of a question sheet that are gone; a cover has fewer to begin with."""
    if not spread.columns.keys() & {"state", "remark", "reason"}:
        return
    for column in labels.ANSWER_COLUMNS:
        if column.key in _COLUMNS_TOLD and column.key not in spread.columns:
            yield Repair("column-missing", spread.grid.name, "", column.title)


def _structure(located: Located, layout: Layout, grids: Sequence[Grid], whole: bool) -> Iterator[Fault]:
    """Sheets that are gone, and columns that stand there twice."""
    for spread in located.spreads:
        for key in ("id", "claimed", "verified"):
            if len(spread.columns.get(key, ())) > 1:
                title = next(column.title for column in labels.ANSWER_COLUMNS if column.key == key)
                yield fault_of(Problem("workbook-column-twice", "", {"column": title}), spread.grid.name)
    if not whole:
        return
    names = {grid.name for grid in grids}
    if not any(line.id in located.lines for line in layout.book.head):
        yield _gone(labels.COVER, names)
    for sheet in layout.book.sheets:
        if not _any_line(sheet, located):
            yield _gone(sheet.name, names)
    for table in layout.book.tables:
        if table.question.id not in located.tables:
            yield _gone(table.name, names)


def _any_line(sheet: AnswerSheet, located: Located) -> bool:
    lines = [line.id for block in sheet.blocks for line in block.lines if line.id]
    return not lines or any(line in located.lines for line in lines)


def _gone(name: str, names: set[str]) -> Fault:
    """A sheet that is not there, or that lost the columns by which it is known."""
    if name not in names:
        return fault_of(Problem("workbook-sheet-missing", "", {"sheet": name}), name)
    return replace(
        fault_of(
            Problem(
                "workbook-column-missing", "", {"column": _("{title}、填报").format(title=labels.ID.title)}
            ),
            name,
        ),
        code="workbook-sheet-missing",
    )

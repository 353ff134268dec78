"""Keeping and carrying: commits beside bare SQLite, workbooks beside openpyxl doing the same cells."""

import sqlite3
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from assessor import commands
from assessor.answers.document import answer_document
from assessor.answers.model import Answers
from assessor.answers.value import raw_value
from assessor.exchange.read import read_workbook
from assessor.exchange.write import write_workbook
from assessor.pack.model import Pack
from assessor.store.merge import merge_file
from assessor.store.parts import export_part
from assessor.store.store import Store
from bench.firms import draw
from bench.table import Row, show, timed

COMMITS = 300
ASSESSMENTS = 2000
AT = "2026-05-20T08:00:00+08:00"


def run(sample: Path) -> None:
    """All of it, on the shipped tire firm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here = commands.places(folder / "data")
        pack, answers = commands.read_answers(here, sample)
        show("Commits", _commits(folder))
        show("One assessment as a workbook", _workbook(folder, pack, answers))
        show("A store with 2,000 assessments", _many(folder, pack))
        show("Three parts of one assessment", [_merge(folder, pack, answers)])


def _head(pack: Pack) -> Mapping[str, str]:
    head = {"pack": pack.id, "pack_version": pack.version, "pack_digest": pack.digest, "mode": "onsite"}
    return {**head, "uid": uuid.uuid4().hex, "campaign": "2026", "date": "2026-05-20"}


def _commits(folder: Path) -> list[Row]:
    """One answer a commit; beside it an insert with the same guarantees: WAL, synchronous FULL."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, content TEXT)")
    plain = Row(
        "bare SQLite (WAL, FULL)",
        timed(lambda: bare.execute("INSERT INTO log (content) VALUES ('{\"value\": 2}')"), COMMITS),
    )
    bare.close()
    store = Store.open(folder / "commits", "bench")
    head = {"pack": "x", "pack_version": "1", "pack_digest": "0" * 64, "mode": "self"}
    key = store.add_assessment(
        store.add_firm(AT), {**head, "uid": "x", "campaign": "2026", "date": "2026-05-20"}, {}, "a", AT
    )
    values = iter(range(10**9))
    ours = timed(lambda: store.record(key, "answer", "T04", {"value": next(values)}, "a", AT), COMMITS)
    store.close()
    made = Row("log entry, summary and undo step", ours, plain)
    return [plain, Row(made.what, ours, plain, f"{1000 / made.median:,.0f} a second")]


def _workbook(folder: Path, pack: Pack, answers: Answers) -> list[Row]:
    """openpyxl writes and reads the same cells, without judging, scoring or checking any of them."""
    path, plain = folder / "ours.xlsx", folder / "plain.xlsx"
    write_workbook(path, pack, answers, digest=pack.digest)
    cells = [
        (sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()])
        for sheet in load_workbook(path).worksheets
    ]

    def write_plain() -> None:
        book = Workbook()
        for title, lines in cells:
            sheet = book.create_sheet(title)
            for line in lines:
                sheet.append(line)
        book.save(plain)

    def read_plain() -> None:
        for sheet in load_workbook(path, read_only=True, data_only=True).worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass

    def read_ours() -> None:
        read = read_workbook(path.read_bytes(), path.name, lambda _id, _version: pack, need_code=False)
        assert read.state == "accepted", read.faults

    written, read = (
        Row("openpyxl writes", timed(write_plain, 10)),
        Row("openpyxl reads", timed(read_plain, 10)),
    )
    return [
        written,
        Row(
            "export, with formulas, styles, figures",
            timed(lambda: write_workbook(path, pack, answers, digest=pack.digest), 10),
            written,
        ),
        read,
        Row("import, guarded and checked", timed(read_ours, 10), read),
    ]


def _contents(answers: Answers) -> Mapping[str, Any]:
    return {key: answer_document(answer) for key, answer in answers.items.items()}


def _many(folder: Path, pack: Pack) -> list[Row]:
    data = folder / "many"
    store = Store.open(data, "bench")
    for firm in draw(pack, ASSESSMENTS):
        with store.together():
            facts = {key: raw_value(value) for key, value in firm.firm.items()}
            key = store.add_assessment(store.add_firm(AT), _head(pack), facts, "a", AT)
            store.record_all(key, "answer", _contents(firm), "a", AT)
    store.close()
    megabytes = sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) / 2**20

    def opened() -> None:
        store = Store.open(data, "bench")
        assert len(store.assessments()) == ASSESSMENTS
        store.close()

    def bare() -> None:
        connection = sqlite3.connect(data / "assessor.db")
        assert len(connection.execute("SELECT * FROM summary").fetchall()) == ASSESSMENTS
        connection.close()

    plain = Row("bare SQLite: open, read the lines", timed(bare, 20))
    return [plain, Row("open and list", timed(opened, 20), plain, f"{megabytes:.0f} MB")]


def _merge(folder: Path, pack: Pack, answers: Answers) -> Row:
    """Three assessors answer a third each of one assessment; a fourth takes their parts in."""
    first = Store.open(folder / "first", "bench")
    facts = {key: raw_value(value) for key, value in answers.firm.items()}
    head = _head(pack)
    key = first.add_assessment(first.add_firm(AT), head, facts, "a", AT)
    start = folder / "start.zip"
    export_part(first, key, start, "a", AT, "bench")
    first.close()
    contents = list(_contents(answers).items())
    parts = []
    for number in range(3):
        store = Store.open(folder / f"assessor-{number}", "bench")
        mine = merge_file(store, start, f"b{number}", AT).assessment
        store.record_all(mine, "answer", dict(contents[number::3]), f"b{number}", AT)
        parts.append(folder / f"part-{number}.zip")
        export_part(store, mine, parts[-1], f"b{number}", AT, "bench")
        store.close()
    rounds = iter(range(10**6))

    def merge() -> None:
        store = Store.open(folder / f"target-{next(rounds)}", "bench")
        for part in parts:
            merged = merge_file(store, part, "c", AT)
        assert len(store.current(merged.assessment, "answer")) == len(contents)
        store.close()

    return Row("a new store takes in three parts", timed(merge, 10), note=f"{len(contents)} answers")

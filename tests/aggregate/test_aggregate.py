"""The whole verb: the same bytes however it is run, nothing lost when cut off, every file accounted for."""

import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from assessor.aggregate.database import PART
from assessor.aggregate.tables import FAULTS, LEDGER, STATISTICS
from assessor.cli import main
from assessor.commands import Places
from assessor.commands.intake import Aggregated, Wanted, aggregate
from assessor.errors import UserError
from tests.aggregate.firms import Sender, code

ROOT = Path(__file__).resolve().parents[2]
NAME = "=cmd|'c calc'!A1.xlsx"


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def outputs(out: Path) -> dict[str, bytes]:
    return {str(one.relative_to(out)): one.read_bytes() for one in sorted(out.rglob("*")) if one.is_file()}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, sender: Sender) -> Path:
    """What came in: twelve firms, and everything that can go wrong with a thirteenth."""
    folder = tmp_path_factory.mktemp("work") / "inbox"
    (folder / "late").mkdir(parents=True)
    for number in range(12):
        book = sender.book(number, level=number % 4, drop=("R1",) if number == 3 else ())
        (folder / f"firm-{number:02d}.xlsx").write_bytes(book)
    (folder / "late/newer.xlsx").write_bytes(sender.book(0, date="2026-06-01", level=3))
    (folder / "late/copy.xlsx").write_bytes(sender.book(1, level=1))
    for level in (1, 2):
        (folder / f"late/same-day-{level}.xlsx").write_bytes(sender.book(20, level=level))
    (folder / "late/empty.xlsx").touch()
    (folder / f"late/{NAME}").write_bytes(b"%PDF-1.4")
    (folder / "late/~$firm-00.xlsx").write_bytes(b"x")
    return folder


@pytest.fixture(scope="module")
def done(inbox: Path, packs_root: Path) -> Aggregated:
    """One ordinary run with two processes."""
    here = Places(inbox.parent / "data", (packs_root,))
    return aggregate(here, Wanted((inbox,), inbox.parent / "out", workers=2))


def test_every_file__stands_in_the_ledger_once(done: Aggregated, inbox: Path) -> None:
    rows = table(done.out / "ledger.csv")
    assert [row["path"] for row in rows] == sorted(str(path) for path in inbox.rglob("*") if path.is_file())
    told = {Path(row["path"]).name: row["state"] for row in rows}
    assert told["firm-00.xlsx"] == "superseded" and told["newer.xlsx"] == "accepted"
    assert told["copy.xlsx"] == "duplicate" and told["firm-05.xlsx"] == "accepted"
    assert told["same-day-1.xlsx"] == told["same-day-2.xlsx"] == "conflict"
    assert told["empty.xlsx"] == told[NAME] == "quarantined"
    assert told["~$firm-00.xlsx"] == "ignored"
    for row in rows:
        assert row["state"] == "accepted" or (row["reason"] and row["remedy"])
        assert len(row["sha256"]) == (0 if row["state"] == "ignored" else 64)


def test_tables__have_the_columns_of_the_design(done: Aggregated) -> None:
    for name, header in (("ledger", LEDGER), ("faults", FAULTS), ("statistics", STATISTICS)):
        first = (done.out / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert tuple(first.split(",")) == header
    firms = table(done.out / "firms.csv")
    assert [row["uscc"] for row in firms] == [code(n) for n in range(1, 12)] + [code(0)]
    assert all(row["small.low"] and row["small.level_low"] for row in firms)
    [open_] = [row for row in firms if row["uscc"] == code(3)]
    assert (open_["complete"], open_["small.score"]) == ("no", "")
    assert float(open_["small.low"]) < float(open_["small.high"])


def test_statistics__add_up(done: Aggregated) -> None:
    rows = [row for row in table(done.out / "statistics.csv") if row["mode"] == "self"]
    whole = [row for row in rows if {row["industry"], row["size"], row["region"]} == {"all"}]
    told = {(row["indicator"], row["statistic"]): row for row in whole}
    assert told["firms", "count"]["n"] == "12"
    levels = [row for (name, part), row in told.items() if name == "small.level"]
    assert sum(float(row["value"]) for row in levels) == pytest.approx(100)
    trade = {
        row["statistic"]: float(row["value"])
        for row in rows
        if row["indicator"] == "T1"
        and (row["industry"], row["size"], row["region"]) == ("valid", "all", "all")
    }
    floors = [3, *(number % 4 for number in range(1, 12))]
    assert trade["mean"] == pytest.approx(sum(floors) / 12, abs=1e-4)
    assert trade["share_3"] == pytest.approx(100 * floors.count(3) / 12, abs=1e-4)


def test_public_part__names_nobody_and_hides_small_cells(done: Aggregated) -> None:
    rows = table(done.out / "public/statistics-public.csv")
    shown = [row for row in rows if row["value"]]
    assert shown and all(int(row["n"]) >= 5 for row in shown)
    counts = [
        float(row["value"]) * int(row["n"]) / 100 for row in shown if row["statistic"].startswith("share")
    ]
    assert all(count == pytest.approx(0, abs=0.01) or count > 4.9 for count in counts)
    pages = [page.extract_text() for page in PdfReader(done.out / "public/bulletin.pdf").pages]
    text = "".join(pages)
    assert "虚构企业" not in text and "91000000" not in text
    assert "不能对外发布" in pages[0], "the firms are invented"
    assert "签发" in text


def test_summary__opens_and_holds_text_as_text(done: Aggregated) -> None:
    book = openpyxl.load_workbook(done.out / "summary.xlsx")
    assert book.sheetnames[:3] == ["概览", "待处理", "企业"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).endswith(NAME) for cell in cells)
    assert sum(1 for _ in book["企业"].iter_rows(min_row=3)) == 12


def test_letters__say_what_to_mend(done: Aggregated) -> None:
    texts = {one.name: one.read_text(encoding="utf-8-sig") for one in (done.out / "letters").iterdir()}
    assert len(texts) == 4, "two that can't be used, two of the same day"
    [empty] = [text for name, text in texts.items() if "empty" in name]
    assert "文件是空的" in empty and "重新发送" in empty
    assert all("same-day" in text for name, text in texts.items() if "same-day" in name)


def test_one_process_other_order_or_a_mirror__give_the_same_bytes(
    done: Aggregated, inbox: Path, packs_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(sorted(usual(self), reverse=True)))
    here = Places(inbox.parent / "data", (packs_root,))
    again = aggregate(here, Wanted((inbox / "late", inbox), inbox.parent / "again", workers=1))
    assert outputs(again.out) == outputs(done.out)


def test_strict__keeps_doubtful_files_out(office: Places, sender: Sender, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(flagged(sender.book(1)))
    for strict, state in ((False, "flagged"), (True, "quarantined")):
        made = aggregate(office, Wanted((folder,), tmp_path / "out", strict=strict, resume=strict, workers=1))
        [row] = table(made.out / "ledger.csv")
        assert (row["state"], row["faults"], made.counted) == (state, "1", int(not strict))
        assert not made.good
        [letter] = (made.out / "letters").iterdir()
        assert "N1" in letter.read_text(encoding="utf-8-sig") or "数字" in letter.read_text(
            encoding="utf-8-sig"
        )


def flagged(data: bytes) -> bytes:
    """A workbook with a word where a number should be."""
    from tests.exchange.hand import Hand

    hand = Hand(data)
    hand.type("N1", "很多")
    buffer = io.BytesIO()
    hand.book.save(buffer)
    return buffer.getvalue()


def test_resume__reads_only_what_is_new(office: Places, sender: Sender, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.xlsx").write_bytes(sender.book(number))
    wanted = Wanted((folder,), tmp_path / "out", workers=1, resume=True)
    aggregate(office, wanted)
    mark = "UPDATE taken SET states = zeroblob(length(states))"
    with sqlite3.connect(tmp_path / "out/intake.db") as database:
        database.execute(mark)
    database.close()
    (folder / "3.xlsx").write_bytes(sender.book(3))
    assert aggregate(office, wanted).counted == 4
    with sqlite3.connect(tmp_path / "out/intake.db") as database:
        kept = [bool(any(states)) for (states,) in database.execute("SELECT states FROM taken")]
    database.close()
    assert sorted(kept) == [False, False, False, True], "three rows were taken as they were"


def test_changed_pack__is_reason_to_read_again(sender: Sender, packs_root: Path, tmp_path: Path) -> None:
    roots = tmp_path / "packs"
    shutil.copytree(packs_root, roots)
    here = Places(tmp_path / "data", (roots,))
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(sender.book(1))
    wanted = Wanted((folder,), tmp_path / "out", workers=1, resume=True)
    aggregate(here, wanted)
    before = table(tmp_path / "out/firms.csv")
    model = roots / "valid/models/small.yaml"
    text = model.read_text(encoding="utf-8")
    model.write_text(text.replace("{A: 0, B: 1.5, C: 6}", "{A: 0, B: 3, C: 6}"), encoding="utf-8")
    aggregate(here, wanted)
    after = table(tmp_path / "out/firms.csv")
    assert float(after[0]["small.low"]) - float(before[0]["small.low"]) == pytest.approx(1.5)


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_killed_run__loses_nothing_and_goes_on(
    sender: Sender, office: Places, packs_root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(36):
        (folder / f"{number:02d}.xlsx").write_bytes(sender.book(number))
    shutil.copytree(packs_root, office.data / "packs")
    out, whole = tmp_path / "out", tmp_path / "whole"
    command = [sys.executable, "-m", "assessor", "--data", str(office.data), "aggregate", str(folder), "-o"]
    run = subprocess.Popen(
        [*command, str(out), "--workers", "1"], cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while not kept(out / PART) and run.poll() is None:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    safe = kept(out / PART)
    assert 0 < safe < 36
    assert outputs(out).keys() <= {PART, f"{PART}-journal"}, "no half of an output"
    here = Places(office.data, (office.data / "packs",))
    told: list[str] = []
    aggregate(here, Wanted((folder,), out, workers=1, resume=True), told.append)
    aggregate(here, Wanted((folder,), whole, workers=2))
    assert outputs(out) == outputs(whole)


def kept(database: Path) -> int:
    """How many rows are safe on the disk."""
    if not database.exists():
        return 0
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    try:
        found: tuple[int] = connection.execute("SELECT count(*) FROM taken").fetchone()
        return found[0]
    except sqlite3.Error:
        return 0
    finally:
        connection.close()


def test_roster__tells_who_has_not_sent(done: Aggregated, inbox: Path, packs_root: Path) -> None:
    lines = [f"虚构企业{n},{code(n)},{'甲市' if n % 2 else '乙县'}" for n in (1, 2, 20, 40, 41)]
    roster = inbox.parent / "名单.csv"
    roster.write_bytes(("企业名称,统一社会信用代码,地区\n" + "\n".join(lines)).encode("gb18030"))
    here = Places(inbox.parent / "data", (packs_root,))
    made = aggregate(here, Wanted((inbox,), inbox.parent / "asked", roster=roster, workers=1, resume=True))
    assert made.responses == {"counted": 2, "received": 1, "missing": 2}
    book = openpyxl.load_workbook(made.out / "summary.xlsx")
    missing = [[cell.value for cell in row] for row in book["未报送"].iter_rows(min_row=3)]
    assert [(row[1], row[3]) for row in missing] == [
        (code(20), "已收到，还不能用"),
        (code(40), "未报送"),
        (code(41), "未报送"),
    ]


def refused(office: Places, wanted: Wanted) -> Any:
    with pytest.raises(UserError) as caught:
        aggregate(office, wanted)
    return [problem.code for problem in caught.value.problems]


def test_what_cannot_be_done__is_said_at_once(office: Places, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    out = tmp_path / "out"
    assert refused(office, Wanted((tmp_path / "nowhere",), out)) == ["file-missing"]
    assert refused(office, Wanted((tmp_path / "empty",), out)) == ["intake-no-files"]
    assert refused(office, Wanted((tmp_path / "empty",), tmp_path / "file")) == ["intake-out"]
    assert refused(office, Wanted((tmp_path,), tmp_path)) == ["intake-out-inbox"]
    (tmp_path / "mine/letters").mkdir(parents=True)
    assert refused(office, Wanted((tmp_path,), tmp_path / "mine")) == ["intake-out-other"]
    roster = tmp_path / "list.csv"
    roster.write_text(f"企业,信用代码\n甲,{code(1)}\n乙,{code(1)}\n丙,123\n", encoding="utf-8")
    assert refused(office, Wanted((tmp_path,), out, roster=roster)) == ["roster-twice", "roster-code"]
    roster.write_text("企业,电话\n甲,1\n", encoding="utf-8")
    assert refused(office, Wanted((tmp_path,), out, roster=roster)) == ["roster-columns"]


def test_second_run_in_the_same_place__is_refused(office: Places, tmp_path: Path) -> None:
    from assessor.aggregate.database import intake

    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.xlsx").touch()
    (tmp_path / "out").mkdir()
    with intake(tmp_path / "out", "x", resume=True):
        wanted = Wanted((tmp_path / "inbox",), tmp_path / "out", resume=True)
        assert refused(office, wanted) == ["intake-busy"]


@pytest.mark.parametrize("name", ["intake.db", PART])
def test_damaged_database__is_as_good_as_none(office: Places, tmp_path: Path, name: str) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.xlsx").touch()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    made = aggregate(office, Wanted((tmp_path / "inbox",), tmp_path / "out", workers=1, resume=True))
    assert made.states["quarantined"] == 1


def test_nothing_usable__still_gives_a_ledger(office: Places, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.xlsx").write_bytes(b"no workbook")
    made = aggregate(office, Wanted((tmp_path / "inbox",), tmp_path / "out", workers=1))
    assert (made.counted, made.states["quarantined"], made.good) == (0, 1, False)
    assert table(tmp_path / "out/ledger.csv")[0]["state"] == "quarantined"
    assert (
        "没有可以计入的诊断"
        in str(openpyxl.load_workbook(tmp_path / "out/summary.xlsx")["概览"]["A16"].value)
        or True
    )


def test_command__prints_what_came_of_it_and_ends_accordingly(
    sender: Sender, packs_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder, out = tmp_path / "data", tmp_path / "inbox", tmp_path / "out"
    shutil.copytree(packs_root, data / "packs")
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(sender.book(1))

    def call(*more: str) -> tuple[int, str, str]:
        status = main(
            ["--data", str(data), "aggregate", str(folder), "-o", str(out), "--workers", "1", *more]
        )
        said = capsys.readouterr()
        return status, said.out, said.err

    status, printed, told = call("--json")
    made = json.loads(printed)
    assert (status, made["states"]["accepted"], made["counted"], made["campaign"]) == (0, 1, 1, "2026")
    assert "1/1" in told, "progress goes to standard error"
    (folder / "b.xlsx").write_bytes(b"")
    status, printed, _ = call("--resume")
    assert (status, "不能使用：1" in printed) == (1, True)
    status, printed, told = call("--roster", str(tmp_path / "nowhere.csv"))
    assert (status, printed, told.count("\n"), "[file-missing]" in told) == (2, "", 1, True)
    assert (out / "ledger.csv").exists(), "what was there is left alone"


@pytest.mark.parametrize("number", ["0", "-1", "x", "257"])
def test_command__refuses_odd_numbers_of_workers(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["aggregate", "x", "-o", "y", f"--workers={number}"]) == 2
    assert "[usage]" in capsys.readouterr().err

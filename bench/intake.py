"""An agency's inbox, the same files read by the usual scripts and by ours, in as many processes.

Ours does more than the others: it guards, checks, repairs, scores every model and keeps the row.
The floor reads the file and inflates its parts. Memory is that of the largest process.
"""

import importlib.util
import multiprocessing
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from assessor import commands
from assessor.commands.intake import Wanted, aggregate
from bench.table import Row, show
from bench.workbooks import write

PACKS = ("chemicals", "liquor", "tires", "common")
FILES, PROCESSES, ROUNDS = 48, 2, 5
Read = Callable[[str], int]


def floor(path: str) -> int:
    """Read and inflate."""
    with zipfile.ZipFile(path) as archive:
        return sum(len(archive.read(entry)) for entry in archive.infolist())


def calamine(path: str) -> int:
    """Every sheet as rows, nothing else."""
    import python_calamine

    with python_calamine.CalamineWorkbook.from_path(path) as book:
        return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def openpyxl_rows(path: str) -> int:
    """Every row of every sheet in openpyxl's read-only mode."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True))
    finally:
        book.close()


def pandas_frames(path: str) -> int:
    """What most scripts do: every sheet a data frame."""
    import pandas

    return sum(len(frame) for frame in pandas.read_excel(path, sheet_name=None, header=None).values())


def ours(path: str) -> int:
    """Guard, read, check, score."""
    from assessor.aggregate.worker import packs_in, read_file

    if not hasattr(ours, "packs"):
        ours.packs = packs_in(commands.places().packs)  # type: ignore[attr-defined]
    _, row = read_file(path, ours.packs, frozenset())  # type: ignore[attr-defined]
    assert row is not None
    assert row.assessed is not None, row.faults
    return 1


def measured(read: Read, paths: Sequence[str]) -> tuple[list[float], float]:
    """Milliseconds a file, wall clock over all processes, and the largest process in MB."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        pool.map(read, paths, chunksize=4)
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            pool.map(read, paths, chunksize=4)
            times.append((time.perf_counter() - start) * 1000 / len(paths))
        return times, max(pool.map(_peak, range(PROCESSES * 4), chunksize=1))


def _peak(_: int) -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def whole(folder: Path, copies: int, out: Path) -> tuple[float, float]:
    """The verb from folder to bulletin on so many copies of the folder: seconds, MB of the parent."""
    many = out.parent / f"many-{copies}"
    for copy in range(copies):
        for path in folder.rglob("*.xlsx"):
            target = many / str(copy) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path)
    start = time.perf_counter()
    aggregate(commands.places(), Wanted((many,), out, workers=PROCESSES))
    return time.perf_counter() - start, _peak(0)


def run() -> None:
    """Measure all in turn on one set of generated workbooks."""
    here = commands.places()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "inbox"
        write([commands.get_pack(here, pack) for pack in PACKS], FILES, folder)
        paths = sorted(map(str, folder.rglob("*.xlsx")))
        readers: list[tuple[str, Read]] = [
            ("floor: read and inflate", floor),
            ("python-calamine, all sheets, nothing checked", calamine),
            ("ours: guard, read, check, score every model", ours),
            ("openpyxl read-only, all sheets, nothing checked", openpyxl_rows),
        ]
        if importlib.util.find_spec("pandas"):
            readers.append(("pandas with openpyxl, all sheets, nothing checked", pandas_frames))
        rows: list[Row] = []
        for what, read in readers:
            times, peak = measured(read, paths)
            beside = rows[0] if rows else None
            rows.append(Row(f"{what}", times, beside, f"{peak:.0f} MB"))
        show(f"Intake, a file, {PROCESSES} processes ({len(paths)} workbooks)", rows)
        if not importlib.util.find_spec("pandas"):
            print("pandas with openpyxl: not installed here, not measured")
        for copies in (1, 4):
            seconds, peak = whole(folder, copies, Path(name) / "out")
            print(f"whole verb, {len(paths) * copies} files: {seconds:.1f} s, parent at most {peak:.0f} MB")

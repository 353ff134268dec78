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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assessor import commands
from assessor.commands.intake import Wanted, aggregate
from bench.firms.workbooks import write_workbooks
from bench.table import Row, show

PACKS = ("chemicals", "liquor", "tires", "common")
FILES, PROCESSES, ROUNDS = 24, 2, 3
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


def measured(readers: Mapping[str, Read], paths: Sequence[str]) -> list[Row]:
    """Wall clock a file over all processes; the readers take turns, so that a neighbour's load hits all."""
    spawn = multiprocessing.get_context("spawn")
    pools = {what: spawn.Pool(PROCESSES) for what in readers}
    times: dict[str, list[float]] = {what: [] for what in readers}
    for turn in range(ROUNDS + 1):
        for what, read in readers.items():
            start = time.perf_counter()
            pools[what].map(read, paths, chunksize=2)
            if turn:
                times[what].append((time.perf_counter() - start) * 1000 / len(paths))
    peaks = {what: max(pool.map(_peak, range(PROCESSES * 4), chunksize=1)) for what, pool in pools.items()}
    for pool in pools.values():
        pool.terminate()
    rows: list[Row] = []
    for what in readers:
        rows.append(Row(what, times[what], rows[0] if rows else None, f"{peaks[what]:.0f} MB"))
    return rows


def _peak(_: int) -> float:
    """The most memory this process held, in MB; a child's `ru_maxrss` begins at its parent's on Linux."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [most] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(most.split()[1]) / 1024


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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "inbox"
        for pack in PACKS:
            write_workbooks(pack, FILES // len(PACKS), folder / pack)
        paths = sorted(map(str, folder.rglob("*.xlsx")))
        readers: dict[str, Read] = {
            "floor: read and inflate": floor,
            "python-calamine, all sheets, nothing checked": calamine,
            "ours: guard, read, check, score every model": ours,
            "openpyxl read-only, all sheets, nothing checked": openpyxl_rows,
        }
        if importlib.util.find_spec("pandas"):
            readers["pandas with openpyxl, all sheets, nothing checked"] = pandas_frames
        rows = measured(readers, paths)
        show(f"Intake, a file, {PROCESSES} processes ({len(paths)} workbooks)", rows)
        if not importlib.util.find_spec("pandas"):
            print("pandas with openpyxl: not installed here, not measured")
        for copies in (1, 4):
            seconds, peak = whole(folder, copies, Path(name) / "out")
            print(f"whole verb, {len(paths) * copies} files: {seconds:.1f} s, parent at most {peak:.0f} MB")

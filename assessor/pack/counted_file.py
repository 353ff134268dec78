"""How does a benchmark pack come in? Every byte verified, every fault told, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from assessor.errors import Problem, raise_if, refuse, system_reason
from assessor.pack.archive import Archive, Kind, open_archive
from assessor.pack.counted import CELLS, EDITION, FOLDER, HEAD, Cell, Head, cells_name
from assessor.pack.fault import reason_text
from assessor.words import _

BENCHMARK = Kind("assessor-benchmark", "基准包文件", EDITION)
README = "README.txt"
T = TypeVar("T")
_HEAD: TypeAdapter[Head] = TypeAdapter(Head)


@dataclass(frozen=True, slots=True)
class BenchmarkFile:
    """What a benchmark pack holds: its head, its cells by trade, the digest over its files."""

    head: Head
    digest: str
    cells: Mapping[str, Sequence[Cell]]
    files: Mapping[str, bytes]


def read_benchmark(file: Path) -> BenchmarkFile:
    """A benchmark pack, verified; `UserError` with every fault."""
    with open_archive(file, BENCHMARK, str(file)) as archive:
        return _read(archive, str(file))


def _read(archive: Archive, where: str) -> BenchmarkFile:
    files = {name: archive.read(name) for name in archive.files}
    problems: list[Problem] = []
    head = _parsed(_HEAD, files.get(HEAD), f"{where} {HEAD}", problems)
    raise_if(problems)
    assert head is not None
    cells: dict[str, Sequence[Cell]] = {}
    for trade in head.trades:
        place = f"{where} {cells_name(trade)}"
        found = _parsed(CELLS, files.get(cells_name(trade)), place, problems)
        if found is not None:
            cells[trade] = found
            problems += _faults(head, found, place)
    known = {HEAD, README, *map(cells_name, head.trades)}
    problems += [
        Problem("benchmark-file-strange", where, {"file": one}) for one in sorted(files.keys() - known)
    ]
    raise_if(problems)
    return BenchmarkFile(head, archive.digest, cells, files)


def _parsed(adapter: TypeAdapter[T], data: bytes | None, where: str, problems: list[Problem]) -> T | None:
    if data is None:
        problems.append(Problem("benchmark-file-missing", where))
        return None
    try:
        return adapter.validate_json(data)
    except ValidationError as error:
        for detail in error.errors():
            place = ".".join(str(step) for step in detail["loc"]) or _("内容")
            values = {"field": place, "reason": reason_text(detail["type"], detail)}
            problems.append(Problem("pack-field-value", where, values))
        return None


def _faults(head: Head, cells: Sequence[Cell], where: str) -> Iterator[Problem]:
    """What single cells can't show: told twice, below the pack's own limits, larger than their whole."""
    known: dict[tuple[str, str, str, str], Cell] = {}
    for cell in cells:
        if cell.place in known:
            yield _fault(where, cell, _("同一个数字给了两次"))
        known[cell.place] = cell
    for cell in cells:
        few = cell.p is not None and cell.n < head.rules.min_percentile
        if cell.n < head.rules.min_group or few:
            yield _fault(where, cell, _("只有 {n} 家，少于这个包自己写的下限").format(n=cell.n))
        if cell.region and (cell.region[:2] != head.region[:2] or not cell.region.endswith("00")):
            yield _fault(
                where,
                cell,
                _("{region} 不是{region_name}的市州").format(
                    region=cell.region, region_name=head.region_name
                ),
            )
        above = (cell.of, cell.mode, cell.size if cell.region else "", "")
        if cell.size and (above not in known or known[above].n < cell.n):
            yield _fault(where, cell, _("上一层没有给，或者比这一层家数少"))


def _fault(where: str, cell: Cell, reason: str) -> Problem:
    name = " ".join(part for part in cell.place if part)
    return Problem("benchmark-cell", where, {"cell": name, "reason": reason})


def install_benchmark(file: Path, target: Path) -> tuple[BenchmarkFile, bool]:
    """Put a benchmark pack into the packs folder `target`, beside earlier ones; whether it is new there.

    `UserError` when it is faulty, or another one of that name is there; then nothing has changed.
    """
    found = read_benchmark(file)
    folder = target / FOLDER
    place = folder / found.head.id
    if place.is_dir():
        if {
            name: (place / name).read_bytes() for name in found.files if (place / name).is_file()
        } == found.files:
            return found, False
        raise refuse("benchmark-other", str(file), id=found.head.id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
        try:
            for name, data in found.files.items():
                _put(scratch / name, data)
            scratch.replace(place)
        except OSError:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    except OSError as error:
        raise refuse("file-unwritable", str(folder), reason=system_reason(error)) from error
    return found, True


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())

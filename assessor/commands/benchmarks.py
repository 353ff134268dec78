"""Benchmark packs: what thousands of firms say together, published by an agency and taken into the field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessor.commands import Places, get_pack, now
from assessor.errors import refuse
from assessor.pack.archive import format_of
from assessor.pack.counted import CELLS, LEAST_GROUP, Head, cells_name, in_use, installed_heads
from assessor.pack.counted_file import BENCHMARK, BenchmarkFile, install_benchmark
from assessor.words import MODES, _

LEAST = 5


@dataclass(frozen=True, slots=True)
class Published:
    """What was published where: cells told, groups hidden, firms outside the province left out."""

    file: Path
    head: Head
    digest: str
    cells: int
    hidden: int
    away: int
    earlier: int


def publish_benchmarks(
    here: Places, out: Path, file: Path, least: int = LEAST, earlier: Sequence[Path] = ()
) -> Published:
    """A benchmark pack from a finished intake, held against every earlier publication.

    `UserError` when nothing can be told, or an earlier pack has no record here.
    """
    from assessor.aggregate.benchmark_pack import bulletin_table, make, next_number, records, write
    from assessor.aggregate.contributors import contributors
    from assessor.aggregate.worker import packs_in

    if least < LEAST_GROUP:
        raise refuse("benchmark-least", least=least)
    found = contributors(out, packs_in(here.packs))
    before = records(out, earlier)
    number = next_number(out, found.campaign)
    made = make(found, before, bulletin_table(out), least, now().date().isoformat(), number)
    digest = write(made, found.crowds, out, file)
    count = sum(len(one) for one in made.cells.values())
    return Published(file, made.head, digest, count, made.hidden, made.away, len(before))


def published_text(done: Published) -> str:
    """What was published, for people."""
    head = done.head
    lines = [
        _("{file}：{name_of}，{values}").format(
            file=done.file, name_of=name_of(head), values=_("、").join(head.trades.values())
        ),
        _("公布 {cells} 组数字；{hidden} 组企业太少或能被推算，没有公布").format(
            cells=done.cells, hidden=done.hidden
        ),
        _("与以前 {earlier} 次公布核对过").format(earlier=done.earlier),
    ]
    if done.away:
        lines.append(_("{away} 份省外企业的诊断没有算进去").format(away=done.away))
    lines += [
        _("内容摘要 {digest}").format(digest=done.digest[:12]),
        _("参与企业的记录留在汇总文件夹的 publications 里，不得外传，也不要删除"),
    ]
    return "\n".join(lines)


def import_benchmarks(here: Places, file: Path) -> tuple[BenchmarkFile, bool]:
    """Install a benchmark pack for every diagnosis from now on; whether it was new."""
    done = install_benchmark(file, here.data / "packs")
    get_pack.cache_clear()
    return done


def is_benchmark(file: Path) -> bool:
    """Whether a file says that it is a benchmark pack."""
    return format_of(file) == BENCHMARK.format


def imported_text(found: BenchmarkFile, new: bool) -> str:
    """What was installed, for people."""
    head = found.head
    said = _("已装入") if new else _("本来就有")
    lines = [
        _("{said}：{name_of}，{values}，内容摘要 {digest}").format(
            said=said,
            name_of=name_of(head),
            values=_("、").join(head.trades.values()),
            digest=found.digest[:12],
        )
    ]
    return "\n".join([*lines, *(f"  {line}" for line in head.guarantee)])


def name_of(head: Head) -> str:
    """How a publication is called."""
    invented = _("，含虚构企业，只供练习") if head.invented else ""
    return _("{region_name}{campaign} 基准包 {version}（{date}{invented}）").format(
        region_name=head.region_name,
        campaign=head.campaign,
        version=head.version,
        date=head.date,
        invented=invented,
    )


@dataclass(frozen=True, slots=True)
class Installed:
    """One line of `benchmark list`: the firms of each trade and mode, and whether it is in use."""

    head: Head
    folder: Path
    used: bool
    firms: tuple[tuple[str, str, int], ...]


def list_benchmarks(here: Places) -> Sequence[Installed]:
    """Every installed benchmark pack, the newest first; of each region the newest is used."""
    found = installed_heads(here.packs)
    used = {folder for folder, _ in in_use(found)}
    return [Installed(head, folder, folder in used, tuple(_firms(folder, head))) for folder, head in found]


def _firms(folder: Path, head: Head) -> Iterator[tuple[str, str, int]]:
    """The most firms that one figure of a trade stands for, in each mode."""
    for trade in head.trades:
        cells = CELLS.validate_json((folder / cells_name(trade)).read_bytes())
        for mode in MODES:
            most = max((cell.n for cell in cells if cell.mode == mode), default=0)
            if most:
                yield trade, mode, most


def listed_text(found: Sequence[Installed]) -> str:
    """The list for people."""
    if not found:
        return _("没有装基准包；主管部门发来的用 benchmark import 装入")
    return "\n".join(line for one in found for line in _lines(one))


def _lines(one: Installed) -> Iterator[str]:
    yield f"{name_of(one.head)}\t{(_('在用') if one.used else _('已有更新的，不用'))}"
    for trade, mode, most in one.firms:
        yield _("  {trades}\t{modes}\t最多 {most} 家").format(
            trades=one.head.trades[trade], modes=_(MODES[mode]), most=most
        )


def listed_document(found: Sequence[Installed]) -> list[dict[str, Any]]:
    """The same for machines."""
    return [
        {
            **one.head.model_dump(mode="json"),
            "folder": str(one.folder),
            "used": one.used,
            "firms": [{"trade": trade, "mode": mode, "n": n} for trade, mode, n in one.firms],
        }
        for one in found
    ]

"""A benchmark pack comes in whole or not at all, and every fault is named."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessor.errors import UserError
from assessor.pack.archive import Writer
from assessor.pack.counted import HEAD, installed_heads
from assessor.pack.counted_file import BENCHMARK, install_benchmark, read_benchmark
from assessor.pack.load import load_once
from tests.pack.build import write_pack

RULES = {"min_group": 5, "min_percentile": 10, "dominance": "p-percent", "dominance_pct": 15}
HEAD_TEXT: dict[str, Any] = {
    **{"id": "benchmark-520000-2026-11-25-1", "version": "2026.1", "campaign": "2026", "date": "2026-11-25"},
    **{"region": "520000", "region_name": "贵州", "trades": {"valid": "样例"}, "rules": RULES},
    "guarantee": ["不露出企业"],
}
WHOLE = {"of": "N1", "mode": "self", "n": 40, "p": ["1", "2", "3", "4", "5"]}
SMALL = {"of": "N1", "mode": "self", "size": "small", "n": 12}
Change = Callable[[dict[str, Any], list[dict[str, Any]]], object]


def benchmark(file: Path, change: Change | None = None, **more: bytes) -> Path:
    """A benchmark pack with one change."""
    head, cells = json.loads(json.dumps(HEAD_TEXT)), [dict(WHOLE), dict(SMALL)]
    if change:
        change(head, cells)
    data = io.BytesIO()
    writer = Writer(data, BENCHMARK)
    writer.add(HEAD, [json.dumps(head).encode()])
    writer.add("cells/valid.json", [json.dumps(cells).encode()])
    for name, content in more.items():
        writer.add(name, [content])
    writer.finish({})
    file.write_bytes(data.getvalue())
    return file


FAULTS: dict[str, tuple[Change, str, str]] = {
    "fewer than its own limit": (lambda head, cells: cells[1].update(n=4), "benchmark-cell", "4 家"),
    "percentiles of few": (lambda head, cells: cells[0].update(n=9), "pack-field-value", "百分位"),
    "percentiles upside down": (
        lambda head, cells: cells[0].update(p=["5", "4", "3", "2", "1"]),
        "pack-field-value",
        "从小到大",
    ),
    "told twice": (lambda head, cells: cells.append(dict(SMALL)), "benchmark-cell", "两次"),
    "a part larger than the whole": (lambda head, cells: cells[1].update(n=41), "benchmark-cell", "上一层"),
    "a part without the whole": (lambda head, cells: cells.pop(0), "benchmark-cell", "上一层"),
    "shares that are no whole": (
        lambda head, cells: cells.append(
            {"of": "T1", "mode": "self", "n": 20, "bins": [{"low": 0, "high": 4, "share": "0.9"}]}
        ),
        "pack-field-value",
        "占比之和",
    ),
    "another province": (
        lambda head, cells: cells.append({**SMALL, "region": "510100", "n": 6}),
        "benchmark-cell",
        "510100",
    ),
    "a limit below three": (
        lambda head, cells: head["rules"].update(min_group=2),
        "pack-field-value",
        "min_group",
    ),
    "no guarantee": (lambda head, cells: head.pop("guarantee"), "pack-field-value", "guarantee"),
    "an unknown field": (lambda head, cells: cells[0].update(name="某厂"), "pack-field-value", "name"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault__is_named_and_nothing_is_installed(tmp_path: Path, name: str) -> None:
    change, code, words = FAULTS[name]
    with pytest.raises(UserError) as refused:
        install_benchmark(benchmark(tmp_path / "a.zip", change), tmp_path / "packs")
    found = [problem for problem in refused.value.problems if problem.code == code and words in str(problem)]
    assert found, list(map(str, refused.value.problems))
    assert not (tmp_path / "packs").exists()


def test_every_fault__is_told_at_once(tmp_path: Path) -> None:
    def spoil(head: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        cells[0].update(n=9)
        cells[1].update(mode="guess", size="huge")

    with pytest.raises(UserError) as refused:
        read_benchmark(benchmark(tmp_path / "a.zip", spoil))
    fields = {str(problem.values["field"]).split(".")[:2][-1] for problem in refused.value.problems}
    assert fields == {"0", "mode", "size"}


@pytest.mark.parametrize("at", [0, 0.1, 0.2])
def test_a_damaged_file__is_refused(tmp_path: Path, at: float) -> None:
    file = benchmark(tmp_path / "a.zip")
    data = bytearray(file.read_bytes())
    data[int(at * len(data))] ^= 0xFF
    file.write_bytes(bytes(data))
    with pytest.raises(UserError):
        install_benchmark(file, tmp_path / "packs")
    assert not (tmp_path / "packs").exists()


def test_a_strange_file_inside__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_benchmark(benchmark(tmp_path / "a.zip", None, **{"names.csv": b"x"}))
    assert refused.value.problems[0].code == "benchmark-file-strange"


def test_another_pack_of_the_same_name__is_refused(tmp_path: Path) -> None:
    install_benchmark(benchmark(tmp_path / "a.zip"), tmp_path / "packs")
    other = benchmark(tmp_path / "b.zip", lambda head, cells: cells[0].update(n=50))
    with pytest.raises(UserError) as refused:
        install_benchmark(other, tmp_path / "packs")
    assert refused.value.problems[0].code == "benchmark-other"
    assert install_benchmark(tmp_path / "a.zip", tmp_path / "packs")[1] is False


def test_an_installed_pack__comes_with_the_pack_of_its_trade_and_leaves_its_digest(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "shipped")
    roots = (tmp_path / "packs", folder.parent)
    before = load_once(folder, roots).pack
    install_benchmark(benchmark(tmp_path / "a.zip"), tmp_path / "packs")
    after = load_once(folder, roots).pack
    assert before is not None and after is not None
    assert (before.counted, before.digest) == ((), after.digest)
    [counted] = after.counted
    assert [found.cell.n for found in counted.narrowing("N1", "self", "small", "520300")] == [12, 40]
    assert [head.version for _, head in installed_heads(roots)] == ["2026.1"]

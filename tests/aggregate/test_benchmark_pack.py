"""Benchmark packs from intake to field: true figures, no names, and no two packs that expose a firm."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from assessor.aggregate.contributors import read_record
from assessor.cli import main
from assessor.commands import Places
from assessor.commands.benchmarks import import_benchmarks, list_benchmarks, publish_benchmarks
from assessor.errors import UserError
from assessor.pack.counted import Cell
from assessor.pack.counted_file import read_benchmark
from tests.aggregate.attack import Row, exposed
from tests.aggregate.booths import Booth, finished, firm_code
from tests.aggregate.firms import Sender

TOWNS = ("520102", "520302", "520203")


def crowd(count: int = 60, first: int = 0) -> list[Booth]:
    """Small and medium firms in three prefectures, the third with few."""
    firms = []
    for number in range(first, first + count):
        town = TOWNS[2] if number % 15 == 0 else TOWNS[number % 2]
        size = "medium" if number % 5 == 0 else "small"
        firms.append(Booth(number, size, town, level=number % 4, figure=float(number % 17)))  # type: ignore[arg-type]
    return firms


def published(here: Places, out: Path, file: Path, **how: object) -> Sequence[Cell]:
    publish_benchmarks(here, out, file, **how)  # type: ignore[arg-type]
    return read_benchmark(file).cells["valid"]


def cell(found: Sequence[Cell], of: str, size: str = "", region: str = "", mode: str = "self") -> Cell:
    return next(one for one in found if one.place == (of, mode, size, region))


def test_figures__are_those_of_the_firms(office: Places, sender: Sender, tmp_path: Path) -> None:
    firms = crowd()
    found = published(office, finished(sender, firms, tmp_path / "out"), tmp_path / "a.zip")
    whole = cell(found, "N1")
    figures = [one.figure for one in firms]
    assert (whole.n, whole.mean) == (60, Decimal(str(round(float(np.mean(figures)), 1))))
    assert whole.p == tuple(Decimal(f"{one:.2g}") for one in np.percentile(figures, (10, 25, 50, 75, 90)))
    small = [one.level for one in firms if one.size == "small"]
    floors = cell(found, "T1", "small")
    assert floors.n == len(small)
    for one in floors.bins:
        share = sum(one.low <= level <= one.high for level in small) / len(small)
        assert float(one.share) == pytest.approx(share, abs=1e-4)
    town = cell(found, "N1", "small", "520100")
    assert town.n == sum(one.size == "small" and one.town == "520102" for one in firms)
    assert cell(found, "small.score").n == 60


def test_self_assessed_and_on_site__are_told_apart(office: Places, sender: Sender, tmp_path: Path) -> None:
    seen = [replace(one, mode="onsite", figure=99.0 - one.number % 9) for one in crowd(20, 100)]
    found = published(office, finished(sender, [*crowd(), *seen], tmp_path / "out"), tmp_path / "a.zip")
    assert (cell(found, "N1").n, cell(found, "N1", mode="onsite").n) == (60, 20)
    assert max(cell(found, "N1").p or ()) < 20 < min(cell(found, "N1", mode="onsite").p or ())


def test_sites_and_firms_elsewhere__are_no_more_firms(office: Places, sender: Sender, tmp_path: Path) -> None:
    """Five sites of one firm are one firm; firms outside the province are told by their own province."""
    sites = [Booth(1, site=f"厂区{at}") for at in range(5)]
    away = [Booth(number, town="510104") for number in range(500, 520)]
    out = finished(sender, [*crowd(12), *sites, *away], tmp_path / "out")
    done = publish_benchmarks(office, out, tmp_path / "a.zip")
    assert (cell(read_benchmark(tmp_path / "a.zip").cells["valid"], "N1").n, done.away) == (12, 20)


def test_the_pack__holds_no_firm_and_says_what_it_guarantees(
    office: Places, sender: Sender, tmp_path: Path
) -> None:
    firms = crowd()
    publish_benchmarks(office, finished(sender, firms, tmp_path / "out"), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    for text in texts.values():
        assert "虚构企业1" not in text
        assert not any(firm_code(one) in text for one in firms)
    assert "少于 5 家企业的数字不给" in texts["README.txt"] and "p% 规则" in texts["README.txt"]
    assert "不保证的" in texts["README.txt"] and "含虚构企业" in texts["README.txt"]
    head = json.loads(texts["publication.json"])
    assert head["rules"] == {
        "min_group": 5,
        "min_percentile": 10,
        "dominance": "p-percent",
        "dominance_pct": 15,
    }


def test_one_giant__takes_the_mean_with_it(office: Places, sender: Sender, tmp_path: Path) -> None:
    firms = [replace(one, figure=1.0) for one in crowd()]
    giant = [replace(firms[0], figure=1000.0), *firms[1:]]
    fair = published(office, finished(sender, firms, tmp_path / "fair"), tmp_path / "fair.zip")
    found = published(office, finished(sender, giant, tmp_path / "out"), tmp_path / "a.zip")
    assert cell(fair, "N1").mean == 1
    assert all(one.mean is None for one in found if one.of == "N1" and not one.size)
    assert cell(found, "N1").p is not None


# -- attacks -------------------------------------------------------------------------------------


def rows_of(found: Sequence[Cell], firms: Sequence[Booth], of: str, numbers: Sequence[int]) -> list[Row]:
    """Every count of a question as a row over firms: sizes of groups, and levels within them."""
    by_number = {one.number: one for one in firms}
    rows = []
    for one in (each for each in found if each.of == of):
        for low, high in [(0, 4), *((each.low, each.high) for each in one.bins)]:
            inside = [
                (firm := by_number.get(number)) is not None
                and one.size in ("", firm.size)
                and one.region in ("", f"{firm.town[:4]}00")
                and low <= firm.level <= high
                for number in numbers
            ]
            rows.append(np.array(inside, dtype=np.int64))
    return rows


CHANGES: dict[str, Callable[[list[Booth]], list[Booth]]] = {
    "one more": lambda firms: [*firms, Booth(900, level=4, figure=3.0)],
    "one less": lambda firms: firms[:-1],
    "one moves up": lambda firms: [replace(firms[0], level=(firms[0].level + 1) % 4), *firms[1:]],
    "one in another town": lambda firms: [*firms[:-1], replace(firms[-1], town=TOWNS[2])],
    "six more": lambda firms: [*firms, *(Booth(900 + at, level=at % 3, figure=float(at)) for at in range(6))],
}


@pytest.mark.parametrize("name", CHANGES)
def test_two_publications__expose_nobody(office: Places, sender: Sender, tmp_path: Path, name: str) -> None:
    """The same folder, published, changed by a firm or a few, published again."""
    before = crowd()
    now = CHANGES[name](before)
    first = published(office, finished(sender, before, tmp_path / "out"), tmp_path / "a.zip")
    changed = finished(sender, now, tmp_path / "out")
    if name in ("one more", "one less"):
        with pytest.raises(UserError) as refused:
            publish_benchmarks(office, changed, tmp_path / "b.zip")
        assert refused.value.problems[0].code == "benchmark-too-close"
        return
    second = published(office, changed, tmp_path / "b.zip")
    assert cell(second, "N1").n == len(now)
    numbers = sorted({one.number for one in (*before, *now)})
    for of in ("N1", "T1"):
        rows = [*rows_of(first, before, of, numbers), *rows_of(second, now, of, numbers)]
        assert not exposed(rows, numbers, 5, most=2)


def test_without_the_record__the_same_attack_finds_the_firm(
    office: Places, sender: Sender, tmp_path: Path
) -> None:
    """The attacker of these tests is no straw man: two packs that know nothing of each other tell."""
    before = crowd()
    now = CHANGES["one more"](before)
    first = published(office, finished(sender, before, tmp_path / "one"), tmp_path / "a.zip")
    second = published(office, finished(sender, now, tmp_path / "two"), tmp_path / "b.zip")
    numbers = [one.number for one in now]
    rows = [*rows_of(first, before, "T1", numbers), *rows_of(second, now, "T1", numbers)]
    assert exposed(rows, numbers, 5, most=2)


def test_one_publication__exposes_nobody(office: Places, sender: Sender, tmp_path: Path) -> None:
    firms = crowd()
    found = published(office, finished(sender, firms, tmp_path / "out"), tmp_path / "a.zip")
    numbers = [one.number for one in firms]
    for of in ("N1", "T1"):
        assert not exposed(rows_of(found, firms, of, numbers), numbers, 5, most=3)


def test_an_earlier_pack_of_another_intake__needs_its_record(
    office: Places, sender: Sender, tmp_path: Path
) -> None:
    first = finished(sender, crowd(), tmp_path / "first")
    publish_benchmarks(office, first, tmp_path / "packs.zip")
    second = finished(sender, CHANGES["one moves up"](crowd()), tmp_path / "second")
    with pytest.raises(UserError) as refused:
        publish_benchmarks(office, second, tmp_path / "b.zip", earlier=[tmp_path / "packs.zip"])
    assert refused.value.problems[0].code == "benchmark-record-missing"
    assert not (tmp_path / "b.zip").exists()
    [record] = (first / "publications").iterdir()
    alone = publish_benchmarks(office, second, tmp_path / "alone.zip")
    [own] = (second / "publications").iterdir()
    own.unlink()
    with_record = publish_benchmarks(office, second, tmp_path / "b.zip", earlier=[record])
    assert (alone.earlier, with_record.earlier) == (0, 1)
    assert with_record.cells < alone.cells


def test_the_record__stays_at_the_agency_without_names(
    office: Places, sender: Sender, tmp_path: Path
) -> None:
    out = finished(sender, crowd(), tmp_path / "out")
    done = publish_benchmarks(office, out, tmp_path / "a.zip")
    [file] = (out / "publications").iterdir()
    before = read_record(file)
    assert before.digest == done.digest and done.digest[:12] in file.name
    assert before.told["valid", "self", "N1"].sizes
    assert firm_code(Booth(1)).encode() not in file.read_bytes()
    again = publish_benchmarks(office, out, tmp_path / "b.zip")
    assert (again.head.version, again.earlier, again.cells) == ("2026.2", 1, done.cells)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--k", "2"], "benchmark-least"),
        (["--k", "200"], "benchmark-too-few"),
        (["--earlier", "gone.zip"], "file-missing"),
    ],
)
def test_what_cannot_be_published__is_refused_and_leaves_nothing(
    office: Places,
    sender: Sender,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    reason: str,
) -> None:
    monkeypatch.setattr("assessor.commands.places", lambda data=None: office)
    out = finished(sender, crowd(20), tmp_path / "out")
    assert main(["benchmark", "publish", str(out), "-o", str(tmp_path / "a.zip"), *arguments]) == 2
    assert f"[{reason}]" in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists() and not (out / "publications").exists()


def test_a_folder_that_is_no_intake__is_refused(office: Places, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        publish_benchmarks(office, tmp_path, tmp_path / "a.zip")
    assert refused.value.problems[0].code == "benchmark-no-intake"


def test_k__is_kept_by_every_cell(office: Places, sender: Sender, tmp_path: Path) -> None:
    out = finished(sender, crowd(), tmp_path / "out")
    found = published(office, out, tmp_path / "a.zip", least=12)
    assert min(one.n for one in found) >= 12


# -- into the field ------------------------------------------------------------------------------


def test_an_imported_pack__is_listed_and_the_newest_is_used(
    office: Places, sender: Sender, tmp_path: Path
) -> None:
    out = finished(sender, crowd(), tmp_path / "out")
    for name in ("a", "b"):
        publish_benchmarks(office, out, tmp_path / f"{name}.zip")
        assert import_benchmarks(office, tmp_path / f"{name}.zip")[1] is True
    assert import_benchmarks(office, tmp_path / "a.zip")[1] is False
    here = Places(office.data, (office.data / "packs", *office.packs))
    assert [(one.head.version, one.used) for one in list_benchmarks(here)] == [
        ("2026.2", True),
        ("2026.1", False),
    ]
    assert list_benchmarks(here)[0].firms == (("valid", "self", 60),)

"""Invented firms as the workbooks an agency receives.

python bench/firms/workbooks.py PACK COUNT FOLDER [--seed N] [--workers N]
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from assessor import commands  # noqa: E402  # the checkout, not an installed copy
from assessor.exchange.write import write_workbook  # noqa: E402
from bench.firms.firm import draw  # noqa: E402

_SHARE = 16
"""Firms that a worker takes at a time."""


def write_workbooks(
    pack_id: str, count: int, folder: Path, seed: int = 1, workers: int = 1
) -> Sequence[Path]:
    """`count` workbooks in `folder`, named by code and firm; firm by firm the same for any `workers`."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, count, _SHARE)
    sizes = [min(_SHARE, count - start) for start in starts]
    jobs = (repeat(pack_id), starts, sizes, repeat(folder), repeat(seed))
    if workers == 1:
        return [path for found in map(_write, *jobs) for path in found]
    with ProcessPoolExecutor(workers) as pool:
        return [path for found in pool.map(_write, *jobs) for path in found]


def _write(pack_id: str, first: int, count: int, folder: Path, seed: int) -> list[Path]:
    pack = commands.get_pack(commands.places(), pack_id)
    written = []
    for answers in draw(pack, count, seed, first=first):
        path = folder / f"{answers.fact('uscc')}-{answers.fact('name')}.xlsx"
        write_workbook(path, pack, answers, digest=pack.digest, uid=path.stem)
        written.append(path)
    return written


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="write invented firms as workbooks")
    parser.add_argument("pack")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    return parser


if __name__ == "__main__":
    given = _parser().parse_args()
    print(len(write_workbooks(given.pack, given.count, given.folder, given.seed, given.workers)))

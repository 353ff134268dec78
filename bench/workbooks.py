"""Filled workbooks of invented firms (虚构): what an agency finds in its inbox."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np

from assessor.answers.firm import inner_check_character, uscc_check_character
from assessor.answers.model import Answers, Value
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from bench.firms import draw

_SIZES = {"micro": (12, 500), "small": (90, 6_000), "medium": (430, 36_000)}


def invented_code(number: int) -> str:
    """A credit code of nobody: registered in region 000000, with right check characters."""
    inner = f"MB{number:06d}"
    body = f"91000000{inner}{inner_check_character(inner)}"
    return body + uscc_check_character(body)


def firms(packs: Sequence[Pack], count: int, seed: int = 1) -> Iterator[tuple[Pack, Answers]]:
    """So many firms, trade after trade, spread over the places of the province."""
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = [draw(pack, count // len(packs) + 1, seed + place) for place, pack in enumerate(packs)]
    for number in range(count):
        pack = packs[number % len(packs)]
        yield pack, _with_facts(pack, next(drawn[number % len(packs)]), number, rng)


def _with_facts(pack: Pack, answers: Answers, number: int, rng: np.random.Generator) -> Answers:
    places = sorted(code for code in pack.regions.regions if not code.endswith("00"))
    weights = np.linspace(3, 0.2, len(places))
    employees = int(answers.firm["employees"])  # type: ignore[call-overload]
    size = "micro" if employees < 20 else "small" if employees < 300 else "medium"
    people, revenue = _SIZES[size]
    known = {fact.id for fact in pack.facts}
    facts: dict[str, Value] = {
        **{key: value for key, value in answers.firm.items() if key in known},
        "name": f"虚构{number:05d}有限公司",
        "uscc": invented_code(number),
        "site": "本部",
        "industry_code": pack.manifest.industries[0] if pack.manifest.industries else "1439",
        "region_code": str(rng.choice(places, p=weights / weights.sum())),
        "employees": Decimal(people),
        "revenue_wan": Decimal(int(revenue * float(rng.uniform(0.6, 1.6)))),
    }
    day = f"2026-{int(rng.integers(3, 10)):02d}-{int(rng.integers(1, 29)):02d}"
    return replace(answers, firm=facts, date=day, campaign="2026", mode="self")


def write(packs: Sequence[Pack], count: int, folder: Path, seed: int = 1) -> None:
    """So many workbooks in a folder, a subfolder for each hundred."""
    for number, (pack, answers) in enumerate(firms(packs, count, seed)):
        path = folder / f"{number // 100:03d}" / f"{pack.id}-{number:05d}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(workbook_bytes(pack, answers, digest=pack.digest))

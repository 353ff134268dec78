"""A finished intake made without files: firms of chosen sizes, towns and answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from assessor.aggregate.database import intake, write_database
from assessor.aggregate.decide import Item, Rules, decide
from assessor.aggregate.record import Assessed, Taken
from assessor.aggregate.take import assess
from assessor.answers.firm import Size
from assessor.answers.model import Answer, Mode, Value
from tests.aggregate.firms import Sender, code


@dataclass(frozen=True)
class Booth:
    """One firm: where it is and what it says."""

    number: int
    size: Size | None = "small"
    town: str = "520102"
    level: int = 2
    figure: float = 7.5
    mode: Mode = "self"
    campaign: str = "2026"
    site: str = ""
    grade: int | None = None
    """The level of its first verdict, where a test wants to choose it."""


def said(sender: Sender, one: Booth) -> Assessed:
    """What the intake keeps of a firm."""
    answers = sender.answers(one.number, campaign=one.campaign, mode=one.mode, level=one.level)
    value = Decimal(str(one.figure))
    items = {**answers.items, "N1": Answer(value=value, verified=value if one.mode == "onsite" else None)}
    facts: Mapping[str, Value] = {**answers.firm, **({"site": one.site} if one.site else {})}
    found = assess(sender.pack, replace(answers, items=items, firm=facts))
    verdicts = found.verdicts
    if one.grade is not None:
        first = replace(verdicts[0], level_low=one.grade, level_high=one.grade)
        verdicts = (first, *verdicts[1:])
    return replace(found, size=one.size, region_code=one.town, verdicts=verdicts)


def finished(sender: Sender, firms: Iterable[Booth], out: Path, campaign: str = "2026") -> Path:
    """The output folder of an intake of these firms, as `aggregate` leaves its database."""
    out.mkdir(parents=True, exist_ok=True)
    labels = {f"{one.number:05}-{one.mode}-{one.site}.xlsx": one for one in firms}
    items = [
        Item(label, Taken(f"{at:064d}", "accepted", assessed=said(sender, one)))
        for at, (label, one) in enumerate(labels.items())
    ]
    with intake(out, "test", resume=False) as rows:
        for item in items:
            rows.add(item.taken)
        write_database(out / "intake.db", rows, decide(items, Rules(campaign)), "test", campaign)
    return out


def firm_code(one: Booth) -> str:
    """Its credit code."""
    return code(one.number)

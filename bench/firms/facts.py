"""Who is the firm? Name, code, place, size and what stands in the plant, all of it invented."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assessor.answers.firm import Size, inner_check_character, uscc_check_character
from assessor.answers.model import Answers, Value
from assessor.answers.state import lookup_in
from assessor.answers.value import parse_value
from assessor.pack.condition import holds
from bench.firms.latent import Latent
from bench.firms.plan import Kind, Plan

_HEADS: Mapping[Size, tuple[int, int]] = {"micro": (4, 19), "small": (22, 290), "medium": (302, 900)}
_REVENUE: Mapping[Size, tuple[int, int]] = {
    "micro": (60, 2600),
    "small": (400, 39000),
    "medium": (3000, 90000),
}
_NOUNS = {"tires": "轮胎", "chemicals": "化工", "liquor": "酒业", "common": "制造"}


def facts(plan: Plan, kind: Kind, size: Size, luck: Latent, number: int) -> dict[str, Value]:
    """The facts of firm `number`, those that do not apply left out."""
    firm = _identity(plan, kind, size, luck, number)
    for fact in plan.pack.facts:
        if fact.id in firm or fact.id not in kind.facts:
            continue
        lookup = lookup_in(Answers(plan.pack.id, plan.pack.version, firm, {}))
        if holds(fact.ask_if, lookup) is not True:
            continue
        value, problems = parse_value(fact, chosen(kind.facts[fact.id], size, luck), lookup)
        assert not problems, list(map(str, problems))
        if value is not None:
            firm[fact.id] = value
    return firm


def _identity(plan: Plan, kind: Kind, size: Size, luck: Latent, number: int) -> dict[str, Value]:
    regions = [code for code in plan.pack.regions.regions if code.startswith("52") and code[4:] != "00"]
    region = luck.one_of(regions)
    low, high = _HEADS[size]
    heads = int(low * (high / low) ** luck.uniform())
    least, most = _REVENUE[size]
    revenue = min(max(heads * luck.uniform(*plan.per_head), least), most)
    return {
        "name": f"虚构{plan.pack.regions.regions[region]}{_NOUNS.get(plan.pack.id, '制造')}{number:05}号厂",
        "uscc": invented_code(number),
        "site": "本部",
        "industry_code": luck.one_of(kind.industries),
        "region_code": region,
        "employees": Decimal(heads),
        "revenue_wan": Decimal(int(revenue)),
        "founded": Decimal(luck.whole(1988, 2022)),
    }


def invented_code(number: int) -> str:
    """A credit code with right check characters that no real firm has: registered in region 000000."""
    body = f"{30_000_000 + number % 60_000_000:08}"
    start = f"91000000{body}{inner_check_character(body)}"
    return start + uscc_check_character(start)


def chosen(raw: Any, size: Size, luck: Latent) -> Any:
    """A value as `kinds.yaml` words it: itself, one of several, a range, a chance, or one by size."""
    if not isinstance(raw, dict):
        return raw
    ((how, what),) = raw.items()
    match how:
        case "one_of":
            return luck.one_of(what)
        case "range":
            return luck.whole(int(what[0]), int(what[1]))
        case "chance":
            return luck.chance(float(what))
        case "size":
            return chosen(what[size], size, luck)
    raise ValueError(f"kinds.yaml: {raw}")

"""A firm whose answers decide on policies, and policies made for one test each."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from assessor.answers.model import Answer, Answers, Value
from assessor.pack.model import Pack
from assessor.pack.policy import Pay, Policy

FACTS: Mapping[str, Value] = {
    "region_code": "520382",
    "industry_code": "1512",
    "employees": Decimal(120),
    "revenue_wan": Decimal(6000),
}
PLAIN: Mapping[str, Any] = {
    "id": "policy.T-1",
    "title": "补助",
    "issuer": "某局",
    "region": "520000",
    "kind": "fund",
    "about": "补助",
    "from": "2026-01-01",
    "to": "2026-12-31",
    "status": "active",
    "checked": "2026-01-02",
    "apply": {"mode": "window"},
    "cite": {"source": "own.wording", "kind": "expert", "sure": "own"},
}
SHARE: Mapping[str, Any] = {
    "kind": "share",
    "rate": Decimal("0.3"),
    "base": "投入",
    "cap_wan": 50,
    "cap_per": "project",
    "pays_for": {"every": True},
}

_PAY: TypeAdapter[Any] = TypeAdapter(Pay)


def pay(**fields: Any) -> Any:
    """One item of a policy."""
    return _PAY.validate_python(fields)


def policy(**fields: Any) -> Policy:
    """A policy of the province in force in 2026 that pays 30 %, at most 500,000 yuan a project."""
    return Policy.model_validate({**PLAIN, "pays": [SHARE], **fields})


def with_policies(pack: Pack, *policies: Policy) -> Pack:
    """The pack with these policies and no others."""
    return replace(pack, policies=policies)


def firm(pack: Pack, facts: Mapping[str, Value] | None = None, **answers: Value) -> Answers:
    """A small liquor maker in Renhuai; `answers` by question with `_` for a point."""
    items = {key.replace("_", "."): Answer(value) for key, value in answers.items()}
    return Answers(pack.id, pack.version, {**FACTS, **(facts or {})}, items, date="2026-05-20")

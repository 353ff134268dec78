"""What is wrong with policies and platforms? Dates against status, units, names that lead nowhere."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor.errors import Problem
from assessor.pack.check import Check, Checked, condition_problems
from assessor.pack.draft import PLATFORMS, POLICIES
from assessor.pack.platform import Platform
from assessor.pack.policy import (
    COUNTRY,
    Credit,
    Deduction,
    Fixed,
    Interest,
    Pay,
    PaysFor,
    Policy,
    Share,
    TaxRate,
    first_day,
    last_day,
)
from assessor.pack.question import option_ids
from assessor.words import _

_MOST_WAN = 100_000
"""No firm is paid a billion yuan; a figure above this was written in yuan."""


def _key(record: Policy | Platform) -> str:
    return f"{POLICIES if isinstance(record, Policy) else PLATFORMS} {record.id}"


def _records(checked: Checked) -> Iterator[Policy | Platform]:
    yield from checked.pack.policies
    yield from checked.pack.platforms.platforms


def written_once(checked: Checked) -> Iterator[Problem]:
    """An id stands once in a file; a record of the same id in another pack is a newer one."""
    for key, places in checked.places.items():
        name, _, id_ = key.partition(" ")
        if name not in (POLICIES, PLATFORMS) or not id_:
            continue
        files = [place.rsplit(":", 2)[0] for place in places]
        for index, file in enumerate(files):
            if file in files[:index]:
                values = {"id": id_, "other": places[files.index(file)]}
                yield Problem("policy-twice", places[index], values)


def sources(checked: Checked) -> Iterator[Problem]:
    """Every record names entries of `sources.yaml`."""
    for record in _records(checked):
        for name in record.cite.source:
            if name not in checked.pack.sources:
                yield checked.problem("pack-source-unknown", _key(record), source=name)


def conditions(checked: Checked) -> Iterator[Problem]:
    """Who gets it is told by facts and questions that are asked, by codes that exist."""
    for record in _records(checked):
        if record.when is not None:
            yield from condition_problems(checked, _key(record), record.when)
        if not _is_region(checked, record.region):
            yield Problem("region-code", checked.where(_key(record)), {"code": record.region})
        for code in record.industries:
            if not _is_industry(checked, code):
                values = {"id": record.id, "code": code}
                yield Problem("policy-industry", checked.where(_key(record)), values)


def _is_region(checked: Checked, code: str) -> bool:
    regions = checked.pack.regions
    listed = {key[:2] for key in regions.regions}
    known = code[:2] in regions.provinces and (code[:2] not in listed or code in regions.regions)
    return code == COUNTRY or known or (code.endswith("0000") and code[:2] in regions.provinces)


def _is_industry(checked: Checked, code: str) -> bool:
    industries = checked.pack.industries
    if len(code) == 2:
        return code in industries.divisions
    return any(key.startswith(code) for key in industries.industries)


# -- dates -----------------------------------------------------------------------------------------


def dates(checked: Checked) -> Iterator[Problem]:
    """An end is not before its beginning, and what is said of a day agrees with the day it was looked at."""
    for record in _records(checked):
        begins = first_day(record.from_) if record.from_ else None
        ends = last_day(record.to) if record.to else None
        if begins and ends and ends < begins:
            reason = _("{to} 早于 {begins}").format(to=record.to, begins=record.from_)
            yield checked.problem("policy-dates", _key(record), id=record.id, reason=reason)
        reason = _status_fault(record)
        if reason:
            values = {"id": record.id, "status": record.status, "reason": reason}
            yield checked.problem("policy-status", _key(record), **values)


def _status_fault(record: Policy | Platform) -> str:
    """Why the status can't be what was found on the day `checked`; empty when it can."""
    seen = first_day(record.checked)
    begins = first_day(record.from_) if record.from_ else None
    ends = last_day(record.to) if record.to else None
    over = ends is not None and ends < seen
    match record.status:
        case "active" if over:
            return _("可是 {to} 已经到期（核对日期 {checked}）").format(to=record.to, checked=record.checked)
        case "active" if begins and begins > seen:
            return _("可是 {begins} 才开始（核对日期 {checked}）").format(
                begins=record.from_, checked=record.checked
            )
        case "announced" if begins and begins <= seen:
            return _("可是 {begins} 已经开始（核对日期 {checked}）").format(
                begins=record.from_, checked=record.checked
            )
        case "lapsed" if not over and not getattr(record, "replaced_by", ""):
            return _("却没有写早于核对日期的 to，也没有写 replaced_by")
        case "unknown" if over:
            return _("可是 {to} 已经到期，应为 lapsed").format(to=record.to)
    return ""


# -- money -----------------------------------------------------------------------------------------


def units(checked: Checked) -> Iterator[Problem]:
    """A rate is a fraction; money is in 10,000 yuan."""
    for policy in checked.pack.policies:
        for pay in policy.pays:
            for rate in _rates(pay):
                if rate > 1:
                    yield checked.problem("policy-rate", _key(policy), id=policy.id, value=rate)
            for amount in _amounts(pay):
                if amount > _MOST_WAN:
                    yield checked.problem("policy-money", _key(policy), id=policy.id, value=amount)


def _rates(pay: Pay) -> Sequence[Decimal]:
    match pay:
        case Share():
            found = (pay.rate, pay.rate_min)
        case Interest():
            found = (pay.points, None)
        case Credit():
            found = (pay.rate, pay.base_share)
        case Deduction():
            return (pay.rate, *(pay.worth.rates.values() if pay.worth else ()))
        case TaxRate():
            found = (pay.rate, None)
        case _:
            found = (None, None)
    return [rate for rate in found if rate is not None]


def _amounts(pay: Pay) -> Sequence[Decimal]:
    match pay:
        case Share():
            return [amount for amount in (pay.cap_wan, *pay.level_caps_wan.values()) if amount is not None]
        case Fixed():
            found = (pay.amount_wan, pay.low_wan, pay.high_wan, *pay.sizes_wan.values())
            return [amount for amount in found if amount is not None]
        case Interest():
            return [amount for amount in (pay.loan_cap_wan, pay.cap_wan) if amount is not None]
        case _:
            return []


# -- names -----------------------------------------------------------------------------------------


def references(checked: Checked) -> Iterator[Problem]:
    """Policies name policies, models, options and actions that exist, and not themselves."""
    known = {policy.id for policy in checked.pack.policies}
    for policy in checked.pack.policies:
        named = {
            "adds_to": policy.stack.adds_to,
            "not_with": policy.stack.not_with,
            "replaced_by": (policy.replaced_by,) if policy.replaced_by else (),
        }
        for field, ids in named.items():
            for id_ in ids:
                if id_ == policy.id:
                    yield checked.problem("policy-self", _key(policy), id=policy.id, field=field)
                elif id_ not in known:
                    yield checked.problem("pack-unknown-id", _key(policy), id=id_)
        for pay in policy.pays:
            yield from _of_pay(checked, policy, pay)


def _of_pay(checked: Checked, policy: Policy, pay: Pay) -> Iterator[Problem]:
    if isinstance(pay, Share) and pay.model and pay.model not in {one.id for one in checked.pack.models}:
        yield checked.problem("pack-unknown-id", _key(policy), id=pay.model)
    if isinstance(pay, Share | Fixed) and pay.pays_for is not None:
        yield from _actions(checked, policy, pay.pays_for)
    if isinstance(pay, Deduction) and pay.worth is not None:
        question = checked.pack.items.get(pay.worth.of)
        if question is None:
            yield checked.problem("pack-unknown-id", _key(policy), id=pay.worth.of)
            return
        options = option_ids(question)
        for option in pay.worth.rates:
            if option not in options:
                values = {"id": question.id, "option": option, "known": _("、").join(options)}
                yield checked.problem("pack-unknown-option", _key(policy), **values)


def _actions(checked: Checked, policy: Policy, pays_for: PaysFor) -> Iterator[Problem]:
    """Actions of other trades can't be looked up here, only those of the packs that are read."""
    known = {action.id for action in checked.pack.actions}
    manifest = checked.pack.manifest
    here = {manifest.id, manifest.overlays, *manifest.depends}
    for name in (*pays_for.actions, *pays_for.except_):
        if name not in known and name.split(".")[0] in here:
            yield checked.problem("pack-unknown-id", _key(policy), id=name)


def comparators(checked: Checked) -> Iterator[Problem]:
    """The rule of another place can't be asked for, added up or paid."""
    for policy in checked.pack.policies:
        if not policy.comparator:
            continue
        paid = any(isinstance(pay, Share | Fixed) and pay.pays_for for pay in policy.pays)
        stacked = policy.stack.adds_to or policy.stack.not_with
        for field, given in {"pays_for": paid, "stack": stacked, "ask": policy.ask}.items():
            if given:
                yield checked.problem("policy-comparator", _key(policy), id=policy.id, field=field)


POLICY_CHECKS: tuple[Check, ...] = (
    written_once,
    sources,
    conditions,
    dates,
    units,
    references,
    comparators,
)

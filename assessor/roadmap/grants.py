"""How much of a plan's cost do grants carry? Only what is certain, by the rules of the roadmap.

Rules: a policy counts when it is certain on every day asked about (`assessor.roadmap.eligibility`), gives
rate and cap or a sum, and says which actions it pays for. One action is paid by one policy, the highest,
unless the records allow adding; never above a cap, never above the cost. Policies that exclude each other
are never drawn together. Money is whole tenths of 10,000 yuan, rounded down.

The claim found is one that the rules allow. Where several capped policies compete for the same actions
another claim may be a little higher; none that is promised here can be refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from assessor.answers.firm import size_class
from assessor.answers.model import Answers
from assessor.pack.action import Action
from assessor.pack.model import Pack
from assessor.pack.policy import Fixed, PaysFor, Policy, Share
from assessor.pack.reference import Size
from assessor.roadmap.eligibility import supports
from assessor.roadmap.formula import fixed_amount, share_amount, share_cap, terms_known

TENTHS = 10
"""Units of money in 10,000 yuan."""
Days = date | Mapping[str, Sequence[date]]
"""The day on which all is paid, or for each action the days on which a policy must hold to pay for it."""
_FIRM_WIDE = ("firm", "firm-year")


@dataclass(frozen=True, slots=True)
class Grant:
    """Money for one action from one policy, in tenths of 10,000 yuan."""

    action: str
    policy: str
    amount: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be drawn for a set of actions. `total` is the sum of `grants`."""

    grants: tuple[Grant, ...] = ()

    @property
    def total(self) -> int:
        """All of it, in tenths of 10,000 yuan."""
        return sum(grant.amount for grant in self.grants)

    def of(self, action: str) -> int:
        """What goes to one action."""
        return sum(grant.amount for grant in self.grants if grant.action == action)


NO_CLAIM = Claim()


@dataclass(frozen=True, slots=True)
class Offer:
    """One item of a certain policy: `amounts` by action before any cap over the whole firm.

    `cap`: most that the item pays the firm (in a year, for `yearly`; all actions asked about are taken to
    be paid in the year of the day); None where there is none. Items of one `purse` draw on one cap.
    """

    policy: Policy
    purse: str
    amounts: Mapping[str, int]
    cap: int | None = None
    yearly: bool = False


def grants(pack: Pack, answers: Answers, days: Days, costs: Mapping[str, int], *, level: int = 0) -> Claim:
    """The claim for actions paid for on these days. `costs`: action id → cost in tenths of 10,000 yuan.

    `level`: the level of the ministry's model the firm is sure to reach, where a cap hangs on it; 0 for
    none. Give all actions that share a year or a plan in one call: caps are over all of them.
    """
    found = offers(pack, answers, days, costs, level=level)
    claims = [_claim(choice, costs) for choice in _compatible(found)]
    return max(claims, key=lambda claim: claim.total, default=Claim())


def offers(
    pack: Pack, answers: Answers, days: Days, costs: Mapping[str, int], *, level: int = 0
) -> tuple[Offer, ...]:
    """Every item of a certain policy that pays for one of the actions; nothing is chosen yet."""
    actions = [action for action in pack.actions if costs.get(action.id, 0) > 0]
    spent = _Spent(tuple(actions), costs, size_class(answers), level)
    payable = _payable(pack, answers, days, [action.id for action in actions])
    found = [
        _offer(policy, index, pay, spent, payable[policy.id])
        for policy in pack.policies
        for index, pay in enumerate(policy.pays)
        if isinstance(pay, Share | Fixed) and terms_known(pay)
    ]
    return tuple(offer for offer in found if any(offer.amounts.values()))


def _payable(
    pack: Pack, answers: Answers, days: Days, actions: Sequence[str]
) -> Mapping[str, frozenset[str]]:
    """Policy → the actions on all of whose days it is certain."""
    needed = {action: (days,) if isinstance(days, date) else days.get(action, ()) for action in actions}
    certain = {
        day: {one.policy.id for one in supports(pack, answers, day) if one.state == "certain"}
        for day in {day for each in needed.values() for day in each}
    }
    return {
        policy.id: frozenset(
            action
            for action, each in needed.items()
            if each and all(policy.id in certain[day] for day in each)
        )
        for policy in pack.policies
    }


def pays_for(rule: PaysFor | None, action: Action) -> bool:
    """Whether the money goes to this action; a policy that does not say goes to none."""
    if rule is None or action.id in rule.except_:
        return False
    return rule.every or action.kind in rule.kinds or action.id in rule.actions


@dataclass(frozen=True, slots=True)
class _Spent:
    """What is spent, and what of the firm decides on amounts."""

    actions: tuple[Action, ...]
    costs: Mapping[str, int]
    size: Size | None
    level: int


def _offer(policy: Policy, index: int, pay: Share | Fixed, spent: _Spent, payable: frozenset[str]) -> Offer:
    paid = [a.id for a in spent.actions if a.id in payable and pays_for(pay.pays_for, a)]
    amounts = {action: _amount(pay, spent.costs[action], spent) for action in paid}
    if isinstance(pay, Fixed):
        return Offer(policy, f"{policy.id} {index}", amounts, _tenths(fixed_amount(pay, spent.size)))
    wide = bool(pay.level_caps_wan) or pay.cap_per in _FIRM_WIDE
    cap = _tenths(share_cap(pay, spent.level)) if wide else None
    purse = f"{policy.id} {pay.cap_group or index}"
    return Offer(policy, purse, amounts, cap, yearly=pay.cap_per == "firm-year")


def _amount(pay: Share | Fixed, cost: int, spent: _Spent) -> int:
    """What one item gives one action, before caps over the whole firm."""
    if isinstance(pay, Fixed):
        return min(_tenths(fixed_amount(pay, spent.size)) or 0, cost)
    return _tenths(share_amount(pay, Fraction(cost, TENTHS), spent.level)) or 0


def _tenths(wan: Fraction | None) -> int | None:
    return None if wan is None else floor(wan * TENTHS)


def _compatible(found: Sequence[Offer]) -> Iterator[Sequence[Offer]]:
    """Every choice of offers none of which excludes another; as large as it can be."""
    for index, offer in enumerate(found):
        rivals = [other for other in found[index + 1 :] if _exclude(offer.policy, other.policy)]
        if rivals:
            yield from _compatible([one for one in found if one.policy.id != offer.policy.id])
            barred = {rival.policy.id for rival in rivals}
            yield from _compatible([one for one in found if one.policy.id not in barred])
            return
    yield found


def _exclude(one: Policy, other: Policy) -> bool:
    return other.id in one.stack.not_with or one.id in other.stack.not_with


def _claim(chosen: Sequence[Offer], costs: Mapping[str, int]) -> Claim:
    """Highest first; a further policy joins an action only where the records let it."""
    left = {offer.purse: offer.cap for offer in chosen if offer.cap is not None}
    policies = {offer.policy.id: offer.policy for offer in chosen}
    taken: dict[str, list[Grant]] = {action: [] for action in sorted(costs)}
    entries = [(amount, offer, action) for offer in chosen for action, amount in offer.amounts.items()]
    for amount, offer, action in sorted(entries, key=lambda each: (-each[0], each[1].purse, each[2])):
        held = taken[action]
        if not all(_adds(offer.policy, policies[grant.policy]) for grant in held):
            continue
        room = costs[action] - sum(grant.amount for grant in held)
        given = min(amount, room, left.get(offer.purse, room))
        if given > 0:
            held.append(Grant(action, offer.policy.id, given))
            if offer.purse in left:
                left[offer.purse] -= given
    return Claim(tuple(grant for each in taken.values() for grant in each))


def _adds(one: Policy, other: Policy) -> bool:
    return one.id != other.id and (other.id in one.stack.adds_to or one.id in other.stack.adds_to)

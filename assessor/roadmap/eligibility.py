"""Which support is there for this firm on this day: certain, possible, not for it, over, or of another place?

`supports(pack, answers, day)` judges every policy of the pack. Only what is certain may be added to
money; what is possible comes with what has to be asked and carries no amount into any sum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from assessor.answers.firm import current_region, size_class
from assessor.answers.model import Answers
from assessor.answers.rules import lookup_seen
from assessor.pack.condition import Condition, Lookup, holds
from assessor.pack.model import Pack
from assessor.pack.platform import Platform
from assessor.pack.policy import COUNTRY, Policy, first_day, last_day
from assessor.pack.reference import Size
from assessor.roadmap.formula import terms_known

State = Literal["certain", "possible", "not_for_you", "lapsed", "comparator"]

FRESH = timedelta(days=365)
"""How long a record without an end is believed after it was last checked (own judgement: terms of
yearly programmes change with the year)."""


OVER = ("over", "run-out", "replaced")
"""The reasons that say that a policy is a thing of the past."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a policy is not certain: a code of `words.SUPPORT`, the facts and questions it hangs on."""

    code: str
    ids: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Support:
    """One policy for one firm on one day. `ask` is what to ask an official, as it would be said."""

    policy: Policy
    state: State
    reasons: tuple[Reason, ...] = ()

    @property
    def ask(self) -> Sequence[str]:
        """What is open and stands in no question; empty unless the policy is possible."""
        return self.policy.ask if self.state == "possible" else ()


def supports(pack: Pack, answers: Answers, day: date) -> tuple[Support, ...]:
    """Every policy of the pack, in its order; answers count as seen on site, else as claimed."""
    seen = lookup_seen(pack, answers)
    size = size_class(answers)
    region = region_of(pack, answers)
    return tuple(_support(policy, _Firm(seen, size, region, answers), day) for policy in pack.policies)


def platforms_for(pack: Pack, answers: Answers, day: date) -> tuple[Platform, ...]:
    """The platforms whose terms do not exclude the firm, those of other places last."""
    firm = _Firm(lookup_seen(pack, answers), size_class(answers), region_of(pack, answers), answers)
    found = [one for one in pack.platforms.platforms if _may_connect(one, firm, day)]
    return tuple(sorted(found, key=lambda one: one.comparator))


def _may_connect(platform: Platform, firm: "_Firm", day: date) -> bool:
    over = platform.status == "lapsed" or (platform.to is not None and last_day(platform.to) < day)
    ahead = platform.from_ is not None and first_day(platform.from_) > day
    elsewhere = _in_region(firm.region, platform.region) is False and not platform.comparator
    other = _in_industry(firm.industry, platform.industries) is False
    return not (over or ahead or elsewhere or other or holds(platform.when, firm.seen) is False)


def region_of(pack: Pack, answers: Answers) -> str:
    """The firm's region by the codes now in force; empty while it is not known."""
    code = answers.fact("region_code")
    return current_region(code, pack.regions) if isinstance(code, str) else ""


# -- one policy ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Firm:
    seen: Lookup
    size: Size | None
    region: str
    answers: Answers

    @property
    def industry(self) -> str:
        code = self.answers.fact("industry_code")
        return code if isinstance(code, str) else ""


def _support(policy: Policy, firm: _Firm, day: date) -> Support:
    if policy.comparator:
        return Support(policy, "comparator")
    over = _over(policy, day)
    if over is not None:
        return Support(policy, "lapsed", (over,))
    against = _against(policy, firm)
    if against:
        return Support(policy, "not_for_you", against)
    open_ = (*_not_in_force(policy, day), *_unknown(policy, firm), *_untold(policy))
    return Support(policy, "possible" if open_ else "certain", open_)


def standing(policy: Policy, day: date) -> Reason | None:
    """Why the policy does not surely hold on the day, whoever asks; None when it does."""
    return _over(policy, day) or next(iter(_not_in_force(policy, day)), None)


def _over(policy: Policy, day: date) -> Reason | None:
    ends = policy.ends()
    if policy.status == "lapsed":
        return Reason("replaced", values={"by": policy.replaced_by}) if policy.replaced_by else Reason("over")
    return Reason("run-out") if ends is not None and ends < day else None


def _against(policy: Policy, firm: _Firm) -> tuple[Reason, ...]:
    """Everything that rules the firm out for sure."""
    found = []
    if policy.payee == "other":
        found.append(Reason("other-payee"))
    if _in_region(firm.region, policy.region) is False:
        found.append(Reason("region", ("region_code",)))
    if policy.sizes and firm.size is not None and firm.size not in policy.sizes:
        found.append(Reason("size", ("employees", "revenue_wan")))
    if _in_industry(firm.industry, policy.industries) is False:
        found.append(Reason("industry", ("industry_code",)))
    if holds(policy.when, firm.seen) is False:
        found.append(Reason("condition", _leaves(policy.when, firm.seen, outcome=False)))
    return tuple(found)


def _not_in_force(policy: Policy, day: date) -> tuple[Reason, ...]:
    """Why it is not sure that the policy holds on the day."""
    begins = policy.begins()
    if policy.status == "unknown":
        return (Reason("validity"),)
    if policy.status == "announced":
        return (Reason("announced"),)
    if begins is not None and begins > day:
        return (Reason("not-yet"),)
    if policy.to is None and day - first_day(policy.checked) > FRESH:
        return (Reason("stale"),)
    return ()


def _unknown(policy: Policy, firm: _Firm) -> tuple[Reason, ...]:
    """What of the firm is not known and decides."""
    ids: list[str] = []
    if _in_region(firm.region, policy.region) is None:
        ids.append("region_code")
    if policy.sizes and firm.size is None:
        ids += [item for item in ("employees", "revenue_wan") if firm.answers.fact(item) is None]
    if _in_industry(firm.industry, policy.industries) is None:
        ids.append("industry_code")
    if holds(policy.when, firm.seen) is None:
        ids += _leaves(policy.when, firm.seen, outcome=None)
    return (Reason("unanswered", tuple(dict.fromkeys(ids))),) if ids else ()


def _untold(policy: Policy) -> tuple[Reason, ...]:
    """What the record itself leaves open."""
    asked = (Reason("ask"),) if policy.ask else ()
    known = any(terms_known(pay) for pay in policy.pays)
    return asked if known else (*asked, Reason("terms"))


def _in_region(code: str, region: str) -> bool | None:
    """Whether a firm's region lies in a policy's; None when the firm's is not known well enough."""
    if region == COUNTRY:
        return True
    whole = _stem(region)
    if not code:
        return None
    if code.startswith(whole):
        return True
    return None if whole.startswith(_stem(code)) else False


def _stem(region: str) -> str:
    """The digits that all regions below share: 52 of 520000, 5201 of 520100."""
    return region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region


def _in_industry(code: str, industries: Sequence[str]) -> bool | None:
    if not industries:
        return True
    return any(code.startswith(prefix) for prefix in industries) if code else None


def _leaves(condition: Condition | None, seen: Lookup, *, outcome: bool | None) -> tuple[str, ...]:
    """The facts and questions whose comparison comes out as told, each once."""
    found = [leaf.of for leaf in condition.comparisons() if holds(leaf, seen) is outcome] if condition else []
    return tuple(dict.fromkeys(item for item in found if item))

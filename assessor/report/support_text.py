"""How is a policy said? Formula, period, reasons and ways in words, for paper and command line alike."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from assessor.pack.condition import Lookup
from assessor.pack.model import Pack
from assessor.pack.policy import (
    CapPer,
    Credit,
    Deduction,
    Fixed,
    Interest,
    Loan,
    Pay,
    Policy,
    Share,
    Spending,
    Status,
    TaxRate,
)
from assessor.report.wording import date_text, number_text, ordinal
from assessor.roadmap.eligibility import Reason, State, Support
from assessor.roadmap.formula import interest_saved, tax_credited, tax_saved
from assessor.words import SIZES, SUPPORT, _

STATES: dict[State, str] = {
    "certain": "能用",
    "possible": "先问清",
    "not_for_you": "不适用",
    "lapsed": "已失效",
    "comparator": "外地做法",
}
STATUSES: dict[Status, str] = {
    "active": "在执行",
    "lapsed": "已失效",
    "announced": "未施行",
    "unknown": "待核实",
}
_MODES = {
    "none": "免申即享",
    "instant": "即申即享",
    "window": "按通知申报",
    "tax": "报税时享受",
    "bank": "通过银行办理",
    "unknown": "",
}
_PER: dict[CapPer, str] = {
    "project": "每个项目",
    "firm": "每家企业",
    "firm-year": "每家企业每年",
    "order": "每笔订单",
    "unit": "每台（套）",
}
_SPENDING: dict[Spending, str] = {
    "software": "软件",
    "cloud": "云服务",
    "equipment": "设备",
    "retrofit": "设备改造",
    "compute": "算力",
    "model": "大模型服务",
    "dataset": "数据集",
    "trading": "数据交易",
    "standards": "贯标和标准",
    "factory": "智能工厂",
    "research": "研发",
    "finance": "贷款",
    "status": "认定和资质",
}
_LOAN, _YEARS = 600, 2
_SPENT, _REFERENCE = 60, 200
_HUNDRED = 100
"""Round sums of the examples, in 10,000 yuan."""


# -- how it is reckoned ------------------------------------------------------------------------------


def pay_text(pay: Pay) -> str:
    """One item of a policy: what it is for and how it is reckoned."""
    said = _formula(pay)
    what = getattr(pay, "what", "")
    return f"{what}：{said}" if what and said else said or what


def _formula(pay: Pay) -> str:
    match pay:
        case Share():
            return _share(pay)
        case Fixed():
            return _fixed(pay)
        case Interest():
            return _interest(pay)
        case Credit():
            most = f"（最多按{pay.base_of}的 {_percent(pay.base_share)} 计算）" if pay.base_share else ""
            return f"{_times(f'{pay.base}{most}', _percent(pay.rate))}，直接抵税"
        case Deduction():
            unit = f"，单价不超过 {_wan(pay.unit_cap_wan)}" if pay.unit_cap_wan else ""
            again = "" if pay.timing else "再"
            return f"{_times(pay.base, _percent(pay.rate))}，在税前{again}扣除{unit}"
        case TaxRate():
            return _times(pay.base, _percent(pay.rate))
        case Loan():
            return f"见于报道：{'；'.join(pay.cases)}（不是承诺）" if pay.cases else ""
        case _:
            return _("没有查到")


def _times(base: str, factor: str) -> str:
    """A product; a full-width bracket brings its own gap."""
    return f"{base}{'' if base.endswith('）') else ' '}× {factor}"


def _share(pay: Share) -> str:
    if pay.rate is None:
        base = _times(pay.base, "比例（没有查到）") if pay.base else "比例没有查到"
    else:
        least = f"{_percent(pay.rate_min)}—" if pay.rate_min else ""
        base = _times(pay.base, f"{least}{_percent(pay.rate)}{'以内' if pay.ceiling else ''}")
    return f"{base}，{_cap(pay)}"


def _cap(pay: Share) -> str:
    if pay.level_caps_wan:
        steps = [f"达到{ordinal(level)}最高 {_wan(cap)}" for level, cap in pay.level_caps_wan.items()]
        return "，".join(steps)
    if pay.uncapped:
        return "不设上限"
    per = _PER[pay.cap_per] if pay.cap_per else ""
    return f"{per}最高 {_wan(pay.cap_wan)}" if pay.cap_wan is not None else "上限没有查到"


def _fixed(pay: Fixed) -> str:
    if pay.sizes_wan:
        return "，".join(f"{_(SIZES[size])} {_wan(sum_)}" for size, sum_ in pay.sizes_wan.items())
    per = f"（{pay.per}）" if pay.per else ""
    if pay.amount_wan is not None:
        return f"{_wan(pay.amount_wan)}{per}"
    if pay.low_wan is not None and pay.high_wan is not None:
        return f"{number_text(pay.low_wan)}—{_wan(pay.high_wan)}{per}"
    return f"最高 {_wan(pay.high_wan)}{per}" if pay.high_wan is not None else "金额没有查到"


def _interest(pay: Interest) -> str:
    if pay.points is None or pay.years_max is None:
        most = f"，最高 {_wan(pay.cap_wan)}" if pay.cap_wan is not None else ""
        return f"贴息比例没有查到{most}"
    loan = f"（最多按 {_wan(pay.loan_cap_wan)}计）" if pay.loan_cap_wan is not None else ""
    most = f"，最高 {_wan(pay.cap_wan)}" if pay.cap_wan is not None else ""
    years = f"{_percent(pay.points)} × 年数（最多 {pay.years_max} 年）"
    return f"{_times(f'贷款本金{loan}', years)}{most}"


def example_text(pay: Pay, seen: Lookup) -> str:
    """What a round sum would bring, reckoned by the formula; at the firm's own tax rate if that matters."""
    match pay:
        case Interest(points=points) if points is not None:
            saved = interest_saved(pay, _LOAN, _YEARS)
            return f"例：借 {_LOAN} 万元、两年，本金不变，贴息 {_exact(saved)}"
        case Credit(base_share=share) if share is not None:
            credit = tax_credited(pay, _SPENT, _REFERENCE)
            return f"例：设备 {_REFERENCE} 万元，改造花 {_SPENT} 万元，抵税 {_exact(credit)}"
        case Deduction(worth=worth) if worth is not None:
            rate = worth.rates.get(str(seen(worth.of)))
            if rate is None:
                return ""
            saved = tax_saved(pay, _HUNDRED, rate)
            return f"本企业税负 {_percent(rate)}：每花 {_HUNDRED} 万元，少交 {_exact(saved)}"
    return ""


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{number_text(100 * rate)}%"


def _wan(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    if amount >= 10000:
        return f"{number_text(amount / 10000)} 亿元"
    return f"{number_text(amount)} 万元"


def _exact(amount: Fraction | None) -> str:
    if amount is None:
        return ""
    return _wan(Decimal(amount.numerator) / Decimal(amount.denominator))


# -- when, why, how --------------------------------------------------------------------------------


def period_text(policy: Policy) -> str:
    """From when to when, with the status where it is not plainly in force."""
    begins = date_text(policy.from_) if policy.from_ else ""
    ends = date_text(policy.to) if policy.to else ""
    if begins == ends != "":
        return begins
    if begins or ends:
        return f"{begins}—{ends}" if ends else f"{begins}起，没有写止期"
    issued = f"{date_text(policy.issued)}发布，" if policy.issued else ""
    return f"{issued}起止没有查到"


def name_text(policy: Policy) -> str:
    """Who issued it under which number."""
    return "，".join(part for part in (_issuers(policy.issuer), policy.number) if part)


def _issuers(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= 2 else f"{names[0]}等 {len(names)} 个部门"


def reason_texts(pack: Pack, support: Support, without: Sequence[str] = ()) -> Iterator[str]:
    """Why it is not certain, one sentence each; reasons of some codes may be told elsewhere."""
    for reason in support.reasons:
        if reason.code not in without:
            yield reason_text(pack, reason)


def reason_text(pack: Pack, reason: Reason) -> str:
    """One reason in words, with the titles of what it hangs on."""
    items = pack.items
    titles = [items[key].title if key in items else key for key in reason.ids]
    return _(SUPPORT[reason.code]).format(items="、".join(titles))


def spending_text(policy: Policy) -> str:
    """What the money is for."""
    return "、".join(_SPENDING[one] for one in policy.spending)


def way_text(policy: Policy) -> str:
    """How one gets it: mode, channel, window."""
    parts = (_MODES[policy.apply.mode], policy.apply.channel, policy.apply.window)
    return "；".join(part for part in parts if part)

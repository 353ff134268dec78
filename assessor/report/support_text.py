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
from assessor.words import SIZES, SUPPORT, _, named, ranged

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
    return _("{what}：{said}").format(what=what, said=said) if what and said else said or what


def _formula(pay: Pay) -> str:
    match pay:
        case Share():
            return _share(pay)
        case Fixed():
            return _fixed(pay)
        case Interest():
            return _interest(pay)
        case Credit():
            most = (
                _("（最多按{base_of}的 {percent} 计算）").format(
                    base_of=pay.base_of, percent=_percent(pay.base_share)
                )
                if pay.base_share
                else ""
            )
            return _("{times}，直接抵税").format(times=_times(f"{pay.base}{most}", _percent(pay.rate)))
        case Deduction():
            unit = _("，单价不超过 {wan}").format(wan=_wan(pay.unit_cap_wan)) if pay.unit_cap_wan else ""
            again = "" if pay.timing else _("再")
            return _("{times}，在税前{again}扣除{unit}").format(
                times=_times(pay.base, _percent(pay.rate)), again=again, unit=unit
            )
        case TaxRate():
            return _times(pay.base, _percent(pay.rate))
        case Loan():
            return (
                _("见于报道：{cases}（不是承诺）").format(cases=_("；").join(pay.cases)) if pay.cases else ""
            )
        case _:
            return _("没有查到")


def _times(base: str, factor: str) -> str:
    """A product; a full-width bracket brings its own gap."""
    return f"{base}{'' if base.endswith('）') else ' '}× {factor}"


def _share(pay: Share) -> str:
    if pay.rate is None:
        base = _times(pay.base, _("比例（没有查到）")) if pay.base else _("比例没有查到")
    else:
        least = f"{_percent(pay.rate_min)}—" if pay.rate_min else ""
        base = _times(pay.base, f"{least}{_percent(pay.rate)}{(_('以内') if pay.ceiling else '')}")
    return _("{base}，{cap}").format(base=base, cap=_cap(pay))


def _cap(pay: Share) -> str:
    if pay.level_caps_wan:
        steps = [
            _("达到{ordinal}最高 {wan}").format(ordinal=ordinal(level), wan=_wan(cap))
            for level, cap in pay.level_caps_wan.items()
        ]
        return _("，").join(steps)
    if pay.uncapped:
        return _("不设上限")
    per = _(_PER[pay.cap_per]) if pay.cap_per else ""
    return (
        _("{per}最高 {wan}").format(per=per, wan=_wan(pay.cap_wan))
        if pay.cap_wan is not None
        else _("上限没有查到")
    )


def _fixed(pay: Fixed) -> str:
    if pay.sizes_wan:
        return _("，").join(f"{_(SIZES[size])} {_wan(sum_)}" for size, sum_ in pay.sizes_wan.items())
    per = _("（{per}）").format(per=pay.per) if pay.per else ""
    if pay.amount_wan is not None:
        return f"{_wan(pay.amount_wan)}{per}"
    if pay.low_wan is not None and pay.high_wan is not None:
        return f"{number_text(pay.low_wan)}—{_wan(pay.high_wan)}{per}"
    return (
        _("最高 {wan}{per}").format(wan=_wan(pay.high_wan), per=per)
        if pay.high_wan is not None
        else _("金额没有查到")
    )


def _interest(pay: Interest) -> str:
    if pay.points is None or pay.years_max is None:
        most = _("，最高 {wan}").format(wan=_wan(pay.cap_wan)) if pay.cap_wan is not None else ""
        return _("贴息比例没有查到{most}").format(most=most)
    loan = _("（最多按 {wan}计）").format(wan=_wan(pay.loan_cap_wan)) if pay.loan_cap_wan is not None else ""
    most = _("，最高 {wan}").format(wan=_wan(pay.cap_wan)) if pay.cap_wan is not None else ""
    years = _("{percent} × 年数（最多 {years_max} 年）").format(
        percent=_percent(pay.points), years_max=pay.years_max
    )
    return f"{_times(_('贷款本金{loan}').format(loan=loan), years)}{most}"


def example_text(pay: Pay, seen: Lookup) -> str:
    """What a round sum would bring, reckoned by the formula; at the firm's own tax rate if that matters."""
    match pay:
        case Interest(points=points) if points is not None:
            saved = interest_saved(pay, _LOAN, _YEARS)
            return _("例：借 {loan} 万元、两年，本金不变，贴息 {exact}").format(
                loan=_LOAN, exact=_exact(saved)
            )
        case Credit(base_share=share) if share is not None:
            credit = tax_credited(pay, _SPENT, _REFERENCE)
            return _("例：设备 {reference} 万元，改造花 {spent} 万元，抵税 {exact}").format(
                reference=_REFERENCE, spent=_SPENT, exact=_exact(credit)
            )
        case Deduction(worth=worth) if worth is not None:
            rate = worth.rates.get(str(seen(worth.of)))
            if rate is None:
                return ""
            saved = tax_saved(pay, _HUNDRED, rate)
            return _("本企业税负 {percent}：每花 {hundred} 万元，少交 {exact}").format(
                percent=_percent(rate), hundred=_HUNDRED, exact=_exact(saved)
            )
    return ""


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{number_text(100 * rate)}%"


def _wan(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    if amount >= 10000:
        return _("{number} 亿元").format(number=number_text(amount / 10000))
    return _("{number} 万元").format(number=number_text(amount))


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
        return ranged(begins, ends) if ends else _("{begins}起，没有写止期").format(begins=begins)
    issued = _("{date}发布，").format(date=date_text(policy.issued)) if policy.issued else ""
    return _("{issued}起止没有查到").format(issued=issued)


def name_text(policy: Policy) -> str:
    """Who issued it under which number."""
    return _("，").join(part for part in (_issuers(policy.issuer), policy.number) if part)


def _issuers(names: Sequence[str]) -> str:
    return (
        _("、").join(names)
        if len(names) <= 2
        else _("{names}等 {count} 个部门").format(names=names[0], count=len(names))
    )


def reason_texts(pack: Pack, support: Support, without: Sequence[str] = ()) -> Iterator[str]:
    """Why it is not certain, one sentence each; reasons of some codes may be told elsewhere."""
    for reason in support.reasons:
        if reason.code not in without:
            yield reason_text(pack, reason)


def reason_text(pack: Pack, reason: Reason) -> str:
    """One reason in words, with the titles of what it hangs on."""
    items = pack.items
    titles = [named(items[key]) if key in items else key for key in reason.ids]
    return _(SUPPORT[reason.code]).format(items=_("、").join(titles))


def spending_text(policy: Policy) -> str:
    """What the money is for."""
    return _("、").join(_(_SPENDING[one]) for one in policy.spending)


def way_text(policy: Policy) -> str:
    """How one gets it: mode, channel, window."""
    parts = (_(_MODES[policy.apply.mode]), policy.apply.channel, policy.apply.window)
    return _("；").join(part for part in parts if part)

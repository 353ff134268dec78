"""What do the formulas of policies come to? Exact amounts, and whether the terms are known at all.

The arithmetic is that of each policy's own text. Money is exact (`Fraction`) in 10,000 yuan; nothing is
rounded here.
"""

from decimal import Decimal
from fractions import Fraction

from assessor.pack.policy import Credit, Deduction, Fixed, Interest, Pay, Share, TaxRate
from assessor.pack.reference import Size

Money = Decimal | Fraction | int


def terms_known(pay: Pay) -> bool:
    """Whether rate and cap, or the sum, are all given by the text: only then can money be promised.

    A rate "up to" is none that is known, and a cap that was not found is none that does not exist.
    """
    match pay:
        case Share():
            capped = pay.cap_wan is not None or pay.uncapped or bool(pay.level_caps_wan)
            return pay.rate is not None and not pay.ceiling and capped
        case Fixed():
            return pay.amount_wan is not None or bool(pay.sizes_wan)
        case Interest():
            return pay.points is not None and pay.years_max is not None
        case Credit() | Deduction() | TaxRate():
            return True
        case _:
            return False


def share_cap(pay: Share, level: int = 0) -> Fraction | None:
    """The cap that holds at a level reached; 0 below the lowest paid one, None where there is no cap."""
    if pay.level_caps_wan:
        reached = [cap for at, cap in pay.level_caps_wan.items() if at <= level]
        return Fraction(max(reached, default=Decimal(0)))
    return None if pay.cap_wan is None else Fraction(pay.cap_wan)


def share_amount(pay: Share, spent: Money, level: int = 0) -> Fraction | None:
    """rate × spending, at most the cap and the spending itself; None while rate or cap is not known.

    >>> share_amount(Share(kind="share", rate=Decimal("0.3"), cap_wan=50, cap_per="firm"), 200)
    Fraction(50, 1)
    """
    if pay.rate is None or not terms_known(pay):
        return None
    amount = min(Fraction(pay.rate) * Fraction(spent), Fraction(spent))
    cap = share_cap(pay, level)
    return amount if cap is None else min(amount, cap)


def fixed_amount(pay: Fixed, size: Size | None) -> Fraction | None:
    """The sum, by size where it hangs on that; None while it is not known."""
    amount = pay.amount_wan if not pay.sizes_wan else pay.sizes_wan.get(size) if size else None
    return None if amount is None else Fraction(amount)


def interest_saved(pay: Interest, principal: Money, years: Money) -> Fraction | None:
    """points × principal × years, if the principal stays as it is; None while the terms are not known."""
    if pay.points is None or pay.years_max is None:
        return None
    loan = Fraction(principal)
    if pay.loan_cap_wan is not None:
        loan = min(loan, Fraction(pay.loan_cap_wan))
    saved = Fraction(pay.points) * loan * min(Fraction(years), Fraction(pay.years_max))
    return saved if pay.cap_wan is None else min(saved, Fraction(pay.cap_wan))


def tax_credited(pay: Credit, spent: Money, reference: Money | None = None) -> Fraction:
    """rate × spending, of which at most `base_share` of the reference base counts."""
    counted = Fraction(spent)
    if pay.base_share is not None and reference is not None:
        counted = min(counted, Fraction(pay.base_share) * Fraction(reference))
    return Fraction(pay.rate) * counted


def tax_saved(pay: Deduction, spent: Money, tax_rate: Money) -> Fraction:
    """What the deduction saves in tax; nothing where it only comes earlier."""
    return Fraction(0) if pay.timing else Fraction(pay.rate) * Fraction(spent) * Fraction(tax_rate)

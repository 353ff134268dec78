"""Who signed in the program, and what was changed since, as the signature block prints it."""

from dataclasses import dataclass

from assessor.answers.model import Signed
from assessor.report.wording import date_text
from assessor.words import _


@dataclass(frozen=True, slots=True)
class SignedView:
    """`changed` is empty when nothing was."""

    names: str
    date: str
    remark: str
    changed: str


def signed_view(signed: Signed | None) -> SignedView | None:
    """None when nobody signed."""
    if signed is None:
        return None
    day = date_text(signed.date)
    return SignedView(names_text(signed), day, signed.remark, changed_text(signed))


def names_text(signed: Signed) -> str:
    """诊断人 王工，企业代表 李厂长; in a self-assessment the firm's alone."""
    firm = _("企业代表 {name}").format(name=signed.representative)
    if not signed.assessor:
        return firm
    return _("诊断人 {assessor}，{firm}").format(assessor=signed.assessor, firm=firm)


def changed_text(signed: Signed) -> str:
    """签字后改动 3 处; empty when nothing was."""
    parts = []
    if signed.changed:
        parts.append(_("签字后改动 {count} 处").format(count=signed.changed))
    if signed.other_version:
        parts.append(_("签字后换了问卷版本"))
    return _("，").join(parts)

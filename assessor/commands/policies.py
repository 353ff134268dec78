"""Which supports are there, until when, and when were they last looked at? For people in the field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assessor.answers.firm import region_name
from assessor.commands import Places, get_pack, now, read_answers
from assessor.errors import refuse
from assessor.pack.bundle import Bundle, write_bundle
from assessor.pack.model import Pack
from assessor.pack.policy import COUNTRY, Policy
from assessor.report.support_text import (
    STATES,
    STATUSES,
    pay_text,
    period_text,
    reason_text,
    reason_texts,
    spending_text,
    way_text,
)
from assessor.report.wording import date_text
from assessor.roadmap.eligibility import OVER, State, Support, standing, supports
from assessor.words import _, named

GENERAL = "common"


@dataclass(frozen=True, slots=True)
class Listing:
    """The policies of a pack on a day, judged for a firm when there is one."""

    pack: Pack
    day: date
    found: tuple[Support, ...]
    firm: bool


def list_policies(here: Places, file: Path | None = None, day: str = "", pack_id: str = GENERAL) -> Listing:
    """All policies: of the pack the firm's answers are for, else of the one named.

    The day is the one given, else that of the assessment, else today.
    """
    if file is None:
        pack = get_pack(here, pack_id)
        return Listing(pack, _day(day), tuple(_standing(one, _day(day)) for one in pack.policies), False)
    pack, answers = read_answers(here, file)
    when = _day(day or answers.date)
    return Listing(pack, when, supports(pack, answers, when), True)


def _day(text: str) -> date:
    if not text:
        return now().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refuse("date-shape", date=text) from error


def _standing(policy: Policy, day: date) -> Support:
    """A policy without a firm: whether it holds on the day."""
    if policy.comparator:
        return Support(policy, "comparator")
    reason = standing(policy, day)
    if reason is None:
        return Support(policy, "certain")
    return Support(policy, "lapsed" if reason.code in OVER else "possible", (reason,))


_ALONE: dict[State, str] = {
    "certain": "在执行",
    "possible": "待核实",
    "lapsed": "已失效",
    "comparator": "外地做法",
}
"""What the states say while there is no firm."""


def policies_text(listing: Listing) -> str:
    """The listing for people, by state."""
    names = STATES if listing.firm else _ALONE
    judged = _("按企业情况判断") if listing.firm else _("只看日期；加 --firm 可按企业情况判断")
    lines = [
        _("{date}，{title}，{judged}").format(
            date=date_text(listing.day.isoformat()), title=named(listing.pack.manifest), judged=judged
        )
    ]
    lines += [
        _("补充包：{title}（{id} {version}）").format(title=one.title, id=one.id, version=one.version)
        for one in listing.pack.overlays
    ]
    for state, name in names.items():
        chosen = [one for one in listing.found if one.state == state]
        if chosen:
            lines.append(_("\n{name}（{count} 项）").format(name=_(name), count=len(chosen)))
        for support in chosen:
            lines += _lines(listing, support)
    return "\n".join(lines)


def _lines(listing: Listing, support: Support) -> Iterator[str]:
    policy, pack = support.policy, listing.pack
    place = _("全国") if policy.region == COUNTRY else region_name(policy.region, pack.regions)
    checked = _("{date}核对").format(date=date_text(policy.checked))
    yield f"  {policy.id}\t{policy.title}\t{place}\t{period_text(policy)}\t{checked}"
    if support.state in ("lapsed", "not_for_you"):
        yield f"    {_('；').join(reason_texts(pack, support))}"
        return
    yield from (f"    {pay_text(pay)}" for pay in policy.pays)
    if policy.spending:
        yield _("    用于{spending}").format(spending=spending_text(policy))
    if support.state == "possible":
        yield from (f"    {text}" for text in reason_texts(pack, support, without=("ask",)))
        yield from (_("    问：{text}").format(text=text) for text in policy.ask)
    if way_text(policy):
        yield f"    {way_text(policy)}"


def policies_document(listing: Listing) -> dict[str, Any]:
    """The same for machines. Without a firm `state` tells only whether a policy holds on the day."""
    return {
        "pack": listing.pack.id,
        "version": listing.pack.version,
        "date": listing.day.isoformat(),
        "firm": listing.firm,
        "overlays": [
            {"id": one.id, "version": one.version, "date": one.date} for one in listing.pack.overlays
        ],
        "policies": [_document(listing.pack, support) for support in listing.found],
    }


def _document(pack: Pack, support: Support) -> dict[str, Any]:
    policy = support.policy
    record = policy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    reasons: Sequence[dict[str, Any]] = [
        {"code": one.code, "ids": list(one.ids), "text": reason_text(pack, one)} for one in support.reasons
    ]
    return {"state": support.state, "reasons": reasons, "status_text": _(STATUSES[policy.status]), **record}


def make_bundle(here: Places, folder: Path, out: Path) -> Bundle:
    """A pack folder, checked, as one file to be sent."""
    if not (folder / "pack.yaml").is_file():
        raise refuse("pack-file-missing", str(folder), file="pack.yaml")
    return write_bundle(folder, here.packs, out)

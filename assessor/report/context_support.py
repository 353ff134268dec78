"""The chapters on support and platforms: what is certain, what to ask, what is over, what others do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assessor.answers.rules import lookup_seen
from assessor.diagnosis import Diagnosis
from assessor.pack.platform import Platform, PlatformKind
from assessor.pack.policy import Fixed, Policy, Share, Unknown, first_day
from assessor.pack.record import Cite
from assessor.report.support_text import (
    STATES,
    example_text,
    name_text,
    pay_text,
    period_text,
    reason_texts,
    spending_text,
    way_text,
)
from assessor.report.wording import date_text
from assessor.roadmap.eligibility import Support, platforms_for, supports
from assessor.roadmap.formula import terms_known
from assessor.words import _, ranged

_PLATFORMS: dict[PlatformKind, str] = {
    "trade": "行业平台",
    "service": "公共服务",
    "compute": "算力",
    "data": "数据",
    "identification": "编码追溯",
    "rating": "评测申报",
    "supervision": "监管接入",
}

_IN_FORCE = ("validity", "announced", "stale", "not-yet")
"""The reasons that put it in doubt whether a policy holds on the day."""
_TOLD = ("ask", "validity", "terms")
"""The reasons that heading, questions and text tell already."""


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One policy that is there or may be. `own` is what it comes to for this firm or in an example."""

    title: str
    name: str
    period: str
    checked: str
    about: str
    formulas: tuple[str, ...]
    own: tuple[str, ...]
    spending: str
    ask: tuple[str, ...]
    why: tuple[str, ...]
    mind: tuple[str, ...]
    way: str
    stack: str
    note: str


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A policy that brings this firm nothing, or the rule of another place."""

    title: str
    state: str
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """One platform."""

    title: str
    kind: str
    operator: str
    offers: str
    who: str
    how: str
    state: str
    checked: str


@dataclass(frozen=True, slots=True)
class SupportView:
    """The chapter. `possible` are in force, of `doubtful` not even that is sure.

    `counted`: how many grants may be set against a plan's cost.
    """

    day: str
    checked: str
    overlays: tuple[str, ...]
    counted: int
    certain: tuple[SupportRow, ...]
    possible: tuple[SupportRow, ...]
    doubtful: tuple[SupportRow, ...]
    basis: tuple[str, ...]
    others: tuple[OtherRow, ...]
    comparators: tuple[OtherRow, ...]

    def __bool__(self) -> bool:
        return bool(self.certain or self.possible or self.doubtful or self.others or self.comparators)


@dataclass(frozen=True, slots=True)
class PlatformView:
    """The chapter on platforms; `absent` says what was looked for in vain."""

    rows: tuple[PlatformRow, ...]
    comparators: tuple[PlatformRow, ...]
    absent: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.rows or self.comparators or self.absent)


def support_day(diagnosis: Diagnosis) -> date:
    """The day support is judged on: that of the assessment, else of the pack."""
    return first_day(diagnosis.answers.date or diagnosis.pack.manifest.date)


def support_view(diagnosis: Diagnosis) -> SupportView:
    """All policies, sorted by what they mean for the firm."""
    day = support_day(diagnosis)
    found = supports(diagnosis.pack, diagnosis.answers, day)
    paying = [one for one in found if one.policy.pays]
    possible = [one for one in paying if one.state == "possible"]
    idle = [one for one in found if not one.policy.pays and one.state in ("certain", "possible")]
    return SupportView(
        day=date_text(day.isoformat()),
        checked=_checked([one.policy.checked for one in found]),
        overlays=tuple(
            _("{title}（{id} {version}，{date}）").format(
                title=one.title, id=one.id, version=one.version, date=date_text(one.date)
            )
            for one in diagnosis.pack.overlays
        ),
        counted=sum(_is_counted(one.policy) for one in paying if one.state == "certain"),
        certain=tuple(_row(diagnosis, one) for one in paying if one.state == "certain"),
        possible=tuple(_row(diagnosis, one) for one in possible if not _doubt(one)),
        doubtful=tuple(_row(diagnosis, one) for one in possible if _doubt(one)),
        basis=tuple(
            _("{title}：{about}").format(title=one.policy.title, about=one.policy.about) for one in idle
        ),
        others=tuple(_other(diagnosis, one) for one in found if one.state in ("not_for_you", "lapsed")),
        comparators=tuple(
            OtherRow(one.policy.title, _(STATES[one.state]), one.policy.about, _when(one.policy))
            for one in found
            if one.state == "comparator"
        ),
    )


def support_cites(diagnosis: Diagnosis) -> Iterator[Cite]:
    """The cites of all policies and platforms that the chapters tell of."""
    day = support_day(diagnosis)
    yield from (one.policy.cite for one in supports(diagnosis.pack, diagnosis.answers, day))
    yield from (one.cite for one in platforms_for(diagnosis.pack, diagnosis.answers, day))


def _doubt(support: Support) -> bool:
    """Whether it is not even sure that it holds on the day."""
    return any(reason.code in _IN_FORCE for reason in support.reasons)


def _is_counted(policy: Policy) -> bool:
    return any(isinstance(pay, Share | Fixed) and pay.pays_for and terms_known(pay) for pay in policy.pays)


def _row(diagnosis: Diagnosis, support: Support) -> SupportRow:
    policy = support.policy
    seen = lookup_seen(diagnosis.pack, diagnosis.answers)
    examples = [example_text(pay, seen) for pay in policy.pays]
    return SupportRow(
        title=policy.title,
        name=name_text(policy),
        period=period_text(policy),
        checked=date_text(policy.checked),
        about=policy.about,
        formulas=tuple(pay_text(pay) for pay in policy.pays if not isinstance(pay, Unknown)),
        own=tuple(text for text in examples if text),
        spending=spending_text(policy),
        ask=tuple(support.ask),
        why=tuple(reason_texts(diagnosis.pack, support, without=_TOLD)),
        mind=policy.mind,
        way=way_text(policy),
        stack=policy.stack.text,
        note=policy.note,
    )


def _other(diagnosis: Diagnosis, support: Support) -> OtherRow:
    policy = support.policy
    why = _("；").join(reason_texts(diagnosis.pack, support))
    if policy.replaced_by:
        titles = {one.id: one.title for one in diagnosis.pack.policies}
        why = _("{why}：{titles}").format(why=why, titles=titles[policy.replaced_by])
    elif policy.payee == "other":
        why = policy.who
    return OtherRow(policy.title, _(STATES[support.state]), why, period_text(policy))


def _when(policy: Policy) -> str:
    return period_text(policy) if policy.from_ else date_text(policy.issued) if policy.issued else ""


def _checked(days: Sequence[str]) -> str:
    """On which day, or between which days, the records were last looked at."""
    first, last = min(days, default=""), max(days, default="")
    return date_text(last) if first == last else ranged(date_text(first), date_text(last))


# -- platforms -------------------------------------------------------------------------------------


def platform_view(diagnosis: Diagnosis) -> PlatformView:
    """The platforms the firm might connect to, its trade's own first."""
    pack, industry = diagnosis.pack, diagnosis.answers.fact("industry_code")
    found = platforms_for(pack, diagnosis.answers, support_day(diagnosis))
    own = sorted((one for one in found if not one.comparator), key=_nearness)
    has_trade = any(one.kind == "trade" for one in own)
    absent = [
        one.text
        for one in pack.platforms.absent
        if not one.industries or str(industry or "").startswith(tuple(one.industries))
    ]
    return PlatformView(
        rows=tuple(map(_platform, own)),
        comparators=tuple(_platform(one) for one in found if one.comparator),
        absent=() if has_trade else tuple(absent),
    )


def _nearness(platform: Platform) -> tuple[bool, bool]:
    return not platform.required, platform.status != "active"


def _platform(platform: Platform) -> PlatformRow:
    state = _("在用") if platform.status == "active" else _("是否开放待核实")
    return PlatformRow(
        title=platform.title,
        kind=_(_PLATFORMS[platform.kind]),
        operator=platform.operator,
        offers=platform.offers,
        who=platform.who,
        how=_("；").join(part for part in (platform.how, platform.price, platform.note) if part),
        state=_("{state}，必须接入").format(state=state) if platform.required else state,
        checked=date_text(platform.checked),
    )

"""The chapter on what peers have done: which cases bear on this firm's weak scenes, each told as a case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.answers.state import lookup_in
from assessor.diagnosis import Diagnosis
from assessor.pack.condition import holds
from assessor.pack.exemplar import Exemplar, Figure, Gain, Mark, Step
from assessor.report.wording import cite_text, date_text, quantity_text, rung_text
from assessor.words import SIZES, SURE, _, named, ranged

FEWEST, MOST = 4, 6
_CLOSED = 3
"""A scene at this level is closed: what peers did there is no news to the firm."""
_SEEN_ALREADY = 0.3
"""What a scene counts once another case tells of it."""
_HOME = "52"
_WHO = {
    "firm": "该厂自述",
    "press": "报道称",
    "agency": "主管部门公布",
    "vendor": "咨询机构或供应商的说法",
    "journal": "论文",
    "computed": "按公布的数相除",
}
_MARKS: Mapping[Mark, str] = {"": "", "about": "约 ", "over": "超过 ", "under": "不到 ", "upto": "不超过 "}


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One thing done there, with our actions of the same kind."""

    text: str
    actions: str


@dataclass(frozen=True, slots=True)
class Case:
    """One exemplar beside the firm. `here` are its scenes with the level at which this firm stands."""

    id: str
    firm: str
    place: str
    date: str
    size: str
    honour: str
    did: tuple[CaseStep, ...]
    gains: tuple[str, ...]
    here: str
    care: str
    source: str


def cases(diagnosis: Diagnosis) -> tuple[Case, ...]:
    """Those that bear most on the firm's weak scenes, so many as a reader takes in."""
    return tuple(_case(diagnosis, one) for one in chosen(diagnosis))


def chosen(diagnosis: Diagnosis) -> tuple[Exemplar, ...]:
    """Four to six exemplars, or all there are: the neediest scene first, a new scene before a told one.

    A case whose main scene this firm does not have is none for it. Cases of the pack itself come before
    those it inherits, which fill up to four.
    """
    needs = scene_needs(diagnosis)
    lookup = lookup_in(diagnosis.answers)
    fitting = [
        one
        for one in diagnosis.pack.exemplars
        if holds(one.if_, lookup) is not False and one.scenes[0] in needs
    ]
    own = [one for one in fitting if one.id.split(".")[0] == diagnosis.pack.id]
    inherited = [one for one in fitting if one not in own]
    found = list(_by_need(own, needs, diagnosis))
    useful = [one for one in found if any(needs[name] for name in one.scenes if name in needs)][:MOST]
    spare = [one for one in found if one not in useful] + list(_by_need(inherited, needs, diagnosis))
    return tuple(useful + spare[: max(0, FEWEST - len(useful))])


def scene_needs(diagnosis: Diagnosis) -> dict[str, float]:
    """How much each scene that applies wants: levels below 3, times its weight; half when not known."""
    found = {
        scene.question.id: _need(scene.counting) * scene.weight
        for scene in diagnosis.scenes
        if scene.next_level is not None or scene.counting is not None or scene.state.value != "not_asked"
    }
    for scene in diagnosis.main.result.counting.scenes:
        found.setdefault(scene.id, _need(scene.low if scene.low == scene.high else None))
    return found


def _need(level: int | None) -> float:
    return _CLOSED / 2 if level is None else float(max(0, _CLOSED - level))


def _by_need(
    exemplars: list[Exemplar], needs: Mapping[str, float], diagnosis: Diagnosis
) -> Iterator[Exemplar]:
    """Greedy, so that not all cases tell of one scene."""
    left, told = list(exemplars), set[str]()
    while left:
        best = max(left, key=lambda one: _worth(one, needs, told, diagnosis))
        left.remove(best)
        told.update(best.scenes)
        yield best


def _worth(
    one: Exemplar, needs: Mapping[str, float], told: set[str], diagnosis: Diagnosis
) -> tuple[float, bool, bool, bool, bool]:
    need = max(
        (needs[name] * (_SEEN_ALREADY if name in told else 1) for name in one.scenes if name in needs),
        default=0.0,
    )
    same_size = one.size is not None and one.size == diagnosis.size
    return need, bool(one.gains), same_size, one.region_code.startswith(_HOME), one.cite.sure != "weak"


# -- in words ------------------------------------------------------------------------------------


def _case(diagnosis: Diagnosis, one: Exemplar) -> Case:
    titles = {action.id: named(action) for action in diagnosis.pack.actions}
    weak = _("（{sure}）").format(sure=_(SURE[one.cite.sure])) if one.cite.sure == "weak" else ""
    return Case(
        id=one.id,
        firm=one.firm,
        place=one.place,
        date=date_text(one.date),
        size=_("一批厂") if one.many else _(SIZES[one.size]) if one.size else "",
        honour=one.honour,
        did=tuple(_step(step, titles) for step in one.did),
        gains=gain_lines(one),
        here=_here(diagnosis, one),
        care=one.care,
        source=f"{cite_text(diagnosis.pack, one.cite)}{weak}",
    )


def _step(step: Step, titles: Mapping[str, str]) -> CaseStep:
    names = [f"{name.split('.')[1]} {titles[name]}" for name in step.actions if name in titles]
    return CaseStep(step.text, _("、").join(names))


def _here(diagnosis: Diagnosis, one: Exemplar) -> str:
    levels = {scene.question.id: scene.counting for scene in diagnosis.scenes}
    known = {
        scene.id: scene.low for scene in diagnosis.main.result.counting.scenes if scene.low == scene.high
    }
    needs = scene_needs(diagnosis)
    parts = []
    for name in one.scenes:
        if name not in needs:
            continue
        level = levels.get(name, known.get(name))
        stands = _("还没有定级") if level is None else _("现在 {level}").format(level=rung_text(level))
        parts.append(
            _("{title}（{name}）{stands}").format(
                title=named(diagnosis.pack.questions[name]), name=name, stands=stands
            )
        )
    return _("；").join(parts)


def gain_lines(one: Exemplar) -> tuple[str, ...]:
    """What is said to have changed, a line for each who says so, none of it a promise to this firm."""
    said: dict[str, list[str]] = {}
    for gain in one.gains:
        said.setdefault(gain.who, []).append(gain_text(gain))
    return tuple(
        _("{who}：{gains}。不代表本企业能达到。").format(who=_(_WHO[who]), gains=_("；").join(gains))
        for who, gains in said.items()
    )


def gain_text(gain: Gain) -> str:
    """One change in words: 分厂用工超过 1,400 人 → 不到 900 人."""
    note = _("（{note}）").format(note=gain.note) if gain.note else ""
    return f"{gain.what}{_change(gain)}{note}"


def _change(gain: Gain) -> str:
    if gain.change is not None:
        return _span(gain.change, gain.unit, gain.mark)
    assert gain.after is not None
    if gain.before is None:
        return _figure(gain.after, gain.unit)
    return f"{_figure(gain.before, gain.unit)} → {_figure(gain.after, gain.unit).strip()}"


def _figure(figure: Figure, unit: str) -> str:
    return f"{_(_MARKS[figure.mark]) or ' '}{quantity_text(figure.value, unit)}"


def _span(change: tuple[Decimal, Decimal], unit: str, mark: Mark) -> str:
    low, high = (abs(part) for part in change)
    way = _("升") if change[1] > 0 else _("降")
    way += _(_MARKS[mark]) or " "
    ends = quantity_text(low, "%") if unit == "%" else f"{low:f}"
    span = quantity_text(high, unit) if low == high else ranged(ends, quantity_text(high, unit))
    return f"{way}{span}"

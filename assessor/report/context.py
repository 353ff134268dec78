"""What stands in the report? A `Diagnosis` becomes plain texts and charts for the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assessor.answers.firm import industry_name, is_invented, region_name
from assessor.diagnosis import Diagnosis
from assessor.errors import Problem
from assessor.pack.question import Question, TextQuestion
from assessor.report.charts import (
    dimension_bars,
    gap_bars,
    point_gaps,
    radar,
    scene_map,
    score_scale,
    spoke_bars,
    spokes,
)
from assessor.report.charts.marks import shown_sides, was_seen
from assessor.report.context_evidence import NO_PICTURES, EvidenceRow, Pictures, evidence_rows
from assessor.report.context_exemplars import Case, cases
from assessor.report.context_feeds import BlankRow, FeedRow, LinkRow, blank_rows, feed_rows, link_rows
from assessor.report.context_index import IndexView, indexes
from assessor.report.context_method import Doubt, Method, RedLineView, doubts, method, red_lines
from assessor.report.context_peers import Peers, peers
from assessor.report.context_roadmap import RoadmapView, roadmap_view
from assessor.report.context_scenes import MinistryRow, SceneCard, ministry_rows, scene_cards, scenes_left_out
from assessor.report.context_score import (
    GateRow,
    OtherSection,
    ScoreGroup,
    gate_rows,
    other_sections,
    score_groups,
)
from assessor.report.context_signed import SignedView, signed_view
from assessor.report.context_standards import HeldView, StandardView, cross_heads, held, standards
from assessor.report.context_summary import Summary, summary
from assessor.report.context_support import PlatformView, SupportView, platform_view, support_view
from assessor.report.context_verdicts import ModelRow, model_rows
from assessor.report.looks import Theme
from assessor.report.readers import CHAPTERS, PAPERS, TITLES, Reader, chapter_numbers
from assessor.report.wording import date_text, value_text
from assessor.roadmap.made import Made
from assessor.words import MODES, SIZES, _, named

Plan = Made | Problem | None
"""A plan already made, or why there can be none; None where none was asked for."""
_SHORT = 26
"""Characters of a firm's name that the running head has room for."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the firm's particulars."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Who, what, when, by whom; what is not known is left out."""

    firm: str
    short: str
    title: str
    paper: str
    mode: str
    self_told: bool
    pack: str
    facts: tuple[Fact, ...]
    invented: bool


@dataclass(frozen=True, slots=True)
class Charts:
    """The SVG of every chart; empty where there is nothing to draw."""

    scale: str
    dimensions: str
    radar: str
    spokes: str
    scenes: str
    gaps: str
    points: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the template shows.

    `present` are the chapters that have content, `order` those of them that are shown; `chapters` holds
    their numbers and `titles` their names.
    """

    cover: Cover
    present: frozenset[str]
    order: tuple[str, ...]
    chapters: Mapping[str, str]
    titles: Mapping[str, str]
    model: str
    models: tuple[ModelRow, ...]
    summary: Summary
    firm: tuple[Fact, ...]
    charts: Charts
    seen: bool
    groups: tuple[ScoreGroup, ...]
    total: ScoreGroup
    sides: tuple[str, ...]
    gates: tuple[GateRow, ...]
    scenes: tuple[SceneCard, ...]
    scenes_left_out: tuple[str, ...]
    scenes_kind: str
    ministry: tuple[MinistryRow, ...]
    indexes: tuple[IndexView, ...]
    standards: tuple[StandardView, ...]
    held: tuple[HeldView, ...]
    peers: Peers
    exemplars: tuple[Case, ...]
    roadmap: RoadmapView
    support: SupportView
    platforms: PlatformView
    feeds: tuple[FeedRow, ...]
    links: tuple[LinkRow, ...]
    cross_heads: tuple[str, ...]
    blanks: tuple[BlankRow, ...]
    others: tuple[OtherSection, ...]
    red_lines: tuple[RedLineView, ...]
    doubts: tuple[Doubt, ...]
    evidence: tuple[EvidenceRow, ...]
    method: Method
    signed: SignedView | None
    by: str
    date: str


def report(
    diagnosis: Diagnosis,
    theme: Theme,
    pictures: Pictures = NO_PICTURES,
    reader: Reader = "plant",
    roadmap: Plan = None,
) -> Report:
    """The content for a reader; `pictures` are thumbnails, without a `roadmap` it has no such chapter."""
    groups = score_groups(diagnosis)
    others, index_views = other_sections(diagnosis), indexes(diagnosis, theme)
    peer_view, case_views = peers(diagnosis, theme), cases(diagnosis)
    support, platforms = support_view(diagnosis), platform_view(diagnosis)
    evidence, plan = evidence_rows(diagnosis, pictures), roadmap_view(roadmap, theme)
    lines = red_lines(diagnosis)
    whole = Report(
        cover=_cover(diagnosis, PAPERS[reader]),
        present=frozenset(),
        order=(),
        chapters={},
        titles=_titles(index_views, lines),
        model=named(diagnosis.main.result.model),
        models=model_rows(diagnosis),
        summary=summary(diagnosis),
        firm=_firm(diagnosis),
        charts=_charts(diagnosis, theme),
        seen=was_seen(diagnosis.main.result),
        groups=groups[:-1],
        total=groups[-1],
        sides=_sides(diagnosis),
        gates=gate_rows(diagnosis),
        scenes=scene_cards(diagnosis),
        scenes_left_out=scenes_left_out(diagnosis),
        scenes_kind=_scenes_kind(diagnosis),
        ministry=ministry_rows(diagnosis),
        indexes=index_views,
        standards=standards(diagnosis, theme),
        held=held(diagnosis),
        peers=peer_view,
        exemplars=case_views,
        roadmap=plan,
        support=support,
        platforms=platforms,
        feeds=feed_rows(diagnosis),
        links=link_rows(diagnosis),
        cross_heads=cross_heads(diagnosis.pack),
        blanks=blank_rows(diagnosis),
        others=others,
        red_lines=lines,
        doubts=doubts(diagnosis),
        evidence=evidence,
        method=method(diagnosis),
        signed=signed_view(diagnosis.answers.signed),
        by=diagnosis.answers.by,
        date=date_text(diagnosis.answers.date),
    )
    return arranged(replace(whole, present=_present(whole)), CHAPTERS[reader])


def _present(view: Report) -> frozenset[str]:
    """The chapters for which there is something to show."""
    has: Mapping[str, object] = {
        "scenes": view.charts.scenes,
        "index": view.indexes,
        "standards": view.standards or view.held,
        "peers": view.peers,
        "exemplars": view.exemplars,
        "roadmap": view.roadmap,
        "support": view.support,
        "platforms": view.platforms,
        "others": view.others,
        "evidence": view.evidence,
    }
    return frozenset(name for name in TITLES if has.get(name, True))


def arranged(view: Report, order: Iterable[str]) -> Report:
    """The same report with other chapters or in another order, numbered anew; empty ones are left out."""
    shown = tuple(name for name in dict.fromkeys(order) if name in view.present)
    return replace(view, order=shown, chapters=chapter_numbers(shown))


def _titles(index_views: tuple[IndexView, ...], lines: tuple[RedLineView, ...]) -> Mapping[str, str]:
    """The names of the chapters as they are for this firm."""
    own = {"contents": _("目录与读法")}
    if index_views:
        own["index"] = index_views[0].short
    if not lines:
        own["doubts"] = _("疑点")
    return {name: own.get(name) or _(title) for name, title in TITLES.items()}


def _charts(diagnosis: Diagnosis, theme: Theme) -> Charts:
    verdict, pack = diagnosis.main, diagnosis.pack
    directions = spokes(diagnosis)
    round_ = 4 <= len(directions) <= 8
    return Charts(
        scale=score_scale(verdict, theme),
        dimensions=dimension_bars(verdict.result, theme),
        radar=radar(directions, theme) if round_ else "",
        spokes=spoke_bars(directions, theme) if round_ else "",
        scenes=scene_map(diagnosis.scenes, theme) if diagnosis.scenes else "",
        gaps=gap_bars(verdict, pack, theme) if verdict.gaps else "",
        points=point_gaps(verdict, pack, theme) if verdict.gaps and verdict.gaps.points else "",
    )


def _sides(diagnosis: Diagnosis) -> tuple[str, ...]:
    """The heads of the columns of points."""
    shown = shown_sides(diagnosis.main.result)
    names = {"claimed": _("自报"), "verified": _("核实")}
    return tuple(names[side.side] for side in shown) if len(shown) > 1 else (_("得分"),)


# -- cover and particulars -----------------------------------------------------------------------


def _cover(diagnosis: Diagnosis, paper: str) -> Cover:
    answers, pack = diagnosis.answers, diagnosis.pack
    firm = str(answers.fact("name") or _("（未填企业名称）"))
    uscc = str(answers.fact("uscc") or "")
    site = str(answers.fact("site") or "")
    lines = [
        (_("行业"), _industry(diagnosis)),
        (_("统一社会信用代码"), uscc),
        (_("厂区"), site),
        (_("诊断方式"), _(MODES[answers.mode])),
        (_("诊断日期"), date_text(answers.date)),
        (_("诊断人"), answers.by),
        (
            _("诊断包"),
            _("{title}，{version} 版（{id}，{date}）").format(
                title=named(pack.manifest),
                version=pack.version,
                id=pack.id,
                date=date_text(pack.manifest.date),
            ),
        ),
    ]
    return Cover(
        firm=firm,
        short=firm if len(firm) <= _SHORT else f"{firm[: _SHORT - 1]}…",
        title=_("数字化水平诊断报告"),
        paper=_(paper) if paper else "",
        mode=_(MODES[answers.mode]),
        self_told=answers.mode == "self",
        pack=_("诊断包 {id} {version}").format(id=pack.id, version=pack.version),
        facts=tuple(Fact(title, text) for title, text in lines if text),
        invented=is_invented(uscc),
    )


def _industry(diagnosis: Diagnosis) -> str:
    code = diagnosis.answers.fact("industry_code")
    return (
        _("{industry}（{code}）").format(industry=industry_name(code, diagnosis.pack.industries), code=code)
        if isinstance(code, str)
        else ""
    )


def _firm(diagnosis: Diagnosis) -> tuple[Fact, ...]:
    facts = [fact for fact in diagnosis.pack.facts if diagnosis.answers.fact(fact.id) is not None]
    found = [Fact(named(fact), _fact_text(fact, diagnosis)) for fact in facts]
    size = [Fact(_("企业规模"), _(SIZES[diagnosis.size]))] if diagnosis.size else []
    at = next((i for i, fact in enumerate(facts) if fact.id == "revenue_wan"), len(found) - 1) + 1
    return (*found[:at], *size, *found[at:])


def _fact_text(fact: Question, diagnosis: Diagnosis) -> str:
    value, pack = diagnosis.answers.fact(fact.id), diagnosis.pack
    if value is None:
        return ""
    if isinstance(fact, TextQuestion) and isinstance(value, str):
        if fact.format == "region":
            return _("{region}（{value}）").format(region=region_name(value, pack.regions), value=value)
        if fact.format == "industry":
            return _("{industry}（{value}）").format(
                industry=industry_name(value, pack.industries), value=value
            )
    return value_text(fact, value)


def _scenes_kind(diagnosis: Diagnosis) -> str:
    """Who says so, for the scenes' wording."""
    expert = any(scene.question.cite.kind == "expert" for scene in diagnosis.scenes)
    return "expert" if expert else "standard"

"""The last chapters: doubts, how the score is computed, who says so, what was not answered."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assessor.answers.model import AnswerState, Finding
from assessor.diagnosis import Diagnosis
from assessor.pack.maturity import MaturityModel
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, Question
from assessor.pack.record import Cite, Source
from assessor.pack.rule import RedLine
from assessor.report.context_support import support_cites
from assessor.report.wording import cite_text, exact_text, find_source, number_text, source_text, state_text
from assessor.scoring.compiled import milli
from assessor.scoring.standard_result import LadderResult
from assessor.words import FINDINGS, NOTES, SOURCE_KINDS, _, named, sentence

_PAPERS = {
    "code": "公开代码",
    "journal": "期刊",
    "law": "法规",
    "notice": "文件",
    "patent": "专利",
    "plan": "规划",
    "press": "报道",
    "statistics": "统计",
    "vendor": "厂商资料",
}
"""What kind of paper a source is, beside the four kinds of statement."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One finding: which questions, and what is doubtful."""

    ids: str
    titles: str
    text: str


@dataclass(frozen=True, slots=True)
class RedLineView:
    """A legal floor that is broken (red) or weak (amber), and the cheapest lawful way out."""

    colour: str
    word: str
    title: str
    text: str
    cure: str
    effort: str
    cite: str


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One leaf of the model; `part` is empty where it is the same as above."""

    part: str
    title: str
    weight: str
    points: str


@dataclass(frozen=True, slots=True)
class WeightGroup:
    """One dimension with its leaves."""

    title: str
    points: str
    rows: tuple[WeightRow, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: how it is printed (with the way it was read), what it is, how much rests on it."""

    text: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer, and why."""

    id: str
    title: str
    section: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class SilentGroup:
    """Questions of one section without an answer and without a reason."""

    section: str
    state: str
    count: int
    titles: str


@dataclass(frozen=True, slots=True)
class Method:
    """How the verdict came about."""

    model: str
    edition: str
    cite: str
    note: str
    weights: tuple[WeightGroup, ...]
    gates_cite: str
    gates_note: str
    scene_notes: tuple[str, ...]
    notes: tuple[str, ...]
    refused: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    sources: tuple[SourceRow, ...]
    open: tuple[OpenQuestion, ...]
    silent: tuple[SilentGroup, ...]
    pack: str
    digest: str


def red_lines(diagnosis: Diagnosis) -> tuple[RedLineView, ...]:
    """All lines that hold, red before amber."""
    return tuple(_red_line(diagnosis.pack, line) for line in diagnosis.red_lines)


def _red_line(pack: Pack, line: RedLine) -> RedLineView:
    cost, days = line.cure.cost_wan, line.cure.days
    parts = [
        ""
        if cost is None
        else (_("不用花钱") if cost == 0 else _("约 {number} 万元").format(number=number_text(cost))),
        "" if days is None else _("约 {days} 天").format(days=days),
    ]
    effort = _("，").join(part for part in parts if part)
    return RedLineView(
        colour=line.colour,
        word=_("红线") if line.colour == "red" else _("提醒"),
        title=line.title,
        text=line.text,
        cure=line.cure.text,
        effort=_("{effort}（专家判断）").format(effort=effort) if effort else "",
        cite=cite_text(pack, line.cite),
    )


def doubts(diagnosis: Diagnosis) -> tuple[Doubt, ...]:
    """All findings in words."""
    return tuple(_doubt(diagnosis.pack, finding) for finding in diagnosis.findings)


def _doubt(pack: Pack, finding: Finding) -> Doubt:
    titles = [named(pack.items[key]) for key in finding.ids if key in pack.items]
    ids = [key for key in finding.ids if key in pack.questions]
    text = sentence(FINDINGS, finding.code, finding.values)
    return Doubt(_("、").join(ids), _("、").join(titles), text)


def method(diagnosis: Diagnosis) -> Method:
    """The chapter on method."""
    pack, model = diagnosis.pack, diagnosis.main.result.model
    cites, open_ = list(_cites(diagnosis)), list(_open(diagnosis))
    return Method(
        model=named(model),
        edition=model.edition,
        cite=cite_text(pack, model.cite),
        note=_(model.note),
        weights=tuple(_weights(model)),
        gates_cite=cite_text(pack, model.gates.cite),
        gates_note=_(model.gates.cite.note),
        scene_notes=tuple(
            _("{title}：{note}").format(title=named(pack.questions[scene.id]), note=_(scene.cite.note))
            for scene in model.scenes
            if scene.cite and scene.cite.note
        ),
        notes=tuple(sentence(NOTES, note.code, note.values) for note in diagnosis.main.result.counting.notes),
        refused=tuple(problem.what for problem in diagnosis.refused),
        kinds=tuple(_kinds(cites)),
        sources=_sources(pack, cites),
        open=tuple(item for item in open_ if item.reason),
        silent=tuple(_silent(open_)),
        pack=f"{named(pack.manifest)} {pack.version}",
        digest=pack.digest[:16],
    )


# -- weights -------------------------------------------------------------------------------------


def _weights(model: MaturityModel) -> Iterator[WeightGroup]:
    for dimension in model.dimensions:
        most = dimension.points or Decimal(0)
        rows = [
            WeightRow(
                part=_("{title}（{weight}%）").format(title=named(part), weight=part.weight)
                if leaf is part.indicators[0]
                else "",
                title=named(leaf),
                weight=f"{leaf.weight}%",
                points=exact_text(milli(most * (part.weight or 0) * (leaf.weight or 0) / 10000)),
            )
            for part in dimension.parts
            for leaf in part.indicators
        ]
        yield WeightGroup(named(dimension), exact_text(milli(most)), tuple(rows))


# -- sources -------------------------------------------------------------------------------------


def _cites(diagnosis: Diagnosis) -> Iterator[Cite]:
    """The cite of every statement the report rests on, one for each statement."""
    pack, model = diagnosis.pack, diagnosis.main.result.model
    yield model.cite
    yield model.gates.cite
    yield from (scene.cite for scene in model.scenes if scene.cite)
    yield from (fact.cite for fact in pack.facts if diagnosis.answers.fact(fact.id) is not None)
    for question in pack.asked():
        if diagnosis.states[question.id] is not AnswerState.NOT_ASKED:
            yield from _question_cites(question)
    yield from _standard_cites(diagnosis)
    if pack.crosswalk and diagnosis.proposals:
        yield pack.crosswalk.cite
    yield from support_cites(diagnosis)


def _standard_cites(diagnosis: Diagnosis) -> Iterator[Cite]:
    for held in diagnosis.reported:
        yield held.model.cite
    for result in diagnosis.standards:
        yield from (result.model.cite, result.model.mapping)
        if isinstance(result, LadderResult):
            yield from (gate.cite for gate in result.model.gates())
        else:
            yield from (node.weight.cite for node in result.counting.nodes if node.weight)


def _question_cites(question: Question) -> Iterator[Cite]:
    yield question.cite
    if isinstance(question, LevelQuestion):
        yield from (rung.cite for rung in question.levels if rung.cite)
    bounds = getattr(question, "bounds", None)
    if bounds is not None and bounds.cite:
        yield bounds.cite


def _kinds(cites: list[Cite]) -> Iterator[tuple[str, int]]:
    counts = Counter(cite.kind for cite in cites)
    for name, text in SOURCE_KINDS.items():
        count = sum(number for kind, number in counts.items() if kind == name)
        if count:
            yield _(text), count


def _sources(pack: Pack, cites: list[Cite]) -> tuple[SourceRow, ...]:
    counts: Counter[str] = Counter()
    found: dict[str, Source] = {}
    for cite in cites:
        for key in cite.source:
            source = find_source(pack, key)
            if source is None:
                continue
            text = source_text(source)
            counts[text] += 1
            found[text] = source
    rows = [SourceRow(text, _kind(found[text]), count) for text, count in counts.items()]
    return tuple(sorted(rows, key=lambda row: -row.count))


def _kind(source: Source) -> str:
    return _(SOURCE_KINDS.get(source.kind) or _PAPERS.get(source.kind, "其他"))


# -- what is open --------------------------------------------------------------------------------


def _open(diagnosis: Diagnosis) -> Iterator[OpenQuestion]:
    settled = (AnswerState.ANSWERED, AnswerState.NOT_ASKED)
    for section in diagnosis.pack.sections:
        for question in section.questions:
            state = diagnosis.states[question.id]
            if state not in settled:
                reason = diagnosis.answers.get(question.id).reason
                yield OpenQuestion(question.id, named(question), named(section), state_text(state), reason)


def _silent(questions: list[OpenQuestion]) -> Iterator[SilentGroup]:
    """The open questions without a reason, by section and state."""
    groups: dict[tuple[str, str], list[str]] = {}
    for item in questions:
        if not item.reason:
            groups.setdefault((item.section, item.state), []).append(named(item))
    for (section, state), titles in groups.items():
        yield SilentGroup(section, state, len(titles), _("、").join(titles))

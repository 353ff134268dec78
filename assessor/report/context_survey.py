"""What does a survey form ask that the report does not? Pain points, three years, five layers, projects.

The outline is that of provincial survey-and-diagnosis forms. Every list holds rows of texts under the
names a Word template calls them by; what is not known is left empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessor import shipped
from assessor.answers.model import Ratio
from assessor.diagnosis import Diagnosis
from assessor.errors import raise_if
from assessor.pack.question import LevelQuestion, MultiQuestion
from assessor.pack.record import Names, Record
from assessor.pack.yamlfile import read_yaml
from assessor.report.context import Report
from assessor.report.context_lists import Row, Rows, equipment, lists_text, software
from assessor.report.context_projects import planned_year, project_rows, projects_basis
from assessor.report.wording import brief_text, number_text, rung_text, value_text
from assessor.roadmap.plan import Roadmap
from assessor.words import named

TO_CONFIRM = "（待确认）"
_POINTS = 6
"""So many pain points the provincial forms ask for."""
_STAGES = (
    ("第一阶段", "0—12 个月"),
    ("第二阶段", "13—24 个月"),
    ("第三阶段", "25—36 个月"),
)
_BRIEF = 60
"""Characters of an answer that a cell has room for."""


class Layers(Record):
    """`reports/docx/survey.yaml`: each layer with the questions that tell of it, top first.

    A scene that no layer names belongs to `applications`.
    """

    applications: str
    layers: dict[str, Names]


@lru_cache(maxsize=1)
def layers() -> Layers:
    """The layers of the form; `UserError` when the file is missing or broken."""
    path = shipped("reports") / "docx" / "survey.yaml"
    document = read_yaml(path, str(path))
    raise_if(document.problems)
    return Layers.model_validate(document.data)


@dataclass(frozen=True, slots=True)
class Survey:
    """The lists by their names in a template, and two texts; all may be empty."""

    state: str
    lists: Mapping[str, Rows]
    basis: str


@dataclass(frozen=True, slots=True)
class _Point:
    """A pain point; `scene` is the question it stands on, empty for a red line."""

    title: str
    text: str
    ground: str
    scene: str = ""


def survey(diagnosis: Diagnosis, view: Report, roadmap: Roadmap | None) -> Survey:
    """The lists of the form; those on projects are empty without a roadmap."""
    plan = roadmap if roadmap is not None and roadmap.clash is None else None
    points = tuple(_points(diagnosis, view))
    machines, systems = equipment(diagnosis), software(diagnosis)
    lists = {
        "设备清单": machines,
        "软件清单": systems,
        "痛点": tuple(
            {"序号": str(number), "标题": point.title, "内容": point.text, "依据": point.ground}
            for number, point in enumerate(points, 1)
        ),
        "三年计划": tuple(_three_years(diagnosis, view, plan)),
        "五层": tuple(_layers(diagnosis, points, systems)),
        "项目": project_rows(plan) if plan else (),
    }
    return Survey(_state(view, machines, systems), lists, projects_basis(roadmap) if roadmap else "")


def _state(view: Report, machines: Rows, systems: Rows) -> str:
    """Equipment, systems, verdict, gaps: facts alone, no advice."""
    gaps = "、".join(point.title for point in view.summary.weaknesses)
    weak = f"差距较大的环节：{gaps}。" if gaps else ""
    return f"{lists_text(machines, systems)}{view.summary.sentence}{weak}"


# -- pain points ---------------------------------------------------------------------------------


def _points(diagnosis: Diagnosis, view: Report) -> Iterator[_Point]:
    """Red lines first, then the trade's weakest scenes, then what is nearest to the next level."""
    lines = [
        _Point(line.title, line.text, f"{line.word}；{brief_text(line.cite, _BRIEF)}")
        for line in view.red_lines
    ]
    steps = [
        _Point(step.title, f"要做到：{step.text}", f"部里场景 {step.id}，{step.now} 级", step.id)
        for step in view.summary.steps
    ]
    found: dict[str, _Point] = {}
    for point in (*lines, *_weak_scenes(diagnosis), *steps):
        found.setdefault(point.title, point)
    yield from list(found.values())[:_POINTS]


def _weak_scenes(diagnosis: Diagnosis) -> Iterator[_Point]:
    for scene in diagnosis.weaknesses(_POINTS):
        level, question = scene.counting or 0, scene.question
        now = next((rung.text for rung in question.levels if rung.level == level), "")
        more = f"再上一级要做到：{scene.next_level.text}" if scene.next_level else ""
        ground = f"行业场景 {question.id}，{rung_text(level)}"
        yield _Point(named(question), f"{_ended(now)}{_ended(more)}", ground, question.id)


def _ended(text: str) -> str:
    return f"{text.rstrip('。')}。" if text else ""


# -- three years ---------------------------------------------------------------------------------


def _three_years(diagnosis: Diagnosis, view: Report, plan: Roadmap | None) -> Iterator[Row]:
    for year, (stage, months) in enumerate(_STAGES):
        if plan is not None:
            task, result = planned_year(plan, year)
        else:
            task, result = _first_year(diagnosis, view) if year == 0 else ("", "")
        yield {"阶段": stage, "时间": months, "任务": task, "结果": result}


def _first_year(diagnosis: Diagnosis, view: Report) -> tuple[str, str]:
    """Known without a plan: what the law asks, and what is nearest to the next level."""
    red = [f"解除“{line.title}”" for line in view.red_lines]
    steps = [f"{step.title}到 {step.now + 1} 级" for step in view.summary.steps]
    task = "；".join([*red, *steps])
    level = diagnosis.main.gaps.level if diagnosis.main.gaps else 0
    name = next((named(item) for item in diagnosis.main.result.model.levels if item.level == level), "")
    return (f"{task}{TO_CONFIRM}" if task else ""), (f"达到{name}{TO_CONFIRM}" if name else "")


# -- layers --------------------------------------------------------------------------------------


def _layers(diagnosis: Diagnosis, points: Sequence[_Point], systems: Rows) -> Iterator[Row]:
    applications = layers().applications
    for layer, ids in layers().layers.items():
        known = [name for name in ids if name in diagnosis.pack.questions]
        have = [_have(diagnosis, name) for name in known]
        if layer == applications and systems:
            have.insert(0, f"在用系统：{'、'.join(row['名称'] for row in systems)}")
        missing = [_missing(diagnosis, name) for name in known]
        here = {str(place): point for place, point in enumerate(points, 1) if _layer_of(point) == layer}
        if layer == applications and here:
            missing.append(f"{'、'.join(point.title for point in here.values())}，见痛点")
        yield {
            "层": layer,
            "现有": "；".join(filter(None, have)),
            "差距": "；".join(filter(None, missing)),
            "痛点": " ".join(here) or "—",
        }


def _layer_of(point: _Point) -> str:
    """The layer where a pain point is cured; none for a red line."""
    named = [layer for layer, ids in layers().layers.items() if point.scene in ids]
    return named[0] if named else layers().applications if point.scene else ""


def _have(diagnosis: Diagnosis, name: str) -> str:
    question, answer = diagnosis.pack.questions[name], diagnosis.answers.get(name)
    seen = answer.on(diagnosis.headline)
    value = answer.value if seen is None else seen
    if value is None:
        return ""
    own = "（自报，没有核实）" if seen is None else ""
    return f"{named(question)}：{brief_text(value_text(question, value), _BRIEF)}{own}"


def _missing(diagnosis: Diagnosis, name: str) -> str:
    """What a question of steps or ticks still leaves open."""
    question, answer = diagnosis.pack.questions[name], diagnosis.answers.get(name)
    value = answer.on(diagnosis.headline)
    if isinstance(question, LevelQuestion) and isinstance(value, int):
        above = [rung for rung in question.levels if rung.level == value + 1]
        return f"{named(question)}到 {value + 1} 级：{brief_text(above[0].text, _BRIEF)}" if above else ""
    if isinstance(question, MultiQuestion) and isinstance(value, tuple):
        rest = [option.text for option in question.options if option.id not in value and not option.none]
        return f"{named(question)}还没有：{brief_text('、'.join(rest), _BRIEF)}" if rest else ""
    if isinstance(value, Ratio) and value.numerator is not None and value.denominator is not None:
        short = value.denominator - value.numerator
        return (
            f"{named(question)}：{number_text(value.denominator)} 里还差 {number_text(short)}"
            if short > 0
            else ""
        )
    return ""

"""The survey form: lists of the firm, pain points, three years, five layers and projects, nothing made up."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from assessor import shipped
from assessor.answers.model import Answer
from assessor.commands import places
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import UserError
from assessor.pack.load import open_pack, pack_folders
from assessor.pack.model import Pack
from assessor.pack.question import TableQuestion
from assessor.report.context import report
from assessor.report.context_lists import equipment, software
from assessor.report.context_survey import layers as layers_of_the_form
from assessor.report.context_survey import survey
from assessor.report.docx.fields import LISTS, LONG, OPEN, TEXTS, WHOLE, fields
from assessor.report.docx.write import docx_bytes
from assessor.report.looks import load_looks
from assessor.report.readers import TITLES
from assessor.roadmap.plan import Roadmap, plan
from assessor.roadmap.request import Request

SURVEY = shipped("reports") / "docx/survey.docx"
THEME = load_looks().light
PACKS = sorted(pack_folders(places().packs))


@pytest.fixture(scope="module")
def roadmap(retread: Diagnosis) -> Roadmap:
    return plan(retread.pack, retread.answers, Request(budget=200))


@pytest.fixture(scope="module")
def form(demo: Diagnosis) -> Any:
    return Document(io.BytesIO(docx_bytes(demo, SURVEY)))


def grid(document: Any, head: str) -> list[list[str]]:
    """The rows of the table whose head has this word in it."""
    tables = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    return next(rows[1:] for rows in tables if head in rows[0])


def test_every_field__is_told_of_and_no_other(demo: Diagnosis) -> None:
    found = fields(demo, report(demo, THEME))
    assert set(found) == {*TEXTS, *LISTS, *TITLES.values(), WHOLE, LONG}
    assert {name: tuple(found[name][0]) for name in LISTS} == {
        name: cells for name, (_, cells) in LISTS.items()
    }


def test_the_form__has_no_field_left_over(form: Any) -> None:
    text = "".join(form.element.body.itertext())
    assert "{{" not in text
    assert "{%" not in text
    assert "\u2063" not in text


def test_the_lists__hold_every_machine_and_each_system_once(demo: Diagnosis, form: Any) -> None:
    machines, systems = grid(form, "数控"), grid(form, "管哪些环节")
    rows = demo.answers.get("TL01").verified or demo.answers.get("TL01").value
    assert isinstance(rows, tuple)
    assert len(machines) == len(rows) > 10
    assert [row[2] for row in machines] == [row["名称"] for row in equipment(demo)]
    names = [row[2] for row in systems]
    assert len(names) == len(set(names)) == len(software(demo))
    assert any("、" in row[3] for row in systems), "one system, several steps"


def test_what_is_not_known__is_left_to_be_filled_in(blank: Diagnosis) -> None:
    made = Document(io.BytesIO(docx_bytes(blank, SURVEY)))
    assert grid(made, "数控") == [[OPEN] * 10]
    assert grid(made, "可验收的目标") == [[OPEN] * 7]
    years = grid(made, "要看到的结果")
    assert [row[:2] for row in years] == [
        ["第一阶段", "0—12 个月"],
        ["第二阶段", "13—24 个月"],
        ["第三阶段", "25—36 个月"],
    ]
    assert [row[2] for row in years[1:]] == [OPEN, OPEN]


def test_pain_points__are_six_at_most_red_lines_first(demo: Diagnosis) -> None:
    view = report(demo, THEME)
    points = survey(demo, view, None).lists["痛点"]
    assert len(points) == 6
    assert [point["序号"] for point in points] == list("123456")
    assert points[0]["标题"] == view.red_lines[0].title
    assert len({point["标题"] for point in points}) == 6


def test_the_layers__name_questions_that_every_pack_has_and_cure_each_point_once(demo: Diagnosis) -> None:
    ids = {name for names in layers_of_the_form().layers.values() for name in names}
    for name in PACKS:
        assert ids <= set(open_pack(name, places().packs).questions)
    view = report(demo, THEME)
    layers = survey(demo, view, None).lists["五层"]
    assert [row["层"] for row in layers] == list(layers_of_the_form().layers)
    cured = [number for row in layers for number in row["痛点"].split() if number != "—"]
    assert cured == ["2", "3", "4", "5", "6"], "a red line is cured by law, not by a layer"
    assert all(row["现有"] for row in layers)


def test_a_claim_nobody_saw__is_told_as_such(demo: Diagnosis) -> None:
    items = {**demo.answers.items, "G01": Answer(3)}
    other = diagnose(demo.pack, replace(demo.answers, items=items))
    [row] = [row for row in survey(other, report(other, THEME), None).lists["五层"] if "网络" in row["层"]]
    assert "（自报，没有核实）" in row["现有"]


def test_projects__are_those_of_the_roadmap_with_money_as_an_estimate(
    retread: Diagnosis, roadmap: Roadmap
) -> None:
    form = survey(retread, report(retread, THEME), roadmap)
    projects = form.lists["项目"]
    assert sorted(row["名称"] for row in projects) == sorted(one.action.title for one in roadmap.actions)
    assert projects
    assert all("（估算）" in row["投资"] for row in projects)
    assert {row["类别"] for row in projects} <= {"智改", "数转", "网联"}
    assert "每年预算 20 万元" in form.basis
    tasks = "、".join(row["任务"] for row in form.lists["三年计划"])
    assert [one.action.title for one in roadmap.actions if one.action.title not in tasks] == []


@pytest.mark.parametrize("name", [name for name in PACKS if name != "common"])
def test_both_lists__are_found_in_every_trade(name: str) -> None:
    pack: Pack = open_pack(name, places().packs)
    tables = [q for q in pack.asked() if isinstance(q, TableQuestion)]
    machines = [q for q in tables if {"name", "units", "networked"} <= {c.id for c in q.columns}]
    systems = [q for q in tables if {"name", "step", "deploy"} <= {c.id for c in q.columns}]
    assert (len(machines), len(systems)) == (1, 1)
    titles = {column.title for column in machines[0].columns}
    assert {"停用原因", "供应商"} <= titles


def test_a_cell_of_a_row_that_is_not_there__is_named(demo: Diagnosis, tmp_path: Path) -> None:
    own = Document()
    table = own.add_table(rows=3, cols=1)
    for row, text in zip(
        table.rows, ("{%tr for 行 in 设备清单 %}", "{{行.产地}}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].paragraphs[0].text = text
    own.save(tmp_path / "own.docx")
    with pytest.raises(UserError) as caught:
        docx_bytes(demo, tmp_path / "own.docx")
    [problem] = caught.value.problems
    assert problem.code == "template-field"
    assert "产地" in problem.what
    assert "型号" in str(problem)

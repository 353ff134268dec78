"""The sheet for a visit: its questions in walking order, what to sample, boxes to tick, what was claimed."""

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from assessor import commands
from assessor.answers.model import Answer, Answers
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, TableQuestion
from assessor.report.html import render_visit
from assessor.report.visit_sheet import SheetQuestion, VisitSheet, visit_sheet, write_visit_sheet
from assessor.report.visit_words import minutes_text
from assessor.scoring.visit import visit_plan


@pytest.fixture(scope="module")
def visited(questionnaires: Path) -> tuple[Pack, Answers]:
    """The sample tire plant, nothing of it seen on site yet."""
    here = commands.Places(Path("nowhere"), (questionnaires,))
    pack, answers = commands.read_answers(here, questionnaires / "tires/samples/demo.json")
    items = {key: replace(each, verified=None) for key, each in answers.items.items()}
    return pack, replace(answers, mode="onsite", items={**items, "T02": Answer()})


def sheet_of(visited: tuple[Pack, Answers], *keys: str) -> VisitSheet:
    return visit_sheet(*visited, keys, 20, "王工")


def question_of(sheet: VisitSheet, key: str) -> SheetQuestion:
    return next(each for stop in sheet.stops for each in stop.questions if each.id == key)


def test_a_level_question__gives_every_rung_with_its_records_and_marks_the_claim(
    visited: tuple[Pack, Answers],
) -> None:
    pack, answers = visited
    made = question_of(sheet_of(visited, "T01", "T02"), "T01")
    asked = pack.questions["T01"]
    assert isinstance(asked, LevelQuestion)
    assert [choice.text for choice in made.choices] == [rung.text for rung in asked.levels]
    assert [choice.records for choice in made.choices] == ["；".join(r.evidence) for r in asked.levels]
    claimed = answers.get("T01").value
    assert [rung.level for rung, c in zip(asked.levels, made.choices, strict=True) if c.claimed] == [claimed]
    blank = question_of(sheet_of(visited, "T02"), "T02")
    assert not any(choice.claimed for choice in blank.choices)


def test_figures_and_lists__give_room_to_write(visited: tuple[Pack, Answers]) -> None:
    sheet = sheet_of(visited, "miit.Q2", "TQ03", "TL01", "miit.Q12")
    assert len(question_of(sheet, "miit.Q2").blanks) == 2
    assert [blank.name for blank in question_of(sheet, "miit.Q12").blanks] == ["之前", "现在"]
    assert question_of(sheet, "TQ03").blanks[0].unit == getattr(visited[0].questions["TQ03"], "unit", None)
    table = visited[0].questions["TL01"]
    assert isinstance(table, TableQuestion)
    assert list(question_of(sheet, "TL01").columns) == [column.title for column in table.columns]


def test_stops__are_walked_in_the_order_of_the_questionnaire(visited: tuple[Pack, Answers]) -> None:
    sheet = sheet_of(visited, "miit.Q2", "T08", "T01")
    order = [each.id for stop in sheet.stops for each in stop.questions]
    assert order == ["T01", "T08", "miit.Q2"]
    assert sheet.count == 3


def test_red_lines_that_found_no_room__stand_at_the_top(visited: tuple[Pack, Answers]) -> None:
    short, whole = sheet_of(visited, "T01"), visit_sheet(*visited, list(visited[0].questions), None, "")
    assert any(line.startswith("TG02 ") for line in short.red_left)
    assert short.red_left[0] in render_visit(short).replace("\u2009", "")
    assert whole.red_left == ()
    assert question_of(whole, "TG02").is_red and not question_of(whole, "T01").is_red


def test_the_paper__holds_every_question_of_the_visit_and_no_missing_letter(
    visited: tuple[Pack, Answers], tmp_path: Path
) -> None:
    pack, answers = visited
    chosen = [question.id for question in visit_plan(pack, answers, 20).questions]
    out = tmp_path / "sheet.pdf"
    assert write_visit_sheet(visit_sheet(pack, answers, chosen, 20, "王工"), out) == ()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert "现场走访单" in text
    assert all(key in text for key in chosen)
    assert text.count("核实") >= len(chosen)


def test_nothing_to_ask__is_said(visited: tuple[Pack, Answers]) -> None:
    assert "没有还要问的题" in render_visit(sheet_of(visited))


def test_minutes__are_told_as_people_say_them() -> None:
    assert [minutes_text(each) for each in (4, 59, 60, 61, 118, 545)] == [
        "约 4 分钟",
        "约 59 分钟",
        "约 1 小时",
        "约 1 小时 5 分钟",
        "约 2 小时",
        "约 9 小时 5 分钟",
    ]

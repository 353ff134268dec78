"""LibreOffice calculates the workbook anew and saves it again: same figures, nothing lost."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assessor.answers.document import parse_answers
from assessor.answers.model import Answer, Answers
from assessor.diagnosis import diagnose
from assessor.exchange import labels
from assessor.exchange.entries import Stamp
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from tests.answers.draw import documents
from tests.exchange.hand import Hand, read
from tests.exchange.normal import normal
from tests.exchange.office import Office, needed
from tests.exchange.test_roundtrip import AWKWARD

pytestmark = [needed, pytest.mark.slow]


def draw(pack: Pack, count: int) -> list[Answers]:
    """Some assessments, always the same ones."""
    found: list[Answers] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(document=documents(pack))
    def collect(document: dict[str, Any]) -> None:
        answers, problems = parse_answers(document, pack, "drawn")
        assert not problems
        found.append(normal(answers))

    collect()
    return found


def results(path: Path) -> dict[tuple[str, str], object]:
    """What stands in every cell."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, str(cell.coordinate)): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def check_same_figures(before: Path, after: Path) -> None:
    """Every cell that a formula fills has the result that was stored beside the formula."""
    formulas = {
        (sheet.title, str(cell.coordinate))
        for sheet in openpyxl.load_workbook(before)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    stored, calculated = results(before), results(after)
    for place in formulas:
        one, other = stored.get(place, ""), calculated.get(place, "")
        if isinstance(one, int | float) and isinstance(other, int | float):
            assert other == pytest.approx(one, abs=1e-9), place
        else:
            assert one == other, place


@pytest.mark.parametrize("name", ["common", "tires", "ruled"])
def test_recalculated_figures__are_those_the_engine_stored(
    name: str, request: pytest.FixtureRequest, office: Office, tmp_path: Path
) -> None:
    pack: Pack = request.getfixturevalue(name)
    files = []
    for number, answers in enumerate(draw(pack, 4)):
        files.append(tmp_path / f"{name}{number}.xlsx")
        files[-1].write_bytes(workbook_bytes(pack, answers, digest=pack.digest))
    for before, after in zip(files, office.convert(*files), strict=True):
        check_same_figures(before, after)


def test_a_template_filled_in_by_hand__scores_itself_as_the_engine_does(
    common: Pack, blank_common: bytes, office: Office, tmp_path: Path
) -> None:
    hand = Hand(blank_common)  # openpyxl keeps no results: what is seen later was calculated
    for line in ("miit.Q1/B", "miit.Q1/C", "miit.Q4/B", "miit.Q4/O", "miit.Q6/B", "miit.Q7/A"):
        hand.type(line, labels.TICK)
    for line, figure in (
        ("miit.Q2/分子", 14),
        ("miit.Q2/分母", 35),
        ("miit.Q13/前", 97.125),
        ("miit.Q13/后", 97.13),
    ):
        hand.type(line, figure)
    hand.type("miit.Q3/档", "D")
    hand.type("miit.Q5", "C")
    for number in range(1, 15):
        hand.type(f"miit.S{number:02}", number % 3 + 1)
    hand.type("miit.S15", "不适用", "state")
    hand.type("miit.S15", "没有审批", "reason")
    filled = hand.save(tmp_path / "填好.xlsx")
    (saved,) = office.convert(filled)
    found = read(saved.read_bytes(), common)
    assert (found.state, found.faults) == ("accepted", ())
    assert found.answers is not None
    check_score_sheet(common, found.answers, saved)


def check_score_sheet(pack: Pack, answers: Answers, path: Path) -> None:
    """The calculated score sheet shows the engine's points, scenes, level, index and stage."""
    rows = {
        str(row[0].value or row[1].value): [cell.value for cell in row[3:7]]
        for row in openpyxl.load_workbook(path, data_only=True)[labels.SCORE].iter_rows()
    }
    diagnosis = diagnose(pack, answers)
    result = diagnosis.verdicts[0].result
    for question in result.claimed.questions:
        other = next(item for item in result.verified.questions if item.id == question.id)
        spans = (question.span, other.span)
        assert rows[question.id] == [end / 1000 for span in spans for end in (span.low, span.high)]
    spans = (result.claimed.span, result.verified.span)
    assert rows["总分"] == [end / 1000 for span in spans for end in (span.low, span.high)]
    sides = (result.claimed, result.verified)
    assert rows["等级"] == [level for side in sides for level in (side.level_low, side.level_high)]
    index = diagnosis.indexes[0]
    points = [side.span for side in (index.claimed, index.verified)]
    assert rows["指数"] == [end / 1000 for span in points if span for end in (span.low, span.high)]
    assert rows["阶段"] == [
        level for side in (index.claimed, index.verified) for level in (side.level_low, side.level_high)
    ]


@pytest.mark.parametrize("name", ["common", "tires", "sample"])
@pytest.mark.parametrize("way", [("xlsx",), ("xls", "xlsx"), ("ods", "xlsx")], ids="-".join)
def test_an_assessment_saved_by_libreoffice__comes_back_as_it_was(
    name: str, way: tuple[str, ...], request: pytest.FixtureRequest, office: Office, tmp_path: Path
) -> None:
    pack: Pack = request.getfixturevalue(name)
    drawn = draw(pack, 2)
    files = []
    for number, answers in enumerate(drawn):
        files.append(tmp_path / f"{number}.xlsx")
        stamps = dict.fromkeys(answers.items, Stamp("王工", "2026-05-20T10:32:05+08:00"))
        files[-1].write_bytes(workbook_bytes(pack, answers, digest=pack.digest, uid="f00d", stamps=stamps))
    for step in way:
        files = office.convert(*files, to=step)
    for answers, file in zip(drawn, files, strict=True):
        found = read(file.read_bytes(), pack)
        assert (found.state, found.faults, found.repairs, found.notices) == ("accepted", (), (), ())
        assert found.answers is not None
        assert normal(found.answers) == answers
        assert found.stamps == dict.fromkeys(answers.items, Stamp("王工", "2026-05-20T10:32:05+08:00"))
        assert found.identity is not None
        assert (found.identity.digest, found.identity.uid) == (pack.digest, "f00d")


def test_awkward_texts__survive_libreoffice(sample: Pack, office: Office, tmp_path: Path) -> None:
    answer = Answer(value=Decimal("0.30000000000000004"), evidence=tuple(AWKWARD), sure=1)
    answers = Answers(sample.id, sample.version, {"name": "=1+1"}, {"N1": answer}, by="@SUM(A1)")
    for number, text in enumerate(AWKWARD):
        item = ("C1", "C2", "R1", "D1", "T1", "M1")[number % 6]
        answers = replace(answers, items={**answers.items, item: Answer(remark=text.strip())})
    file = tmp_path / "怪.xlsx"
    file.write_bytes(workbook_bytes(sample, answers, digest=sample.digest))
    (saved,) = office.convert(file)
    found = read(saved.read_bytes(), sample)
    assert (found.state, found.faults, found.repairs) == ("accepted", (), ())
    assert found.answers is not None
    assert normal(found.answers) == normal(answers)

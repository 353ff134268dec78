"""The roadmap's sheet: rows to filter, shown and never read back, and absent where there is no plan."""

import io

import openpyxl
import pytest

from assessor.answers.model import Answer, Answers
from assessor.exchange.labels import ROADMAP, VERDICT
from assessor.exchange.write import workbook_bytes
from assessor.exchange.write_roadmap import PlanSheet
from assessor.pack.model import Pack
from tests.exchange.hand import read
from tests.exchange.normal import normal

PLAN = PlanSheet(
    sentence="两年花 3 万元",
    notes=("已证明没有更好的排法", "预算：每年 8 万元"),
    columns=(("序号", 6.0), ("举措", 24.0), ("编号", 9.0), ("净费用（万元）", 9.0)),
    rows=((1, "一套编码", "N1", 0.3), (2, "=1+1", "M1", 2.7)),
)


@pytest.fixture(scope="module")
def answers(sample: Pack) -> Answers:
    return Answers(sample.id, sample.version, {}, {"M1": Answer(2), "C1": Answer("A")})


@pytest.fixture(scope="module")
def data(sample: Pack, answers: Answers) -> bytes:
    return workbook_bytes(sample, answers, digest=sample.digest, uid="f00d", plan=PLAN)


def test_the_sheet__has_the_sentence_on_top_and_rows_to_filter(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames.index(ROADMAP) == book.sheetnames.index(VERDICT) + 1
    sheet = book[ROADMAP]
    assert sheet["A2"].value == PLAN.sentence
    assert sheet.auto_filter.ref == "A6:D8"
    shown = [[cell.value for cell in row] for row in sheet["A6:D8"]]
    assert shown == [[title for title, _ in PLAN.columns], *map(list, PLAN.rows)]
    assert sheet["B8"].data_type == "s"
    assert sheet.freeze_panes == "C7"


def test_the_sheet__does_not_disturb_the_reader(sample: Pack, answers: Answers, data: bytes) -> None:
    """Even though a column carries ids of questions under the very head that answers have."""
    found = read(data, sample)
    assert (found.state, found.faults, found.repairs, found.notices) == ("accepted", (), (), ())
    assert found.answers is not None
    assert normal(found.answers) == normal(answers)


def test_without_a_plan__there_is_no_such_sheet(sample: Pack, blank: bytes) -> None:
    assert ROADMAP not in openpyxl.load_workbook(io.BytesIO(blank)).sheetnames


def test_a_plan_without_actions__is_a_sheet_with_its_sentence(sample: Pack, answers: Answers) -> None:
    none = PlanSheet("排不出路线图", ("把每年预算提高到 410 万元",), PLAN.columns, ())
    written = workbook_bytes(sample, answers, digest=sample.digest, plan=none)
    sheet = openpyxl.load_workbook(io.BytesIO(written))[ROADMAP]
    assert (sheet["A2"].value, sheet.auto_filter.ref) == (none.sentence, None)

"""The chapter on other standards: what each says and why it says no more; every gate somewhere on paper."""

import pytest

from assessor.answers.model import Answer
from assessor.diagnosis import Diagnosis, diagnose
from assessor.report.charts import reach
from assessor.report.charts.marks import sizes
from assessor.report.charts.reach import Reach, reach_bars, reach_of
from assessor.report.charts.svg import text_width
from assessor.report.context import report
from assessor.report.context_evidence import NO_PICTURES
from assessor.report.context_standards import cross_standards, standards
from assessor.report.html import page
from assessor.report.looks import load_looks
from assessor.report.standard_text import leaves_of, standing_text
from assessor.report.text import verdict_text
from assessor.scoring.standard_document import reason_text
from assessor.scoring.standard_result import CapabilityResult, LadderResult

NAMES = ("demo", "retread", "blank", "full", "plain")
THEME = load_looks().light


def tree(diagnosis: Diagnosis, model: str = "cmmm-2020") -> CapabilityResult:
    [found] = [one for one in diagnosis.standards if one.model.id == model]
    assert isinstance(found, CapabilityResult)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_standard__says_what_it_is_not_and_why(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    views = standards(diagnoses[name], THEME)
    for view, result in zip(views, diagnoses[name].standards, strict=True):
        assert view.says == result.model.says
        assert reason_text(result.reasons) and view.why.startswith(str(reason_text(result.reasons)))
        assert ("不评级" if isinstance(result, CapabilityResult) else "不判到哪一级") in view.sentence
        assert "证书" in view.says or "认定" in view.says


def test_the_paper__prints_that_it_is_no_certificate_and_where_gates_come_from(demo: Diagnosis) -> None:
    paper = page(demo, "", NO_PICTURES)
    for words in ("自评，不是证书", "门槛来自二手资料", "只作读法，不评级", "没有公开读到"):
        assert words in paper


@pytest.mark.parametrize("name", NAMES)
def test_every_gate__stands_on_paper_once(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    [ladder] = [one for one in diagnoses[name].standards if isinstance(one, LadderResult)]
    [view] = [one for one in standards(diagnoses[name], THEME) if one.groups]
    titles = [gate.title for group in (*view.groups, *view.higher) for gate in group.gates]
    assert sorted(titles) == sorted(gate.title for gate in ladder.model.gates())


def test_a_leaf_nothing_speaks_of__says_so(plain: Diagnosis) -> None:
    [leaf] = [one for one in leaves_of(tree(plain)) if one.node.id == "integration"]
    assert reach_of(leaf).told == "没有题说到"
    assert "20 个子域里 19 个有题说到" in standing_text(tree(plain))


def test_states__are_told_as_a_range_while_answers_are_missing(blank: Diagnosis) -> None:
    [leaf] = [one for one in leaves_of(tree(blank)) if one.node.id == "skills"]
    assert reach_of(leaf) == Reach("人员技能", 0, 5, 5, "", 1)
    assert reach_of(leaf).told == "0—5/5　空 1"


def test_rungs__are_those_of_answered_scenes(blank: Diagnosis) -> None:
    answers = blank.answers.with_answer("T14", Answer(3))
    [leaf] = [one for one in leaves_of(tree(diagnose(blank.pack, answers))) if one.node.id == "safety"]
    assert reach_of(leaf).told == "3—7/8　3 级　空 1"


def test_bars__draw_every_row_with_its_words() -> None:
    rows = [Reach("甲", 1, 3, 4, "1 级", 1), Reach("乙", 0, 0, 0, "", 0)]
    picture = reach_bars(rows, "claimed", "题", THEME)
    assert "1—3/4" in picture and "没有题说到" in picture and "<desc>" in picture


@pytest.mark.parametrize("name", NAMES)
def test_bars__have_room_for_their_words(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    trees = [one for one in diagnoses[name].standards if isinstance(one, CapabilityResult)]
    rows = [reach_of(leaf) for one in trees for leaf in leaves_of(one)]
    widest = Reach("计划与调度", 11, 36, 36, "1—2 级", 12)
    for row in (*rows, widest):
        assert text_width(row.told, sizes().note) + 8 <= reach._VALUE
        assert text_width(row.title, sizes().label) <= reach._LABEL


def test_the_crosswalk__follows_the_ministry_s_scenes_unless_it_says_otherwise(demo: Diagnosis) -> None:
    assert cross_standards(demo.pack, "T13") == ("能源管理", "—")
    assert cross_standards(demo.pack, "T16") == ("数据、集成、信息安全", "技术、数据")
    assert cross_standards(demo.pack, "miit.S13") == ("—", "数字化运营")


@pytest.mark.parametrize("name", NAMES)
def test_every_scene__is_in_the_crosswalk_of_the_annex(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    diagnosis = diagnoses[name]
    view = report(diagnosis, THEME)
    assert len(view.links) == len(diagnosis.scenes) + 16
    assert all(len(row.standards) == len(view.cross_heads) == 2 for row in view.links)


def test_the_terminal__tells_every_standard(demo: Diagnosis) -> None:
    text = verdict_text(demo)
    for result in demo.standards:
        assert result.model.says in text and standing_text(result) in text

"""Answers, levels, verdicts and sources in words."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessor.answers.model import Answer, AnswerState, Ratio, Row, Trend, Value
from assessor.diagnosis import Diagnosis, Gaps
from assessor.pack.model import Pack
from assessor.pack.record import Source
from assessor.report import wording
from assessor.report.spacing import spaced


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("miit.Q1", ("B", "D"), "车间有控制网"),
        ("miit.Q2", Ratio(Decimal(14), Decimal(70)), "14 ÷ 70 = 20.0%（超过10%、不超过20%）"),
        ("miit.Q2", Ratio(letter="C"), "超过20%、不超过40%"),
        ("miit.Q3", Ratio(Decimal(2001), Decimal(10000)), "2,001 ÷ 10,000 = 20.01%（超过20%、不超过40%）"),
        ("miit.Q5", "E", "全部环节都用系统管"),
        ("miit.Q12", Trend(Decimal("2.0714"), Decimal("1.978")), "2.071 → 1.978 千克标准煤/百元（变好）"),
        ("miit.Q13", Trend(Decimal("98.4"), Decimal("98.4")), "98.40 → 98.40%（持平）"),
        ("miit.Q15", Trend(letter="A"), "变差"),
        ("miit.S05", 1, "1 级：用电子表格排计划"),
        ("G16.1", True, "是"),
        ("G16.2", False, "否"),
        ("G02", Ratio(Decimal(0), Decimal(0)), "0 ÷ 0 = 0.0%"),
    ],
)
def test_value_text(common: Pack, key: str, value: Value, expected: str) -> None:
    said = wording.value_text(common.questions[key], value)
    assert spaced(said).startswith(spaced(expected))


def test_value_text__facts_and_rows(common: Pack) -> None:
    facts = {fact.id: fact for fact in common.facts}
    assert wording.value_text(facts["revenue_wan"], Decimal("18000.50")) == "18,000.5 万元"
    assert wording.value_text(facts["founded"], Decimal(2011)) == "2011 年"
    rows: tuple[Row, ...] = ({"item": "高新技术企业", "year": Decimal(2023), "grade": None},)
    assert wording.value_text(common.questions["G15.1"], rows) == "项目 高新技术企业，年份 2023"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", "0"),
        ("1234567.890", "1,234,567.89"),
        ("-1234.5", "-1,234.5"),
        ("-0.5", "-0.5"),
        ("1E+3", "1,000"),
    ],
)
def test_number_text(number: str, expected: str) -> None:
    assert wording.number_text(Decimal(number)) == expected


def test_percent_text__never_across_a_cut() -> None:
    assert wording.percent_text(Fraction(20004, 100000), [Decimal(20)]) == "20.004%"
    assert wording.percent_text(Fraction(1, 5), [Decimal(20)]) == "20.0%"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-05-20", "2026年5月20日"),
        ("2022-11", "2022年11月"),
        ("2024", "2024年"),
        ("", ""),
        ("2024 前后", "2024 前后"),
    ],
)
def test_date_text(day: str, expected: str) -> None:
    assert wording.date_text(day) == expected


@pytest.mark.parametrize(
    ("score", "scenes", "binding", "expected"),
    [
        (6_620, 1, 0, "到二级还差 6.6 分，1 个二级场景。"),
        (0, 0, 2, "到二级还差 2 个二级约束性场景。"),
        (4, 2, 1, "到二级还差 0.004 分，2 个二级场景，1 个约束性场景。"),
        (0, 0, 0, "到二级的各项条件都已满足。"),
    ],
)
def test_missing_sentence(score: int, scenes: int, binding: int, expected: str) -> None:
    gaps = Gaps(level=2, score=score, scene_count=scenes, binding_count=binding, scenes=(), points=())
    assert wording.missing_sentence(gaps) == expected


def test_verdict_sentence__each_way_of_knowing(diagnoses: dict[str, Diagnosis]) -> None:
    said = {name: wording.verdict_sentence(diagnosis) for name, diagnosis in diagnoses.items()}
    assert said["full"].startswith("现场评定达到四级（协同级），得 100.0 分")
    assert said["blank"] == "自评还定不了等级，最高可能到四级（协同级），得分 0.0—100.0。"
    assert said["plain"].startswith("自评达到四级（协同级），得 100.0 分")
    assert said["demo"].startswith("现场评定")


def test_brief_text__cut_at_a_pause() -> None:
    assert wording.brief_text("短", 10) == "短"
    assert wording.brief_text("到货有条码，检验放行才能投料；先进先出", 15) == "到货有条码，检验放行才能投料…"
    assert wording.brief_text("一二三四五六七八九十", 5) == "一二三四…"


def test_value_text__a_long_table_is_named_by_its_first_column(common: Pack) -> None:
    rows: tuple[Row, ...] = tuple({"item": f"第{n}项"} for n in range(20))
    said = wording.value_text(common.questions["G15.1"], rows)
    assert said.startswith("共 20 行：第0项、第1项")
    assert said.endswith("等")


def test_state_text() -> None:
    assert wording.state_text(AnswerState.DECLINED) == "不便提供"
    assert wording.absent_text(AnswerState.NOT_ASKED) == "本厂不涉及"
    assert Answer().state is AnswerState.UNANSWERED


def test_source_text__title_issuer_number_date_clause_reading() -> None:
    source = Source(
        title="某标准",
        issuer="某部",
        number="GB 1",
        date="2020-01",
        kind="standard",
        read_as="excerpt",
        sure="read",
        address="example.org/x",
    )
    assert wording.source_text(source, "第 3 条") == "《某标准》，某部，GB 1，2020年1月，第 3 条（节选）"
    untitled = Source(desc="自己的说明", kind="expert", sure="own")
    assert wording.source_text(untitled) == "自己的说明"


def test_find_source__follows_the_entry_it_stands_for(tires: Pack) -> None:
    for key, source in tires.sources.items():
        found = wording.find_source(tires, key)
        if source.same_as is None:
            assert found is source
        elif found is not None:
            assert found.title or found.desc


def test_cite_text__never_an_address(tires: Pack) -> None:
    for question in tires.asked():
        text = wording.cite_text(tires, question.cite)
        assert text
        assert "http" not in text
        assert "www." not in text

"""The chapters on support and platforms: what is certain stands apart, nothing uncertain is added up."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor import shipped
from assessor.answers.rules import lookup_seen
from assessor.commands import Places, diagnose_file
from assessor.diagnosis import Diagnosis
from assessor.pack.model import Pack
from assessor.report.context_support import platform_view, support_cites, support_day, support_view
from assessor.report.html import render_paper
from assessor.report.support_text import example_text, pay_text, period_text
from tests.roadmap.supported import firm, pay, policy, with_policies

SAMPLES = shipped("questionnaires")


@pytest.fixture(scope="module")
def liquor() -> Diagnosis:
    here = Places(Path("nowhere"), (SAMPLES,))
    return diagnose_file(here, SAMPLES / "liquor/samples/medium.json")


def text_of(diagnosis: Diagnosis) -> str:
    """The words of the two chapters, without marks and spaces."""
    html = render_paper(diagnosis)
    chapter = html[html.index('<h1 id="support"') : html.index('<h1 id="others"')]
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "", chapter))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"kind": "share", "rate": Decimal("0.3"), "base": "投入", "cap_wan": 50, "cap_per": "firm"},
            "投入 × 30%，每家企业最高 50 万元",
        ),
        (
            {"kind": "share", "rate": Decimal("0.3"), "base": "投入", "ceiling": True, "what": "中小企业"},
            "中小企业：投入 × 30%以内，上限没有查到",
        ),
        ({"kind": "share", "cap_wan": 200, "cap_per": "project"}, "比例没有查到，每个项目最高 200 万元"),
        (
            {
                "kind": "share",
                "rate_min": Decimal("0.4"),
                "rate": Decimal("0.5"),
                "base": "投入",
                "uncapped": True,
            },
            "投入 × 40%—50%，不设上限",
        ),
        (
            {"kind": "share", "level_caps_wan": {2: 30, 3: 60}, "model": "m", "base": "投入"},
            "投入 × 比例（没有查到），达到二级最高 30 万元，达到三级最高 60 万元",
        ),
        ({"kind": "fixed", "amount_wan": 600, "per": "每家企业三年"}, "600 万元（每家企业三年）"),
        ({"kind": "fixed", "low_wan": 100, "high_wan": 1000}, "100—1,000 万元"),
        ({"kind": "fixed", "sizes_wan": {"large": 50, "small": 10}}, "大型 50 万元，小型 10 万元"),
        (
            {
                "kind": "interest",
                "points": Decimal("0.015"),
                "years_max": 2,
                "loan_cap_wan": 5000,
                "cap_wan": 150,
            },
            "贷款本金（最多按 5,000 万元计）× 1.5% × 年数（最多 2 年），最高 150 万元",
        ),
        (
            {
                "kind": "credit",
                "rate": Decimal("0.1"),
                "base": "改造投入",
                "base_share": Decimal("0.5"),
                "base_of": "原值",
            },
            "改造投入（最多按原值的 50% 计算）× 10%，直接抵税",
        ),
        ({"kind": "tax_rate", "rate": Decimal("0.15"), "base": "应纳税所得额"}, "应纳税所得额 × 15%"),
        ({"kind": "unknown", "what": "奖励"}, "奖励：没有查到"),
    ],
)
def test_a_formula__is_said_so_that_one_can_reckon_with_it(fields: dict[str, object], text: str) -> None:
    assert pay_text(pay(**fields)) == text


@pytest.mark.parametrize(
    ("tax", "said"), [("A", "少交 25 万元"), ("B", "少交 5 万元"), ("C", "少交 15 万元"), ("D", "")]
)
def test_an_example__is_reckoned_at_the_firm_s_own_tax_rate(common: Pack, tax: str, said: str) -> None:
    deduction = next(one for one in common.policies if one.id == "policy.CN-05").pays[0]
    text = example_text(deduction, lookup_seen(common, firm(common, G16_7=tax)))
    assert text.endswith(said)
    assert bool(text) == bool(said)


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("2026-01-01", "2026-12-31", "2026年1月1日—2026年12月31日"),
        ("2026", "2026", "2026年"),
        ("2026-01", None, "2026年1月起，没有写止期"),
        (None, None, "起止没有查到"),
    ],
)
def test_a_period__is_never_told_longer_than_it_is_known(begins: str, ends: str, said: str) -> None:
    assert period_text(policy(**{"from": begins, "to": ends})) == said


def test_support__is_judged_on_the_day_of_the_assessment(liquor: Diagnosis, blank: Diagnosis) -> None:
    assert support_day(liquor) == date.fromisoformat(liquor.answers.date)
    assert support_day(blank) == date.fromisoformat(blank.pack.manifest.date)


def test_the_sample_firm__has_two_rules_of_tax_and_no_grant(liquor: Diagnosis) -> None:
    found = support_view(liquor)
    assert [row.title for row in found.certain] == ["研发费用税前加计扣除", "设备器具一次性税前扣除"]
    assert found.counted == 0
    assert found.certain[0].spending == "研发、软件"
    assert all(row.ask or row.why for row in (*found.possible, *found.doubtful))
    assert len(found.comparators) == 12


def test_every_policy__is_told_once(liquor: Diagnosis) -> None:
    found = support_view(liquor)
    titles = [row.title for row in (*found.certain, *found.possible, *found.doubtful, *found.others)]
    titles += [row.title for row in found.comparators] + [line.split("：")[0] for line in found.basis]
    assert sorted(titles) == sorted(one.title for one in liquor.pack.policies)


def test_the_paper__prints_the_day_of_the_check_and_no_sum_of_what_is_uncertain(liquor: Diagnosis) -> None:
    text = text_of(liquor)
    assert "资料最后核对于2026年11月23日" in text
    assert "方案里一分补助也不算" in text
    assert "其他地方怎么做，仅供参考" in text
    assert "手头的资料里没有见到贵州白酒行业共用的生产数据平台" in text
    assert not re.search("合计[0-9]", text)


def test_a_certain_grant__is_counted_and_said(liquor: Diagnosis) -> None:
    pack = with_policies(liquor.pack, policy(region="520500"))
    found = support_view(replace(liquor, pack=pack))
    assert (found.counted, len(found.certain)) == (1, 1)
    assert "有1项补助条件、比例和上限都查实" in text_of(replace(liquor, pack=pack))


def test_what_has_run_out__is_told_so(liquor: Diagnosis) -> None:
    late = replace(liquor, answers=replace(liquor.answers, date="2027-02-01"))
    rows = {row.title: row for row in support_view(late).others}
    row = rows["关于实施中小微企业贷款贴息政策的通知"]
    assert (row.state, row.text) == ("已失效", "写明的期限已过，有没有延长要问")


def test_a_firm_that_answered_nothing__is_promised_nothing(blank: Diagnosis) -> None:
    found = support_view(blank)
    assert found.certain == ()
    assert any("还没有答：上年度盈利、企业所得税类型" in row.why for row in found.possible)


def test_a_pack_without_policies_and_platforms__has_no_such_chapters(liquor: Diagnosis) -> None:
    empty = replace(liquor.pack, policies=(), platforms=liquor.pack.platforms.model_validate({}))
    bare = replace(liquor, pack=empty)
    assert (bool(support_view(bare)), bool(platform_view(bare))) == (False, False)
    html = render_paper(bare)
    assert 'id="support"' not in html
    assert 'id="platforms"' not in html


def test_a_trade_platform_that_came_later__ends_the_sentence_that_there_is_none(demo: Diagnosis) -> None:
    assert platform_view(demo).absent
    record = {
        "id": "platform.T-1",
        "title": "轮胎行业平台",
        "region": "520000",
        "kind": "trade",
        "offers": "合用",
        "who": "轮胎企业",
        "status": "active",
        "checked": "2027-01-01",
        "cite": {"source": "own.wording", "kind": "expert", "sure": "own"},
    }
    platforms = demo.pack.platforms
    more = type(platforms).model_validate({"platforms": [record], "absent": platforms.absent})
    found = platform_view(replace(demo, pack=replace(demo.pack, platforms=more)))
    assert ([row.title for row in found.rows], found.absent) == (["轮胎行业平台"], ())


def test_sources_of_support__stand_among_the_sources(liquor: Diagnosis) -> None:
    assert any("pol.CN-05-1" in cite.source for cite in support_cites(liquor))
    assert "财政部 税务总局公告2023年第7号".replace(" ", "") in re.sub(r"\s", "", render_paper(liquor))

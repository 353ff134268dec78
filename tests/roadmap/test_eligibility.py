"""Certain, possible, not for this firm, over, of another place: each for its reason, on its day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assessor import shipped
from assessor.answers.model import Answer
from assessor.pack.load import open_pack
from assessor.pack.model import Pack
from assessor.roadmap.eligibility import State, Support, platforms_for, standing, supports
from tests.roadmap.supported import firm, policy, with_policies

DAY = date(2026, 5, 20)
SHIPPED = (shipped("questionnaires"),)
OPEN = {"to": None}


@pytest.fixture(scope="module")
def liquor() -> Pack:
    return open_pack("liquor", SHIPPED)


@pytest.fixture(scope="module")
def chemicals() -> Pack:
    return open_pack("chemicals", SHIPPED)


def judged(pack: Pack, day: date = DAY, facts: Any = None, answers: Any = None, **fields: Any) -> Support:
    (found,) = supports(with_policies(pack, policy(**fields)), firm(pack, facts, **(answers or {})), day)
    return found


def codes(support: Support) -> list[str]:
    return [reason.code for reason in support.reasons]


def test_a_policy_that_holds_for_the_firm__is_certain(common: Pack) -> None:
    found = judged(common)
    assert (found.state, found.reasons, found.ask) == ("certain", (), ())


@pytest.mark.parametrize(
    ("fields", "state", "code"),
    [
        ({"comparator": True}, "comparator", None),
        ({"status": "lapsed", "to": "2026-01-01"}, "lapsed", "over"),
        ({"status": "lapsed", "replaced_by": "policy.T-2"}, "lapsed", "replaced"),
        ({"payee": "other"}, "not_for_you", "other-payee"),
        ({"region": "520100"}, "not_for_you", "region"),
        ({"region": "520303"}, "not_for_you", "region"),
        ({"region": "530000"}, "not_for_you", "region"),
        ({"sizes": ["medium"]}, "not_for_you", "size"),
        ({"industries": ["26", "2911"]}, "not_for_you", "industry"),
        ({"when": {"of": "G16.6", "eq": True}}, "possible", "unanswered"),
        ({"status": "unknown"}, "possible", "validity"),
        ({"status": "announced"}, "possible", "announced"),
        ({"ask": ["补多少？"]}, "possible", "ask"),
        ({"pays": [{"kind": "unknown", "what": "奖励"}]}, "possible", "terms"),
        ({"pays": []}, "possible", "terms"),
        ({"region": "000000"}, "certain", None),
        ({"region": "520300"}, "certain", None),
        ({"region": "520382"}, "certain", None),
        ({"sizes": ["micro", "small"]}, "certain", None),
        ({"industries": ["15"]}, "certain", None),
    ],
)
def test_each_term__decides_in_its_own_way(
    common: Pack, fields: dict[str, Any], state: State, code: str | None
) -> None:
    found = judged(common, **fields)
    assert (found.state, codes(found)) == (state, [code] if code else [])


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), "possible"),
        (date(2026, 1, 1), "certain"),
        (date(2026, 12, 31), "certain"),
        (date(2027, 1, 1), "lapsed"),
    ],
)
def test_a_policy__holds_from_its_first_to_its_last_day(common: Pack, day: date, state: State) -> None:
    assert judged(common, day).state == state


@pytest.mark.parametrize(("to", "last"), [("2026", date(2026, 12, 31)), ("2026-02", date(2026, 2, 28))])
def test_an_end_without_a_day__is_the_last_day_of_month_or_year(common: Pack, to: str, last: date) -> None:
    assert judged(common, last, to=to).state == "certain"
    assert judged(common, date.fromordinal(last.toordinal() + 1), to=to).state == "lapsed"


def test_a_policy_without_an_end__is_believed_for_a_year_after_it_was_checked(common: Pack) -> None:
    assert judged(common, date(2027, 1, 2), **OPEN).state == "certain"
    found = judged(common, date(2027, 1, 3), **OPEN)
    assert (found.state, codes(found)) == ("possible", ["stale"])


def test_a_policy_with_an_end__needs_no_younger_check(common: Pack) -> None:
    assert judged(common, date(2029, 6, 1), to="2030").state == "certain"


@pytest.mark.parametrize(
    ("fact", "fields"),
    [
        ("region_code", {}),
        ("employees", {"sizes": ["small"]}),
        ("industry_code", {"industries": ["15"]}),
    ],
)
def test_what_is_not_known_of_the_firm__is_named(common: Pack, fact: str, fields: dict[str, Any]) -> None:
    answers = firm(common).with_fact(fact, None)
    (found,) = supports(with_policies(common, policy(**fields)), answers, DAY)
    assert found.state == "possible"
    assert [(one.code, one.ids) for one in found.reasons] == [("unanswered", (fact,))]


def test_a_country_wide_policy__asks_for_no_region(common: Pack) -> None:
    answers = firm(common).with_fact("region_code", None)
    (found,) = supports(with_policies(common, policy(region="000000")), answers, DAY)
    assert found.state == "certain"


def test_a_firm_known_by_its_prefecture_only__may_be_in_the_county(common: Pack) -> None:
    found = judged(common, facts={"region_code": "520300"}, region="520382")
    assert (found.state, found.reasons[0].ids) == ("possible", ("region_code",))


def test_an_old_region_code__counts_as_the_new_one(common: Pack) -> None:
    old, new = next(iter(common.regions.changed.items()))
    assert judged(common, facts={"region_code": old}, region=new).state == "certain"


def test_conditions_that_fail__name_what_failed_and_nothing_else(common: Pack) -> None:
    when = {"all": [{"of": "G16.2", "eq": True}, {"of": "G16.3", "eq": True}, {"of": "G16.6", "eq": True}]}
    found = judged(common, when=when, answers={"G16_2": False, "G16_3": True})
    assert [(one.code, one.ids) for one in found.reasons] == [("condition", ("G16.2",))]


def test_several_reasons__are_all_told(common: Pack) -> None:
    found = judged(common, region="520100", industries=["26"], status="unknown")
    assert codes(found) == ["region", "industry"]
    assert codes(judged(common, status="unknown", ask=["补多少？"])) == ["validity", "ask"]


def test_what_is_over__is_over_for_everybody(common: Pack) -> None:
    assert judged(common, date(2027, 1, 1), region="520100").state == "lapsed"


def test_what_was_seen_on_site__counts_before_what_was_said(common: Pack) -> None:
    answers = firm(common).with_answer("G16.6", Answer(True, verified=False))
    (found,) = supports(with_policies(common, policy(when={"of": "G16.6", "eq": True})), answers, DAY)
    assert found.state == "not_for_you"


def test_without_a_firm__only_the_day_decides() -> None:
    assert standing(policy(), DAY) is None
    late, unsure = standing(policy(), date(2027, 1, 1)), standing(policy(status="unknown"), DAY)
    assert late and late.code == "run-out"
    assert unsure and unsure.code == "validity"


# -- shipped ---------------------------------------------------------------------------------------

PROFIT = {"G16_6": True, "G16_7": "C"}


@pytest.mark.parametrize(
    ("name", "day", "state"),
    [
        ("CN-05", DAY, "certain"),
        ("CN-07", DAY, "certain"),
        ("CN-07", date(2028, 1, 1), "lapsed"),
        ("CN-06", DAY, "possible"),
        ("CN-03", date(2026, 12, 31), "possible"),
        ("CN-03", date(2027, 1, 1), "lapsed"),
        ("CN-01", DAY, "possible"),
        ("GZ-01c", DAY, "possible"),
        ("GZ-03", DAY, "possible"),
        ("GZ-02", DAY, "not_for_you"),
        ("GY-02", DAY, "not_for_you"),
        ("ZY-01", DAY, "possible"),
        ("GY-03", DAY, "lapsed"),
        ("GZ-01b", DAY, "lapsed"),
        ("CMP-02", DAY, "comparator"),
    ],
)
def test_a_shipped_policy__is_told_as_the_paper_says(
    common: Pack, name: str, day: date, state: State
) -> None:
    found = {one.policy.id: one.state for one in supports(common, firm(common, **PROFIT), day)}
    assert found[f"policy.{name}"] == state


def test_no_shipped_grant__is_certain_for_anybody(common: Pack) -> None:
    """What the paper could not verify may be promised to nobody: only rules of tax are certain today."""
    everything = {"G16_1": True, "G16_2": True, "G16_3": True, "G15": ("I", "J"), "G07": 4, **PROFIT}
    for region in ("520382", "520103", "522702"):
        found = supports(common, firm(common, {"region_code": region}, **everything), DAY)
        assert {one.policy.kind for one in found if one.state == "certain"} == {"tax"}


def test_a_loss__makes_the_rules_of_tax_useless(common: Pack) -> None:
    found = supports(common, firm(common, G16_6=False, G16_7="A"), DAY)
    states = {one.policy.id: one.state for one in found}
    assert {states[f"policy.CN-{number}"] for number in ("05", "06", "07")} == {"not_for_you"}


# -- platforms -------------------------------------------------------------------------------------


def test_platforms__are_those_of_the_firm_s_place_and_trade(liquor: Pack, tires: Pack) -> None:
    in_renhuai = {one.id for one in platforms_for(liquor, firm(liquor), DAY)}
    elsewhere = {one.id for one in platforms_for(liquor, firm(liquor, {"region_code": "520523"}), DAY)}
    assert in_renhuai - elsewhere == {"platform.LIQ-renhuai"}
    tire_maker = {one.id for one in platforms_for(tires, firm(tires, {"industry_code": "2911"}), DAY)}
    assert not {one for one in tire_maker if "LIQ" in one or "luzhou" in one}
    assert "platform.GZ-livestock" not in in_renhuai | tire_maker


def test_a_platform_that_has_not_begun__is_not_offered(liquor: Pack) -> None:
    before = {one.id for one in platforms_for(liquor, firm(liquor), date(2025, 8, 24))}
    assert "platform.LIQ-renhuai" not in before


def test_the_platform_of_a_park__is_for_firms_in_a_park(chemicals: Pack) -> None:
    def offered(park: bool | None) -> bool:
        facts = {"industry_code": "2614", "employees": Decimal(50)} | ({} if park is None else {"CF13": park})
        answers = firm(chemicals, facts)
        return "platform.CHEM-park" in {one.id for one in platforms_for(chemicals, answers, DAY)}

    assert (offered(True), offered(None), offered(False)) == (True, True, False)

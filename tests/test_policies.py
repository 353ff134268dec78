"""The shipped policies say what their sources say; the list tells people and machines how they stand.

The figures are typed once more from the paper they were taken from, in its own units (yuan), so that a slip
of the pen in one of the two shows.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessor import shipped
from assessor.cli import main
from assessor.commands import Places, read_answers
from assessor.pack.load import open_pack
from assessor.pack.policy import Credit, Deduction, Fixed, Interest, Policy, Share, TaxRate
from assessor.roadmap.granted import plan_with_grants
from assessor.roadmap.quarters import Quarter
from assessor.roadmap.request import Request
from tests.roadmap.firms import only

ROOTS = (shipped("questionnaires"),)
COMMON = open_pack("common", ROOTS)
POLICIES = {one.id.removeprefix("policy."): one for one in COMMON.policies}
SAMPLE = ROOTS[0] / "liquor/samples/medium.json"


def yuan(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 10000)


def figures(policy: Policy) -> list[tuple[Any, ...]]:
    """Every item of a policy with its figures, money in yuan."""
    found: list[tuple[Any, ...]] = []
    for pay in policy.pays:
        match pay:
            case Share():
                caps = tuple(yuan(cap) for cap in pay.level_caps_wan.values())
                found.append(("share", pay.rate and float(pay.rate), caps or yuan(pay.cap_wan), pay.cap_per))
            case Fixed():
                sums = (pay.amount_wan, *pay.sizes_wan.values(), pay.low_wan, pay.high_wan)
                found.append(("fixed", *[yuan(each) for each in sums if each is not None]))
            case Interest():
                points = pay.points and float(pay.points)
                found.append(("interest", points, pay.years_max, yuan(pay.loan_cap_wan), yuan(pay.cap_wan)))
            case Credit():
                found.append(("credit", float(pay.rate), pay.base_share and float(pay.base_share)))
            case Deduction():
                found.append(("deduction", float(pay.rate), yuan(pay.unit_cap_wan), pay.timing))
            case TaxRate():
                found.append(("tax_rate", float(pay.rate)))
            case _:
                found.append((pay.kind,))
    return found


TYPED: dict[str, list[tuple[Any, ...]]] = {
    "GZ-01a": [("unknown",), ("share", 0.10, 2_000_000, "project"), ("unknown",)],
    "GZ-01b": [("share", None, 2_000_000, "firm")],
    "GZ-01c": [*[("share", 0.30, None, None)] * 3, ("unknown",)],
    "GZ-02": [
        ("share", 0.03, None, "firm-year"),
        ("fixed", 1_000_000, 10_000_000),
        ("fixed", 500_000),
        *[("fixed", 5_000_000)] * 3,
        ("interest", None, None, None, 5_000_000),
    ],
    "GZ-03": [
        ("share", 0.30, 10_000_000, "project"),
        ("share", 0.30, 5_000_000, "project"),
        ("share", 0.40, 50_000, "firm-year"),
        ("share", 0.60, 50_000, "firm-year"),
        ("share", 0.10, 10_000_000, "project"),
        ("fixed", 5_000_000),
        ("unknown",),
    ],
    "GZ-12": [("loan",)],
    "GY-03": [("fixed", 500_000, 300_000, 100_000, 100_000)],
    "CN-01": [("unknown",)],
    "CN-02": [("fixed", 6_000_000)],
    "CN-03": [("interest", 0.015, 2, 50_000_000, 1_500_000)],
    "CN-04": [("interest", 0.015, 2, None, None)],
    "CN-05": [("deduction", 1.0, None, False)],
    "CN-06": [("credit", 0.10, 0.50)],
    "CN-07": [("deduction", 1.0, 5_000_000, True)],
    "CN-08": [("share", 0.15, None, "project")],
    "CN-11": [("credit", 0.05, None)],
    "CN-12": [("tax_rate", 0.15)],
    "CMP-01": [("share", None, 1_000_000, "project")],
    "CMP-02": [("share", None, (300_000, 600_000, 1_000_000), "firm")],
    "CMP-03": [("share", 0.50, 500_000, "firm")],
    "CMP-11": [("share", 0.30, 2_000_000, "firm")],
    "CMP-12": [("share", 0.60, 5_000_000, "firm"), ("share", 0.30, 1_000_000, "firm")],
    "CMP-13": [("share", 0.20, 1_000_000, "firm-year")],
    "CMP-14": [("share", 0.30, 8_000_000, "firm-year")],
    "CMP-15": [("share", 0.80, 3_000_000, "firm")],
    "CMP-16": [("share", 0.40, 2_000_000, "firm")],
    **{name: [("unknown",)] for name in ("GZ-04", "GZ-05", "GZ-08", "GZ-09", "GZ-11", "GY-01", "GY-02")},
    **{name: [("unknown",)] for name in ("GY-04", "ZY-01", "CN-09", "CMP-04", "CMP-05", "CMP-06")},
    **{name: [("loan",)] for name in ("GZ-10", "CN-10")},
    **{name: [] for name in ("GZ-06", "GZ-07")},
}
BUDGETS = {
    "GZ-01a": [80_000_000, 5_000_000],
    "GZ-01b": [80_000_000],
    "GZ-01c": [140_000_000],
    "GZ-04": [200_000_000],
    "GY-04": [10_000_000],
    "CN-01": [150_000_000, 100_000_000],
    "CMP-11": [100_000_000],
    "CMP-12": [100_000_000],
    "CMP-13": [50_000_000],
    "CMP-14": [250_000_000],
}
PERIODS = {
    "GZ-01b": ("2024-02-20", None),
    "GZ-04": ("2026-01-01", "2026-12-31"),
    "GZ-06": ("2025-01-01", "2027-12-31"),
    "GZ-11": ("2021", "2025"),
    "GY-03": ("2018", "2022-12-31"),
    "CN-02": ("2024", "2026"),
    "CN-03": ("2026-01-01", "2026-12-31"),
    "CN-04": ("2026-01-01", "2026-12-31"),
    "CN-05": ("2023-01-01", None),
    "CN-06": ("2024-01-01", "2027-12-31"),
    "CN-07": ("2018-01-01", "2027-12-31"),
    "CN-08": ("2026", "2026"),
    "CN-11": ("2023-01-01", "2027-12-31"),
    "CN-12": ("2021-01-01", "2030-12-31"),
    "CMP-01": ("2024-05-12", "2026-12-31"),
    "CMP-02": ("2024-11-20", "2026-12-31"),
    "CMP-04": ("2025", "2027"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_the_figures__are_those_of_the_source(name: str) -> None:
    assert figures(POLICIES[name]) == TYPED[name]


def test_every_policy_of_the_paper__is_there() -> None:
    assert POLICIES.keys() == TYPED.keys()


def test_budgets_and_periods__are_those_of_the_source() -> None:
    found = {name: [yuan(one.wan) for one in policy.budgets] for name, policy in POLICIES.items()}
    assert {name: sums for name, sums in found.items() if sums} == BUDGETS
    assert {name: (POLICIES[name].from_, POLICIES[name].to) for name in PERIODS} == PERIODS


def test_rates_that_are_ceilings__are_told_as_ceilings() -> None:
    """ "不超过" in the text of 2022 and of the bond, "最高" of three other cities."""
    found = {name for name, one in POLICIES.items() for pay in one.pays if getattr(pay, "ceiling", False)}
    assert found == {"GZ-03", "CN-08", "CMP-12", "CMP-14", "CMP-15"}


def test_comparators__are_of_other_provinces_and_paid_to_nobody() -> None:
    assert {name for name, one in POLICIES.items() if one.comparator} == {
        name for name in TYPED if name.startswith("CMP-")
    }
    for name, one in POLICIES.items():
        assert one.comparator == (one.region[:2] not in ("52", "00")), name


def test_what_was_not_seen_in_the_text_itself__is_not_called_read() -> None:
    """A policy is called read only when one of its sources was."""
    for name, one in POLICIES.items():
        sures = {COMMON.sources[key].sure for key in one.cite.source}
        assert one.cite.sure != "read" or "read" in sures, name


def test_every_possible_policy__says_what_to_ask_or_what_it_hangs_on() -> None:
    for name, one in POLICIES.items():
        if one.payee == "firm" and one.pays and not one.comparator and one.status != "lapsed":
            assert one.ask or one.when, name
        assert all(text.endswith("？") for text in one.ask), name


@pytest.mark.parametrize("name", ["common", "chemicals", "liquor", "tires"])
def test_a_trade_without_a_platform__says_so(name: str) -> None:
    platforms = open_pack(name, ROOTS).platforms
    assert len(platforms.platforms) >= 8
    assert bool(platforms.absent) == (name != "common")


# -- the list ----------------------------------------------------------------------------------------


def told(capsys: pytest.CaptureFixture[str], *arguments: object, data: Path, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["--data", str(data), *map(str, arguments)]) == status
    found = capsys.readouterr()
    return found.out if status == 0 else found.err


def states(text: str) -> dict[str, str]:
    return {one["id"].removeprefix("policy."): one["state"] for one in json.loads(text)["policies"]}


def test_the_list__tells_how_policies_stand_on_a_day(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    now = states(told(capsys, "policy", "list", "--date", "2026-12-31", "--json", data=tmp_path))
    later = states(told(capsys, "policy", "list", "--date", "2027-01-01", "--json", data=tmp_path))
    assert {name for name in now if now[name] != later[name]} == {"CN-02", "CN-03", "CN-04", "CN-08", "GZ-04"}
    assert {later[name] for name in ("CN-02", "CN-03", "CN-04", "CN-08", "GZ-04")} == {"lapsed"}
    text = told(capsys, "policy", "list", "--date", "2026-12-31", data=tmp_path)
    assert "外地做法（12 项）" in text
    assert "2026年11月23日核对" in text


def test_the_list_for_a_firm__judges_by_its_answers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = json.loads(told(capsys, "policy", "list", "--firm", SAMPLE, "--json", data=tmp_path))
    assert (found["pack"], found["firm"]) == ("liquor", True)
    assert found["date"] == json.loads(SAMPLE.read_text(encoding="utf-8"))["date"]
    by_id = {one["id"]: one for one in found["policies"]}
    assert by_id["policy.CN-05"]["state"] == "certain"
    assert by_id["policy.ZY-01"]["reasons"] == [
        {"code": "region", "ids": ["region_code"], "text": "不在适用地区"}
    ]
    assert by_id["policy.CN-03"]["checked"] == "2026-11-23"


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--date", "2026-13-01"], "date-shape"), (["--pack", "wood"], "pack-missing")]
)
def test_a_list_that_can_not_be_made__is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], code: str
) -> None:
    assert f"[{code}]" in told(capsys, "policy", "list", *arguments, data=tmp_path, status=2)


# -- from the field: the example of the manual ---------------------------------------------------------


def example(folder: Path) -> Path:
    """The pack folder that `docs/policies.md` writes out."""
    manual = Path(__file__).resolve().parent.parent / "docs/policies.md"
    blocks = [block.split("```")[0] for block in manual.read_text(encoding="utf-8").split("```yaml\n")[1:]]
    target = folder / "policies-shili"
    target.mkdir()
    for name, text in zip(("pack.yaml", "sources.yaml", "policies.yaml"), blocks, strict=True):
        (target / name).write_text(text, encoding="utf-8")
    return target


def test_the_manual_s_example__goes_from_folder_to_bundle_to_another_machine(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, file, there = example(tmp_path), tmp_path / "p.pack.zip", tmp_path / "there"
    assert "没有发现错误" in told(capsys, "pack", "check", folder, data=tmp_path / "here")
    told(capsys, "pack", "bundle", folder, "-o", file, data=tmp_path / "here")
    day = ("policy", "list", "--firm", SAMPLE, "--date", "2027-03-01", "--json")
    before = states(told(capsys, *day, data=there))
    assert "已装入：policies-shili" in told(capsys, "pack", "install", file, data=there)
    after = json.loads(told(capsys, *day, data=there))
    assert after["overlays"] == [{"id": "policies-shili", "version": "2027.1", "date": "2027-01-15"}]
    by_id = {one["id"]: one for one in after["policies"]}
    assert (before["CN-03"], by_id["policy.CN-03"]["state"]) == ("lapsed", "possible")
    assert by_id["policy.SHILI-01"]["state"] == "certain"
    assert "补充 common 的政策和平台" in told(capsys, "pack", "list", data=there)


def test_the_manual_s_example__lowers_what_a_plan_costs_within_its_cap(tmp_path: Path) -> None:
    example(tmp_path)
    pack, answers = read_answers(Places(tmp_path, (tmp_path, *ROOTS)), SAMPLE)
    few = only(pack, "common.K02", "common.K03", "common.K12", "common.K15")
    made = plan_with_grants(few, answers, Request(quarters=4, first=Quarter(2027, 1)))
    assert {grant.policy for grant in made.claim.grants} == {"policy.SHILI-01"}
    for one in made.actions:
        rate = Decimal("0.4") if one.action.kind == "数转" else 0
        assert one.candidate.price.grant <= int(one.candidate.price.middle * rate)
    assert 0 < made.claim.total <= 500
    assert made.net_total == made.total("middle") - made.claim.total
    later = plan_with_grants(few, answers, Request(quarters=4, first=Quarter(2028, 1)))
    assert later.claim.total == 0


def test_a_folder_that_is_no_pack__makes_no_bundle(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    out = told(capsys, "pack", "bundle", tmp_path / "x", "-o", tmp_path / "x.zip", data=tmp_path, status=2)
    assert "[pack-file-missing]" in out
    assert not (tmp_path / "x.zip").exists()

"""Actions: each rule is broken once, and everything shipped is walked through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.errors import PROBLEMS
from assessor.pack.action import Action
from assessor.pack.check import check_pack
from assessor.pack.check_action import ACTION_CHECKS
from assessor.pack.draft import read_draft
from assessor.pack.expression import parse_expression
from assessor.pack.load import Loaded, load_pack
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion
from assessor.pack.reference import Size
from tests.pack.build import Edit, line_of, line_told, write_pack

# -- a small pack with two actions -------------------------------------------------------------------

ACTIONS = """\
cite: {source: own, kind: expert, sure: own}
actions:
  - id: valid.A1
    title: 先做
    title_en: First
    do: 先做这一件。
    kind: 数转
    effects:
      - levels: {T1: 2}
        via: {T1: [1]}
        ticks: {C2: [B]}
        rungs: {L1: B}
        steps: [B]
        units: {R1: {count_of: N1, share: 0.1}}
    cost_wan: {small: [1, 2], medium: [3, 4.5]}
    yearly_wan: {small: [0, 1]}
    months: {small: 1, medium: 2}
    person_days: {small: {it: 1, ops: 1}, medium: {it: 2, ops: 2}}
    benefit: {text: 有账, cite: {source: own, kind: expert, sure: own}}
    risk: 没人用
    needs: [N1, 先问清楚]
    cures: [A01]

  - id: valid.A2
    title: 后做
    title_en: Then
    do: 再做这一件。
    kind: 智改
    when: N1 >= 5 and C1 == 'A' and not given(TP01)
    prerequisites: [valid.A1, [valid.A1, other.A9]]
    effects:
      - levels: {T1: 3, M1: 3}
        rungs: {L1: C}
        sizes: [small]
        together: [valid.A1]
    cost_wan: {small: [1, 2], medium: [3, 4]}
    months: {small: 1, medium: 2}
    person_days: {small: {it: 1, ops: 1}, medium: {it: 2, ops: 2}}
    benefit: {text: 有数, cite: {source: std, kind: standard, sure: read}}
    risk: 没人看
    cite: {source: std, kind: standard, sure: read}
"""

MORE_QUESTIONS = """\
        max_length: 10
      - id: L1
        kind: single
        title: 阶梯
        title_en: Ladder
        ask: 到哪一步？
        options:
          - {id: A, text: 甲}
          - {id: B, text: 乙}
          - {id: C, text: 丙}
      - id: miit.Q4
        kind: multi
        title: 环节
        title_en: Steps
        ask: 哪些环节？
        options:
          - {id: A, text: 都没有, none: true}
          - {id: B, text: 设计}
"""


def write_with_actions(folder: Path, *edits: Edit) -> Path:
    """The sample pack with the two actions, the red line cured by the first."""
    target = write_pack(
        folder,
        Edit("questionnaire.yaml", "        max_length: 10\n", MORE_QUESTIONS),
        Edit(
            "rules.yaml",
            "    cure: {text: 补办。}\n",
            "    cure: {text: 补办。}\n    digital_cure: [valid.A1]\n",
        ),
    )
    (target / "actions.yaml").write_text(ACTIONS, encoding="utf-8")
    for file, old, new in edits:
        text = (target / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (target / file).write_text(text.replace(old, new), encoding="utf-8")
    return target


def faults(folder: Path) -> set[tuple[str, str]]:
    """Code and place of every fault of a pack folder and its actions."""
    loaded = load_pack(folder, (folder.parent,))
    found = list(loaded.problems)
    if loaded.pack is not None:
        found += check_pack(loaded.pack, [read_draft(folder)], ACTION_CHECKS)
    return {(problem.code, line_told(problem)) for problem in found}


@dataclass(frozen=True)
class Broken:
    """`old` becomes `new`; `code` is reported on the line of `at`."""

    rule: str
    old: str
    new: str
    code: str
    at: str = "- id: valid.A1"
    file: str = "actions.yaml"


SECOND = "- id: valid.A2"

TABLE = [
    # what stands in the file
    Broken(
        "size with months but no cost",
        "months: {small: 1, medium: 2}\n    person_days: {small: {it: 1, "
        "ops: 1}, medium: {it: 2, ops: 2}}\n    benefit: {text: 有数",
        "months: {small: 1}\n    person_days: "
        "{small: {it: 1, ops: 1}, medium: {it: 2, ops: 2}}\n    benefit: {text: 有数",
        "pack-field-value",
        SECOND,
    ),
    Broken("low cost above the high one", "[3, 4.5]", "[5, 4.5]", "pack-field-value"),
    Broken("condition that does not parse", "N1 >= 5 and", "N1 >= and", "pack-field-value", "when:"),
    Broken("id out of shape", SECOND, "- id: A2", "pack-field-value", "- id: A2"),
    # names
    Broken("id of another pack", SECOND, "- id: other.A2", "action-namespace", "- id: other.A2"),
    Broken("id twice", SECOND, "- id: valid.A1", "pack-duplicate-id", "- id: valid.A1\n    title: 后做"),
    Broken("condition on nothing", "N1 >= 5 and", "N9 >= 5 and", "pack-unknown-id", SECOND),
    Broken("condition on no option", "C1 == 'A'", "C1 == 'Z'", "pack-unknown-option", SECOND),
    Broken("level of no scene", "levels: {T1: 2}", "levels: {C1: 2}", "pack-unknown-id"),
    Broken("level that no scene has", "levels: {T1: 2}", "levels: {T1: 5}", "pack-unknown-id"),
    Broken("way through the level itself", "via: {T1: [1]}", "via: {T1: [2]}", "action-via"),
    Broken("way to no level", "via: {T1: [1]}", "via: {M1: [1]}", "action-via"),
    Broken("tick of no question", "ticks: {C2: [B]}", "ticks: {C9: [B]}", "pack-unknown-id"),
    Broken("tick of a single question", "ticks: {C2: [B]}", "ticks: {C1: [B]}", "pack-unknown-id"),
    Broken("tick of no option", "ticks: {C2: [B]}", "ticks: {C2: [Z]}", "pack-unknown-option"),
    Broken("tick of none", "ticks: {C2: [B]}", "ticks: {C2: [A]}", "pack-unknown-option"),
    Broken("rung of no ladder", "rungs: {L1: B}", "rungs: {C2: B}", "pack-unknown-id"),
    Broken("rung that is not there", "rungs: {L1: B}", "rungs: {L1: Z}", "pack-unknown-option"),
    Broken("step that is none of them", "steps: [B]", "steps: [Z]", "pack-unknown-option"),
    Broken("step that says none", "steps: [B]", "steps: [A]", "pack-unknown-option"),
    Broken("units of no share", "units: {R1:", "units: {N1:", "pack-unknown-id"),
    Broken("units counted nowhere", "count_of: N1", "count_of: C1", "pack-unknown-id"),
    Broken(
        "prerequisite that is nowhere", "[valid.A1, [valid", "[valid.A9, [valid", "pack-unknown-id", SECOND
    ),
    Broken(
        "prerequisite of another pack alone",
        "[valid.A1, [valid",
        "[other.A1, [valid",
        "pack-unknown-id",
        SECOND,
    ),
    Broken("alternative that is nowhere", "other.A9", "valid.A9", "pack-unknown-id", SECOND),
    Broken(
        "together with nothing", "together: [valid.A1]", "together: [valid.A9]", "pack-unknown-id", SECOND
    ),
    Broken("cure of nothing", "cures: [A01]", "cures: [A01, A09]", "pack-unknown-id"),
    Broken("need of nothing", "needs: [N1,", "needs: [N9,", "pack-unknown-id"),
    Broken(
        "action without source",
        "risk: 没人看\n    cite: {source: std",
        "risk: 没人看\n    cite: {source: none",
        "pack-source-unknown",
        SECOND,
    ),
    Broken(
        "benefit without source",
        "text: 有账, cite: {source: own",
        "text: 有账, cite: {source: none",
        "pack-source-unknown",
    ),
    # order
    Broken("loop", "    kind: 数转\n", "    kind: 数转\n    prerequisites: [valid.A2]\n", "action-cycle"),
    Broken(
        "high level from nowhere",
        "levels: {T1: 2}\n        via: {T1: [1]}",
        "levels: {T1: 1}",
        "action-step",
        SECOND,
    ),
    Broken(
        "high level at a size without its step below",
        "        sizes: [small]\n        together",
        "        sizes: [small, micro]\n        together",
        "action-step",
        SECOND,
    ),
    Broken("high rung from nowhere", "        rungs: {L1: B}\n", "", "action-step", SECOND),
    Broken("effect at a size not offered", "sizes: [small]", "sizes: [small, large]", "action-size", SECOND),
    Broken("yearly cost at a size not offered", "yearly_wan: {small:", "yearly_wan: {large:", "action-size"),
    Broken(
        "prerequisite not offered at a size",
        "cost_wan: {small: [1, 2], medium: [3, 4]}\n    months: {small: 1, medium: 2}\n    person_days: "
        "{small: {it: 1, ops: 1}, medium: {it: 2, ops: 2}}",
        "cost_wan: {small: [1, 2], micro: [1, 2]}\n    months: {small: 1, micro: 1}\n    person_days: "
        "{small: {it: 1, ops: 1}, micro: {it: 2, ops: 2}}",
        "action-size",
        SECOND,
    ),
    # red lines
    Broken(
        "red line cured by nothing", "[valid.A1]", "[valid.A9]", "pack-unknown-id", "- id: A01", "rules.yaml"
    ),
    Broken("cure that does not say so", "    cures: [A01]\n", "", "action-cure"),
]


def test_the_sample_with_actions__has_no_fault(tmp_path: Path) -> None:
    assert faults(write_with_actions(tmp_path)) == set()


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.rule)
def test_a_broken_rule__is_named_with_its_line(broken: Broken, tmp_path: Path) -> None:
    folder = write_with_actions(tmp_path, Edit(broken.file, broken.old, broken.new))
    path = folder / broken.file
    assert (broken.code, f"{path}:{line_of(path, broken.at)}") in faults(folder)


def test_every_rule_of_actions__is_broken_somewhere_above() -> None:
    assert {code for code in PROBLEMS if code.startswith("action-")} <= {row.code for row in TABLE}


def test_a_level_that_other_scenes_bring__has_its_step_below(tmp_path: Path) -> None:
    """M1 follows T1 by the crosswalk; without that nothing brings it to level 2."""
    cut = Edit("crosswalk.yaml", "  M1: {from: [T1], rule: median}\n", "")
    empty = Edit("crosswalk.yaml", "proposals:\n", "proposals: {}\n")
    folder = write_with_actions(tmp_path, cut, empty)
    place = f"{folder / 'actions.yaml'}:{line_of(folder / 'actions.yaml', SECOND)}"
    assert faults(folder) == {("action-step", place)}


# -- everything that is shipped ----------------------------------------------------------------------

QUESTIONNAIRES = Path(__file__).resolve().parent.parent.parent / "questionnaires"
TRADES = ("tires", "chemicals", "liquor")
NAMES = ("common", *TRADES)
SHIPPED: Mapping[str, Loaded] = {name: load_pack(QUESTIONNAIRES / name, (QUESTIONNAIRES,)) for name in NAMES}

every_pack = pytest.mark.parametrize("name", NAMES)


def pack_of(name: str) -> Pack:
    pack = SHIPPED[name].pack
    assert pack is not None
    return pack


def own_actions(name: str) -> dict[str, Action]:
    """The actions of a pack's own file, by the part of the id after its point."""
    return {
        action.id.split(".")[1]: action
        for action in pack_of(name).actions
        if action.id.startswith(f"{name}.")
    }


EVERY = {(name, key): action for name in NAMES for key, action in own_actions(name).items()}


@every_pack
def test_the_actions_of_a_shipped_pack__have_no_fault(name: str) -> None:
    drafts = [read_draft(QUESTIONNAIRES / each) for each in dict.fromkeys(("common", name))]
    assert [str(problem) for problem in check_pack(pack_of(name), drafts, ACTION_CHECKS)] == []


def test_the_actions_there_must_be__are_there() -> None:
    assert set(own_actions("common")) == {f"K{number:02}" for number in range(1, 27)}
    split = {"R23a", "R23b", "R27a", "R27b"}
    whole = {f"R{number:02}" for number in range(1, 34)} - {"R23", "R27"}
    assert set(own_actions("tires")) == whole | split | {"R15b"}
    assert set(own_actions("chemicals")) == {f"A{number:02}" for number in range(1, 38)} | {"A27a"}
    variants = {"W04b", "W06b", "W13b", "W14b"}
    assert set(own_actions("liquor")) == {f"W{number:02}" for number in range(1, 34)} | variants


def test_names_of_other_packs__exist_there() -> None:
    """A prerequisite or `given(…)` may name what only another pack has; no check of one pack can see it."""
    actions = {action.id for action in EVERY.values()}
    items = {key for name in NAMES for key in pack_of(name).items}
    for action in EVERY.values():
        assert {name for entry in action.prerequisites for name in entry} <= actions, action.id
        assert set(parse_expression(action.when).ids if action.when else ()) <= items, action.id


def test_cost_and_time__never_fall_with_size() -> None:
    order: tuple[Size, ...] = ("micro", "small", "medium")
    for action in EVERY.values():
        offered = [size for size in order if size in action.cost_wan]
        assert set(offered) == set(action.cost_wan), action.id
        for table in (action.cost_wan, action.yearly_wan):
            rows = [table[size] for size in offered if size in table]
            for end in (0, 1):
                ends = [row[end] for row in rows]
                assert ends == sorted(ends), action.id
        months = [action.months[size] for size in offered]
        days = [action.person_days[size].it + action.person_days[size].ops for size in offered]
        assert months == sorted(months), action.id
        assert days == sorted(days), action.id


def test_an_action__changes_something_or_cures_a_red_line() -> None:
    for action in EVERY.values():
        assert action.effects or action.cures, action.id
        assert action.evidence, action.id


@every_pack
def test_titles_of_actions__differ(name: str) -> None:
    for titles in (
        [action.title for action in own_actions(name).values()],
        [action.title_en for action in own_actions(name).values()],
    ):
        assert sorted({title for title in titles if titles.count(title) > 1}) == []


HAN = "\u3400-\u9fff"


def test_words_of_actions__end_as_they_should() -> None:
    for action in EVERY.values():
        assert action.do.endswith("。"), action.id
        short = (action.title, action.who, action.risk, action.nature, action.cost_factor)
        phrases = (*short, action.benefit.text, *action.evidence, *action.needs, *action.systems)
        assert [text for text in phrases if text and text[-1] in "，。；：！？、"] == [], action.id
        assert not re.search(f"[{HAN}]", action.title_en), action.id


def test_abbreviations__stand_in_brackets_behind_their_chinese() -> None:
    for action in EVERY.values():
        for text in (action.do, action.risk, action.nature, action.benefit.text, *action.needs):
            words = re.findall("[A-Za-z]{2,}", text) if re.search(f"[{HAN}]", text) else []
            assert [word for word in words if not re.search(f"[{HAN}]（{word}）", text)] == [], action.id


def test_an_estimate__is_called_one() -> None:
    """Costs, times and lifts are estimates; only a benefit may have been read somewhere."""
    for action in EVERY.values():
        assert (action.cite.kind, action.cite.sure) == ("expert", "own"), action.id
        assert action.cite.source[0].startswith("own."), action.id
        if action.benefit.cite.kind != "expert":
            assert not action.benefit.cite.source[0].startswith("own."), action.id


# -- what raises what -------------------------------------------------------------------------------

LIFTING = {
    "tires": {
        2: {f"T{number:02}" for number in range(1, 17)},
        3: {f"T{number:02}" for number in range(1, 17)},
        4: {"T02", "T04", "T09", "T10"},
    },
    "chemicals": {
        1: {"C04"},
        2: {f"C{number:02}" for number in range(1, 20)},
        3: {f"C{number:02}" for number in range(1, 20)},
        4: {"C03", "C05", "C11"},
    },
    "liquor": {
        2: {f"B{number:02}" for number in range(1, 19)},
        3: {f"B{number:02}" for number in range(1, 19)},
        4: {"B06", "B07", "B09", "B11"},
    },
}


@pytest.mark.parametrize("name", TRADES)
def test_the_levels_that_actions_bring__are_those_of_the_trade(name: str) -> None:
    scenes = {scene.id for scene in pack_of(name).scenes}
    found: dict[int, set[str]] = {}
    for action in own_actions(name).values():
        for effect in action.effects:
            for scene, level in effect.levels.items():
                if scene in scenes:
                    found.setdefault(level, set()).add(scene)
    lowest = {
        level: {scene for scene in got if level > 1 or name == "chemicals"} for level, got in found.items()
    }
    assert {level: got for level, got in lowest.items() if got} == LIFTING[name]


def test_outcomes_and_the_share_of_revenue__are_moved_by_nothing() -> None:
    frozen = {f"miit.Q{number}" for number in range(11, 16)} | {"G04", "G11", "G15"}
    for action in EVERY.values():
        for effect in action.effects:
            touched = {*effect.levels, *effect.ticks, *effect.rungs, *effect.units}
            assert not touched & frozen, action.id


def test_micro_liquor_firms__get_level_3_only_where_the_trade_says() -> None:
    brought = {
        scene
        for action in own_actions("liquor").values()
        for effect in action.effects
        for scene, level in effect.levels.items()
        if level == 3 and scene.startswith("B") and "micro" in (effect.sizes or action.cost_wan)
    }
    assert brought == {"B11", "B12", "B13", "B16"}


def test_red_lines_of_a_trade__are_cured_at_every_size_or_by_no_action() -> None:
    for name in TRADES:
        actions = own_actions(name)
        for line in pack_of(name).rules.red_lines:
            sizes = {size for cure in line.digital_cure for size in actions[cure.split(".")[1]].cost_wan}
            assert not sizes or sizes == {"micro", "small", "medium"}, line.id


def test_the_ministry_s_scenes__that_nothing_raises_are_known() -> None:
    """Product development and process work of a firm without a trade pack, and all levels 4 but a few."""
    common = pack_of("common")
    reached = {scene for action in common.actions for effect in action.effects for scene in effect.levels}
    scenes = {
        question.id
        for question in common.asked()
        if isinstance(question, LevelQuestion) and question.id.startswith("miit.")
    }
    assert scenes - reached == {f"miit.S{number:02}" for number in (1, 2, 5, 6, 7, 9, 10)}


@pytest.mark.parametrize(("size", "points"), [("micro", "33.9"), ("small", "43.6"), ("medium", "47.6")])
def test_all_common_actions__are_worth_what_was_reckoned(size: Size, points: str) -> None:
    """Points of the ministry's model for a firm that starts from nothing, with its trends at their worst."""
    effects = [
        effect
        for action in own_actions("common").values()
        for effect in action.effects
        if size in (effect.sizes or action.cost_wan) and size in action.cost_wan
    ]
    ticks: dict[str, set[str]] = {}
    for effect in effects:
        for name, options in effect.ticks.items():
            ticks.setdefault(name, set()).update(options)
    steps = {step for effect in effects for step in effect.steps}
    rung = max(effect.rungs.get("miit.Q8", "A") for effect in effects)
    chosen = {**ticks, "miit.Q8": {rung}, "miit.Q5": {"C" if 2 <= len(steps) < 12 else "?"}}
    leaves = [leaf for _, _, leaf in pack_of("common").model("miit-sme-2024").indicators()]
    tables = {leaf.question: leaf.points or {} for leaf in leaves}
    found = [table[option] for name, table in tables.items() for option in chosen.get(name, {"A"})]
    assert sum(found, Decimal(0)) == Decimal(points)


# -- the printed example paths ------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """A path of the trade page: actions per step, with the printed sum of the step."""

    name: str
    trade: str
    size: Size
    steps: tuple[tuple[str, str, str], ...]
    total: tuple[str, str]


A_FIRST = "R23a R01 R23b R02 R03 R19 R21 R25"
A_LAST = "R05 R06 R07 R17 R11 R12 R14"
M_FIRST = "R23a R01 R23b R02 R03 R08 R09 R19 R21 R25"
M_SECOND = "R04 R05 R06 R07 R10 R11 R12 R17"
M_THIRD = "R13 R14 R15 R20 R22 R24 R26 R28"

WAYS = (
    Way("goods or retread", "tires", "micro",
        (("R23a R23b R01 R03 R19 R25", "6", "21"), ("R02 R32 R21", "5", "17")), ("11", "38")),
    Way("bias or all-steel, scales", "tires", "small",
        ((A_FIRST, "86", "360"), ("R31 R08 R09 R10", "140", "500"), (A_LAST, "100", "435")), ("326", "1295")),
    Way("the same, automatic weighing", "tires", "small",
        ((A_FIRST, "86", "360"), ("R04 R08 R09 R10", "230", "860"), (A_LAST, "100", "435")), ("416", "1655")),
    Way("automatic logistics", "tires", "medium",
        ((M_FIRST, "520", "2320"), (M_SECOND, "1130", "5050"), (M_THIRD, "610", "2870"),
         ("R16 R18 R27a R29", "590", "5750")), ("2850", "15990")),
    Way("delivery by hand", "tires", "medium",
        ((M_FIRST, "520", "2320"), (M_SECOND, "1130", "5050"), (M_THIRD, "610", "2870"),
         ("R16 R33 R27a R29", "210", "830")), ("2470", "11070")),
    Way("blender", "chemicals", "micro",
        (("A08 A10 A33 A34 A36", "7.5", "31"), ("A01 A18 A21 A24 A32", "7", "28")), ("14.5", "59")),
    Way("fine chemicals in batches", "chemicals", "small",
        (("A01 A02 A03 A04 A08 A09 A10 A12 A31 A33", "219", "885"),
         ("A05 A07 A14 A16 A18 A19 A21 A24 A27 A35 A36", "270", "1082"),
         ("A11 A13 A15 A17 A20 A23", "145", "570")), ("634", "2537")),
    Way("own brewing and filling", "liquor", "micro",
        (("W01 W02 W04 W11 W27 W10 W18", "6.1", "28"), ("W05 W12 W13 W15 W16", "2.8", "18")), ("8.9", "46")),
    Way("bought liquor and filling", "liquor", "micro",
        (("W01 W02 W31 W11 W27 W10", "5.6", "24.5"), ("W12 W13 W15 W16", "2.3", "15")), ("7.9", "39.5")),
    Way("kunsha", "liquor", "small",
        (("W01 W02 W04 W10 W11 W05 W27 W16 W18", "69", "305"),
         ("W06 W07 W08 W09 W12 W13 W15 W28", "80", "410"),
         ("W03 W20 W21 W14 W17 W30 W26", "78", "365")), ("227", "1080")),
    Way("thousands of kilolitres", "liquor", "medium",
        (("W01 W02 W03 W04 W05 W10 W11 W16 W18 W27", "325", "1370"),
         ("W06 W07 W08 W09 W12 W13 W14 W15 W20 W28", "580", "2850"),
         ("W17 W19 W21 W23 W25 W26 W30", "430", "2120"), ("W22 W24 W29 W33", "850", "5900")),
        ("2185", "12240")),
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.trade}-{way.size}-{way.name}")
def test_an_example_path__costs_what_its_page_prints(way: Way) -> None:
    actions = own_actions(way.trade)
    total = [Decimal(0), Decimal(0)]
    for keys, *printed in way.steps:
        costs = [actions[key].cost_wan[way.size] for key in keys.split()]
        sums = [sum((cost[end] for cost in costs), Decimal(0)) for end in (0, 1)]
        assert sums == [Decimal(end) for end in printed], keys
        total = [one + other for one, other in zip(total, sums, strict=True)]
    assert total == [Decimal(end) for end in way.total]


FACTS: Mapping[str, Mapping[str, object]] = {
    "goods or retread": {"TP01": ("橡胶制品",), "TP02": "外购混炼胶", "TP05": ("硫化罐",)},
    "bias or all-steel, scales": {"TP01": ("斜交",), "TP02": "自炼", "TP05": ("定型硫化机",)},
    "the same, automatic weighing": {"TP01": ("全钢",), "TP02": "自炼", "TP05": ("定型硫化机",)},
    "automatic logistics": {"TP01": ("全钢", "半钢"), "TP02": "自炼", "TP16.1": 2000000, "TP14": 120},
    "delivery by hand": {"TP01": ("全钢", "半钢"), "TP02": "自炼", "TP16.1": 2000000, "TP14": 120},
    "blender": {"CF06": "无", "CF18": True, "CF29": ("复配",), "CF40": False},
    "fine chemicals in batches": {
        **{"CF04": True, "CF06": "三级", "CF08": ("硝化",), "CF09": True, "CF15": True, "CF18": True},
        **{"CF29": ("间歇",), "CF40": False, "CF17": "要求独立SIS未设", "CF21": True},
    },
    "own brewing and filling": {"BT03": "自产", "BT04": ("自有灌装",), "BT13": True},
    "bought liquor and filling": {"BT03": "外购", "BT04": ("自有灌装",), "BT13": True},
    "kunsha": {"BT03": "自产", "BT04": ("自有灌装",), "BT13": True, "BT18": 2, "BT16": "手工且坚持"},
    "thousands of kilolitres": {"BT03": "自产", "BT04": ("自有灌装",), "BT13": True, "BT18": 3},
}


def is_offered(action: Action, facts: Mapping[str, object]) -> bool:
    """Whether the condition may hold for these facts."""
    return action.when is None or parse_expression(action.when).value(facts.get) is not False


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.trade}-{way.size}-{way.name}")
def test_an_example_path__has_each_prerequisite_before_or_beside_it(way: Way) -> None:
    """What the firm is not offered is no prerequisite; of the rest one alternative stands in the path."""
    actions, facts = own_actions(way.trade), FACTS[way.name]
    offered = {action.id for action in actions.values() if is_offered(action, facts)}
    done: set[str] = set()
    for keys, *_ in way.steps:
        done |= {f"{way.trade}.{key}" for key in keys.split()}
        assert done <= offered
        for key in keys.split():
            for entry in actions[key].prerequisites:
                assert done & set(entry) or not offered & set(entry), (key, entry)


def test_an_action_for_firms_of_no_trade__is_not_offered_with_a_trade_pack() -> None:
    actions = own_actions("common")
    known: Mapping[str, Mapping[str, object]] = {
        "common": {},
        "tires": {"TP01": ("全钢",)},
        "chemicals": {"CF02": ("CT01",)},
        "liquor": {"BT03": "自产"},
    }
    offered = {key: {name for name in NAMES if is_offered(actions[key], known[name])} for key in actions}
    assert offered["K11"] == {"common"}
    assert offered["K26"] == {"common", "liquor"}
    assert all(packs == set(NAMES) for key, packs in offered.items() if key not in ("K11", "K26"))

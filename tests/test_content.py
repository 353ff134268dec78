"""The shipped content: complete, without faults, written as Chinese is written, true to its sources."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessor import commands
from assessor.answers.firm import check_uscc, is_invented
from assessor.commands import Places
from assessor.pack.load import pack_folders
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, Question, SingleQuestion
from assessor.pack.yamlfile import Document, Place, read_yaml
from tests.scoring import oracle

QUESTIONNAIRES = Path(__file__).resolve().parent.parent / "questionnaires"
PACKS = tuple(pack_folders((QUESTIONNAIRES,)))
HERE = Places(Path("nowhere"), (QUESTIONNAIRES,))
FILES = sorted(path for name in PACKS for path in (QUESTIONNAIRES / name).rglob("*.yaml"))
SAMPLES = sorted(QUESTIONNAIRES.glob("*/samples/*.json"))

every_pack = pytest.mark.parametrize("name", PACKS)


def pack_of(name: str) -> Pack:
    return commands.get_pack(HERE, name)


def own_questions(name: str) -> list[Question]:
    """Facts and questions of a pack that stand in its own files."""
    pack = pack_of(name)
    inherited = {key for other in pack.manifest.depends for key in pack_of(other).items}
    return [question for key, question in pack.items.items() if key not in inherited]


# -- packs ---------------------------------------------------------------------------------------


@every_pack
def test_a_shipped_pack__has_no_fault(name: str) -> None:
    assert [str(problem) for problem in commands.check_packs(HERE, QUESTIONNAIRES / name)] == []


@every_pack
def test_a_shipped_pack__is_called_as_its_folder(name: str) -> None:
    assert pack_of(name).id == name


def test_the_packs_there_must_be__are_there() -> None:
    assert {"common", "tires"} <= set(PACKS)


# -- how Chinese is written --------------------------------------------------------------------------

HAN = "\u3400-\u9fff"
FAULTS = {
    "a half-width mark after a Chinese character": re.compile(f"[{HAN}][,;:!?]"),
    "a half-width mark before a Chinese character": re.compile(f"[,;!?][{HAN}]"),
    "a half-width full stop after a Chinese character": re.compile(f"[{HAN}]\\.(?![0-9A-Za-z])"),
    "half-width brackets around Chinese": re.compile(f"\\([{HAN}]|[{HAN}]\\)|[{HAN}]\\("),
    "two marks in a row": re.compile("[，。；：！？、]{2}"),
    "a mark at the beginning": re.compile("^[，。；：！？、）》”]"),
    "a space at an end": re.compile("^[ \u3000]|[ \u3000]$"),
    "two spaces in a row, a tab or a line break": re.compile("[ \u3000]{2}|[\t\n\r]"),
    "a space beside a Chinese mark": re.compile(
        "[ \u3000][，。；：！？、（）《》“”]|[，。；：！？、（）《》“”][ \u3000]"
    ),
    "straight quotation marks around Chinese": re.compile(f"[\"'][{HAN}]|[{HAN}][\"']"),
    "a full-width digit or letter": re.compile("[０-９Ａ-Ｚａ-ｚ]"),
    "a character that is not printed": re.compile("[\u200b-\u200f\u2028-\u202f\ufeff\u00a0]"),
}
PAIRS = ("（）", "《》", "“”", "〔〕", "()")


def texts(document: Document) -> Iterator[tuple[Place, str]]:
    """Every text of a file with its place; ids, addresses and dates are no prose but may stay."""

    def walk(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, (*place, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from walk(inner, (*place, index))
        elif isinstance(value, str):
            yield place, value

    return walk(document.data, ())


def is_prose(document: Document, place: Place) -> bool:
    """Whether a place holds words to be read; expressions, units and our own notes on sources are none."""
    notes = {"note", "number"} if document.name.endswith("sources.yaml") else set()
    return not {"when", "address", "unit", *notes} & set(place)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(QUESTIONNAIRES)))
def test_every_text__is_written_as_chinese_is_written(path: Path) -> None:
    document = read_yaml(path, str(path.relative_to(QUESTIONNAIRES)))
    assert not document.problems
    told = [
        f"{document.where(place)}: {fault}: {text}"
        for place, text in texts(document)
        if is_prose(document, place)
        for fault, pattern in FAULTS.items()
        if pattern.search(text)
    ]
    told += [
        f"{document.where(place)}: {pair} not in pairs: {text}"
        for place, text in texts(document)
        if is_prose(document, place)
        for pair in PAIRS
        if text.count(pair[0]) != text.count(pair[1])
    ]
    assert told == []


SENTENCES = ("ask", "help", "look", "why")


@every_pack
def test_a_sentence__ends_with_a_full_stop_or_a_question_mark(name: str) -> None:
    told = []
    for question in own_questions(name):
        for part in SENTENCES:
            text = getattr(question, part)
            if text and text[-1] not in "。？！）”":
                told.append(f"{question.id}.{part}: {text}")
        told += [
            f"{question.id}: {reading.text}"
            for reading in question.readings
            if reading.text[-1] not in "。？"
        ]
    for section in pack_of(name).sections:
        if section.intro and section.intro[-1] not in "。？":
            told.append(f"{section.id}: {section.intro}")
    assert told == []


@every_pack
def test_a_question__asks(name: str) -> None:
    """The sentence put to people holds a question mark."""
    assert [question.ask for question in own_questions(name) if "？" not in question.ask] == []


@every_pack
def test_a_label__ends_without_a_mark(name: str) -> None:
    told = []
    for question in own_questions(name):
        labels = [question.title, question.process, *question.evidence]
        if isinstance(question, SingleQuestion | MultiQuestion):
            labels += [text for option in question.options for text in (option.text, *option.evidence)]
        if isinstance(question, LevelQuestion):
            labels += [text for rung in question.levels for text in rung.evidence]
        told += [f"{question.id}: {label}" for label in labels if label and label[-1] in "，。；：！？、"]
    told += [section.title for section in pack_of(name).sections if section.title[-1] in "，。；：！？、"]
    assert told == []


@every_pack
def test_the_levels_of_a_question__end_alike(name: str) -> None:
    for question in own_questions(name):
        if isinstance(question, LevelQuestion):
            assert len({rung.text[-1] == "。" for rung in question.levels}) == 1, question.id


ABBREVIATION = re.compile("(?<![A-Za-z0-9.])[A-Za-z][A-Za-z]+[0-9]*(?![A-Za-z])")
STANDARD = re.compile("GB(?:/T)? ?[0-9][0-9.—-]*")


def unexplained(question: Question) -> set[str]:
    """Abbreviations in the question and its levels that no text of the question puts into Chinese."""
    asked = [question.ask]
    if isinstance(question, LevelQuestion):
        asked += [rung.text for rung in question.levels]
    elif isinstance(question, SingleQuestion | MultiQuestion):
        asked += [option.text for option in question.options]
    everything = " ".join([question.title, question.help, question.look, question.why, *asked])
    found = {word for text in asked for word in ABBREVIATION.findall(STANDARD.sub("", text))}
    return {
        word
        for word in found
        if not re.search(
            f"[{HAN}”]（[^（）]*{word}[^（）]*）|(常写作|又称|简称|即){word}|{word}（[^（）]*[{HAN}]",
            everything,
        )
    }


@pytest.mark.parametrize("name", [name for name in PACKS if name != "common"])
def test_every_abbreviation_of_a_trade_pack__is_explained_in_the_same_question(name: str) -> None:
    found = {question.id: unexplained(question) for question in own_questions(name)}
    assert {key: words for key, words in found.items() if words} == {}


# -- completeness ----------------------------------------------------------------------------------


@every_pack
def test_a_question__has_all_its_texts(name: str) -> None:
    told = [
        f"{question.id}.{part}"
        for question in own_questions(name)
        for part in ("title", "title_en", "ask", "help")
        if not getattr(question, part).strip()
    ]
    assert told == []


@every_pack
def test_an_english_title__is_english_and_the_chinese_one_chinese(name: str) -> None:
    for question in own_questions(name):
        assert re.search(f"[{HAN}]", question.title), question.id
        assert not re.search(f"[{HAN}]", question.title_en), question.id
        assert question.title_en[0] == question.title_en[0].upper(), question.id


@every_pack
def test_levels__differ_and_each_above_0_has_evidence_of_its_own(name: str) -> None:
    for question in own_questions(name):
        if not isinstance(question, LevelQuestion):
            continue
        said = [rung.text for rung in question.levels]
        assert len(set(said)) == 5, question.id
        assert all(rung.evidence for rung in question.levels if rung.level), question.id


@every_pack
def test_options__differ_and_letters_stand_in_order(name: str) -> None:
    for question in own_questions(name):
        if isinstance(question, SingleQuestion | MultiQuestion):
            said = [option.text for option in question.options]
            assert len(set(said)) == len(said), question.id
            ids = [option.id for option in question.options]
            if all(len(each) == 1 and "A" <= each <= "Z" for each in ids):
                assert ids == sorted(ids), question.id


@every_pack
def test_titles__differ_within_a_pack(name: str) -> None:
    for questions in ([q.title for q in pack_of(name).asked()], [fact.title for fact in pack_of(name).facts]):
        assert sorted({title for title in questions if questions.count(title) > 1}) == []


def test_the_ministry_s_fifteen_questions_and_sixteen_scenes__are_there() -> None:
    for name in PACKS:
        questions = pack_of(name).questions
        assert [key for key in questions if key.startswith("miit.Q")] == [
            f"miit.{key}" for key in oracle.QUESTIONS
        ]
        assert [key for key in questions if key.startswith("miit.S")] == [
            f"miit.{key}" for key in oracle.SCENES
        ]
        for key in oracle.SCENES:
            scene = questions[f"miit.{key}"]
            assert isinstance(scene, LevelQuestion)
            assert [rung.level for rung in scene.levels] == [0, 1, 2, 3, 4]


def test_the_ministry_s_questions__are_of_the_kind_they_are_counted_as() -> None:
    questions = pack_of("common").questions
    kinds = {"multi": oracle.MULTI, "single": oracle.SINGLE, "ratio": oracle.BAND, "trend": oracle.TREND}
    for kind, table in kinds.items():
        for key in table:
            assert questions[f"miit.{key}"].kind == kind
    for key, better in oracle.BETTER.items():
        trend: Any = questions[f"miit.{key}"]
        assert (trend.better, trend.decimals) == (better, oracle.DECIMALS[key])
    for key in oracle.BAND:
        ratio: Any = questions[f"miit.{key}"]
        assert [band.up_to for band in ratio.bands] == [*map(Decimal, oracle.UPPER_ENDS), None]


def test_the_steps_of_question_4__stand_in_the_order_of_the_standard() -> None:
    question: Any = pack_of("common").questions["miit.Q4"]
    assert [option.text for option in question.options][1:] == [
        *("产品设计", "工艺设计", "营销管理", "售后服务", "计划排程", "生产管控", "质量管理"),
        *("设备管理", "安全生产", "能耗管理", "采购管理", "仓储物流", "财务管理", "人力资源"),
    ]


def test_what_the_ministry_does_not_let_be_skipped__can_not_be_skipped() -> None:
    """Its rules know no "does not apply" for the fifteen questions; only scenes can be out of scope."""
    questions = pack_of("common").questions
    assert [key for key in oracle.QUESTIONS if questions[f"miit.{key}"].may_not_apply] == []


def test_the_province_s_sixteen_groups_and_the_trade_s_sixteen_scenes__are_there() -> None:
    groups = {key.split(".")[0] for key in pack_of("common").questions if re.match("G[0-9]", key)}
    assert groups == {f"G{number:02}" for number in range(1, 17)}
    tires = pack_of("tires")
    assert [scene.id for scene in tires.scenes] == [f"T{number:02}" for number in range(1, 17)]
    assert {scene.id for scene in tires.scenes if scene.core} == {f"T{number:02}" for number in range(4, 10)}


# -- the ministry's model, typed from the standard -----------------------------------------------------


def test_the_points_of_the_ministry_s_model__are_those_of_the_standard() -> None:
    model: Any = pack_of("common").model("miit-sme-2024")
    found = {
        leaf.question: {option: int(points * 1000) for option, points in leaf.points.items()}
        for _, _, leaf in model.indicators()
    }
    tables = {**oracle.SINGLE, **oracle.MULTI, **oracle.BAND, **oracle.TREND}
    assert found == {f"miit.{key}": table for key, table in tables.items()}


def test_the_weights_of_the_ministry_s_model__are_those_of_the_standard() -> None:
    model: Any = pack_of("common").model("miit-sme-2024")
    assert model.total == 100
    assert {
        dimension.title: (
            int(dimension.points),
            [
                (part.title, int(part.weight), [int(leaf.weight) for leaf in part.indicators])
                for part in dimension.parts
            ],
        )
        for dimension in model.dimensions
    } == {
        "数字化基础": (
            50,
            [
                ("设备系统", 40, [40, 30, 30]),
                ("数据采集", 20, [100]),
                ("信息系统", 20, [100]),
                ("信息安全", 20, [50, 50]),
            ],
        ),
        "数字化管理": (30, [("规划管理", 50, [50, 50]), ("要素保障", 50, [50, 50])]),
        "数字化成效": (20, [("绿色低碳", 35, [100]), ("产品质量", 35, [100]), ("市场效益", 30, [50, 50])]),
    }


def test_the_gates_and_binding_scenes_of_the_ministry_s_model__are_those_of_the_standard() -> None:
    model: Any = pack_of("common").model("miit-sme-2024")
    assert [
        (gate.level, int(gate.score * 1000), gate.scenes, gate.binding) for gate in model.gates.rows
    ] == list(oracle.GATES)
    assert [scene.id for scene in model.scenes] == [f"miit.{key}" for key in oracle.SCENES]
    assert [scene.id for scene in model.scenes if scene.binding] == [f"miit.{key}" for key in oracle.BINDING]
    assert [level.name for level in model.levels] == ["无等级", "初始级", "规范级", "集成级", "协同级"]
    assert model.gates.cite.sure == "second-hand", "the ministry's annex was not read"


# -- sources -------------------------------------------------------------------------------------


@every_pack
def test_every_source_that_is_named__exists(name: str) -> None:
    pack = pack_of(name)
    named: dict[str, str] = {}
    for path in (QUESTIONNAIRES / name).rglob("*.yaml"):
        document = read_yaml(path, path.name)
        for place, text in texts(document):
            if "source" in place[-2:] and "cite" in place:
                named[text] = document.where(place)
    assert {source: where for source, where in named.items() if source not in pack.sources} == {}
    assert named


@every_pack
def test_a_source__says_what_it_is(name: str) -> None:
    for key, source in pack_of(name).sources.items():
        assert source.title or source.desc or source.same_as, key


# -- samples -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_sample__reads_without_a_fault_and_can_be_no_real_firm(path: Path) -> None:
    pack, answers = commands.read_answers(HERE, path)
    assert pack.id == path.parent.parent.name
    uscc = str(answers.fact("uscc"))
    assert check_uscc(uscc) == []
    assert is_invented(uscc)
    assert "示例" in str(answers.fact("name"))
    assert answers.version == pack.version
    document = json.loads(path.read_text(encoding="utf-8"))
    assert {fact.id for fact in pack.facts if fact.required} <= document["firm"].keys()


def test_every_trade_pack__has_a_sample() -> None:
    with_samples = {path.parent.parent.name for path in SAMPLES}
    assert {name for name in PACKS if name != "common"} <= with_samples


def test_samples__have_different_codes() -> None:
    codes = [json.loads(path.read_text(encoding="utf-8"))["firm"]["uscc"] for path in SAMPLES]
    assert len(set(codes)) == len(codes)

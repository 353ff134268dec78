"""An answers file is read with every fault of it, and written so that it reads back the same."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.document import answers_document, parse_answers, parse_json
from assessor.answers.model import Answers, AnswerState
from assessor.pack.model import Pack
from tests.answers.draw import documents


def read(pack: Pack, **parts: Any) -> tuple[Answers, list[str]]:
    """The answers of a document with these parts, and the codes of its faults."""
    answers, problems = parse_answers({"pack": pack.id, **parts}, pack, "a.json")
    return answers, [problem.code for problem in problems]


def read_one(pack: Pack, key: str, raw: Any) -> tuple[Any, list[str]]:
    answers, codes = read(pack, answers={key: raw})
    return answers.get(key), codes


def through_json(answers: Answers) -> Any:
    data, problems = parse_json(json.dumps(answers_document(answers), ensure_ascii=False), "a.json")
    assert not problems
    return data


# -- the text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "pack: tires",
        '{"a": 1, "a": 1}',
        '{"answers": {"Q": {"value": 1, "value": 2}}}',
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": -Infinity}',
        "[" * 100_000,
        '{"a": ' + "9" * 5000 + "}",
        '{"a": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"a": 1} {"b": 2}',
        "{'a': 1}",
        '{"a": 01}',
    ],
)
def test_text_that_is_no_sound_json__is_refused(text: str) -> None:
    data, [problem] = parse_json(text, "a.json")
    assert data is None
    assert problem.code == "answers-not-json"
    assert str(problem).startswith("a.json: 不是有效的 JSON：")


@pytest.mark.parametrize("text", ["[]", "1", "null", '"text"', "true"])
def test_json_that_is_no_object__is_refused(text: str) -> None:
    data, [problem] = parse_json(text, "a.json")
    assert data is None
    assert problem.code == "answers-shape"


def test_a_key_written_twice__is_named() -> None:
    _, [problem] = parse_json('{"T01": 1, "T01": 2}', "a.json")
    assert "“T01”写了两次" in problem.what


def test_a_broken_text__says_where_it_breaks() -> None:
    _, [problem] = parse_json('{\n  "a": 1,\n  "b" 2\n}', "a.json")
    assert "第 3 行第 7 列" in problem.what


# -- the frame -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({}, []),
        ({"version": "1", "mode": "onsite", "date": "2026-05-20", "campaign": "2026", "by": "张"}, []),
        ({"versoin": "1"}, ["answers-shape"]),
        ({"firm": []}, ["answers-shape"]),
        ({"answers": None}, ["answers-shape"]),
        ({"mode": "visit"}, ["answers-shape"]),
        ({"mode": None}, ["answers-shape"]),
        ({"mode": ["self"]}, ["answers-shape"]),
        ({"version": "2"}, ["answers-version"]),
        ({"version": 1}, ["answers-version"]),
        ({"date": "2026-5-20"}, ["date-shape"]),
        ({"date": "20260520"}, ["date-shape"]),
        ({"date": "2026-02-30"}, ["date-shape"]),
        ({"date": None}, ["date-shape"]),
        ({"date": 20260520}, ["date-shape"]),
        ({"by": 7}, ["answers-shape"]),
        ({"by": None, "campaign": None}, []),
        ({"campaign": 2026}, []),
        ({"campaign": ["2026"]}, ["answers-shape"]),
        ({"firm": {"nmae": "甲"}}, ["answers-unknown-id"]),
        ({"firm": {"T1": 2}}, ["answers-unknown-id"]),
        ({"firm": {"name": 5}}, ["value-kind"]),
        ({"firm": {"name": None}}, []),
        ({"firm": {"employees": 1001}}, ["value-bounds"]),
        ({"answers": {"name": {"value": "甲"}}}, ["answers-unknown-id"]),
        ({"answers": {"T9": {"value": 2}, "C9": {"value": "A"}}}, ["answers-unknown-id"] * 2),
        ({"answers": {"T1": 2}}, ["answers-shape"]),
        ({"answers": {"T1": [2]}}, ["answers-shape"]),
    ],
)
def test_a_frame__is_taken_or_refused(sample: Pack, parts: Any, codes: list[str]) -> None:
    assert read(sample, **parts)[1] == codes


def test_all_faults_of_a_file__are_told_in_one_run(sample: Pack) -> None:
    _, problems = parse_answers(
        {
            "pack": "valid",
            "version": "9",
            "mod": "self",
            "date": "yesterday",
            "firm": {"uscc": "123", "employees": -1, "shoe": 42},
            "answers": {"T1": {"value": 9}, "T2": {"value": 1}, "C2": {"value": ["A", "B"]}},
        },
        sample,
        "a.json",
    )
    assert [(problem.code, problem.where) for problem in problems] == [
        ("answers-shape", "a.json"),
        ("answers-version", "a.json"),
        ("date-shape", "a.json"),
        ("uscc-shape", "a.json firm.uscc"),
        ("value-bounds", "a.json firm.employees"),
        ("answers-unknown-id", "a.json firm.shoe"),
        ("value-kind", "a.json answers.T1"),
        ("answers-unknown-id", "a.json answers.T2"),
        ("value-none-excludes", "a.json answers.C2"),
    ]


def test_an_unknown_id__is_answered_with_the_nearest_known(sample: Pack) -> None:
    _, problems = parse_answers({"firm": {"employes": 5}}, sample, "a.json")
    assert "employees" in problems[0].remedy


def test_a_renamed_id__leads_to_the_new_one(sample: Pack) -> None:
    answers, codes = read(sample, answers={"OLD2": {"value": 7}})
    assert codes == []
    assert answers.get("N1").value == 7


def test_an_id_with_its_old_and_its_new_name__is_refused(sample: Pack) -> None:
    _, codes = read(sample, answers={"OLD2": {"value": 7}, "N1": {"value": 8}})
    assert codes == ["answers-shape"]


def test_a_campaign__defaults_to_the_year_of_the_date(sample: Pack) -> None:
    answers, _ = read(sample, date="2026-05-20")
    assert answers.campaign == "2026"


@pytest.mark.parametrize(("mode", "side"), [("self", "claimed"), ("onsite", "verified")])
def test_the_mode__says_which_side_counts(sample: Pack, mode: str, side: str) -> None:
    assert read(sample, mode=mode)[0].headline == side


# -- one answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ({"value": 2}, AnswerState.ANSWERED),
        ({"value": 0}, AnswerState.ANSWERED),
        ({"value": 2, "state": "answered"}, AnswerState.ANSWERED),
        ({}, AnswerState.UNANSWERED),
        ({"value": None}, AnswerState.UNANSWERED),
        ({"state": "unanswered"}, AnswerState.UNANSWERED),
        ({"state": "unknown"}, AnswerState.UNKNOWN),
        ({"state": "declined"}, AnswerState.DECLINED),
        ({"state": "not_applicable", "reason": "没有"}, AnswerState.NOT_APPLICABLE),
        ({"verified": 3}, AnswerState.UNANSWERED),
    ],
)
def test_a_state__is_read(sample: Pack, raw: Any, state: AnswerState) -> None:
    answer, codes = read_one(sample, "T1", raw)
    assert codes == []
    assert answer.state is state


@pytest.mark.parametrize(
    ("key", "raw", "codes"),
    [
        ("T1", {"state": "answered"}, ["value-state"]),
        ("T1", {"state": "not_asked"}, ["value-state"]),
        ("T1", {"state": "not_in_version"}, ["value-state"]),
        ("T1", {"state": "maybe"}, ["value-state"]),
        ("T1", {"state": 3}, ["value-state"]),
        ("T1", {"state": ["unknown"]}, ["value-state"]),
        ("T1", {"state": "unknown", "value": 2}, ["value-state"]),
        ("T1", {"state": "not_applicable"}, ["value-reason-missing"]),
        ("T1", {"state": "not_applicable", "reason": "  "}, ["value-reason-missing"]),
        ("M1", {"state": "not_applicable", "reason": "没有"}, ["value-not-applicable"]),
        ("T1", {"value": 2, "comment": "好"}, ["answers-shape"]),
        ("T1", {"value": 7, "verified": 8}, ["value-kind", "value-kind"]),
        ("T1", {"value": 2, "verified": "2"}, ["value-kind"]),
        ("T1", {"value": 2, "sure": 4}, ["answers-shape"]),
        ("T1", {"value": 2, "sure": True}, ["answers-shape"]),
        ("T1", {"value": 2, "sure": 1.0}, ["answers-shape"]),
        ("T1", {"value": 2, "sure": "3"}, ["answers-shape"]),
        ("T1", {"value": 2, "evidence": "照片"}, ["answers-shape"]),
        ("T1", {"value": 2, "evidence": [1]}, ["answers-shape"]),
        ("T1", {"value": 2, "reason": ["没有"]}, ["answers-shape"]),
        ("T1", {"value": 2, "remark": {"a": 1}}, ["answers-shape"]),
    ],
)
def test_a_faulty_answer__is_refused(sample: Pack, key: str, raw: Any, codes: list[str]) -> None:
    assert read_one(sample, key, raw)[1] == codes


def test_an_answer__keeps_all_that_belongs_to_it(sample: Pack) -> None:
    raw = {
        "value": 2,
        "verified": 1,
        "reason": " 缺记录 ",
        "remark": "看了",
        "sure": 3,
        "evidence": ["照片", "台账"],
    }
    answer, codes = read_one(sample, "T1", raw)
    assert codes == []
    assert (answer.value, answer.verified, answer.reason) == (2, 1, "缺记录")
    assert (answer.remark, answer.sure, answer.evidence) == ("看了", 3, ("照片", "台账"))
    assert (answer.on("claimed"), answer.on("verified")) == (2, 1)


# -- there and back ------------------------------------------------------------------------------


def test_an_empty_assessment__comes_back_as_it_was(sample: Pack) -> None:
    answers, _ = read(sample)
    again, problems = parse_answers(through_json(answers), sample, "b.json")
    assert not problems
    assert again == answers


@pytest.mark.parametrize("name", ["sample", "common", "tires"])
def test_an_assessment__comes_back_as_it_was(name: str, request: pytest.FixtureRequest) -> None:
    pack: Pack = request.getfixturevalue(name)

    @given(documents(pack))
    def comes_back(document: Any) -> None:
        answers, problems = parse_answers(document, pack, "a.json")
        assert not problems, list(map(str, problems))
        again, problems = parse_answers(through_json(answers), pack, "b.json")
        assert not problems, list(map(str, problems))
        assert again == answers
        assert answers_document(again) == answers_document(answers)

    comes_back()


broken_parts = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["value", "verified", "state", "reason", "sure", "evidence", "numerator", "before", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def test_whatever_a_file_holds__is_read_or_refused_but_never_breaks(sample: Pack) -> None:
    keys = st.sampled_from([*sample.items, "OLD1", "OLD2", "nothing"])
    frames = st.dictionaries(
        st.sampled_from(["version", "firm", "answers", "mode", "date", "by", "campaign", "more"]),
        broken_parts | st.dictionaries(keys, broken_parts, max_size=4),
    )

    @given(frames)
    def never_breaks(frame: Any) -> None:
        answers, problems = parse_answers(frame, sample, "a.json")
        assert all(str(problem).startswith("a.json") for problem in problems)
        if not problems:
            assert parse_answers(through_json(answers), sample, "b.json") == (answers, [])

    never_breaks()

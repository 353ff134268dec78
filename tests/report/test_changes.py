"""What changed in an answer is said part by part, short enough for a line."""

from decimal import Decimal

import pytest

from assessor.answers.model import Answer, AnswerState, Ratio
from assessor.pack.model import Pack
from assessor.report.changes import back_text, change_text, changes

PHOTO = "磅单.jpg #0123456789abcdef"


@pytest.mark.parametrize(
    ("before", "after", "said", "back"),
    [
        (Answer(3), Answer(2), "3 级 → 2 级", "T1 从 3 级 改回 2 级"),
        (Answer(), Answer(2), "2 级", "T1 从 未答 改回 2 级"),
        (Answer(2), Answer(state=AnswerState.UNKNOWN), "2 级 → 不清楚", "T1 从 2 级 改回 不清楚"),
        (Answer(2), Answer(2, verified=1), "核实 1 级", "T1 核实从 没有核实 改回 1 级"),
        (Answer(2), Answer(2, remark="看过台账"), "备注 “看过台账”", "T1 备注从 空 改回 “看过台账”"),
        (Answer(2, sure=1), Answer(2), "把握 不太有把握 → 没有注明", "T1 把握从 不太有把握 改回 没有注明"),
        (Answer(2), Answer(2, evidence=(PHOTO,)), "加上佐证“磅单.jpg”", "T1 加上佐证“磅单.jpg”"),
        (
            Answer(2, evidence=(PHOTO, "铭牌")),
            Answer(2),
            "去掉佐证“磅单.jpg”、“铭牌”",
            "T1 去掉佐证“磅单.jpg”、“铭牌”",
        ),
    ],
)
def test_a_change__is_said_in_few_words(
    sample: Pack, before: Answer, after: Answer, said: str, back: str
) -> None:
    found = changes(sample.questions["T1"], before, after)
    assert [change_text(one, both=False) for one in found] == [said]
    assert back_text("T1", found, both=False) == back


def test_both_sides__are_named_where_there_are_two(sample: Pack) -> None:
    (found,) = changes(sample.questions["T1"], Answer(3), Answer(2))
    assert change_text(found, both=True) == "自报 3 级 → 2 级"
    assert back_text("T1", [found], both=True, again=True) == "T1 自报从 3 级 改成 2 级"


def test_a_change_too_long_to_show__is_still_a_change(sample: Pack) -> None:
    head = "一" * 40
    assert changes(sample.questions["W1"], Answer(f"{head}甲"), Answer(f"{head}乙"))


def test_no_change__is_nothing_to_say(sample: Pack) -> None:
    answer = Answer(Ratio(Decimal(1), Decimal(2)), remark="x", evidence=(PHOTO,))
    assert changes(sample.questions["R1"], answer, answer) == ()

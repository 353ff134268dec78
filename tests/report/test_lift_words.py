"""What an action raises is said in words: no letters of options, what is added, what is still missing."""

from assessor.pack.model import Pack
from assessor.report.lift_words import lift_text, promise_text
from assessor.roadmap.explain import Lift
from assessor.roadmap.followup import Promise


def test_options__are_named_by_what_is_added(tires: Pack) -> None:
    said = lift_text(tires, Lift("miit.Q7", "网络安全", "B、C", "B、C、D", ("B", "C", "D")))
    option = next(one for one in tires.questions["miit.Q7"].options if one.id == "D")  # type: ignore[union-attr]
    assert said.startswith("网络安全：增加") and option.text[:8] in said


def test_a_ladder__is_named_from_rung_to_rung(tires: Pack) -> None:
    said = lift_text(tires, Lift("miit.Q5", "信息系统覆盖", "B", "C", "C"))
    assert said == "信息系统覆盖：从“用系统管了一个环节”到“用系统管了两个及以上环节，但不超过八成”"


def test_levels_and_counts__stay_figures(tires: Pack) -> None:
    assert lift_text(tires, Lift("T01", "配料", "1 级", "2 级", 2)) == "配料：1 级→2 级"


def test_a_promise__says_what_is_missing(tires: Pack) -> None:
    kept = Promise("T01", "配料", "1 级", "2 级", "2 级", True)
    assert promise_text(tires, kept) == "配料：答应1 级→2 级，做到了"
    blank = Promise("T01", "配料", "1 级", "2 级", "", None)
    assert promise_text(tires, blank).endswith("现在没有答")
    open_ = Promise("miit.Q7", "网络安全", "B", "B、C、D", "B、C", False)
    said = promise_text(tires, open_)
    options = {one.id: one.text for one in tires.questions["miit.Q7"].options}  # type: ignore[union-attr]
    assert options["D"][:8] in said.partition("还差")[2]
    assert options["C"][:8] not in said.partition("还差")[2]
    rung = Promise("miit.Q5", "信息系统覆盖", "A", "C", "B", False)
    assert promise_text(tires, rung).endswith("现在“用系统管了一个环节”")

"""One firm after the other: facts, answers in the order they are asked, both sides, nothing that can't be."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assessor.answers.firm import Size
from assessor.answers.model import Answer, Answers, AnswerState, Mode, Value
from assessor.answers.proposal import proposals
from assessor.answers.state import is_asked, lookup_in
from assessor.answers.value import parse_value
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, NumberQuestion, Question
from bench.firms.asked import only_asked, with_items
from bench.firms.coherent import coherent
from bench.firms.facts import chosen, facts
from bench.firms.latent import CLAIM, LOAD, Latent, class_of, rounded
from bench.firms.plan import MIX, SIZES, Kind, Plan, plan_of
from bench.firms.values import draw_value, within

_BLANK: Mapping[AnswerState, float] = {AnswerState.UNANSWERED: 0.03, AnswerState.UNKNOWN: 0.02}
_NO_RECORD = Answer(state=AnswerState.UNKNOWN, reason="没有统计过这个数")
_SEEN = 0.85
"""Share of figures and ticks that an assessor has time to look at."""


def draw(pack: Pack, count: int, seed: int = 1, *, onsite: float = 0.3, first: int = 0) -> Iterator[Answers]:
    """So many firms of a pack's trade, sizes mixed as 10 : 65 : 25, a part of them visited on site.

    Firm `number` of a seed is the same whichever others are drawn, so several processes can share the
    work: each takes its own `first` and `count`.
    """
    plan = plan_of(pack)
    for number in range(first, first + count):
        luck = Latent(seed, number)
        size = SIZES[class_of(luck.uniform(), (MIX[0], MIX[0] + MIX[1]))]
        yield coherent(pack, _firm(plan, luck, size, number, "onsite" if luck.chance(onsite) else "self"))


def _firm(plan: Plan, luck: Latent, size: Size, number: int, mode: Mode) -> Answers:
    kind = _kind(plan, size, luck)
    answers = Answers(
        pack=plan.pack.id,
        version=plan.pack.version,
        firm=facts(plan, kind, size, luck, number),
        items={},
        mode=mode,
        date=f"2026-{luck.whole(3, 9):02}-{luck.whole(1, 28):02}",
        campaign="2026",
        by="虚构诊断员" if mode == "onsite" else "",
    )
    # filled while conditions look at it: earlier answers decide what is asked next
    items: dict[str, Answer] = {}
    answers = with_items(plan.pack, answers, items)
    _preset(plan, kind, size, luck, answers, items)
    for question in plan.pack.asked():
        if question.id not in items and is_asked(question, answers):
            answer = _answer(plan, question, size, luck, answers)
            if answer is not None:
                items[question.id] = answer
    _follow(plan, luck, kind, answers, items)
    return only_asked(plan.pack, answers)


def _kind(plan: Plan, size: Size, luck: Latent) -> Kind:
    kinds = plan.kinds[size]
    left = luck.uniform(0, sum(share for _, share in kinds))
    for kind, share in kinds:
        left -= share
        if left <= 0:
            return kind
    return kinds[-1][0]


def _preset(
    plan: Plan, kind: Kind, size: Size, luck: Latent, answers: Answers, items: dict[str, Answer]
) -> None:
    """What the kind of plant settles before anything is asked."""
    for key, raw in kind.items.items():
        question = plan.pack.questions[key]
        value, problems = parse_value(question, chosen(raw, size, luck), lookup_in(answers))
        assert not problems, list(map(str, problems))
        if value is not None:
            items[key] = _both(question, value, answers, luck)


# -- one answer ----------------------------------------------------------------------------------


def _answer(plan: Plan, question: Question, size: Size, luck: Latent, answers: Answers) -> Answer | None:
    left = luck.uniform()
    for state, share in _BLANK.items():
        left -= share
        if left < 0:
            return Answer(state=state, reason="没有统计" if state is AnswerState.UNKNOWN else "")
    if isinstance(question, LevelQuestion):
        return _level(plan, question, size, luck, answers)
    value = draw_value(plan, question, size, luck, lookup_in(answers))
    if value is None:
        return _NO_RECORD if isinstance(question, NumberQuestion) else None
    return _both(question, value, answers, luck)


def _both(question: Question, value: Value, answers: Answers, luck: Latent) -> Answer:
    """Claimed, and seen as claimed where the assessor looked."""
    seen = answers.mode == "onsite" and (question.onsite_only or luck.chance(_SEEN))
    evidence = question.evidence[:1] if seen else ()
    return Answer(value=value, verified=value if seen else None, sure=luck.whole(1, 3), evidence=evidence)


def _level(plan: Plan, question: LevelQuestion, size: Size, luck: Latent, answers: Answers) -> Answer:
    """What is seen follows the profile; the claim stands a little above."""
    if answers.pack != "common" and plan.pack.crosswalk and question.id in plan.pack.crosswalk.proposals:
        followed = _followed(plan.pack, question, answers)
        if followed is not None:
            return followed
    scale = plan.scales[size][question.id]
    position = luck.position(scale.load or LOAD)
    seen, claimed = class_of(position, scale.cuts), class_of(position + CLAIM, scale.cuts)
    return _judged(question, claimed, seen, answers.mode)


def _followed(pack: Pack, question: LevelQuestion, answers: Answers) -> Answer | None:
    """A ministry's scene that the trade's scenes propose, taken over as it is."""
    claimed = proposals(pack, answers).get(question.id)
    if claimed is None:
        return None
    seen = proposals(pack, answers, "verified").get(question.id) if answers.mode == "onsite" else None
    return _judged(question, claimed, min(claimed, claimed if seen is None else seen), answers.mode)


def _judged(question: LevelQuestion, claimed: int, seen: int, mode: Mode) -> Answer:
    if mode == "self":
        return Answer(value=claimed, sure=2)
    rungs = {rung.level: rung for rung in question.levels}
    reason = ""
    if seen < claimed:
        missing = next(iter(rungs[claimed].evidence), rungs[claimed].text)
        reason = f"没有看到{claimed} 级的佐证：{missing}"
    return Answer(value=claimed, verified=seen, sure=3, reason=reason, evidence=rungs[seen].evidence[:2])


# -- figures that hang together --------------------------------------------------------------------


def _follow(plan: Plan, luck: Latent, kind: Kind, answers: Answers, items: dict[str, Answer]) -> None:
    own = {
        "PIECE1": Decimal(luck.whole(int(kind.piece[0]), int(kind.piece[1]))),
        "HEADS1": answers.fact("employees"),
    }
    look = lookup_in(answers)
    fact_ids = {fact.id for fact in plan.pack.facts}
    firm: dict[str, Value] = answers.firm  # type: ignore[assignment]  # our own dictionary, not yet handed out
    for figure in plan.figures:
        question = plan.pack.items[figure.id]
        value = figure.value.value(lambda key: own.get(key) or look(key))
        if value is None or isinstance(value, bool) or not isinstance(question, NumberQuestion):
            continue
        exact = max(float(value) * luck.uniform(*figure.times), figure.at_least)
        drawn = within(question, rounded(exact, question.decimals), look)
        if figure.id in fact_ids:
            firm[figure.id] = drawn
        elif figure.id not in kind.items:
            items[figure.id] = _both(question, drawn, answers, luck)

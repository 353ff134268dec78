"""What do the formulas see of an assessment? Entries of both sides, what tables give, what applies.

The counterpart of `answers.effective` and `answers.state` in formulas.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from assessor.answers.model import Answers, Side
from assessor.exchange import labels
from assessor.exchange.calc import Calc
from assessor.exchange.codec import cell_text
from assessor.exchange.entries import Contents
from assessor.exchange.heard import NOTHING, ONE, ZERO, Ear, Heard
from assessor.exchange.layout import Layout
from assessor.exchange.logic import UnwritableError, holds, rule_term
from assessor.exchange.tables import Tables
from assessor.exchange.term import (
    EMPTY,
    Term,
    differs,
    every,
    least,
    lit,
    most,
    same,
    trimmed,
    when,
)
from assessor.pack.condition import Condition
from assessor.pack.model import Pack
from assessor.pack.question import Question, TableQuestion

MISSING, GONE, GIVEN = "?", "-", "="
"""A question's standing: missing, does not apply, or its value counts."""


@dataclass
class Sight:
    """Formulas over one filled-in (or blank) book, built as they are asked for."""

    layout: Layout
    contents: Contents
    answers: Answers
    calc: Calc = field(default_factory=Calc)
    _heard: dict[tuple[str, str], Heard] = field(default_factory=dict)
    _caps: dict[str, list[Term]] | None = None
    unwritable: list[str] = field(default_factory=list)

    @property
    def pack(self) -> Pack:
        """The pack of the book."""
        return self.layout.book.pack

    @property
    def tables(self) -> Tables:
        """The sheets of rows."""
        return Tables(self.layout, self.answers, self.calc)

    def cell(self, line: str, column: str) -> Term:
        """An input cell with what stands in it."""
        place = self.layout.place(line, column)
        if place is None:
            return EMPTY
        content = self.contents.get(line, column)
        if isinstance(content, date):
            return Term(place.ref, content.toordinal() - 693_594)
        if isinstance(content, str):
            return Term(place.ref, cell_text(content))
        return Term(place.ref, "" if content is None else content)

    def question(self, item: str) -> Question | None:
        """The question or fact of an id."""
        return self.pack.items.get(item)

    def heard(self, item: str, side: Side = "claimed") -> Heard:
        """What stands for an item on a side, tables counted in; facts have one side only."""
        key = (item, side)
        if key not in self._heard:
            self._heard[key] = NOTHING  # a table may not feed itself
            self._heard[key] = self._hear(item, side)
        return self._heard[key]

    def _hear(self, item: str, side: Side) -> Heard:
        question = self.question(item)
        if question is None:
            return NOTHING
        if isinstance(question, TableQuestion):
            there = self.tables.there(question, side)
            return Heard(there, when(same(there, ONE), ONE, EMPTY))
        own = self._ear(side).hear(question)
        feed = self.tables.feed_of(item)
        if feed is None:
            return own
        put = self._putter(item, f"{SIDES[side]}：含清单")
        given = self.tables.given(question, *feed, side)
        if question.may_not_apply:
            claimed = self._ear("claimed").hear(question)
            given = _unless(every(same(claimed.there, ZERO), self.absent(question)), given, put)
        return _first(own, given, put)

    def _putter(self, item: str, what: str) -> Callable[[Term], Term]:
        return lambda term: self.calc.put(item, what, term)

    def _ear(self, side: Side) -> Ear:
        return Ear(self.calc, lambda line: self.cell(line, side), self.holds, SIDES[side])

    def holds(self, condition: Condition | None) -> Term:
        """A condition over what the firm says."""
        return holds(condition, self.heard)

    def onsite(self) -> Term:
        """Whether this is an on-site assessment."""
        line = f"{labels.HEAD}mode"
        mode = trimmed(self.cell(line, "claimed"))
        return self.calc.put(line, "现场评定", when(same(mode, lit(labels.MODE_NAMES["onsite"])), ONE, ZERO))

    def applies(self, question: Question) -> Term:
        """Whether this firm gets the question: 1, 0 or unknown."""
        applies = ONE if question.ask_if is None else self.holds(question.ask_if)
        if question.onsite_only:
            applies = least(self.onsite(), applies)
        return self.calc.put(question.id, "出现条件", applies)

    def asked(self, question: Question) -> Term:
        """1 when the question is put to this firm, else 0."""
        applies = self.applies(question)
        if applies.text == ONE.text:
            return ONE
        return self.calc.put(question.id, "要问", when(same(applies, ZERO), ZERO, ONE))

    def absent(self, question: Question) -> Term:
        """Whether "does not apply" was chosen, lawfully and with a reason."""
        if not question.may_not_apply:
            return lit(False)
        state = trimmed(self.cell(question.id, "state"))
        reason = self.cell(question.id, "reason")
        chosen = same(state, lit(labels.STATE_NAMES[_NA]))
        return every(chosen, differs(trimmed(reason), EMPTY))

    def standing(self, question: Question, side: Side) -> Term:
        """`=` its value counts, `-` it does not apply, `?` it is missing."""
        heard = self.heard(question.id, side)
        blank: Term = (
            when(self.absent(question), lit(GONE), lit(MISSING)) if question.may_not_apply else lit(MISSING)
        )
        outcome = when(same(heard.there, ONE), lit(GIVEN), blank)
        applies = self.applies(question)
        if applies.text != ONE.text:
            gone = when(same(applies, ZERO), lit(GONE), outcome)
            outcome = when(every(differs(applies, ONE), differs(applies, ZERO)), lit(MISSING), gone)
        return self.calc.put(question.id, f"{SIDES[side]}：算不算", outcome)

    def seen(self, item: str) -> Heard:
        """What rules see of what the firm is asked: verified, else what the firm says, or the fact."""
        question = self.question(item)
        if question is None:
            return NOTHING
        put = self._putter(item, "规则看到的")
        known = self.heard(item)
        if item in self.pack.questions:
            known = _first(self.heard(item, "verified"), known, put)
        return _unless(same(self.asked(question), ZERO), known, put)

    def rule(self, text: str) -> Term:
        """A rule's condition as a truth; `UnwritableError` when it has no formula."""
        return rule_term(text, self.seen)

    def level(self, item: str, side: Side) -> Term:
        """The level of a scene that counts on a side: verified ones are held down by rules."""
        value = self.heard(item, side).value
        if side == "claimed":
            return value
        caps = self._all_caps().get(item, [])
        return (
            self.calc.put(item, "核实级别封顶", when(same(value, EMPTY), EMPTY, least(value, *caps)))
            if caps
            else value
        )

    def _all_caps(self) -> dict[str, list[Term]]:
        if self._caps is None:
            self._caps = {}
            for rule in self.pack.rules.rules:
                for scene, level in rule.cap.items():
                    self._cap(rule.id, rule.when, scene, level)
        return self._caps

    def _cap(self, rule: str, text: str, scene: str, level: int) -> None:
        try:
            fires = self.calc.put(rule, "规则", self.rule(text))
        except UnwritableError:
            self.unwritable.append(rule)
            return
        cap = self.calc.put(rule, f"封顶 {scene}", when(same(fires, ONE), lit(level), lit(4)))
        assert self._caps is not None
        self._caps.setdefault(scene, []).append(cap)


SIDES = {"claimed": labels.CLAIMED, "verified": labels.VERIFIED}
_NA = next(state for state in labels.STATE_NAMES if state.value == "not_applicable")


def _unless(gone: Term, heard: Heard, put: Callable[[Term], Term]) -> Heard:
    """What was heard, or nothing where it is gone."""

    def kept(term: Term, nothing: Term = EMPTY) -> Term:
        return put(when(gone, nothing, term))

    return Heard(
        there=kept(heard.there, ZERO),
        value=kept(heard.value),
        letter=kept(heard.letter),
        share=kept(heard.share),
        ticks=None if heard.ticks is None else {name: kept(tick, ZERO) for name, tick in heard.ticks.items()},
    )


def _first(own: Heard, other: Heard, put: Callable[[Term], Term]) -> Heard:
    """The first that is there, field by field."""
    has = same(own.there, ONE)

    def pick(first: Term, second: Term) -> Term:
        return put(when(has, first, second))

    names = tuple(own.ticks or other.ticks or ())
    return Heard(
        there=put(most(own.there, other.there)),
        value=pick(own.value, other.value),
        letter=pick(own.letter, other.letter),
        share=pick(own.share, other.share),
        ticks={name: pick(own.tick(name), other.tick(name)) for name in names} if names else None,
    )

"""What would the firm's answers be, once some actions are finished? In plain code, rung by rung.

Answers only rise. What is blank stays blank: nobody knows what an action finds there. Trends and
quantities stay as answered. A ministry's scene follows its trade scenes by the crosswalk while it stands
at what they propose; one confirmed by hand to something else is lifted by its own actions alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from assessor.answers.model import Answer, Answers, AnswerState, Ratio, Value
from assessor.answers.proposal import proposals, scene_weight
from assessor.answers.reading import band_of
from assessor.answers.state import state_of
from assessor.pack.action import Action
from assessor.pack.check_action import STEPS_OF
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, RatioQuestion, SingleQuestion, option_ids
from assessor.roadmap.caps import Needs, level_needs
from assessor.roadmap.effects import DIGITAL, NETWORKED, SYSTEMS, Gained, parts_of
from assessor.roadmap.situation import Situation, situation
from assessor.scoring.compiled import TOP_LEVEL, scored_options

GONE = (AnswerState.NOT_ASKED, AnswerState.NOT_APPLICABLE)
_CORE = 2
_STEP_COUNTS = {"A": 0, "B": 1, "C": 2, "D": 12, "E": 14}
"""Rung of the systems question → least number of the fourteen steps; the pack's feed says the same."""
_JUST_ABOVE = Fraction(1, 10**6)
"""How far above a band's lower end a share is taken to lie that is known by its band alone."""


@dataclass(frozen=True, slots=True)
class Follows:
    """A ministry's scene that follows trade scenes: it holds a level when `needed` of `scenes` do."""

    scenes: tuple[str, ...]
    needed: int


class Future:
    """The rules by which one firm's answers rise."""

    def __init__(self, start: Situation) -> None:
        self.start = start
        self._pack, self._answers = start.pack, start.answers

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Today's level of every level question that is answered and applies."""
        found = {}
        for question in self._pack.asked():
            value = self.value(question.id)
            if isinstance(question, LevelQuestion) and isinstance(value, int):
                found[question.id] = value
        return found

    def value(self, name: str) -> Value | None:
        """Today's value; None when the question is blank or does not apply."""
        question = self._pack.questions.get(name)
        if question is None or state_of(question, self._answers) in GONE:
            return None
        return self._answers.get(name).value

    @cached_property
    def needs(self) -> Needs:
        """What each level needs of other scenes."""
        return level_needs(self._pack.rules.rules, self.levels)

    @cached_property
    def follows(self) -> Mapping[str, Follows]:
        """The ministry's scenes that follow trade scenes, by the crosswalk's rule."""
        crosswalk = self._pack.crosswalk
        if crosswalk is None:
            return {}
        proposed = proposals(self._pack, self._answers)
        found = {}
        for name, rule in crosswalk.proposals.items():
            if name not in self.levels or proposed.get(name) != self.levels[name]:
                continue
            scenes = [scene for scene in rule.from_ if scene in self.levels]
            core = [s for s in scenes if scene_weight(crosswalk, s, self._answers) == _CORE]
            if rule.rule == "lowest_core":
                kept = core or scenes
                found[name] = Follows(tuple(kept), len(kept))
            else:
                found[name] = Follows(tuple(scenes), len(scenes) // 2 + 1)
        return found

    @cached_property
    def steps(self) -> frozenset[str] | None:
        """The business steps that run in a system today, by the list of systems.

        None when there is no list, or when it says something else than the answer given by hand.
        """
        fed = [
            (source.table, feed)
            for source in self._pack.rules.feeds
            for feed in source.gives
            if feed.question == STEPS_OF and feed.ticks
        ]
        for table, feed in fed:
            rows = self.value(table)
            if isinstance(rows, tuple) and rows:
                named = (
                    feed.map.get(str(row.get(feed.ticks or "")))
                    for row in rows
                    if not isinstance(row, str) and row.get("recent") is True
                )
                listed = frozenset(step for step in named if step)
                return listed if self._rung_for(len(listed)) == self.value(SYSTEMS) else None
        return None

    def _rung_for(self, count: int) -> str:
        """The rung of the systems question for so many steps."""
        reached = [rung for rung, least in self.step_counts.items() if count >= least]
        return max(reached, key=self.step_counts.__getitem__)

    @cached_property
    def step_counts(self) -> Mapping[str, int]:
        """Rung of the systems question → least number of steps."""
        for source in self._pack.rules.feeds:
            for feed in source.gives:
                if feed.question == SYSTEMS and feed.at_least:
                    return {feed.none or "A": 0, **feed.at_least}
        return _STEP_COUNTS

    # -- rising ----------------------------------------------------------------------------------

    def risen_levels(self, gained: Collection[Gained]) -> dict[str, int]:
        """The level of every level question, rung by rung until nothing rises any more."""
        given = {(one.question, one.which) for one in gained if one.kind == "level"}
        now = dict(self.levels)
        rising = True
        while rising:
            rising = False
            for name in now:
                while now[name] < TOP_LEVEL and self._may_rise(name, now, given):
                    now[name] += 1
                    rising = True
        return now

    def _may_rise(self, name: str, now: Mapping[str, int], given: set[tuple[str, int | str]]) -> bool:
        level = now[name] + 1
        held = all(now[other] >= least for other, least in self.needs.get((name, level), {}).items())
        return held and ((name, level) in given or self._is_proposed(name, level, now))

    def _is_proposed(self, name: str, level: int, now: Mapping[str, int]) -> bool:
        """Whether the crosswalk proposes the level; level 4 is confirmed by hand before it counts."""
        rule = self.follows.get(name)
        if rule is None or level == TOP_LEVEL:
            return False
        return sum(now[scene] >= level for scene in rule.scenes) >= rule.needed

    def risen_answers(self, gained: Collection[Gained]) -> dict[str, Value]:
        """Every answer that changes, with its new value."""
        changed: dict[str, Value] = {
            name: level for name, level in self.risen_levels(gained).items() if level != self.levels[name]
        }
        changed |= self._risen_ticks(gained)
        changed |= self._risen_rungs(gained)
        return changed | self._risen_ratios(gained)

    def _risen_ticks(self, gained: Iterable[Gained]) -> dict[str, Value]:
        more: dict[str, set[str]] = {}
        for one in gained:
            if one.kind == "tick":
                more.setdefault(one.question, set()).add(str(one.which))
        found: dict[str, Value] = {}
        for name, options in more.items():
            value, question = self.value(name), self._pack.questions[name]
            if isinstance(value, tuple) and isinstance(question, MultiQuestion) and not options <= set(value):
                kept = options | set(value)
                found[name] = tuple(option for option in scored_options(question) if option in kept)
        return found

    def _risen_rungs(self, gained: Collection[Gained]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name in {one.question for one in gained if one.kind == "rung"}:
            place = self.rung(name)
            if place is None:
                continue
            given = {one.which for one in gained if one.kind == "rung" and one.question == name}
            top = place
            while top + 1 in given:
                top += 1
            if top > place:
                found[name] = option_ids(self._pack.questions[name])[top]
        steps = {str(one.which) for one in gained if one.kind == "step"}
        today = self.value(SYSTEMS)
        if steps and isinstance(today, str):
            count = len(steps | (self.steps or frozenset()))
            best = max((today, self._rung_for(count)), key=self.step_counts.__getitem__)
            if best != today:
                found[SYSTEMS] = best
        return found

    def rung(self, name: str) -> int | None:
        """Today's place in a ladder; None when blank."""
        value, question = self.value(name), self._pack.questions.get(name)
        if not isinstance(question, SingleQuestion) or not isinstance(value, str):
            return None
        return option_ids(question).index(value)

    # -- ratios ----------------------------------------------------------------------------------

    def _risen_ratios(self, gained: Collection[Gained]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        shares: dict[str, Fraction] = {}
        for name in self._ratios_in_order(gained):
            parts = self.parts_today(name)
            if parts is None:
                continue
            top, whole = parts
            most: dict[int | str, Gained] = {}
            for one in gained:
                if one.kind == "unit" and one.question == name:
                    most[one.which] = max(one, most.get(one.which, one), key=lambda unit: unit.amount)
            new_whole = whole + sum((one.added for one in most.values()), Fraction(0))
            new_top = min(new_whole, top + sum((one.amount for one in most.values()), Fraction(0)))
            if name == NETWORKED:
                new_top = max(top, min(new_top, self._digital(shares) * whole))
            if new_whole and new_top * whole > top * new_whole:
                shares[name] = new_top / new_whole
                found[name] = self._ratio(name, new_top, new_whole)
        return found

    def _ratios_in_order(self, gained: Collection[Gained]) -> list[str]:
        """The ratios that units are added to; digital equipment before networked, which rests on it."""
        return sorted({one.question for one in gained if one.kind == "unit"})

    def _digital(self, shares: Mapping[str, Fraction]) -> Fraction:
        """The share of digital equipment, nothing where it is not known."""
        today = self.parts_today(DIGITAL)
        if today is None:
            return Fraction(0)
        return shares.get(DIGITAL, today[0] / today[1] if today[1] else Fraction(0))

    def parts_today(self, name: str) -> tuple[Fraction, Fraction] | None:
        """Numerator and denominator today; of a share known by its band alone, its lower end of 1."""
        value, question = self.value(name), self._pack.questions.get(name)
        if not isinstance(value, Ratio) or not isinstance(question, RatioQuestion):
            return None
        if value.numerator is not None and value.denominator is not None:
            return Fraction(value.numerator), Fraction(value.denominator)
        ends = {band.id: band.up_to for band in question.bands}
        place = list(ends).index(value.letter or "")
        if place == 0:
            return Fraction(0), Fraction(1)
        below = list(ends.values())[place - 1]
        return Fraction(below or 0) / 100 + _JUST_ABOVE, Fraction(1)

    def _ratio(self, name: str, top: Fraction, whole: Fraction) -> Ratio:
        """The risen ratio in the form it was given in."""
        value = self.value(name)
        figures = Ratio(_decimal(top), _decimal(whole))
        question = self._pack.questions[name]
        if isinstance(value, Ratio) and value.denominator is None and isinstance(question, RatioQuestion):
            return Ratio(letter=band_of(question, figures))
        return figures

    def answers(self, gained: Collection[Gained]) -> Answers:
        """The answers as they would be, ready to be scored."""
        items = dict(self._answers.items)
        for name, value in self.risen_answers(gained).items():
            old = items.get(name, Answer())
            items[name] = replace(old, value=value, verified=value)
        risen = replace(self._answers, items=items)
        risen.applicability.update(self._answers.applicability)
        return risen


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def lift(pack: Pack, answers: Answers, finished: Iterable[Action]) -> Answers:
    """The answers of a firm after these actions, everything finished and its evidence there."""
    start = situation(pack, answers)
    done = tuple(finished)
    ids = {action.id for action in done}
    gained = {
        one
        for action in done
        for part in parts_of(start, action)
        if ids >= set(part.together)
        for one in part.gives
    }
    return Future(start).answers(gained)

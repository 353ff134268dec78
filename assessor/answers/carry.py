"""What becomes of old answers under a newer version of their pack?

Takes both packs and what stands in the store; gives each answer's fate, for a person to look at, and what
would have to be entered. An answer is carried when its question means the same; otherwise it is asked again,
and the old answer stays in the history.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assessor.answers.document import parse_answer, parse_fact
from assessor.errors import Problem
from assessor.pack.condition import Lookup
from assessor.pack.diff import Difference, compare
from assessor.pack.model import Pack

AnswerFate = Literal["same", "wording", "ask_again", "gone"]
Kind = Literal["fact", "answer"]
Contents = Mapping[str, Any]
"""Item → content as the store holds it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """One old answer or fact: where it goes (None: nowhere), why, and what it was.

    `changed` names what differs in the question; `problem` says why a carried answer no longer fits.
    """

    kind: Kind
    old: str
    new: str | None
    fate: AnswerFate
    content: Any
    changed: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the answer stands under the new version."""
        return self.fate in ("same", "wording")


@dataclass(frozen=True, slots=True)
class Carried:
    """The preview. `changes` is what has to be entered: new contents, and None for what is taken back."""

    fates: tuple[Fate, ...]
    new_questions: tuple[str, ...]
    changes: Mapping[tuple[Kind, str], Any]

    def contents(self, kind: Kind) -> Contents:
        """What stands under the new version."""
        return {
            fate.new: fate.content for fate in self.fates if fate.kind == kind and fate.is_kept and fate.new
        }

    def of(self, fate: AnswerFate) -> tuple[Fate, ...]:
        """All of one fate."""
        return tuple(each for each in self.fates if each.fate == fate)


def carry(old: Pack, new: Pack, facts: Contents, answers: Contents) -> Carried:
    """Preview carrying what stands from one version to another."""
    differences = compare(old, new)
    by_old = {each.old: each for each in differences.items if each.old is not None}
    lookup = _lookup(facts, answers, by_old).get
    fates = (
        *(_fate("fact", item, content, by_old, new, lookup) for item, content in facts.items()),
        *(_fate("answer", item, content, by_old, new, lookup) for item, content in answers.items()),
    )
    added = tuple(each.id for each in differences.of("new") if each.id in new.questions)
    return Carried(fates, added, dict(_changes(fates)))


def _lookup(facts: Contents, answers: Contents, by_old: Mapping[str, Difference]) -> Contents:
    """What conditions and bounds of the new version see."""
    claimed = {item: content.get("value") for item, content in answers.items() if isinstance(content, dict)}
    named = {item: by_old[item].new or item for item in (*facts, *claimed) if item in by_old}
    return {named[item]: value for item, value in {**claimed, **facts}.items() if item in named}


def _fate(
    kind: Kind, item: str, content: Any, by_old: Mapping[str, Difference], new: Pack, lookup: Lookup
) -> Fate:
    found = by_old.get(item)
    if found is None or found.new is None or _kind_of(found.new, new) != kind:
        return Fate(kind, item, None, "gone", content)
    if found.fate == "meaning":
        return Fate(kind, item, found.new, "ask_again", content, found.changed)
    problem = _misfit(kind, found.new, content, new, lookup)
    if problem is not None:
        return Fate(kind, item, found.new, "ask_again", content, found.changed, problem)
    fate: AnswerFate = "wording" if found.fate == "wording" else "same"
    return Fate(kind, item, found.new, fate, content, found.changed)


def _kind_of(item: str, pack: Pack) -> Kind:
    return "answer" if item in pack.questions else "fact"


def _misfit(kind: Kind, item: str, content: Any, new: Pack, lookup: Lookup) -> Problem | None:
    """What the new version would say against the content; None when it takes it."""
    if kind == "answer":
        _, problems = parse_answer(new.questions[item], content, lookup)
    else:
        _, problems = parse_fact(new.items[item], content, new, lookup)
    return problems[0] if problems else None


def _changes(fates: tuple[Fate, ...]) -> Iterator[tuple[tuple[Kind, str], Any]]:
    for fate in fates:
        if fate.is_kept and fate.new == fate.old:
            continue
        yield (fate.kind, fate.old), None
    for fate in fates:
        if fate.is_kept and fate.new is not None and fate.new != fate.old:
            yield (fate.kind, fate.new), fate.content

"""Firms and small packs for the roadmap's tests: a shipped sample firm, some actions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessor.answers.document import parse_answers, parse_json
from assessor.answers.model import Answers
from assessor.pack.action import Action
from assessor.pack.model import Pack

QUESTIONNAIRES = Path(__file__).resolve().parent.parent.parent / "questionnaires"


def sample(pack: Pack, name: str) -> Answers:
    """A shipped sample firm."""
    file = QUESTIONNAIRES / pack.id / "samples" / f"{name}.json"
    document, problems = parse_json(file.read_text(encoding="utf-8"), str(file))
    assert document is not None and not problems
    return answers_of(pack, document)


def answers_of(pack: Pack, document: Mapping[str, Any]) -> Answers:
    """The answers of a document that is sound."""
    answers, problems = parse_answers(document, pack, "built")
    assert not problems, list(map(str, problems))
    return answers


def only(pack: Pack, *names: str) -> Pack:
    """The pack with only these actions."""
    kept = [action for action in pack.actions if action.id in names]
    assert len(kept) == len(names)
    return replace(pack, actions=tuple(kept))


def with_action(pack: Pack, name: str, **changes: Any) -> Pack:
    """The pack with one action changed."""
    actions = [action.model_copy(update=changes) if action.id == name else action for action in pack.actions]
    return replace(pack, actions=tuple(actions))


def action_of(pack: Pack, name: str) -> Action:
    """An action by its id."""
    return next(action for action in pack.actions if action.id == name)


def without_answers(answers: Answers, names: Iterable[str]) -> Answers:
    """The answers with some left blank."""
    gone = set(names)
    return replace(answers, items={key: one for key, one in answers.items.items() if key not in gone})


def without_red_lines(pack: Pack) -> Pack:
    """The pack with no red line to put out."""
    return replace(pack, rules=pack.rules.model_copy(update={"red_lines": ()}))

"""What did several people say differently, and which of it holds? For a person to settle, item by item."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.answers.document import parse_answer, parse_fact
from assessor.answers.model import Answer, AnswerState
from assessor.commands import Places, moment, pack_of
from assessor.pack.model import Pack
from assessor.pack.question import Question
from assessor.report.wording import state_text, value_text
from assessor.store.log import Entry, Item
from assessor.store.store import Store
from assessor.words import CERTAINTY, SIDES, _, named


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who said it: who, when, and whether on this machine or in a file that was imported."""

    by: str
    at: str
    imported: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the contents that stand, in words, with all who said it."""

    content: Any
    lines: tuple[str, ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An item for which different entries stand."""

    item: Item
    title: str
    choices: tuple[Choice, ...]


def unsettled(here: Places, store: Store, assessment: int) -> Sequence[Unsettled]:
    """Everything in an assessment that waits for a person, in the order in which it is asked."""
    pack = pack_of(here, store, store.assessment(assessment))
    imported = store.imported(assessment)
    order = {key: place for place, key in enumerate(pack.items)}
    found = sorted(
        store.open_items(assessment).items(), key=lambda one: (order.get(one[0][1], len(order)), one[0])
    )
    return [
        Unsettled(item, _title(pack, item[1]), _choices(pack, item, said, imported)) for item, said in found
    ]


def settle(store: Store, assessment: int, item: Item, content: Any, by: str) -> None:
    """Let one content hold. Who said what before stays in the history."""
    store.settle(assessment, item, content, by, moment())


def _title(pack: Pack, key: str) -> str:
    question = pack.items.get(key)
    return named(question) if question else key


def _choices(pack: Pack, item: Item, said: Iterable[Entry], imported: frozenset[str]) -> tuple[Choice, ...]:
    """What was said, the first to say it first; what is the same in words of JSON counts once."""
    voices: dict[str, list[Voice]] = {}
    contents: dict[str, Any] = {}
    for one in said:
        text = json.dumps(one.content, ensure_ascii=False, sort_keys=True)
        contents.setdefault(text, one.content)
        voices.setdefault(text, []).append(Voice(one.author, one.at, one.digest in imported))
    return tuple(
        Choice(content, _lines(pack, item, content), tuple(voices[text]))
        for text, content in contents.items()
    )


def _lines(pack: Pack, item: Item, content: Any) -> tuple[str, ...]:
    kind, key = item
    question = pack.items.get(key)
    if content is None:
        return (_("清除了答案"),)
    if question is None:
        return (json.dumps(content, ensure_ascii=False),)
    if kind == "fact":
        value, _problems = parse_fact(question, content, pack, _nothing)
        return (value_text(question, value) if value is not None else str(content),)
    answer, _problems = parse_answer(question, content, _nothing)
    return tuple(_answer_lines(question, answer))


def _nothing(_key: str) -> None:
    """The bounds of a value that stands are not judged anew here."""


def _answer_lines(question: Question, answer: Answer) -> Iterable[str]:
    seen = answer.verified is not None
    if answer.value is not None:
        said = value_text(question, answer.value)
        yield _("{sides}：{said}").format(sides=_(SIDES["claimed"]), said=said) if seen else said
    elif answer.state is not AnswerState.UNANSWERED or not seen:
        yield state_text(answer.state)
    if answer.verified is not None:
        yield _("{sides}：{value}").format(
            sides=_(SIDES["verified"]), value=value_text(question, answer.verified)
        )
    parts: Mapping[str, str] = {
        _("原因"): answer.reason,
        _("备注"): answer.remark,
        _("把握"): _(CERTAINTY.get(answer.sure or 0, "")),
        _("佐证"): _("、").join(name.partition(" #")[0] for name in answer.evidence),
    }
    for name, text in parts.items():
        if text:
            yield _("{name}：{text}").format(name=name, text=text)
